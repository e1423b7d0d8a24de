"""Hypotheses that went wrong in ways a reader need not judge: empty, endless, a mere copy."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.engine import Hypothesis

__all__ = ["Trouble", "trouble"]

Trouble = Literal["empty", "echo", "looped", "short"]

_WORD = re.compile(r"[^\W\d_]+")
LONGEST_LOOP = 8
"""Tokens in the longest phrase whose repetition is looked for."""
MOST_REPEATS = 3
SHORT = 0.4
"""Of the source's length in characters; English renders Indonesian in 0.92 of its length
(median of FLORES dev), in less than 0.53 in none of 997 sentences."""
SHORT_FROM = 60
"""Characters from which on a source is long enough for its length to say something."""


def trouble(hypothesis: Hypothesis) -> Trouble | None:
    """Return what is wrong with a hypothesis, or None."""
    source, target = hypothesis.source.text, hypothesis.target.text
    if not any(c.isalnum() for c in target):
        return "empty" if any(c.isalnum() for c in source) else None
    if not hypothesis.complete or _loops(hypothesis):
        return "looped"
    if _echoes(source, target):
        return "echo"
    if len(source) >= SHORT_FROM and len(target) < SHORT * len(source):
        return "short"
    return None


def _loops(hypothesis: Hypothesis) -> bool:
    """Whether a phrase follows itself more often than any phrase of the source does."""
    tokens = hypothesis.target.tokens
    # a phrase that comes so often has tokens that do: nearly always this says that none does
    if len(tokens) - len(set(tokens)) < MOST_REPEATS:
        return False
    if max(Counter(tokens).values()) <= MOST_REPEATS:
        return False
    repeats = longest_repeat(tokens)
    return repeats > MOST_REPEATS and repeats > longest_repeat(hypothesis.source.tokens)


def longest_repeat(tokens: Sequence[str]) -> int:
    """Return how many times in a row some phrase of at most `LONGEST_LOOP` tokens comes."""
    most = 1
    for size in range(1, LONGEST_LOOP + 1):
        run = 0
        for at in range(size, len(tokens)):
            run = run + 1 if tokens[at] == tokens[at - size] else 0
            most = max(most, run // size + 1)
    return most


def _echoes(source: str, target: str) -> bool:
    """Whether the words of a real sentence came back as they were.

    Names and numbers stay as they are; three or more small-letter words do not.
    """
    before = {word for word in _WORD.findall(source) if word.islower() and len(word) > 1}
    if len(before) < 3:
        return False
    kept = 0.9 * len(before)
    lower = target.lower()
    # most words stand nowhere in a real translation, not even within other words
    if sum(word in lower for word in before) < kept:
        return False
    return len(before.intersection(_WORD.findall(lower))) >= kept
