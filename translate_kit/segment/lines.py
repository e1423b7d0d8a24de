"""Lines into units: a paragraph a line, or paragraphs wrapped over several lines.

Works on a stream of lines, so that a file of any size passes through in little memory. How
the text is laid out is decided once, on its beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["SAMPLE", "Layout", "Line", "layout", "lines", "marker", "units"]

SAMPLE = 65_536
"""Characters of the beginning that decide on the layout."""

MAX_WIDTH = 120
"""Nobody wraps by hand at more characters; longer lines are paragraphs."""

_RAGGED = 4
"""A wrapped line may end this much before its width."""

_FINAL = frozenset('.!?…:;"”’)')
_MARKER = re.compile(
    r"\s*(?:[-*•·◦▪●‣⁃✓]|\(?\d{1,3}[.)]|\([a-z]\)|[a-z][.)]|[IVX]{1,4}\.|\d{1,2}(?:\.\d{1,2})+\.?)"
    r"\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line or several: its text without outer white space, and where that stands.

    Args:
        start: offset of the text in the input.
        text: with the line ends inside, if it is a wrapped paragraph.
        indent: white space before the text.
    """

    start: int
    text: str
    indent: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How paragraphs stand in a text.

    Args:
        width: where lines are wrapped, in characters; None where a line is a paragraph.
        whole: all lines up to a blank one belong together.
    """

    width: int | None = None
    whole: bool = False


def marker(text: str) -> int:
    """Return the length of the list marker a line begins with, white space included, or 0."""
    match = _MARKER.match(text)
    return match.end() if match else 0


def lines(pieces: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield offset and text of every line, line end included, whatever the pieces' ends are."""
    offset, held = 0, []
    for piece in pieces:
        held.append(piece)
        if not any(end in piece for end in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
            continue
        *whole, last = "".join(held).splitlines(keepends=True)
        for line in whole:
            yield offset, line
            offset += len(line)
        held = [last]
    for line in "".join(held).splitlines(keepends=True):
        yield offset, line
        offset += len(line)


def layout(sample: str) -> Layout:
    """Return how the paragraphs of a text stand, judged by its beginning.

    A text is wrapped where many lines stop without a final mark and the next line goes on with
    a small letter; a paragraph to a line begins with a capital.
    """
    following = pairs = width = 0
    previous = ""
    for line in sample.splitlines():
        text = line.strip()
        if previous and text and not marker(line):
            pairs += 1
            width = max(width, len(previous))
            following += previous[-1] not in _FINAL and text[0].islower()
        previous = text
    wrapped = pairs and following * 3 >= pairs and width <= MAX_WIDTH
    return Layout(width if wrapped else None)


def units(numbered: Iterable[tuple[int, str]], how: Layout) -> Iterator[Line]:
    """Yield the units of a text: a line each, or wrapped lines put together."""
    held: list[str] = []
    first = last = None
    for offset, raw in numbered:
        text = raw.strip()
        indent = len(raw) - len(raw.lstrip())
        line = Line(offset + indent, text, indent)
        if first and last and not (text and _continues(last, line, how)):
            yield Line(first.start, "".join(held).strip(), first.indent)
            held, first = [], None
        if text:
            first = first or line
            last = line
            held.append(raw)
    if first:
        yield Line(first.start, "".join(held).strip(), first.indent)


def _continues(line: Line, following: Line, how: Layout) -> bool:
    if how.whole:
        return True
    if how.width is None or marker(following.text) or following.text.startswith(">"):
        return False
    if following.text[0].islower():
        return True
    if following.indent > line.indent and not marker(line.text):
        return False
    word = following.text.split(None, 1)[0]
    return len(line.text) + 1 + len(word) > how.width - _RAGGED
