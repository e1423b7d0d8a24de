"""How much of two aligned documents really corresponds: what to believe of an alignment."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from translate_kit.languages.lexicons import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.align.search import Found
    from translate_kit.align.table import Shares

__all__ = ["UNRELATED", "similarity", "trust"]

LIKELY = 0.05
"""Least probability, the greater of both directions, of a word translation that counts."""

ALIKE = 0.5
"""The same without a lexicon: only numbers and words written the same."""

UNRELATED = 0.35
"""Similarity below which two documents are no translations of each other."""

RELATED = 0.5
"""Similarity from which on an alignment is as sure as it says."""


def similarity(
    source: Sequence[Sequence[str]],
    target: Sequence[Sequence[str]],
    table: Shares,
    languages: tuple[str, str],
    beads: Sequence[Found],
) -> float:
    """Return the share of words with a known translation whose translation is in their bead.

    Rare words count for more, as the logarithm of their rarity. A word counts as known if the
    lexicon has it or, without a lexicon, if something like it is in the other document.

    Args:
        source: words of each source sentence.
        target: words of each target sentence.
        table: probabilities of word translations.
        languages: BCP 47 tags of the two.
        beads: the alignment.

    Returns:
        A value in [0, 1]; 0 where nothing is known.
    """
    dictionaries = (lexicon(*languages), lexicon(*languages[::-1]))
    least = LIKELY if dictionaries[0] is not None else ALIKE
    ways: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
    for (word, other), shares in table.items():
        if max(shares) >= least:
            ways[0].setdefault(word, set()).add(other)
            ways[1].setdefault(other, set()).add(word)
    right = total = 0.0
    for side in (0, 1):
        ours, theirs = (source, target) if side == 0 else (target, source)
        becomes, known = ways[side], dictionaries[side]
        counts = Counter(word for sentence in ours for word in sentence)
        size = counts.total()
        for bead in beads:
            here, there = (bead.source, bead.target) if side == 0 else (bead.target, bead.source)
            opposite = {word for number in there for word in theirs[number]}
            for number in here:
                for word in ours[number]:
                    if word in becomes or (known is not None and word in known):
                        weight = log(size / counts[word] + 1.0)
                        total += weight
                        right += weight * (not opposite.isdisjoint(becomes.get(word, ())))
    return right / total if total else 0.0


def trust(measured: float) -> float:
    """Return what share of an alignment's own confidence a similarity leaves, in [0, 1]."""
    return min(1.0, max(0.0, (measured - UNRELATED / 2) / (RELATED - UNRELATED / 2)))
