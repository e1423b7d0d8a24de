"""Dynamic programming over beads, exact within a corridor.

The best sequence of beads (Gale & Church 1993), and how sure each is: the posterior
probability of a bead is what all sequences through it weigh against all there are, by the
forward-backward algorithm over the same recurrence with sums in place of maxima.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from translate_kit.align.corridor import Corridor

    Floats = NDArray[np.float64]

__all__ = ["Found", "Moves", "search"]

NEVER = -1e30
_INSERTED, _DELETED = -1, -2


@dataclass(frozen=True, slots=True)
class Moves:
    """What a bead is worth.

    Args:
        kinds: sentences on either side of each kind of bead.
        worth: for each source row and kind, the first column and the scores [columns] of the
            beads that begin there; an empty array where none can.
        skip: score of a sentence without counterpart.
        meet: for each row of nodes [sources + 1] what it is worth to end a bead there, an array
            [nodes of the row], or None.
    """

    kinds: tuple[tuple[int, int], ...]
    worth: Sequence[Sequence[tuple[int, NDArray[np.float32]]]]
    skip: float
    meet: Sequence[Floats] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A bead of the best sequence.

    Args:
        source: its source sentences.
        target: its target sentences.
        sure: posterior probability.
    """

    source: range
    target: range
    sure: float


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Where beads may end: node (i, j) lies before source sentence i and target sentence j."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]

    @classmethod
    def of(cls, corridor: Corridor) -> _Nodes:
        first = np.concatenate([[0], corridor.first])
        last = np.concatenate([corridor.last, [corridor.targets]])
        return cls(first, last)


def nodes(corridor: Corridor) -> list[tuple[int, int]]:
    """Return for each row of nodes its first column and its last, inclusive."""
    both = _Nodes.of(corridor)
    return list(zip(both.first.tolist(), both.last.tolist(), strict=True))


def search(corridor: Corridor, moves: Moves, *, sure: bool = True) -> list[Found]:
    """Return the best sequence of beads from corner to corner.

    Args:
        corridor: where to search.
        moves: what beads are worth, as log-probabilities up to a constant.
        sure: whether to compute posteriors too (twice the time); without them they are 1.
    """
    spans = nodes(corridor)
    _, choices = _fill(spans, moves, np.maximum, choose=True)
    beads = _trace(spans, moves, choices)
    if not sure:
        return [Found(source, target, 1.0) for source, target, _ in beads]
    before, _ = _fill(spans, moves, np.logaddexp, choose=False)
    after = _fill_back(spans, moves)
    total = before[-1][-1]
    found = []
    for source, target, worth in beads:
        i, j = source.stop, target.stop
        here = before[source.start][target.start - spans[source.start][0]]
        there = after[i][j - spans[i][0]]
        share = np.exp(min(0.0, here + worth + _meet(moves, i, j - spans[i][0]) + there - total))
        found.append(Found(source, target, float(share)))
    return found


def _meet(moves: Moves, row: int, column: int) -> float:
    return float(moves.meet[row][column]) if moves.meet is not None else 0.0


def _fill(
    spans: Sequence[tuple[int, int]], moves: Moves, join: Callable[..., Floats], *, choose: bool
) -> tuple[list[Floats], list[NDArray[np.int8]]]:
    """Fill the table of nodes from the first corner on."""
    table: list[Floats] = []
    choices: list[NDArray[np.int8]] = []
    for i, (first, last) in enumerate(spans):
        row = np.full(last - first + 1, NEVER)
        choice = np.full(last - first + 1, _INSERTED, np.int8)
        if i == 0:
            row[0] = 0.0
        else:
            shared = spans[i - 1][1] - first + 1
            offset = first - spans[i - 1][0]
            row[:shared] = table[-1][offset:] + moves.skip
            choice[:shared] = _DELETED
        for kind, (a, b) in enumerate(moves.kinds):
            if i < a:
                continue
            begin, worth = moves.worth[i - a][kind]
            if not len(worth):
                continue
            start = begin - spans[i - a][0]
            reached = table[i - a][start : start + len(worth)] + worth
            place = slice(begin + b - first, begin + b - first + len(worth))
            if choose:
                better = reached > row[place]
                choice[place][better] = kind
            row[place] = join(row[place], reached)
        met = moves.meet[i] if moves.meet is not None else 0.0
        row += met
        row, inserted = _insert(row, moves, met, join)
        if choose:
            choice[inserted] = _INSERTED
        table.append(row)
        choices.append(choice)
    return table, choices


def _insert(
    row: Floats, moves: Moves, met: Floats | float, join: Callable[..., Floats]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Let target sentences stand alone: a running join along the row."""
    steps = np.full(len(row), moves.skip) + met
    steps[0] = 0.0
    along = np.cumsum(steps)
    joined = join.accumulate(row - along) + along  # type: ignore[attr-defined]  # a ufunc
    return joined, joined > row + 1e-9


def _fill_back(spans: Sequence[tuple[int, int]], moves: Moves) -> list[Floats]:
    """Return for each node the weight of all ways from it to the last corner."""
    count = len(spans)
    table = [np.full(last - first + 1, NEVER) for first, last in spans]
    for i in range(count - 1, -1, -1):
        first, last = spans[i]
        row = table[i]
        if i == count - 1:
            row[-1] = 0.0
        else:
            offset = spans[i + 1][0] - first
            below = table[i + 1][: last - spans[i + 1][0] + 1]
            row[offset:] = np.logaddexp(row[offset:], below + _below(moves, i + 1, len(below)))
            for kind, (a, b) in enumerate(moves.kinds):
                if i + a >= count:
                    continue
                begin, worth = moves.worth[i][kind]
                if not len(worth):
                    continue
                reach = begin + b - spans[i + a][0]
                ends = slice(reach, reach + len(worth))
                ahead: Floats = table[i + a][ends] + worth
                if moves.meet is not None:
                    ahead = ahead + moves.meet[i + a][ends]
                place = slice(begin - first, begin - first + len(worth))
                row[place] = np.logaddexp(row[place], ahead)
        steps = np.full(len(row), moves.skip) + (0.0 if moves.meet is None else moves.meet[i])
        steps[0] = 0.0
        along = np.cumsum(steps)
        table[i] = np.logaddexp.accumulate((row + along)[::-1])[::-1] - along
    return table


def _below(moves: Moves, row: int, width: int) -> Floats | float:
    met = 0.0 if moves.meet is None else moves.meet[row][:width]
    return met + moves.skip


def _trace(
    spans: Sequence[tuple[int, int]], moves: Moves, choices: Sequence[NDArray[np.int8]]
) -> list[tuple[range, range, float]]:
    """Follow the choices back from the last corner."""
    i, j = len(spans) - 1, spans[-1][1]
    beads = []
    while i or j:
        choice = int(choices[i][j - spans[i][0]])
        if choice == _INSERTED:
            a, b, worth = 0, 1, moves.skip
        elif choice == _DELETED:
            a, b, worth = 1, 0, moves.skip
        else:
            a, b = moves.kinds[choice]
            begin, scores = moves.worth[i - a][choice]
            worth = float(scores[j - b - begin])
        beads.append((range(i - a, i), range(j - b, j), worth))
        i, j = i - a, j - b
    return beads[::-1]
