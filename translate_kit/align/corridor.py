"""The part of the alignment matrix that is searched: for each source sentence some target ones.

Cells are pairs of a source and a target sentence. Values of cells lie in flat arrays, a row
after the other, so that memory grows with the corridor and not with the product of the texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Corridor", "through"]

FULL = 250_000
"""Cells up to which everything is searched."""

MARGIN = 10
"""Sentences searched beyond an anchor, in case it is a little off."""

BOX = 1_000_000
"""Cells searched between two anchors, at most: in a larger gap there is little to be found, and
the search keeps near its diagonal."""


@dataclass(frozen=True)
class Corridor:
    """For each source sentence the target sentences it is compared with.

    Args:
        first: [sources] number of the first, never falling.
        last: [sources] number after the last, never falling; rows touch (``first`` of a row is at
            most ``last`` of the one before).
        targets: how many target sentences there are.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    targets: int

    @cached_property
    def origin(self) -> NDArray[np.int64]:
        """[sources] what to add to a target number to find its cell in a flat array."""
        widths = self.last - self.first
        return np.concatenate([[0], np.cumsum(widths)[:-1]]) - self.first

    @property
    def cells(self) -> int:
        """How many there are."""
        return int((self.last - self.first).sum())

    @cached_property
    def rows(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """[targets] the first source sentence compared with each target one, and after the last."""
        targets = np.arange(self.targets)
        return (
            np.searchsorted(self.last, targets, side="right"),
            np.searchsorted(self.first, targets, side="right"),
        )


def through(anchors: Sequence[tuple[int, int]], sources: int, targets: int) -> Corridor:
    """Return a corridor from corner to corner that holds all anchors.

    Args:
        anchors: pairs of sentences that correspond, rising on both sides.
        sources: number of source sentences, at least 1.
        targets: number of target sentences, at least 1.
    """
    if sources * targets <= FULL:
        zeros = np.zeros(sources, np.int64)
        return Corridor(zeros, zeros + targets, targets)
    first = np.full(sources, targets, np.int64)
    last = np.zeros(sources, np.int64)
    stops = [(0, 0), *anchors, (sources - 1, targets - 1)]
    for (s, t), (next_s, next_t) in pairwise(stops):
        _widen(first, last, (s, next_s), (t, next_t))
    first = np.maximum(np.minimum.accumulate(first[::-1])[::-1] - MARGIN, 0)
    last = np.minimum(np.maximum.accumulate(last) + MARGIN, targets)
    first[0], last[-1] = 0, targets
    # rows beside an anchor see what the anchor's own row sees, so that it may be a little off
    first = np.concatenate([np.repeat(first[:1], MARGIN), first])[:sources]
    last = np.concatenate([last, np.repeat(last[-1:], MARGIN)])[-sources:]
    return Corridor(first, last, targets)


def _widen(
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    rows: tuple[int, int],
    columns: tuple[int, int],
) -> None:
    """Open the box between two anchors, or what can be afforded of it."""
    (s, next_s), (t, next_t) = rows, columns
    span = slice(s, next_s + 1)
    height, width = next_s - s + 1, next_t - t + 1
    if height * width <= BOX:
        first[span] = np.minimum(first[span], t)
        last[span] = np.maximum(last[span], next_t + 1)
        return
    reach = max(MARGIN, BOX // height // 2, width // height + 1)
    middle = np.linspace(t, next_t, height).astype(np.int64)
    first[span] = np.minimum(first[span], np.maximum(middle - reach, t))
    last[span] = np.maximum(last[span], np.minimum(middle + reach, next_t) + 1)
