"""Inline markup as marks on a text, and carried over to the text's translation.

A translation model sees words, no markup. What was emphasised, linked or code is found again by
the word links of the bead: a mark goes to the translated words that its own words became.

- Code is never translated: its characters replace the words it became, or stand behind the
  sentence where none are known.
- A link keeps its target: on the words it became, else on the whole sentence, else behind it.
- Emphasis that cannot be placed is left out; so is a line break within a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.bitext import Span, WordLink

__all__ = [
    "ADDRESS",
    "CODE",
    "LINK",
    "MAX_NESTING",
    "Mark",
    "Marked",
    "Node",
    "Raw",
    "Restored",
    "carry",
    "nest",
]

CODE = "code"
"""Name of a mark over characters that are no language."""
LINK = "link"
MAX_NESTING = 100
"""Marks in each other; deeper ones are left out."""

_SUFFIX = re.compile(r"(?:-?\w{1,3})?(?!\w)")
"""What a code's word may go on with: *nya*, an ending."""
ADDRESS = r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)'’\]]"
"""Pattern of a bare web address in a text: it is code too."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text that a format marks up; an empty span is an object, as an image.

    Args:
        start: of the span in characters.
        end: behind the span; equal to ``start`` for an object.
        name: ``code``, ``link`` or any other.
        payload: what the format needs to write the mark; compared by identity.
    """

    start: int
    end: int
    name: str
    payload: Any = None

    def moved(self, by: int) -> Mark:
        """Return the mark so many characters further on."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, eq=False, slots=True)
class Raw:
    """The payload of formats that are text: what stands before and behind a mark."""

    opening: str
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the marks on it."""

    text: str
    marks: tuple[Mark, ...] = ()

    def part(self, start: int, end: int, *, closed: bool = False) -> Marked:
        """Return a part with the marks clipped to it; with ``closed`` also objects at its end."""
        marks = []
        for mark in self.marks:
            a, b = max(mark.start, start), min(mark.end, end)
            if mark.start == mark.end:
                inside = start <= mark.start < end or (closed and mark.start == end)
            else:
                inside = a < b
            if inside:
                marks.append(replace(mark, start=a - start, end=b - start))
        return Marked(self.text[start:end], tuple(marks))


@dataclass(frozen=True, slots=True)
class Node:
    """A mark with what is inside it: texts and further marks."""

    mark: Mark
    children: tuple[Node | str, ...]


def nest(marked: Marked) -> tuple[Node | str, ...]:
    """Return text and marks as a tree; of marks that cross, the later one is clipped."""
    marks = sorted(marked.marks, key=lambda m: (m.start, m.start != m.end, -m.end))
    return _level(marked.text, marks, (0, len(marked.text)), MAX_NESTING)


def _level(text: str, marks: Sequence[Mark], span: Span, depth: int) -> tuple[Node | str, ...]:
    start, end = span
    if depth == 0:
        return (text[start:end],)
    children: list[Node | str] = []
    position, number = start, 0
    while number < len(marks):
        mark = marks[number]
        begin, stop = max(mark.start, position), min(mark.end, end)
        number += 1
        inner = number
        while inner < len(marks) and marks[inner].start < stop:
            inner += 1
        if begin < stop or mark.start == mark.end:
            if begin > position:
                children.append(text[position:begin])
            content = _level(text, marks[number:inner], (begin, stop), depth - 1)
            children.append(Node(mark, content))
            position, number = stop, inner
    if position < end:
        children.append(text[position:end])
    return tuple(children)


def carry(source: Marked, target: str, links: Sequence[WordLink]) -> Marked:
    """Return a translation with the marks of its source.

    Args:
        source: a sentence, or several.
        target: its translation.
        links: its word links, spans of the two texts.
    """
    if not source.marks:
        return Marked(target)
    restored = Restored(source, target, links)
    marks = [*restored.code, *restored.others()]
    return _with_links(source, replace(restored.marked, marks=tuple(marks)), restored.lost_links())


def _place(mark: Mark, source: str, target: str, links: Sequence[WordLink]) -> Span | None:
    """Return the span of the target that became of a mark, if it is known."""
    if mark.start == mark.end:
        return _point(mark.start, source, target, links)
    before, text, after = source[: mark.start], source[mark.start : mark.end], source[mark.end :]
    if not any(map(str.isalnum, before + after)) and target.startswith(before):
        end = len(target) - len(after) if target.endswith(after) else len(target)
        if len(before) < end:
            return len(before), end
    at = target.find(text)
    if len(text) > 1 and at >= 0 and target.count(text) == 1 and _apart(target, at, len(text)):
        return at, at + len(text)
    glued = _SUFFIX.match(after) is None or (before[-1:].isalnum() and text[0].isalnum())
    if mark.name == CODE and glued:  # in its place the rest of the word would be lost
        return None
    place = _linked(mark, links)
    return _without_marks(place, target, text) if place else None


def _without_marks(place: Span, target: str, text: str) -> Span:
    """Return the span without punctuation around it that the source's span has not."""
    start, end = place
    while end - start > 1 and not target[end - 1].isalnum() and target[end - 1] != text[-1]:
        end -= 1
    while end - start > 1 and not target[start].isalnum() and target[start] != text[0]:
        start += 1
    return start, end


def _apart(text: str, start: int, length: int) -> bool:
    around = text[max(start - 1, 0) : start] + text[start + length : start + length + 1]
    return not any(map(str.isalnum, around))


def _point(start: int, source: str, target: str, links: Sequence[WordLink]) -> Span:
    """Return where an object stands: behind the word it is attached to, else before the next."""
    if not source[:start].strip():
        return 0, 0
    before = [(s1, t1) for _, s1, _, t1 in links if s1 <= start]
    if before and not source[start - 1].isspace() and source[start:].strip():
        end, place = max(before)
        attached = source[end:start]
        if not attached or target.startswith(attached, place):
            return (place + len(attached),) * 2
    following = [(s0, t0) for s0, _, t0, _ in links if s0 >= start]
    place = min(following)[1] if following and source[start:].strip() else len(target)
    return place, place


def _linked(mark: Mark, links: Sequence[WordLink]) -> Span | None:
    """Return the widest run of target words that only words under the mark link to."""
    inside = {(t0, t1) for s0, s1, t0, t1 in links if s0 < mark.end and s1 > mark.start}
    words = sorted({(t0, t1) for _, _, t0, t1 in links})
    runs = [list(run) for ours, run in groupby(words, key=inside.__contains__) if ours]
    spans = [(run[0][0], max(end for _, end in run)) for run in runs]
    return max(spans, key=lambda span: span[1] - span[0], default=None)


class Restored:
    """A translation in which code stands as it is in the source.

    Args:
        source: a sentence, or several, with its marks.
        target: its translation.
        links: its word links.
    """

    def __init__(self, source: Marked, target: str, links: Sequence[WordLink]) -> None:
        self._source = source
        self._links = links
        self._places = [_place(mark, source.text, target, links) for mark in source.marks]
        self._edits: list[tuple[int, int, int]] = []  # old start, old end, new end
        self.code: list[Mark] = []
        self._held = {id(mark.payload): mark for mark in source.marks}
        text, position = "", 0
        lost = []
        for mark, place in sorted(self._coded(), key=lambda pair: pair[1] or (len(target) + 1, 0)):
            code = source.text[mark.start : mark.end]
            if place is None or place[0] < position:
                lost.append((mark, code))
                continue
            text += target[position : place[0]]
            self.code.append(replace(mark, start=len(text), end=len(text) + len(code)))
            text += code
            self._edits.append((*place, len(text)))
            position = place[1]
        text += target[position:]
        for mark, code in lost:
            text += " " if text else ""
            self.code.append(replace(mark, start=len(text), end=len(text) + len(code)))
            text += code
        self.marked = Marked(text)

    @property
    def text(self) -> str:
        """The translation with the code in it."""
        return self.marked.text

    def links(self) -> tuple[WordLink, ...]:
        """Return the word links of the new text: code is linked to code."""
        kept: list[WordLink] = []
        for s0, s1, t0, t1 in self._links:
            coded = any(m.start < s1 and s0 < m.end for m, _ in self._coded())
            edited = any(start < t1 and t0 < end for start, end, _ in self._edits)
            if not coded and not edited:
                kept.append((s0, s1, *self.moved((t0, t1))))
        for mark in self.code:
            held = self._held[id(mark.payload)]
            kept.append((held.start, held.end, mark.start, mark.end))
        return tuple(sorted(kept))

    def moved(self, span: Span) -> Span:
        """Return where a span of the old translation is in the new one."""
        start = self._moved(span[0], end=False)
        return start, max(start, self._moved(span[1], end=True))

    def _coded(self) -> Iterator[tuple[Mark, Span | None]]:
        for mark, place in zip(self._source.marks, self._places, strict=True):
            if mark.name == CODE and mark.start < mark.end:
                yield mark, place

    def _moved(self, position: int, *, end: bool) -> int:
        shift = 0
        for old_start, old_end, new_end in self._edits:
            if position >= old_end:
                shift = new_end - old_end
            elif position > old_start:
                start = old_start + shift
                return new_end if end else start
        return position + shift

    def _span(self, mark: Mark, place: Span | None) -> Span | None:
        """Return the span of a mark in the new text, with the code that it holds."""
        spans = []
        if place is not None:
            spans.append(self.moved(place))
        if mark.start < mark.end:
            for code in self.code:
                held = self._held[id(code.payload)]
                if mark.start <= held.start and held.end <= mark.end:
                    spans.append((code.start, code.end))
        if not spans:
            return None
        return min(start for start, _ in spans), max(end for _, end in spans)

    def others(self) -> Iterator[Mark]:
        """Yield all marks but code that have a place."""
        for mark, span in self._spans():
            if span is not None:
                yield replace(mark, start=span[0], end=span[1])

    def lost_links(self) -> tuple[Mark, ...]:
        """Return the source's marks of links without a place."""
        return tuple(m for m, span in self._spans() if span is None and m.name == LINK)

    def _spans(self) -> Iterator[tuple[Mark, Span | None]]:
        for mark, place in zip(self._source.marks, self._places, strict=True):
            if mark.name != CODE or mark.start == mark.end:
                yield mark, self._span(mark, place)


def _with_links(source: Marked, target: Marked, lost: Iterable[Mark]) -> Marked:
    """Return the target with links that neither cross nor miss: lost ones go behind the text."""
    marks = [mark for mark in target.marks if mark.name != LINK]
    text, position = target.text, 0
    missed = list(lost)
    for mark in sorted((m for m in target.marks if m.name == LINK), key=lambda m: (m.start, m.end)):
        if mark.start < position:
            missed.append(next(m for m in source.marks if m.payload is mark.payload))
        else:
            marks.append(mark)
            position = mark.end
    if len(missed) == 1 and position == 0 and text:
        return Marked(text, (*marks, replace(missed[0], start=0, end=len(text))))
    for mark in missed:
        words = source.text[mark.start : mark.end]
        text += " (" if text else "("
        marks.append(replace(mark, start=len(text), end=len(text) + len(words)))
        text += f"{words})"
    return Marked(text, tuple(marks))
