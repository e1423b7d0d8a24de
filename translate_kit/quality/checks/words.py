"""Denials that got lost, words that stayed untranslated, a text in the wrong language."""

from __future__ import annotations

from itertools import groupby
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
    target = comparison.target
    copied = {token.start for token in comparison.copied}
    facts = comparison.source.facts
    for is_copied, run in groupby(target.words, key=lambda token: token.start in copied):
        tokens = tuple(run)
        if not is_copied:
            continue
        shaped = [
            token
            for token in tokens
            if token.lower in facts.everyday
            or (len(token.lower) > 6 and token.lower.startswith(facts.prefixes))
            or (len(token.lower) > 5 and token.lower.endswith(facts.suffixes))
        ]
        if shaped or len(tokens) > 1:
            start, end = tokens[0].start, tokens[-1].end
            message = f"“{target.text[start:end]}” was left as in the source"
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
