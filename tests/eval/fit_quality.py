"""Fit the weights of the quality score on the even sentences of the development data.

Run as ``python tests/eval/fit_quality.py FOLDER OUTPUTS``: the folder with the development data,
and a JSON Lines file with the shipped model's translations of its Indonesian sentences (``idx``,
``mt``, ``score``, ``token_log_probabilities``). Prints the two profiles of
``translate_kit/quality/weights.json``.

The first profile is for translations that no model was asked about. It is the logistic function
of a weighted sum that comes nearest to the sentence chrF++ / 100 of six systems' outputs and,
counting a third as much, of outputs with one synthetic error, of whose chrF++ `_PENALTY` is taken
off: a wrong number costs a reader more than it costs in matching letters. Weights keep the sign
their signal must have.

The second adds what the model says. It keeps what the first one takes off for faults that a
check names (`_KEPT`), and fits the others anew.
"""

from __future__ import annotations

import json
import lzma
import sys
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sacrebleu.metrics import CHRF

from translate_kit.quality import SIGNALS, Evidence, Pair
from translate_kit.quality.comparison import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MODEL_SIGNALS = ("mean_log_probability", "least_log_probability")
_RISING = {"name_agreement", "cognates", *_MODEL_SIGNALS}  # the more, the better; others: worse
_KEPT = (
    "repeated",
    "number_disagreement",
    "name_disagreement",
    "negation_disagreement",
)
_FREE = {"length"}  # either sign
_UNFITTED = {"decoding_trouble"}  # not in the data
_ERRORS_WEIGHT = 0.3
_PENALTY = 0.2
_CYCLES = 60


class Row(NamedTuple):
    """A translation with what it should be scored and how much it counts."""

    values: tuple[float, ...]
    truth: float
    weight: float
    offset: float = 0.0  # what is added to the weighted sum


def _even(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["idx"] % 2 == 0:
                yield row


def _measure(pair: Pair) -> dict[str, float]:
    comparison = Comparison.of(pair)
    values = {name: signal(comparison) for name, signal in SIGNALS.items()}
    return {name: 0.0 if value is None else value for name, value in values.items()}


def text_rows(folder: Path, names: Sequence[str]) -> list[Row]:
    """Return the six systems' outputs and the synthetic errors."""
    metric = CHRF(word_order=2)
    good = [
        (_measure(Pair(row["src"], row["mt"])), row["chrfpp"] / 100)
        for row in _even(folder / "quality" / "systems_flores-dev.jsonl.xz")
    ]
    bad = []
    for row in _even(folder / "quality" / "critical_flores-dev.jsonl.xz"):
        chrf = metric.sentence_score(row["bad"], [row["ref"]]).score / 100
        bad.append((_measure(Pair(row["src"], row["bad"])), max(0.0, chrf - _PENALTY)))
    share = _ERRORS_WEIGHT * len(good) / len(bad)
    return [
        Row(tuple(values[name] for name in names), truth, weight)
        for rows, weight in ((good, 1.0), (bad, share))
        for values, truth in rows
    ]


def model_rows(
    folder: Path, outputs: Path, names: Sequence[str], kept: Mapping[str, float]
) -> list[Row]:
    """Return the shipped model's outputs; what is `kept` of the first profile is their offset."""
    metric = CHRF(word_order=2)
    sources = (folder / "flores-dev" / "id.txt").read_text(encoding="utf-8").splitlines()
    references = (folder / "flores-dev" / "en.txt").read_text(encoding="utf-8").splitlines()
    rows = []
    for line in outputs.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["idx"] % 2:
            continue
        evidence = Evidence(row["score"], tuple(row["token_log_probabilities"]))
        values = _measure(Pair(sources[row["idx"]], row["mt"], evidence=evidence))
        offset = sum(weight * values[name] for name, weight in kept.items())
        truth = metric.sentence_score(row["mt"], [references[row["idx"]]]).score / 100
        rows.append(Row(tuple(values[name] for name in names), truth, 1.0, offset))
    return rows


def fit(rows: Sequence[Row], signs: Sequence[int]) -> tuple[list[float], float]:
    """Return weights and intercept of the logistic function nearest to the truths.

    Newton's method on one weight after the other, each held to its sign; the loss is the cross
    entropy of a fractional truth (Papke and Wooldridge 1996).
    """
    total = sum(row.weight for row in rows)
    mean = sum(row.weight * row.truth for row in rows) / total
    weights, intercept = [0.0] * len(signs), log(mean / (1 - mean))
    sums = [intercept + row.offset for row in rows]
    columns = [[row.values[j] for row in rows] for j in range(len(signs))] + [[1.0] * len(rows)]
    for _ in range(_CYCLES):
        for j, column in enumerate(columns):
            old = intercept if j == len(signs) else weights[j]
            slope, curvature = _derivatives(rows, column, sums)
            new = old - slope / (curvature + 1e-9 * total)
            if j == len(signs):
                intercept = new
            else:
                new = new if signs[j] == 0 or new * signs[j] > 0 else 0.0
                weights[j] = new
            if new != old:
                sums = [s + (new - old) * v for s, v in zip(sums, column, strict=True)]
    return weights, intercept


def _derivatives(
    rows: Sequence[Row], column: Sequence[float], sums: Sequence[float]
) -> tuple[float, float]:
    slope = curvature = 0.0
    for row, value, total in zip(rows, column, sums, strict=True):
        if value:
            guess = 1 / (1 + exp(-total))
            slope += row.weight * (guess - row.truth) * value
            curvature += row.weight * guess * (1 - guess) * value * value
    return slope, curvature


def _signs(names: Sequence[str]) -> list[int]:
    return [0 if name in _FREE else 1 if name in _RISING else -1 for name in names]


def main() -> None:
    """Print the profiles."""
    folder, outputs = Path(sys.argv[1]), Path(sys.argv[2])
    names = [name for name in SIGNALS if name not in {*_MODEL_SIGNALS, *_UNFITTED}]
    weights, start = fit(text_rows(folder, names), _signs(names))
    text = dict(zip(names, weights, strict=True))
    kept = {name: text[name] for name in _KEPT}
    names = [*_MODEL_SIGNALS, *(name for name in names if name not in kept)]
    weights, model_start = fit(model_rows(folder, outputs, names, kept), _signs(names))
    model = {**dict(zip(names, weights, strict=True)), **kept}
    for title, intercept, profile in (("text", start, text), ("model", model_start, model)):
        rounded = {name: round(weight, 3) for name, weight in profile.items()}
        print(json.dumps({title: {"intercept": round(intercept, 3), "weights": rounded}}, indent=2))


if __name__ == "__main__":
    main()
