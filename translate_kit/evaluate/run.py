"""Scores, intervals, paired tests, slices and trust of a corpus, from statistics read once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from translate_kit.evaluate.corpus import Corpus, Stream, System
from translate_kit.evaluate.results import Difference, Evaluation
from translate_kit.evaluate.settings import Scoring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from translate_kit.evaluate.library import Metric, Statistics
    from translate_kit.evaluate.results import Score

__all__ = ["evaluate", "score_lines", "steps"]

_TOKENIZED = 0.1
"""Share of lines that end in a full stop after a space above which an output looks tokenized."""


def steps(corpus: Corpus, scoring: Scoring) -> int:
    """Return how many steps `evaluate` will report done."""
    systems = len(corpus.systems)
    tests = 2 * len(scoring.metrics) * systems
    return tests + scoring.slices + systems * scoring.trust


def evaluate(
    corpus: Corpus,
    scoring: Scoring | None = None,
    on_done: Callable[[int], None] | None = None,
) -> Evaluation:
    """Score every system of a corpus, and all but the first against the first.

    Args:
        corpus: systems, references and, for slices by quality and for trust, sources.
        scoring: what to compute; None is BLEU, chrF++ and TER with intervals and paired tests.
        on_done: called with 1 after each of `steps`.

    Raises:
        OptionError: if a tokenizer is not to be had, or we have no data for a language.
    """
    from translate_kit.evaluate.library import Metric  # noqa: PLC0415 (imports sacreBLEU)

    asked = scoring or Scoring()
    tick = on_done or (lambda _: None)
    scores: list[Score] = []
    primary: tuple[Metric, tuple[Statistics, ...]] | None = None
    for name in asked.metrics:
        metric = Metric(name, asked.settings, corpus)
        statistics = []
        for system in corpus.systems:
            statistics.append(metric.statistics(system.lines))
            tick(1)
        scores += _scores(corpus, metric, statistics, asked, tick)
        if name == asked.primary:
            primary = metric, tuple(statistics)
    evaluation = Evaluation(
        corpus, asked, tuple(scores), notes=(*corpus.notes, *_remarks(corpus.systems))
    )
    return _deepened(evaluation, primary, tick) if primary else evaluation


def score_lines(
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    metrics: Sequence[str] = ("bleu", "chrf++", "ter"),
) -> tuple[Score, ...]:
    """Score one system's lines, without intervals and tests: `evaluate` for the simplest case.

    Raises:
        OptionError: if a metric is unknown.
        InputError: if there is nothing to score or a set has another number of lines.
    """
    streams = [Stream(f"reference {n}", tuple(lines)) for n, lines in enumerate(references, 1)]
    corpus = Corpus((System("hypotheses", tuple(hypotheses)),), tuple(streams))
    return evaluate(corpus, Scoring(tuple(metrics), bootstrap=0, trials=0)).scores


def _scores(
    corpus: Corpus,
    metric: Metric,
    statistics: Sequence[Statistics],
    scoring: Scoring,
    tick: Callable[[int], None],
) -> Iterator[Score]:
    """Yield a metric's scores; the statistics and resamples of the baseline serve all tests."""
    base = statistics[0]
    base_drawn = metric.resamples(base, scoring.bootstrap)
    first = metric.score(corpus.systems[0].name, base, base_drawn)
    trials = scoring.trials if len(corpus.systems) > 1 else 0
    for system, mine in zip(corpus.systems, statistics, strict=True):
        score = first
        if mine is not base:
            drawn = metric.resamples(mine, scoring.bootstrap)
            plain = metric.score(system.name, mine, drawn)
            found = replace(
                _difference(metric, base, mine, scoring), delta=plain.value - first.value
            )
            if drawn:
                low, high = _interval(drawn, base_drawn)
                found = replace(found, low=low, high=high)
            score = replace(plain, difference=found)
        made = "".join(f"|{key}:{value}" for key, value in system.signature)
        tick(1)
        yield replace(
            score, signature=metric.signature(trials) + made, sentences=metric.sentences(mine)
        )


def _interval(drawn: list[Any], base_drawn: list[Any]) -> tuple[float, float]:
    from translate_kit.evaluate.library import interval, values  # noqa: PLC0415 (imports sacreBLEU)

    return interval(values(drawn) - values(base_drawn))


def _difference(metric: Metric, base: Statistics, mine: Statistics, scoring: Scoring) -> Difference:
    bootstrap = randomisation = None
    if scoring.bootstrap > 1:
        bootstrap = metric.p_value("bs", base, mine, scoring.bootstrap)
    if scoring.trials:
        randomisation = metric.p_value("ar", base, mine, scoring.trials)
    return Difference(0.0, p_bootstrap=bootstrap, p_randomisation=randomisation)


def _deepened(
    evaluation: Evaluation,
    primary: tuple[Metric, tuple[Statistics, ...]],
    tick: Callable[[int], None],
) -> Evaluation:
    """Add slices and trust, where they are asked for."""
    # they need the languages' data and numpy: only where asked for
    from translate_kit.evaluate.slices import slices  # noqa: PLC0415
    from translate_kit.evaluate.trust import trust  # noqa: PLC0415
    from translate_kit.evaluate.worth import estimated  # noqa: PLC0415

    asked, corpus = evaluation.scoring, evaluation.corpus
    if (asked.trust or asked.slices) and corpus.sources is not None:
        corpus = replace(corpus, systems=tuple(estimated(corpus)))
        evaluation = replace(evaluation, corpus=corpus)
    if asked.slices:
        evaluation = replace(evaluation, slices=tuple(slices(evaluation, *primary)))
        tick(1)
    if asked.trust:
        evaluation = replace(evaluation, trust=tuple(trust(evaluation, tick)))
    return evaluation


def _remarks(systems: Sequence[System]) -> Iterator[str]:
    """Say what a reader should know before trusting the scores."""
    for system in systems:
        empty = [n for n, line in enumerate(system.lines, 1) if not line.strip()]
        if empty:
            place = (
                f"line {empty[0]}" if len(empty) == 1 else f"{len(empty)} lines, first {empty[0]}"
            )
            yield f"{system.name}: empty translation in {place}; scored as it is"
        spaced = sum(line.endswith(" .") for line in system.lines)
        if spaced > max(2.0, _TOKENIZED * len(system.lines)):
            yield (
                f"{system.name}: {spaced} lines end in a full stop after a space; the output"
                " looks tokenized, which lowers or falsifies scores: detokenize it first"
            )
