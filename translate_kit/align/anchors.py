"""Pairs of sentences that surely correspond, found without comparing all with all.

Words that are rare on both sides and translate each other point at each other's sentences; a
pair of sentences that many point at, that is the best for both, and that has company along
the same diagonal is an anchor. The heaviest chain of anchors that rises on both sides bounds
the search. (Anchors before dynamic programming: Melamed 1999, "Bitext Maps and Alignment via
Pattern Recognition"; Varga et al. 2005, "Parallel corpora for medium density languages".)
"""

from __future__ import annotations

from bisect import bisect_left
from math import log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from translate_kit.align.table import Shares

__all__ = ["anchors", "chain"]

RARE = 30
"""Sentences in which a word may stand to be a rare one."""

LIKELY = 0.1
"""Least probability, the greater of both directions, of a word translation."""

LEAST = 1.25
"""Weight that a pair of sentences needs; 1 is what makes up for there being as many others as
the longer document has sentences."""

AHEAD = 1.3
"""How much better than the next best an anchor must be on either side."""

NEIGHBOURS = 25
"""Sentences around an anchor in which it needs company."""

SLANT = 8
"""How far off the diagonal company may stand."""


def anchors(
    source: Sequence[Sequence[str]], target: Sequence[Sequence[str]], table: Shares
) -> list[tuple[int, int, float]]:
    """Return pairs of sentences that surely correspond, in the order of the source.

    Args:
        source: words of each source sentence.
        target: words of each target sentence.
        table: probabilities of word translations.

    Returns:
        Source sentence, target sentence, weight. They need not rise on the target side: a
        chapter that stands elsewhere has its anchors too.
    """
    keys, weights = _votes(source, target, table)
    if not len(keys):
        return []
    size = len(target)
    pairs, which = np.unique(keys, return_inverse=True)
    total: NDArray[np.float64] = np.bincount(which, weights=weights).astype(np.float64)
    rows, columns = pairs // size, pairs % size
    good = total >= LEAST
    good &= _ahead(rows, total, len(source)) & _ahead(columns, total, size)
    return _in_company(rows[good], columns[good], total[good])


def _votes(
    source: Sequence[Sequence[str]], target: Sequence[Sequence[str]], table: Shares
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    places = [_places(sentences) for sentences in (source, target)]
    keys: list[NDArray[np.int64]] = []
    weights: list[NDArray[np.float64]] = []
    size = max(len(source), len(target), 2)
    for (word, other), shares in sorted(table.items()):
        here, there = places[0].get(word), places[1].get(other)
        if here is None or there is None or max(shares) < LIKELY:
            continue
        # words as rare as each other, else they are not each other's usual translation
        if not len(here) / 4 <= len(there) <= 4 * len(here):
            continue
        keys.append((here[:, None] * len(target) + there[None]).ravel())
        # of the places where the commoner of the two stands, one at best is the right one
        odds = size * max(shares) / max(len(here), len(there))
        weights.append(np.full(len(keys[-1]), log(max(odds, 1.0)) / log(size)))
    if not keys:
        return np.zeros(0, np.int64), np.zeros(0)
    return np.concatenate(keys), np.concatenate(weights)


def _places(sentences: Sequence[Sequence[str]]) -> dict[str, NDArray[np.int64]]:
    found: dict[str, list[int]] = {}
    for number, sentence in enumerate(sentences):
        for word in set(sentence):
            found.setdefault(word, []).append(number)
    return {word: np.array(n) for word, n in found.items() if len(n) <= RARE}


def _ahead(line: NDArray[np.int64], weight: NDArray[np.float64], size: int) -> NDArray[np.bool_]:
    """Tell which pairs are clearly the best of their row or column."""
    order = np.lexsort((weight, line))
    best, second = np.zeros(size), np.zeros(size)
    ordered, sums = line[order], weight[order]
    last = np.append(ordered[1:] != ordered[:-1], [True])
    best[ordered[last]] = sums[last]
    before = np.append(last[1:] & (ordered[1:] == ordered[:-1]), [False])
    second[ordered[before]] = sums[before]
    result: NDArray[np.bool_] = (weight >= best[line]) & (weight >= AHEAD * second[line])
    return result


def _in_company(
    rows: NDArray[np.int64], columns: NDArray[np.int64], weight: NDArray[np.float64]
) -> list[tuple[int, int, float]]:
    found = sorted(zip(rows.tolist(), columns.tolist(), weight.tolist(), strict=True))
    kept = []
    for at, (row, column, heavy) in enumerate(found):
        around = (*found[max(0, at - NEIGHBOURS) : at], *found[at + 1 : at + 1 + NEIGHBOURS])
        company = sum(
            abs(other - row) <= NEIGHBOURS and abs((there - column) - (other - row)) <= SLANT
            for other, there, _ in around
        )
        if company >= 2:
            kept.append((row, column, heavy))
    return kept


def chain(found: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Return the heaviest chain of anchors that rises on both sides.

    Longest increasing subsequence with weights, in O(n log n): for each height the lightest
    way there is kept only while no lower one is heavier.
    """
    heights: list[int] = []
    totals: list[float] = []
    lasts: list[int] = []
    before: list[int] = []
    for number, (_, column, weight) in enumerate(found):
        at = bisect_left(heights, column)
        total = weight + (totals[at - 1] if at else 0.0)
        before.append(lasts[at - 1] if at else -1)
        end = at
        while end < len(heights) and totals[end] <= total:
            end += 1
        if at < len(heights) and heights[at] == column and end == at:
            continue  # a heavier way to the same column
        heights[at:end], totals[at:end], lasts[at:end] = [column], [total], [number]
    number = lasts[-1] if lasts else -1
    way = []
    while number >= 0:
        way.append((found[number][0], found[number][1]))
        number = before[number]
    return way[::-1]
