"""Translations measured against references: the last stage.

``corpus`` is what is scored, ``settings`` what is asked for, ``results`` what comes of it.
``inputs`` reads files, ``gather`` makes a corpus of them, with ``aligning`` where segments
differ and ``models`` where a model is to translate first. ``run`` computes: sacreBLEU is
imported in ``library`` and nowhere else; ``slices`` and ``trust`` look deeper. ``report``
draws a page. Importing this package imports none of the libraries.
"""

from __future__ import annotations

from translate_kit.evaluate.corpus import Corpus, Run, Stream, System
from translate_kit.evaluate.results import Difference, Evaluation, Score, SliceScore, Trust
from translate_kit.evaluate.run import evaluate, score_lines, steps
from translate_kit.evaluate.settings import METRICS, MetricSettings, Scoring

__all__ = [
    "METRICS",
    "Corpus",
    "Difference",
    "Evaluation",
    "MetricSettings",
    "Run",
    "Score",
    "Scoring",
    "SliceScore",
    "Stream",
    "System",
    "Trust",
    "evaluate",
    "score_lines",
    "steps",
]
