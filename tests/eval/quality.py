"""Measure the quality estimates on the development data and hold them to their floors.

Run as ``python tests/eval/quality.py [FOLDER]``; the folder is ``../shared/data/dev`` unless
named. Sentences are split by number: weights are fitted on the even ones (``fit_quality.py``
beside this file), everything printed here is of the odd ones. False alarms are counted on all
references; the word lists of the checks were written with those in view.

Leaves with 1 when a figure leaves its range (``quality_floors.json``).
"""

from __future__ import annotations

import json
import lzma
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from sacrebleu.metrics import CHRF

import translate_kit as tk
from translate_kit.bitext import BANDS
from translate_kit.quality import Pair, estimate_pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.bitext import Quality

_DATA = Path(__file__).parents[3] / "shared" / "data" / "dev"
_FLOORS = Path(__file__).with_name("quality_floors.json")
_KINDS = {  # which issues count as having seen a synthetic error
    "number_changed": {"number", "date", "currency"},
    "untranslated_words": {"untranslated", "language"},
    "repeated_ngrams": {"repetition"},
    "name_swapped": {"name"},
    "negation_dropped": {"negation"},
}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of an xz-compressed JSON Lines file that are held out from fitting."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["idx"] % 2:
                yield row


def ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value from 0, ties sharing their mean rank."""
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            result[place] = (start + end - 1) / 2
        start = end
    return result


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the rank correlation of two sequences of the same length."""
    a, b = ranks(one), ranks(other)
    middle = (len(a) - 1) / 2
    covariance = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    spread = sum((x - middle) ** 2 for x in a) * sum((y - middle) ** 2 for y in b)
    return float(covariance / spread**0.5) if spread else 0.0


def auc(high: Sequence[float], low: Sequence[float]) -> float:
    """Return how often a value of `high` exceeds one of `low`, ties counting half."""
    ranked = ranks([*high, *low])
    wins = sum(ranked[: len(high)]) - len(high) * (len(high) - 1) / 2
    return wins / (len(high) * len(low))


def false_alarms(folder: Path) -> dict[str, float]:
    """Return the share of human references that each check flags, and that any does."""
    sources = (folder / "flores-dev" / "id.txt").read_text(encoding="utf-8").splitlines()
    targets = (folder / "flores-dev" / "en.txt").read_text(encoding="utf-8").splitlines()
    counts: Counter[str] = Counter()
    for source, target in zip(sources, targets, strict=True):
        kinds = {issue.kind for issue in estimate_pair(Pair(source, target)).issues}
        counts.update(kinds | ({"any"} if kinds else set()))
    shares = {f"false_alarms/{kind}": counts[kind] / len(sources) for kind in sorted(counts)}
    return {"false_alarms/any": 0.0, **shares}


def correlations(folder: Path) -> dict[str, float]:
    """Return Spearman's correlation of score and sentence chrF++, a system and on the mean."""
    scores, truths = defaultdict(list), defaultdict(list)
    for row in rows(folder / "quality" / "systems_flores-dev.jsonl.xz"):
        scores[row["system"]].append(estimate_pair(Pair(row["src"], row["mt"])).score)
        truths[row["system"]].append(row["chrfpp"])
    result = {f"spearman/{name}": spearman(scores[name], truths[name]) for name in sorted(scores)}
    return {**result, "spearman/mean": mean(result.values())}


def own_output(folder: Path) -> dict[str, float]:
    """Return how the estimates of the shipped model's own translations fit, and their bands."""
    sources = (folder / "flores-dev" / "id.txt").read_text(encoding="utf-8").splitlines()
    references = (folder / "flores-dev" / "en.txt").read_text(encoding="utf-8").splitlines()
    blocks = tuple(tk.Block("paragraph", text, (tk.Sentence(0, len(text)),)) for text in sources)
    bitext = tk.translate_document(tk.Document("id", blocks), tk.load_engine())
    metric = CHRF(word_order=2)
    judged = [
        (row.bead.quality, metric.sentence_score(row.target, [reference]).score / 100)
        for number, (row, reference) in enumerate(zip(bitext.rows(), references, strict=True))
        if row.bead.quality and number % 2
    ]
    scores, truths = [quality.score for quality, _ in judged], [truth for _, truth in judged]
    result = {
        "own/spearman": spearman(scores, truths),
        "own/calibration_error": ece(scores, truths),
    }
    for band in BANDS:
        inside = [truth for quality, truth in judged if quality.band == band]
        result[f"own/share_{band}"] = len(inside) / len(judged)
        result[f"own/chrf_{band}"] = mean(inside) if inside else 0.0
    return result


def ece(scores: Sequence[float], truths: Sequence[float], bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap of score and truth over equal bins."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    size = -(-len(order) // bins)
    groups = [order[start : start + size] for start in range(0, len(order), size)]
    gaps = [len(g) * abs(mean(scores[i] for i in g) - mean(truths[i] for i in g)) for g in groups]
    return sum(gaps) / len(order)


def critical_errors(folder: Path) -> dict[str, float]:
    """Return how well synthetic errors are told from the translations they were made of."""
    found: defaultdict[str, list[tuple[Quality, Quality]]] = defaultdict(list)
    for row in rows(folder / "quality" / "critical_flores-dev.jsonl.xz"):
        good, bad = (estimate_pair(Pair(row["src"], row[side])) for side in ("good", "bad"))
        found[row["type"]].append((good, bad))
    result = {}
    for name, pairs in sorted(found.items()):
        high, low = [pair[0].score for pair in pairs], [pair[1].score for pair in pairs]
        result[f"auc/{name}"] = auc(high, low)
        result[f"paired/{name}"] = mean(
            (a > b) + (a == b) / 2 for a, b in zip(high, low, strict=True)
        )
        if name in _KINDS:
            result |= _issue_figures(name, pairs)
    return result


def _issue_figures(name: str, pairs: Sequence[tuple[Quality, Quality]]) -> dict[str, float]:
    """Return precision and recall of the named issue; good translations count as clean."""
    alarms, hits = (
        sum(any(issue.kind in _KINDS[name] for issue in pair[side].issues) for pair in pairs)
        for side in (0, 1)
    )
    precision = hits / (hits + alarms) if hits else 0.0
    return {f"recall/{name}": hits / len(pairs), f"precision/{name}": precision}


def speed(folder: Path) -> dict[str, float]:
    """Return how many pairs a second are estimated on one core."""
    pairs = [
        Pair(row["src"], row["mt"])
        for row in rows(folder / "quality" / "systems_flores-dev.jsonl.xz")
    ][:1000]
    start = time.perf_counter()
    for pair in pairs:
        estimate_pair(pair)
    return {"pairs_a_second": len(pairs) / (time.perf_counter() - start)}


def failures(figures: dict[str, float], floors: dict[str, list[float]]) -> Iterable[str]:
    """Yield the figures that leave their range."""
    for name, (low, high) in floors.items():
        if not low <= figures.get(name, -1.0) <= high:
            yield f"{name} is {figures.get(name)}, not from {low} to {high}"


def main() -> int:
    """Print the table; return the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _DATA
    if not (folder / "quality").is_dir():
        print(f"no development data at {folder}")
        return 0
    figures: dict[str, float] = {}
    for measure in (false_alarms, correlations, own_output, critical_errors, speed):
        figures |= measure(folder)
    floors: dict[str, list[float]] = json.loads(_FLOORS.read_text(encoding="utf-8"))
    for name, value in figures.items():
        low, high = floors.get(name, ("", ""))
        print(f"{name:36} {value:10.4g}   {low!s:>6} {high!s:>6}")
    broken = tuple(failures(figures, floors))
    for line in broken:
        print(f"FAILED: {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
