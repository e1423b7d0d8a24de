"""Quotation marks and brackets: which open, which close, and what they enclose.

A straight quotation mark says by the white space around it whether it opens or closes; only one
that stands between two words without any asks whether a quotation is open. Nothing is counted
from the beginning of the text, so a forgotten mark misleads no further than `LIMIT`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["LIMIT", "Pairs", "pairs"]

LIMIT = 2_000
"""Characters after which a quotation that was not closed is taken as abandoned."""

BRACKET_LIMIT = 600
"""Likewise for brackets, which are shorter."""

_MARKS = re.compile(r"[\"“”„«»()\[\]]")
_OPENS = frozenset("“«„([")
_CLOSES = frozenset("”»)]")
_LEFT_OF_OPENING = frozenset(" \n([{-–—/:‘")
_RIGHT_OF_CLOSING = frozenset(" \n.,;:!?…)]}-–—/’'")


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is enclosed in a text, as spans from the opening mark to behind the closing one.

    Args:
        quotations: outermost ones, in order.
        brackets: likewise.
        closing: positions of the quotation marks that close.
    """

    quotations: tuple[tuple[int, int], ...]
    brackets: tuple[tuple[int, int], ...]
    closing: frozenset[int]

    def quotation(self, position: int) -> tuple[int, int] | None:
        """Return the quotation around a position."""
        return _around(self.quotations, position)

    def bracket(self, position: int) -> tuple[int, int] | None:
        """Return the brackets around a position."""
        return _around(self.brackets, position)


def _around(spans: tuple[tuple[int, int], ...], position: int) -> tuple[int, int] | None:
    index = bisect_right(spans, (position, 0)) - 1
    if index >= 0 and spans[index][0] < position < spans[index][1]:
        return spans[index]
    return None


def _closes(text: str, position: int, opened: int | None) -> bool:
    before = text[position - 1] if position else " "
    after = text[position + 1] if position + 1 < len(text) else " "
    opens_here = before in _LEFT_OF_OPENING or before in _OPENS
    closes_here = after in _RIGHT_OF_CLOSING
    if opens_here != closes_here:
        return closes_here
    mark = text[position]
    if mark != '"':
        return mark in _CLOSES
    return opened is not None and position - opened <= LIMIT


def pairs(text: str) -> Pairs:
    """Return the quotations and brackets of a text, in time linear in its length."""
    quotations: list[tuple[int, int]] = []
    brackets: list[tuple[int, int]] = []
    closing: list[int] = []
    quotes: list[int] = []
    nested: list[int] = []
    for match in _MARKS.finditer(text):
        position, mark = match.start(), match.group()
        if mark in "([":
            nested.append(position)
        elif mark in ")]":
            _close(brackets, nested, position, BRACKET_LIMIT)
        elif _closes(text, position, quotes[-1] if quotes else None):
            closing.append(position)
            _close(quotations, quotes, position, LIMIT)
        else:
            quotes.append(position)
    return Pairs(tuple(quotations), tuple(brackets), frozenset(closing))


def _close(spans: list[tuple[int, int]], opened: list[int], position: int, limit: int) -> None:
    """Close what was opened last, and let it swallow what it encloses."""
    if not opened:
        return
    start = opened.pop()
    if position - start <= limit:
        while spans and spans[-1][0] > start:
            spans.pop()
        spans.append((start, position + 1))
