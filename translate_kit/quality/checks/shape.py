"""Repetition, length and quotation marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate_kit.bitext import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.quality.comparison import Comparison
    from translate_kit.quality.side import Side
    from translate_kit.quality.tokens import Token

__all__ = ["length", "quote", "repetition"]

_TOO_SHORT, _TOO_LONG = 0.55, 1.75  # times the expected length
_SHORT_TEXT = 40  # characters; below, a ratio of lengths says little
_TRIPLE = re.compile(r"([a-z])\1\1")
_BROKEN = frozenset("€™â")  # what is left of a dash read in the wrong encoding
_QUOTES = frozenset({'"', "“", "”", "„", "«", "»", "&quot;"})


def repetition(comparison: Comparison) -> Iterator[Issue]:
    """Yield words that repeat those just before them, unless the source repeats as much."""
    allowed = len(comparison.source.repeats)
    for first, last in comparison.target.repeats[allowed:]:
        text = comparison.target.text[first.start : last.end]
        yield Issue("repetition", f"“{text}” is repeated", target=(first.start, last.end))
    for token in comparison.target.words:
        tripled = _TRIPLE.search(token.lower)
        if tripled and tripled[0] not in comparison.source.text.lower():
            message = f"“{token.text}” has a letter three times"
            yield Issue("repetition", message, target=(token.start, token.end))


def length(comparison: Comparison) -> Iterator[Issue]:
    """Yield an issue where the target is much shorter or longer than its source lets expect."""
    shortest = min(len(comparison.source.text), len(comparison.target.text))
    longest = max(len(comparison.source.text), len(comparison.target.text))
    ratio = comparison.length_ratio
    if longest < _SHORT_TEXT or not shortest:
        return
    if not _TOO_SHORT <= ratio <= _TOO_LONG:
        word = "short" if ratio < 1 else "long"
        message = f"{ratio:.0%} of the expected length: {word} for its source"
        yield Issue("length", message, target=(0, len(comparison.target.text)))


def quote(comparison: Comparison) -> Iterator[Issue]:
    """Yield an issue where quotation marks of a quoting source do not pair in the target."""
    source, target = _quotes(comparison.source), _quotes(comparison.target)
    if not source or len(source) % 2:
        return
    if len(target) % 2:
        place = target[-1]
        yield Issue("quote", "a quotation mark has no partner", target=(place.start, place.end))
    elif not target and not _has_single_quotes(comparison.target):
        place = source[0]
        yield Issue("quote", "the quotation marks are gone", (place.start, place.end))


def _quotes(side: Side) -> list[Token]:
    """Return the double quotation marks, but for an opening one inside a word (broken text)."""
    return [
        token
        for token in side.tokens
        if token.text in _QUOTES
        and not (token.text == "“" and token.start and side.text[token.start - 1] in _BROKEN)
    ]


def _has_single_quotes(side: Side) -> bool:
    return any(token.text in {"'", "‘", "’", "&#39;"} for token in side.tokens)
