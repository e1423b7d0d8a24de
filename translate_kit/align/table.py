"""Which words may translate which, for the words of two documents.

A table holds for a source and a target word both probabilities, of the target word given the
source word and the other way. It is filled from four sources: the shipped lexicon, words
written alike, cognates, and what the two documents taught in an earlier pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.align.words import cognates, stem
from translate_kit.languages.lexicons import lexicon

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["Likeness", "Shares", "add_shares", "stemmed", "table_of"]

Shares = dict[tuple[str, str], tuple[float, float]]
"""Source and target word, and the two probabilities."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far words that look alike are taken for translations, as probabilities.

    Args:
        number: the same digits.
        same: the same letters.
        short: the same letters, three of them or fewer.
        cognate: nearly the same letters, times how near.
        least: Dice's coefficient from which letters are nearly the same.
        beginning: letters cognates begin with.
    """

    number: float = 0.6
    same: float = 0.5
    short: float = 0.1
    cognate: float = 0.4
    least: float = 0.6
    beginning: int = 2


def table_of(
    source: Collection[str],
    target: Collection[str],
    languages: tuple[str, str],
    likeness: Likeness,
) -> Shares:
    """Return what is known before the documents are compared.

    Args:
        source: distinct words of the source document.
        target: likewise of the target.
        languages: their BCP 47 tags; the same twice compares a text with a translation into its
            own language.
        likeness: what looks are worth.
    """
    known = lexicon(*languages) if languages[0] != languages[1] else None
    back = lexicon(*languages[::-1]) if known else None
    table: Shares = {}
    if known:
        for word in source:
            for other, there, here in known.get(word, ()):
                if other in target:
                    table[word, other] = (there, here)
    strange = [
        {word for word in words if not (table and word in table)}
        for words, table in ((source, known), (target, back))
    ]
    add_shares(table, _looks(source, target, (strange[0], strange[1]), likeness))
    return table


def _looks(
    source: Collection[str],
    target: Collection[str],
    strange: tuple[set[str], set[str]],
    likeness: Likeness,
) -> Iterable[tuple[str, str, float, float]]:
    for word in sorted(set(source) & set(target)):
        if word[0].isdigit():
            share = likeness.number
        elif len(word) <= 3:
            share = likeness.short
        else:  # the lexicon knows what known words become: chance meetings count little
            share = likeness.same if word in strange[0] and word in strange[1] else likeness.short
        yield word, word, share, share
    ways = ((strange[0], target), (set(source) - strange[0], strange[1]))
    for ours, theirs in ways:
        for word, other, near in cognates(ours, theirs, likeness.least, likeness.beginning):
            if word != other:
                share = likeness.cognate * (near - 0.3) / 0.7
                yield word, other, share, share


def add_shares(table: Shares, found: Iterable[tuple[str, str, float, float]]) -> None:
    """Raise what the table says to what was found."""
    for word, other, there, here in found:
        before = table.get((word, other), (0.0, 0.0))
        table[word, other] = (max(before[0], there), max(before[1], here))


def stemmed(table: Shares, letters: int) -> Shares:
    """Return the table for words cut to their beginnings."""
    cut: Shares = {}
    add_shares(
        cut, ((stem(a, letters), stem(b, letters), *shares) for (a, b), shares in table.items())
    )
    return cut
