"""What makes a pair or a line unfit for training: one small rule each."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from translate_kit.languages.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from recipe.data import Pair

__all__ = ["PAIR_RULES", "HeldOut", "key", "line_fault"]

MOST_CHARACTERS = 1000
MOST_WORDS = 180
LONGEST_WORD = 60
MOST_RATIO = 2.2
"""Characters of the longer side over the shorter, both a little lengthened so that short
interface texts ("OK" – "Baiklah") pass."""

LETTERS = 0.5
"""Share of characters that must be letters or spaces: tables and code have fewer."""

SHINGLE = 6
NEAR = 0.4
"""A line holds a held-out sentence if it has this share of its runs of `SHINGLE` words."""

_WORD = re.compile(r"\w+")


def key(text: str) -> str:
    """Return what two lines share that differ in case, spaces and punctuation only."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _length(text: str) -> str | None:
    if not text or len(text) > MOST_CHARACTERS:
        return "length"
    parts = text.split()
    if len(parts) > MOST_WORDS or max(map(len, parts)) > LONGEST_WORD:
        return "length"
    letters = sum(c.isalpha() or c.isspace() for c in text)
    return "letters" if letters < LETTERS * len(text) else None


@cache
def _everyday(code: str) -> frozenset[str]:
    """Frequent words that only this language has."""
    return words(code).everyday


def _in_other_language(text: str, code: str) -> bool:
    found = _WORD.findall(text.lower())
    other = sum(word in _everyday("en" if code == "id" else "id") for word in found)
    return other >= 2 and other > sum(word in _everyday(code) for word in found)


def line_fault(text: str, code: str) -> str | None:
    """Return what is wrong with a line of a language, or None."""
    return _length(text) or ("language" if _in_other_language(text, code) else None)


def _pair_length(pair: Pair) -> str | None:
    return _length(pair.id) or _length(pair.en)


def _ratio(pair: Pair) -> str | None:
    short, long = sorted((len(pair.id) + 10, len(pair.en) + 10))
    return "ratio" if long > MOST_RATIO * short else None


def _copy(pair: Pair) -> str | None:
    return "copy" if key(pair.id) == key(pair.en) else None


def _language(pair: Pair) -> str | None:
    wrong = _in_other_language(pair.id, "id") or _in_other_language(pair.en, "en")
    return "language" if wrong else None


PAIR_RULES: tuple[Callable[[Pair], str | None], ...] = (_pair_length, _ratio, _copy, _language)
"""Each returns the name of what is wrong with a pair, or None; the cheap ones come first."""


class HeldOut:
    """Sentences that training must not see, not even inside a longer line.

    Args:
        sentences: of evaluation sets; those with few words count only if a line is the same.
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        self._keys: set[str] = set()
        self._sizes: list[int] = []
        self._runs: dict[str, list[int]] = {}
        for sentence in sentences:
            same = key(sentence)
            if not same or same in self._keys:
                continue
            self._keys.add(same)
            runs = _shingles(sentence)
            for run in runs:
                self._runs.setdefault(run, []).append(len(self._sizes))
            self._sizes.append(len(runs))

    def __len__(self) -> int:
        """Return the number of different sentences."""
        return len(self._sizes)

    def holds(self, text: str) -> bool:
        """Whether a line is one of the sentences or has much of one in it."""
        if key(text) in self._keys:
            return True
        hits: Counter[int] = Counter()
        for run in _shingles(text) & self._runs.keys():
            hits.update(self._runs[run])
        return any(count > 1 and count >= NEAR * self._sizes[n] for n, count in hits.items())


def _shingles(text: str) -> set[str]:
    found = _WORD.findall(text.casefold())
    return {" ".join(found[n : n + SHINGLE]) for n in range(len(found) - SHINGLE + 1)}
