"""The seam to sacreBLEU (Post 2018): its metrics, resampling and tests, none of them rewritten.

Reading a system's sufficient statistics is the slow part (TER: two seconds for a thousand
sentences), and scores, intervals, tests and slices all start from it. So it is done once: the
metrics here are sacreBLEU's own classes, which take statistics in place of lines.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from sacrebleu import metrics as library
from sacrebleu.significance import PairedTest, _bootstrap_resample

from translate_kit.errors import OptionError
from translate_kit.evaluate.results import Score
from translate_kit.evaluate.settings import METRICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.evaluate.corpus import Corpus
    from translate_kit.evaluate.settings import MetricSettings

__all__ = ["Metric", "Statistics", "interval", "random_generator", "values"]

SEED = "12345"
"""sacreBLEU's own; its variable SACREBLEU_SEED overrides it, here too."""

_SENTENCES = {"BLEU": {"effective_order": True}}
"""What a metric needs to be fair to single sentences (as ``sacrebleu --sentence-level``)."""


class Statistics(list[Any]):
    """A system's sufficient statistics: a row a segment, as sacreBLEU's metrics make them."""


def _construct(name: str, settings: dict[str, Any]) -> Any:
    """Return a metric of sacreBLEU's that also takes `Statistics` for lines."""
    kind: Any = getattr(library, name)

    def extract(self: Any, hypotheses: Any, references: Any) -> Any:
        if isinstance(hypotheses, Statistics):
            return list(hypotheses)
        return kind._extract_corpus_statistics(self, hypotheses, references)  # noqa: SLF001 (its hook)

    def compute(self: Any, stats: Any) -> Any:
        # Python's numbers are twice as fast one by one, and the same but for single precision
        plain = isinstance(stats, np.ndarray) and stats.dtype != np.float32
        return kind._compute_score_from_stats(self, stats.tolist() if plain else stats)  # noqa: SLF001 (its hook)

    hooks = {"_extract_corpus_statistics": extract, "_compute_score_from_stats": compute}
    reading = type(name, (kind,), hooks)
    try:
        return reading(**settings)
    except (OSError, ImportError, RuntimeError, TypeError) as error:
        tokenizer = settings.get("tokenize", name)
        raise OptionError(
            f"{tokenizer} cannot be used here: {error}; some tokenizers fetch a file or need a"
            " package when first used, 13a, intl, char, zh and none do not"
        ) from error


class Metric:
    """One metric with its references read.

    Args:
        name: a key of `METRICS`.
        settings: of all metrics.
        corpus: whose references to read.

    Raises:
        OptionError: if a tokenizer is not to be had, or the seed is none.
    """

    def __init__(self, name: str, settings: MetricSettings, corpus: Corpus) -> None:
        _seed()  # refused before the work, not after it
        self.name = name
        kind, chosen = METRICS[name]
        references = [list(reference.lines) for reference in corpus.references]
        arguments = chosen(settings)
        self._metric = _construct(kind, {**arguments, "references": references})
        self._sentence = _construct(kind, {**arguments, **_SENTENCES.get(kind, {})})

    def statistics(self, lines: Sequence[str]) -> Statistics:
        """Read a system's output against the references."""
        return Statistics(self._metric._extract_corpus_statistics(list(lines), None))  # noqa: SLF001 (its hook)

    def resamples(self, statistics: Statistics, count: int) -> list[Any]:
        """Return sacreBLEU's scores of bootstrap resamples; of the same segments every time."""
        if count < 2:
            return []
        self._metric.n_bootstrap = count
        self._metric.seed, drawn = _bootstrap_resample(statistics, self._metric, count)
        return _alike(drawn)

    def score(self, system: str, statistics: Statistics, drawn: list[Any]) -> Score:
        """Return the corpus score, with a confidence interval if there are resamples.

        The steps are those of sacreBLEU's ``corpus_score``.

        Args:
            system: its name.
            statistics: its statistics.
            drawn: its `resamples`; may be empty.
        """
        score: Any = self._metric._aggregate_and_compute(list(statistics))  # noqa: SLF001 (its hook)
        mean = margin = None
        if drawn:
            score.estimate_ci(drawn)
            mean, margin = float(score._mean), float(score._ci)  # noqa: SLF001 (no public name)
        return Score(
            system=system,
            metric=self.name,
            label=str(score.name),
            value=float(score.score),
            signature="",
            mean=mean,
            margin=margin,
        )

    def signature(self, trials: int) -> str:
        """Return sacreBLEU's signature of the scores made so far, in its long form."""
        signature = self._metric.get_signature()
        if trials:
            signature.update("ar", trials)
            signature.update("seed", _seed().lower())
        return str(signature.format())

    def value(self, statistics: Statistics) -> float:
        """Return the corpus score alone."""
        return float(self._metric._aggregate_and_compute(list(statistics)).score)  # noqa: SLF001 (its hook)

    def sentences(self, statistics: Statistics) -> tuple[float, ...]:
        """Return the score of every segment by itself."""
        compute = self._sentence._compute_score_from_stats  # (its hook)  # noqa: SLF001
        return tuple(float(compute(list(row)).score) for row in statistics)

    def p_value(
        self, test: Literal["bs", "ar"], baseline: Statistics, other: Statistics, count: int
    ) -> float:
        """Return the p-value of sacreBLEU's paired test of a system against the baseline.

        Args:
            test: ``bs`` for paired bootstrap, ``ar`` for approximate randomisation.
            baseline: the baseline's statistics.
            other: the system's.
            count: resamples or trials.
        """
        systems = [("baseline", baseline), ("system", other)]
        tests = PairedTest(systems, {self.name: self._metric}, None, test, n_samples=count)
        _, results = tests()
        (column,) = (results[key] for key in results if key != "System")
        return float(column[1].p_value)


def values(drawn: list[Any]) -> Any:
    """Return the scores of resamples as numbers."""
    return np.array([float(score.score) for score in drawn])


def _alike(drawn: list[Any]) -> list[Any]:
    """Return resamples whose scores are of one type of number.

    sacreBLEU takes their mean with `statistics`, which refuses numpy's floats beside Python's:
    they mix where some resamples score 0.
    """
    if len({type(score.score) for score in drawn}) > 1:
        for score in drawn:
            score.score = float(score.score)
    return drawn


def interval(draws: Any) -> tuple[float, float]:
    """Return the ends of the 95 % interval of draws, as sacreBLEU cuts it."""
    ordered = np.sort(draws)
    cut = len(ordered) // 40
    return float(ordered[cut]), float(ordered[len(ordered) - cut - 1])


def random_generator() -> Any:
    """Return numpy's generator with sacreBLEU's seed."""
    seed = _seed()
    return np.random.default_rng(None if seed.lower() == "none" else int(seed))


def _seed() -> str:
    """Return the seed as sacreBLEU takes it.

    Raises:
        OptionError: if its variable holds neither a number nor ``none``.
    """
    seed = os.environ.get("SACREBLEU_SEED", SEED)
    if not seed.isdecimal() and seed.lower() != "none":
        raise OptionError(f"SACREBLEU_SEED is {seed!r}; set it to a number or to none")
    return seed
