"""A rendering with other words in places of it; word links and issues stay on their words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import Span, WordLink
    from translate_kit.translate.sentences import Rendering

__all__ = ["Edit", "edited"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Other characters for a span of a translation.

    Args:
        start: of the span.
        end: of the span; equal to ``start`` to insert.
        text: what stands there afterwards.
        source: the span of the sentence that it says; None for a small word of the language.
    """

    start: int
    end: int
    text: str
    source: Span | None = None


def edited(rendering: Rendering, edits: Sequence[Edit]) -> Rendering:
    """Return a rendering after edits.

    A word link into a span that is replaced stays, on all of what is there now, if it comes from
    the source of the edit; else it goes. Where none is left one is made.

    Args:
        rendering: a sentence's translation.
        edits: apart from each other, in any order.
    """
    if not edits:
        return rendering
    edits = sorted(edits, key=lambda edit: (edit.start, edit.end))
    text, position = "", 0
    places: list[Span] = []
    for edit in edits:
        text += rendering.text[position : edit.start]
        places.append((len(text), len(text) + len(edit.text)))
        text += edit.text
        position = edit.end
    moves = _Moves(edits)
    return replace(
        rendering,
        text=text + rendering.text[position:],
        links=_links(rendering.links, list(zip(edits, places, strict=True)), moves),
        issues=tuple(
            replace(issue, target=moves.span(issue.target)) if issue.target else issue
            for issue in rendering.issues
        ),
    )


class _Moves:
    """Where offsets of the old text are in the new one."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits

    def span(self, span: Span) -> Span:
        """Return where a span is now; one that ends inside an edit takes in all of it."""
        start = self._moved(span[0], end=False)
        return start, max(start, self._moved(span[1], end=True))

    def _moved(self, offset: int, *, end: bool) -> int:
        shift = 0
        for edit in self._edits:
            if edit.start < offset < edit.end:
                return edit.start + shift + (len(edit.text) if end else 0)
            behind = edit.end <= offset and (edit.start < edit.end or not end)
            if not behind:
                break
            shift += len(edit.text) - (edit.end - edit.start)
        return offset + shift


def _links(
    links: Sequence[WordLink], placed: Sequence[tuple[Edit, Span]], moves: _Moves
) -> tuple[WordLink, ...]:
    kept: dict[WordLink, None] = {}
    linked: set[Span] = set()
    for s0, s1, t0, t1 in links:
        stays = True
        for edit, place in placed:
            if edit.source is None or not (edit.start < t1 and t0 < edit.end):
                continue
            if edit.source[0] < s1 and s0 < edit.source[1]:
                linked.add(place)
            else:
                stays = False
        target = moves.span((t0, t1))
        if stays and target[0] < target[1]:
            kept[s0, s1, target[0], target[1]] = None
    for edit, place in placed:
        if edit.source is not None and edit.text and place not in linked:
            kept[edit.source + place] = None
    return tuple(sorted(kept, key=lambda link: (link[2:], link[:2])))
