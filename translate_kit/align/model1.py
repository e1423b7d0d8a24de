"""IBM model 1 with a preference for the diagonal, in numpy.

Brown et al. 1993, "The Mathematics of Statistical Machine Translation", section 4.2; the
diagonal after Dyer et al. 2013, "A Simple, Fast, and Effective Reparameterization of IBM
Model 2". Used on a large corpus to make the shipped lexicon, and on two documents to learn
the words of a language pair that has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Training", "links"]

NULL = 0
NULL_SHARE = 0.08


@dataclass(frozen=True, slots=True)
class Training:
    """How to estimate.

    Args:
        rounds: of expectation maximisation.
        diagonal: strength of the preference for words at the same relative place; 0 is none.
        discount: taken off every expected count at the end, since a pair that met once by chance
            is expected once.
    """

    rounds: int = 5
    diagonal: float = 4.0
    discount: float = 0.5


def links(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]], training: Training
) -> dict[tuple[str, str], tuple[float, float]]:
    """Return for word pairs the probability of the target given the source, and of the reverse.

    Args:
        pairs: words of sentences that translate each other.
        training: how to estimate.
    """
    numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
    coded = [
        (_coded(pair[0], numbers[0]), _coded(pair[1], numbers[1]))
        for pair in pairs
        if pair[0] and pair[1]
    ]
    if not coded:
        return {}
    found: dict[tuple[int, int], list[float]] = {}
    sizes = (len(numbers[0]) + 1, len(numbers[1]) + 1)
    for way in (0, 1):
        turned = [(pair[way], pair[1 - way]) for pair in coded]
        given, other, shares = _estimate(turned, sizes[1 - way], training)
        for a, b, share in zip(given.tolist(), other.tolist(), shares.tolist(), strict=True):
            found.setdefault((b, a) if way else (a, b), [0.0, 0.0])[way] = share
    names = [list(known) for known in numbers]
    return {
        (names[0][a - 1], names[1][b - 1]): (there, here) for (a, b), (there, here) in found.items()
    }


def _coded(words: Sequence[str], known: dict[str, int]) -> NDArray[np.int64]:
    return np.array([known.setdefault(word, len(known) + 1) for word in words], np.int64)


def _estimate(
    pairs: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]], size: int, training: Training
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return given words, other words and probabilities, those of NULL left out."""
    keys, priors, widths = [], [], []
    for source, target in pairs:
        framed = np.concatenate([[NULL], source])
        keys.append((framed[None] * size + target[:, None]).ravel())
        priors.append(_prior(len(source), len(target), training.diagonal))
        widths.append(np.full(len(target), len(source) + 1))
    flat = np.concatenate(keys)
    prior = np.concatenate(priors)
    width = np.concatenate(widths)
    starts = np.concatenate([[0], np.cumsum(width)[:-1]])
    kinds, which = np.unique(flat, return_inverse=True)
    given = kinds // size
    table = np.ones(len(kinds), np.float32)
    counts: NDArray[Any] = np.zeros(len(kinds))
    totals: NDArray[Any] = np.zeros(1)
    for _ in range(training.rounds):
        share = table[which] * prior
        share /= np.repeat(np.add.reduceat(share, starts), width)
        counts = np.bincount(which, weights=share, minlength=len(kinds))
        totals = np.bincount(given, weights=counts)
        table = (counts / totals[given] + 1e-9).astype(np.float32)
    shares = (counts - training.discount) / totals[given]
    keep = (given != NULL) & (shares > 0)
    return given[keep], kinds[keep] % size, shares[keep]


def _prior(sources: int, targets: int, diagonal: float) -> NDArray[np.float32]:
    """Return where each target word is likely to come from, [targets * (1 + sources)]."""
    places = np.abs(
        np.arange(1, sources + 1)[None] / sources - np.arange(1, targets + 1)[:, None] / targets
    )
    near = np.exp(-diagonal * places)
    near *= (1 - NULL_SHARE) / near.sum(1, keepdims=True)
    null = np.full((targets, 1), NULL_SHARE)
    return np.concatenate([null, near], 1).ravel().astype(np.float32)
