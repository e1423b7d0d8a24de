"""Which piece translates which: IBM model 1 with a prior for the diagonal.

Brown et al. 1993, "The Mathematics of Statistical Machine Translation", model 1; the prior is
fast_align's (Dyer et al. 2013, "A Simple, Fast, and Effective Reparameterization of IBM Model
2"): words stand at about the same place of both sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["NULL", "both_ways", "translation_table"]

NULL = 0
"""The number of the empty source piece."""

DIAGONAL = 4.0
P_NULL = 0.08
ROUNDS = 5
DISCOUNT = 0.5
"""Taken from each count in the last round: a link seen once or twice by chance counts little."""

SMALLEST = 1e-3


@dataclass(frozen=True)
class _Cells:
    """All pairs of a source and a target piece that stand in one sentence pair.

    Args:
        kinds: the different ones, as ``source * vocabulary + target``.
        which: the kind of each cell.
        prior: of each cell, by its place.
        sizes: cells of each target piece (its source pieces and `NULL`), in order.
    """

    kinds: NDArray[np.int64]
    which: NDArray[np.int32]
    prior: NDArray[np.float32]
    sizes: NDArray[np.int64]


def _cells(
    source: Sequence[Sequence[int]], target: Sequence[Sequence[int]], vocabulary: int
) -> _Cells:
    keys, priors, sizes = [], [], []
    for f, e in zip(source, target, strict=True):
        m, n = len(f), len(e)
        keys.append((np.array([NULL, *f])[None] * vocabulary + np.array(e)[:, None]).ravel())
        apart = np.abs(np.arange(1, m + 1)[None] / m - np.arange(1, n + 1)[:, None] / n)
        near = np.exp(-DIAGONAL * apart)
        near *= (1 - P_NULL) / near.sum(axis=1, keepdims=True)
        prior = np.concatenate([np.full((n, 1), P_NULL), near], axis=1)
        priors.append(prior.ravel().astype(np.float32))
        sizes.append(np.full(n, m + 1))
    kinds, which = np.unique(np.concatenate(keys), return_inverse=True)
    return _Cells(kinds, which.astype(np.int32), np.concatenate(priors), np.concatenate(sizes))


def translation_table(
    source: Sequence[Sequence[int]], target: Sequence[Sequence[int]], vocabulary: int
) -> Any:
    """Return p(target piece | source piece) as a sparse matrix [vocabulary, vocabulary].

    Args:
        source: the pieces of each sentence, none empty.
        target: likewise of its translation.
        vocabulary: how many pieces there are.

    Returns:
        A ``csr_matrix`` of float32; entries of `SMALLEST` or less are left out. Row `NULL`
        holds what translates nothing.
    """
    cells = _cells(source, target, vocabulary)
    starts = np.concatenate([[0], np.cumsum(cells.sizes)[:-1]])
    given = cells.kinds // vocabulary
    table = np.ones(len(cells.kinds), np.float32)
    for turn in range(ROUNDS):
        share = table[cells.which] * cells.prior
        share /= np.repeat(np.add.reduceat(share, starts), cells.sizes)
        count = np.bincount(cells.which, weights=share, minlength=len(cells.kinds))
        total = np.bincount(given, weights=count, minlength=vocabulary)
        if turn == ROUNDS - 1:
            count = np.maximum(count - DISCOUNT, 0)
        table = (count / (total[given] + 1e-9)).astype(np.float32) + np.float32(1e-9)
    keep = table > SMALLEST
    places = (given[keep], (cells.kinds % vocabulary)[keep])
    return sparse.csr_matrix((table[keep], places), shape=(vocabulary, vocabulary))


def both_ways(forward: Any, backward: Any) -> Any:
    """Return how surely two pieces translate each other: sqrt(p(e|f) p(f|e)), symmetric, COO."""
    links = forward.multiply(backward.T).sqrt()
    return links.maximum(links.T).tocoo()
