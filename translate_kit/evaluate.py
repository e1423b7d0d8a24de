"""Corpus scores against references, computed by sacreBLEU (Post 2018), with signatures.

A number never travels without its signature: it says how to get the same number again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from translate_kit.errors import InputError, OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["METRICS", "Score", "evaluate"]

METRICS: dict[str, tuple[str, dict[str, Any]]] = {
    "bleu": ("BLEU", {}),
    "chrf": ("CHRF", {}),
    "chrf++": ("CHRF", {"word_order": 2}),
    "ter": ("TER", {}),
}
"""Name of a metric, its class in `sacrebleu.metrics`, and how it is constructed."""


@dataclass(frozen=True, slots=True)
class Score:
    """A corpus score.

    Args:
        metric: a name of `METRICS`.
        value: 0 to 100; of TER smaller is better and more than 100 is possible.
        signature: sacreBLEU's, in its long form.
    """

    metric: str
    value: float
    signature: str


def evaluate(
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    metrics: Sequence[str] = ("bleu", "chrf++", "ter"),
) -> tuple[Score, ...]:
    """Score translations of a corpus against one or more sets of references.

    Args:
        hypotheses: a translation a sentence.
        references: sets of references, each as long as the hypotheses.
        metrics: names of `METRICS`.

    Raises:
        OptionError: if a metric is unknown.
        InputError: if there is nothing to score or a set has another number of lines.
    """
    if not hypotheses or not references:
        raise InputError("nothing to score: give hypotheses and references, a sentence a line")
    for number, lines in enumerate(references, 1):
        if len(lines) != len(hypotheses):
            first = min(len(lines), len(hypotheses)) + 1
            raise InputError(
                f"{len(hypotheses)} hypotheses but {len(lines)} lines in reference {number}:"
                f" line {first} has no counterpart; align the files first"
            )
    return tuple(_score(name, hypotheses, references) for name in metrics)


def _score(name: str, hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> Score:
    from sacrebleu import metrics as library  # noqa: PLC0415 (heavy; only where one scores)

    if name not in METRICS:
        raise OptionError(f"unknown metric {name!r}; known are {', '.join(METRICS)}")
    kind, settings = METRICS[name]
    metric = getattr(library, kind)(**settings)
    result = metric.corpus_score(list(hypotheses), [list(lines) for lines in references])
    return Score(name, float(result.score), str(metric.get_signature()))
