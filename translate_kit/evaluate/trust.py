"""Quality estimates against the truth: do they rank, do they mean what they say?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from translate_kit.bitext import BANDS
from translate_kit.evaluate.library import Metric, interval, random_generator
from translate_kit.evaluate.results import Trust

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translate_kit.evaluate.corpus import System
    from translate_kit.evaluate.results import Evaluation

__all__ = ["spearman", "trust"]

_BINS = 10
_POINTS = 50  # of a risk-coverage curve
_RESAMPLES = 1000
_FEWEST = 3  # segments; a rank correlation of fewer says nothing


def trust(evaluation: Evaluation, tick: Callable[[int], None]) -> Iterator[Trust]:
    """Yield for every system how its estimates agree with its sentences' chrF++.

    Nothing comes of a corpus without sources or of fewer than three segments.
    """
    corpus = evaluation.corpus
    if corpus.sources is None or corpus.segments < _FEWEST:
        return
    metric = Metric("chrf++", evaluation.scoring.settings, corpus)
    known = {score.system: score.sentences for score in evaluation.of("chrf++")}
    for system in corpus.systems:
        worth = known.get(system.name) or metric.sentences(metric.statistics(system.lines))
        yield _trust(system, np.array(worth) / 100)
        tick(1)


def _trust(system: System, worth: Any) -> Trust:
    qualities = [quality for quality in system.qualities if quality is not None]
    estimates = np.array([quality.score for quality in qualities])
    draw = random_generator()
    picks = draw.choice(len(worth), size=(_RESAMPLES, len(worth)), replace=True)
    low, high = interval(np.array([spearman(estimates[p], worth[p]) for p in picks]))
    bins = tuple(_bins(estimates, worth))
    error = sum(abs(mean - truth) * count for mean, truth, count in bins) / len(worth)
    bands = np.array([quality.band for quality in qualities])
    return Trust(
        system=system.name,
        spearman=spearman(estimates, worth),
        low=low,
        high=high,
        error=float(error),
        bins=bins,
        risk=_risk(estimates, worth),
        ideal=_risk(worth, worth),
        bands=tuple(
            (band, int((bands == band).sum()), float(worth[bands == band].mean()))
            for band in BANDS
            if (bands == band).any()
        ),
    )


def spearman(one: Any, other: Any) -> float:
    """Return the rank correlation of two rows of numbers; 0 if all of one are the same.

    Ties stand at their mean rank. After Spearman (1904), "The proof and measurement of
    association between two things".
    """
    a, b = _ranks(one), _ranks(other)
    a, b = a - a.mean(), b - b.mean()
    norm = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / norm if norm else 0.0


def _ranks(values: Any) -> Any:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[places]


def _bins(estimates: Any, worth: Any) -> Iterator[tuple[float, float, int]]:
    """Yield bins of about equal size; segments with the same estimate are in the same bin."""
    order = np.argsort(estimates, kind="stable")
    ranked = estimates[order]
    cuts = np.linspace(0, len(order), _BINS + 1)[1:-1].astype(int)
    edges = np.unique(np.searchsorted(ranked, ranked[cuts]))
    for part in filter(len, np.split(order, edges)):
        yield float(estimates[part].mean()), float(worth[part].mean()), len(part)


def _risk(estimates: Any, worth: Any) -> tuple[tuple[float, float], ...]:
    """Return shares of the corpus, the best by estimate first, with their mean risk."""
    order = np.argsort(-estimates, kind="stable")
    risks = np.cumsum(1 - worth[order]) / np.arange(1, len(order) + 1)
    ends = np.unique(np.ceil(np.linspace(1 / _POINTS, 1, _POINTS) * len(order)).astype(int))
    return tuple((float(end / len(order)), float(risks[end - 1])) for end in ends)
