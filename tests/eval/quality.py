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
from translate_kit.quality import Pair, estimate_pair, is_calibrated
from translate_kit.translate import second_opinion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.bitext import Quality
    from translate_kit.quality import Evidence

DATA = Path(__file__).parents[3] / "shared" / "data" / "dev"
ACCEPTABLE = 0.5
"""chrF++ / 100 from which a translation counts as usable; the shipped model reaches 0.54 itself."""
_SAMPLE = 6  # of so many errors the model is asked about one
_FLOORS = Path(__file__).with_name("quality_floors.json")
_KINDS = {  # which issues count as having seen a synthetic error
    "number_changed": {"number", "date", "currency"},
    "untranslated_words": {"untranslated", "language"},
    "repeated_ngrams": {"repetition"},
    "name_swapped": {"name"},
    "negation_dropped": {"negation"},
    "clause_dropped": {"omission", "length"},
    "addition": {"addition"},
}


def rows(path: Path, half: int = 1) -> Iterator[dict[str, Any]]:
    """Yield the rows of an xz-compressed JSON Lines file, of odd sentences or (0) of even ones."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["idx"] % 2 == half:
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


def false_alarms(folder: Path, _: Any) -> dict[str, float]:
    """Return the share of human references that each check flags, and that any does."""
    sources = (folder / "flores-dev" / "id.txt").read_text(encoding="utf-8").splitlines()
    targets = (folder / "flores-dev" / "en.txt").read_text(encoding="utf-8").splitlines()
    counts: Counter[str] = Counter()
    for source, target in zip(sources, targets, strict=True):
        kinds = {issue.kind for issue in estimate_pair(Pair(source, target)).issues}
        counts.update(kinds | ({"any"} if kinds else set()))
    shares = {f"false_alarms/{kind}": counts[kind] / len(sources) for kind in sorted(counts)}
    return {"false_alarms/any": 0.0, **shares}


def document(language: str, texts: Iterable[str]) -> tk.Document:
    """Return a document with each text as a paragraph of one sentence."""
    plain = [text.strip() for text in texts]
    blocks = tuple(tk.Block("paragraph", text, (tk.Sentence(0, len(text)),)) for text in plain)
    return tk.Document(language, blocks)


def bitext_of(pairs: Sequence[tuple[str, str]]) -> tk.Bitext:
    """Return pairs of texts as a bitext that says nothing of who translated."""
    beads = tuple(tk.Bead(range(n, n + 1), range(n, n + 1)) for n in range(len(pairs)))
    source, target = zip(*pairs, strict=True)
    return tk.Bitext(document("id", source), document("en", target), beads)


def second_opinions(pairs: Sequence[tuple[str, str]], engine: Any) -> list[Evidence | None]:
    """Return what the engine thinks of translations."""
    return second_opinion(bitext_of(pairs), engine)


def estimates(pairs: Sequence[tuple[str, str]], engine: Any = None) -> list[Quality]:
    """Return the estimates of translations, by the texts alone or with the engine asked."""
    hints = second_opinions(pairs, engine) if engine else [None] * len(pairs)
    return [
        estimate_pair(Pair(*pair, evidence=hint)) for pair, hint in zip(pairs, hints, strict=True)
    ]


def correlations(folder: Path, engine: Any) -> dict[str, float]:
    """Return Spearman's correlation of score and sentence chrF++ and other figures of scores."""
    found = list(rows(folder / "quality" / "systems_flores-dev.jsonl.xz"))
    pairs = [(row["src"], row["mt"]) for row in found]
    truths = [row["chrfpp"] / 100 for row in found]
    names = sorted({row["system"] for row in found})
    result: dict[str, float] = {}
    for mode, asked in (("fast", None), ("asked", engine)):
        qualities = estimates(pairs, asked)
        scores = [quality.score for quality in qualities]
        values = {}
        for name in names:
            of = [number for number, row in enumerate(found) if row["system"] == name]
            values[f"{mode}/spearman/{name}"] = spearman(
                [scores[number] for number in of], [truths[number] for number in of]
            )
        result |= {**values, f"{mode}/spearman/mean": mean(values.values())}
        result[f"{mode}/spearman/pooled"] = spearman(scores, truths)
        result |= judgement(mode, qualities, truths)
    lengths = [-abs(len(target) / len(source) - 1) for source, target in pairs]
    result["baseline/length_ratio/spearman/pooled"] = spearman(lengths, truths)
    return result


def judgement(mode: str, qualities: Sequence[Quality], truths: Sequence[float]) -> dict[str, float]:
    """Return calibration, bands, and what is gained by leaving out the worst (risk, coverage)."""
    scores = [quality.score for quality in qualities]
    result = {f"{mode}/calibration_error": ece(scores, truths)}
    for band in BANDS:
        inside = [t for q, t in zip(qualities, truths, strict=True) if q.band == band]
        result[f"{mode}/share_{band}"] = len(inside) / len(truths)
        result[f"{mode}/chrf_{band}"] = mean(inside) if inside else 0.0
        result[f"{mode}/acceptable_{band}"] = (
            mean(truth >= ACCEPTABLE for truth in inside) if inside else 0.0
        )
    order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    for percent in (100, 80, 60, 40, 20):
        kept = order[: max(1, len(order) * percent // 100)]
        result[f"{mode}/chrf_of_best_{percent}%"] = mean(truths[number] for number in kept)
    return result


def own_translations(folder: Path, engine: Any) -> list[tuple[Quality, float]]:
    """Return for the shipped model's translation of each sentence its estimate and chrF++ / 100."""
    way = engine.direction
    sources, references = (
        (folder / "flores-dev" / f"{code}.txt").read_text(encoding="utf-8").splitlines()
        for code in (way.source, way.target)
    )
    bitext = tk.translate_document(document(way.source, sources), engine)
    metric = CHRF(word_order=2)
    return [
        (row.bead.quality, metric.sentence_score(row.target, [reference]).score / 100)
        for row, reference in zip(bitext.rows(), references, strict=True)
        if row.bead.quality
    ]


def own_outputs(folder: Path, engine: Any) -> dict[str, float]:
    """Return how the estimates of the shipped models' own translations fit, and their bands."""
    back = tk.load_engine(None, f"{engine.direction.target}-{engine.direction.source}")
    return own_output("own", folder, engine) | own_output("back", folder, back)


def own_output(mode: str, folder: Path, engine: Any) -> dict[str, float]:
    """Return the figures of one model."""
    start = time.process_time()
    judged = own_translations(folder, engine)
    seconds = (time.process_time() - start) / len(judged)
    qualities, truths = zip(*judged[1::2], strict=True)
    scores = [quality.score for quality in qualities]
    for low, high, share, score, truth in reliability(scores, truths):
        told = f"scored {low:.2f}–{high:.2f}: mean {score:.3f}, chrF++ {truth:.3f}"
        print(f"{mode}: {share:4.0%} {told}")
    return {
        f"{mode}/spearman": spearman(scores, truths),
        **judgement(mode, qualities, truths),
        f"{mode}/cpu_seconds_a_sentence": seconds,
    }


def reliability(
    scores: Sequence[float], truths: Sequence[float], bins: int = 10
) -> Iterator[tuple[float, float, float, float, float]]:
    """Yield for bins of equal size: least and greatest score, share, mean score, mean truth."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    size = -(-len(order) // bins)
    for start in range(0, len(order), size):
        group = order[start : start + size]
        yield (
            scores[group[0]],
            scores[group[-1]],
            len(group) / len(order),
            mean(scores[number] for number in group),
            mean(truths[number] for number in group),
        )


def ece(scores: Sequence[float], truths: Sequence[float], bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap of score and truth over equal bins."""
    groups = reliability(scores, truths, bins)
    return sum(share * abs(score - truth) for _, _, share, score, truth in groups)


def critical_errors(folder: Path, engine: Any) -> dict[str, float]:
    """Return how well synthetic errors are told from the translations they were made of."""
    found = list(rows(folder / "quality" / "critical_flores-dev.jsonl.xz"))
    asked = [row for n, row in enumerate(found) if n % _SAMPLE == 0 or "number" in row["type"]]
    return {**_told_apart("fast", found, None), **_told_apart("asked", asked, engine)}


def _told_apart(mode: str, found: Sequence[dict[str, Any]], engine: Any) -> dict[str, float]:
    sides = [
        estimates([(row["src"], row[side]) for row in found], engine) for side in ("good", "bad")
    ]
    kinds: defaultdict[str, list[tuple[Quality, Quality]]] = defaultdict(list)
    for row, good, bad in zip(found, *sides, strict=True):
        kinds[row["type"]].append((good, bad))
    result = {}
    for name, pairs in sorted(kinds.items()):
        high, low = [pair[0].score for pair in pairs], [pair[1].score for pair in pairs]
        result[f"{mode}/auc/{name}"] = auc(high, low)
        result[f"{mode}/paired/{name}"] = mean(
            (a > b) + (a == b) / 2 for a, b in zip(high, low, strict=True)
        )
        if name in _KINDS and engine is None:
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


def speed(folder: Path, engine: Any) -> dict[str, float]:
    """Return processor seconds a sentence: by the texts alone, and with the engine asked."""
    found = list(rows(folder / "quality" / "systems_flores-dev.jsonl.xz"))[:400]
    pairs = [(row["src"], row["mt"]) for row in found]
    result = {}
    for mode, asked in (("fast", None), ("asked", engine)):
        start = time.process_time()
        estimates(pairs, asked)
        result[f"{mode}/cpu_seconds_a_sentence"] = (time.process_time() - start) / len(pairs)
    return result


def failures(figures: dict[str, float], floors: dict[str, list[float]]) -> Iterable[str]:
    """Yield the figures that leave their range."""
    for name, (low, high) in floors.items():
        if not low <= figures.get(name, -1.0) <= high:
            yield f"{name} is {figures.get(name)}, not from {low} to {high}"


def main() -> int:
    """Print the table; return the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not (folder / "quality").is_dir():
        print(f"no development data at {folder}")
        return 0
    engine = tk.load_engine()
    if not is_calibrated(engine.model.digest):
        print("the shipped model has no calibration: run fit_quality.py", file=sys.stderr)
    figures: dict[str, float] = {}
    for measure in (false_alarms, correlations, own_outputs, critical_errors, speed):
        figures |= measure(folder, engine)
    own = figures["own/cpu_seconds_a_sentence"]
    figures["fast/times_faster_than_translating"] = own / figures["fast/cpu_seconds_a_sentence"]
    floors: dict[str, list[float]] = json.loads(_FLOORS.read_text(encoding="utf-8"))
    for name, value in figures.items():
        low, high = floors.get(name, ("", ""))
        print(f"{name:40} {value:10.4g}   {low!s:>6} {high!s:>6}")
    broken = tuple(failures(figures, floors))
    for line in broken:
        print(f"FAILED: {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
