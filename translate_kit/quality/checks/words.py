"""Denials that got lost, words that stayed untranslated, a text in the wrong language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.bitext import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.quality.comparison import Comparison

__all__ = ["language", "negation", "untranslated"]

_ENOUGH_WORDS = 5  # fewer do not tell a language


def negation(comparison: Comparison) -> Iterator[Issue]:
    """Yield a denial of one side when nothing on the other denies as much."""
    for token in comparison.denials.lost:
        message = f"“{token.text}” has no counterpart in the translation"
        yield Issue("negation", message, source=(token.start, token.end))
    for token in comparison.denials.new:
        message = f"“{token.text}” has no counterpart in the source"
        yield Issue("negation", message, target=(token.start, token.end))


def untranslated(comparison: Comparison) -> Iterator[Issue]:
    """Yield source words that stand in the target: everyday words, derived ones, or several."""
    for tokens in comparison.untranslated:
        start, end = tokens[0].start, tokens[-1].end
        message = f"“{comparison.target.text[start:end]}” was left as in the source"
        yield Issue("untranslated", message, target=(start, end))


def language(comparison: Comparison) -> Iterator[Issue]:
    """Yield an issue where the target reads like the source's language."""
    target = comparison.target
    if len(target.words) < _ENOUGH_WORDS:
        return
    ours, theirs = (
        sum(token.lower in side.facts.everyday for token in target.words)
        for side in (target, comparison.source)
    )
    if theirs > ours:
        yield Issue("language", f"not in {target.language}", target=(0, len(target.text)))
