"""A text cut wherever a word link or an issue begins or ends, for pages that mark both.

Spans overlap freely: a word may have several partners and stand in several issues. Nothing
is added or lost: the pieces' texts put together are the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import Span

__all__ = ["Piece", "cut"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that belongs to the same links and issues from end to end.

    Args:
        text: its characters; none for an issue that has a place but no extent.
        links: numbers of the word links it is in.
        issues: numbers of the issues it is in.
        last: numbers of the issues that end with it.
    """

    text: str
    links: tuple[int, ...] = ()
    issues: tuple[int, ...] = ()
    last: tuple[int, ...] = ()


def cut(text: str, links: Sequence[Span], issues: Sequence[Span | None]) -> Iterator[Piece]:
    """Yield a text's pieces in order.

    Args:
        text: one side of a bead.
        links: for every word link its span on this side.
        issues: for every issue its span on this side, if it has one.
    """
    placed = {n: span for n, span in enumerate(issues) if span is not None}
    edges = sorted({0, len(text)}.union(*links, *placed.values()))
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        points = tuple(n for n, span in placed.items() if span == (start, start))
        if points:
            yield Piece("", issues=points, last=points)
        if start < end:
            inside = tuple(n for n, span in placed.items() if span[0] <= start < span[1])
            yield Piece(
                text[start:end],
                tuple(n for n, span in enumerate(links) if span[0] <= start < span[1]),
                inside,
                tuple(n for n in inside if placed[n][1] == end),
            )
