"""How well sentences explain each other's words: a likelihood ratio, cell by cell.

The generative view of Moore (2002, "Fast and accurate sentence alignment of bilingual
corpora"): a target word is drawn either from the language at large, or from what the source
words of its bead become. For a target word t in a bead with source words s_1 … s_L

    log( floor(t) + (1 - null) * sum_k p(t | s_k) / (L * p(t)) )

is what the bead says for or against itself; ``floor`` is nearly 1 for words whose translations
nobody knows, so that they say nothing, and ``null`` for words that ought to have been matched.
The same is done in the other direction. Words of a bead are independent given the other side,
so that the evidence for an n-m bead is a sum over its sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from translate_kit.align.corridor import Corridor
    from translate_kit.align.table import Shares

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]
    Rows = list[tuple[Integers, Floats]]
    """For each word the words of the other side it becomes, with their ratios."""

__all__ = ["WIDEST_BEAD", "Evidence", "evidence"]

WIDEST_BEAD = 4
"""Sentences on a side of a bead, at most."""

PRIOR = 1000.0
"""Words of text at large that a document's own word counts are mixed with."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log-likelihood ratios over a corridor's cells.

    Args:
        forward: [4, cells] for k + 1 source sentences from this row on, the words of this
            column's target sentence.
        backward: [4, cells] for k + 1 target sentences from this column on, the words of this
            row's source sentence.
        source_words: [sources] words in each sentence.
        target_words: [targets] likewise.
    """

    forward: Floats
    backward: Floats
    source_words: Integers
    target_words: Integers


@dataclass(frozen=True, slots=True)
class _Side:
    """One document's words as numbers, sentence after sentence."""

    words: Integers
    offsets: Integers
    floor: Floats

    def length(self, first: int, last: int) -> int:
        return int(self.offsets[last] - self.offsets[first])


def evidence(
    source: Sequence[Sequence[str]],
    target: Sequence[Sequence[str]],
    table: Shares,
    null: float,
    corridor: Corridor,
) -> Evidence:
    """Compare the sentences of a corridor.

    Args:
        source: words of each source sentence.
        target: words of each target sentence.
        table: probabilities of word translations.
        null: in (0, 1), how likely a word that has a translation stands there without it.
        corridor: the cells to fill.
    """
    numbers = [_numbers(sentences) for sentences in (source, target)]
    rows, known = _rows(table, numbers, _backgrounds((source, target), numbers), null)
    sides = [
        _Side(*_flat(sentences, number), floor=(1 - (1 - null) * share).astype(np.float32))
        for sentences, number, share in zip((source, target), numbers, known, strict=True)
    ]
    shape = (WIDEST_BEAD, corridor.cells)
    forward = np.full(shape, -np.inf, np.float32)
    for group, row, span, values in _compare(
        sides[0], sides[1], rows[0], (corridor.first, corridor.last)
    ):
        begin = corridor.origin[row]
        forward[group, begin + span[0] : begin + span[1]] = values
    backward = np.full(shape, -np.inf, np.float32)
    for group, column, span, values in _compare(sides[1], sides[0], rows[1], corridor.rows):
        backward[group, corridor.origin[slice(*span)] + column] = values
    return Evidence(forward, backward, np.diff(sides[0].offsets), np.diff(sides[1].offsets))


def _numbers(sentences: Sequence[Sequence[str]]) -> dict[str, int]:
    found = sorted({word for sentence in sentences for word in sentence})
    return {word: number for number, word in enumerate(found)}


def _flat(sentences: Sequence[Sequence[str]], numbers: dict[str, int]) -> tuple[Integers, Integers]:
    words = np.array([numbers[word] for sentence in sentences for word in sentence], np.int64)
    lengths = [len(sentence) for sentence in sentences]
    return words, np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def _backgrounds(
    texts: Iterable[Sequence[Sequence[str]]], numbers: Sequence[dict[str, int]]
) -> list[NDArray[np.float64]]:
    """Return how frequent each word is at large."""
    found = []
    for sentences, number in zip(texts, numbers, strict=True):
        words, _ = _flat(sentences, number)
        counts = np.bincount(words, minlength=len(number))
        found.append((counts + 0.5) / (counts.sum() + PRIOR))
    return found


def _rows(
    table: Shares,
    numbers: Sequence[dict[str, int]],
    backgrounds: Sequence[NDArray[np.float64]],
    null: float,
) -> tuple[tuple[Rows, Rows], tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Return both directions' rows, and how much is known of each word's translations."""
    entries = [
        (numbers[0][a], numbers[1][b], *shares)
        for (a, b), shares in table.items()
        if a in numbers[0] and b in numbers[1]
    ]
    columns = np.array(entries or np.zeros((0, 4))).T
    source, target = columns[0].astype(np.int64), columns[1].astype(np.int64)
    best = np.minimum(np.maximum(columns[2], columns[3]), 1.0)
    known = (np.zeros(len(numbers[0])), np.zeros(len(numbers[1])))
    np.maximum.at(known[0], source, best)
    np.maximum.at(known[1], target, best)
    forward = (1 - null) * columns[2] / backgrounds[1][target]
    backward = (1 - null) * columns[3] / backgrounds[0][source]
    ways = (
        _grouped(source, target, forward, len(numbers[0])),
        _grouped(target, source, backward, len(numbers[1])),
    )
    return ways, known


def _grouped(given: Integers, other: Integers, ratios: NDArray[np.float64], size: int) -> Rows:
    order = np.lexsort((other, given))
    cuts = np.searchsorted(given[order], np.arange(1, size))
    columns = np.split(other[order], cuts)
    values = np.split(ratios[order].astype(np.float32), cuts)
    return list(zip(columns, values, strict=True)) if size else []


def _compare(
    givens: _Side, others: _Side, rows: Rows, spans: tuple[Integers, Integers]
) -> Iterator[tuple[int, int, tuple[int, int], Floats]]:
    """Yield group size less one, its first sentence, the others' span, and the evidence there."""
    becomes = np.zeros(len(others.floor), np.float32)
    count = len(givens.offsets) - 1
    gathered = [_become(givens, rows, n) for n in range(count)]
    for first in range(count):
        low, high = int(spans[0][first]), int(spans[1][first])
        if low >= high:
            continue
        here = slice(others.offsets[low], others.offsets[high])
        words = others.words[here]
        floor = others.floor[words]
        cuts = others.offsets[low : high + 1] - others.offsets[low]
        for group in range(min(WIDEST_BEAD, count - first)):
            columns, values = gathered[first + group]
            np.add.at(becomes, columns, values)
            length = max(1, givens.length(first, first + group + 1))
            ratios = np.log(floor + becomes[words] / length)
            sums = np.concatenate([[0.0], np.cumsum(ratios, dtype=np.float64)])
            yield group, first, (low, high), np.diff(sums[cuts]).astype(np.float32)
        for group in range(min(WIDEST_BEAD, count - first)):
            becomes[gathered[first + group][0]] = 0.0


def _become(side: _Side, rows: Rows, sentence: int) -> tuple[Integers, Floats]:
    """Return what the words of a sentence become, a word at a time."""
    found = [rows[word] for word in side.words[slice(*side.offsets[sentence : sentence + 2])]]
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    return np.concatenate([c for c, _ in found]), np.concatenate([v for _, v in found])
