"""Fit the weights of the quality score on the even sentences of the development data.

Run as ``python tests/eval/fit_quality.py [FOLDER]``; it writes
``translate_kit/quality/weights.json`` anew. Needed again whenever the shipped model, the lexicon
or a signal changes; takes some minutes, for the model is asked about thousands of translations.

1. Signals are fitted to sentence chrF++ / 100 by a logistic function (fractional cross entropy,
   Papke and Wooldridge 1996), each weight held to the sign that its signal must have. Errors
   made by hand count a third as much as the systems' outputs, `_LESS` below their chrF++.
2. The penalty of each fault that a check names is the smallest that tells the errors of its
   kind from what they were made of with the area under the curve in `_GOALS`: chrF++ hardly
   sees a wrong number, a reader does. For the shipped model's own output `_OWN` of it is the
   least where faults are frequent, and the fit decides.
3. The bands begin where what they hold is as often acceptable as `_BANDS` says.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from quality import ACCEPTABLE, DATA, auc, own_translations, rows, second_opinions
from sacrebleu.metrics import CHRF

import translate_kit as tk
from translate_kit import quality
from translate_kit.quality import SIGNALS, Evidence, Pair
from translate_kit.quality.comparison import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_WEIGHTS = Path(quality.__file__).with_name("weights.json")
_BASE = (
    "length",
    "length_deviation",
    "name_agreement",
    "cognates",
    "source_coverage",
    "target_coverage",
)
_ASKED = (
    "mean_log_probability",
    "weakest_stretch",
    "reference_log_probability",
    "reference_agreement",
)
_RISING = {"name_agreement", "cognates", "source_coverage", "target_coverage", *_ASKED}
_FREE = {"length", "reference_log_probability"}  # either sign
_GOALS = {
    "untranslated": ("untranslated_words", 0.98),
    "repeated": ("repeated_ngrams", 0.985),
    "number_disagreement": ("number_changed", 0.945),
    "omitted": ("clause_dropped", 0.96),
    "added": ("addition", 0.96),
}
_SET = {  # by hand: too few examples in the data, or none
    "name_disagreement": -0.6,
    "negation_disagreement": -0.9,
    "decoding_trouble": -1.0,
}
_FAULTS = (*_GOALS, *(name for name in _SET if name != "decoding_trouble"))
_LARGEST = 6.0
_ERRORS, _LESS = 0.3, 0.2
_BANDS = {"text": (0.85, 0.5), "judged": (0.85, 0.5), "model": (0.85, 0.22)}
"""Share of acceptable translations in ``good`` at least, and in ``poor`` at most."""
_ENOUGH = 0.1
"""Share of the sentences that the band ``poor`` holds at least if they are not as bad as that."""
_FREQUENT = ("untranslated", "repeated", "omitted", "added", "name_disagreement")
_OWN = 0.2  # of its penalty is what a frequent fault costs the shipped model at least
_SAMPLE = 6  # of so many errors the model is asked about one
_ROUNDS = 200

Signals = dict[str, float]


class Example(NamedTuple):
    """A translation, what it should be scored and how much it counts."""

    signals: Signals
    truth: float
    weight: float = 1.0


def measured(source: str, target: str, evidence: Evidence | None = None) -> Signals:
    """Return the signals of a pair that it has."""
    comparison = Comparison.of(Pair(source, target, evidence=evidence))
    values = {name: signal(comparison) for name, signal in SIGNALS.items()}
    return {name: value for name, value in values.items() if value is not None}


def columns(examples: Sequence[Example], names: Sequence[str]) -> Floats:
    """Return the signals as [examples, names]."""
    return np.array([[example.signals.get(name, 0.0) for name in names] for example in examples])


def fit(
    examples: Sequence[Example], names: Sequence[str], fixed: Mapping[str, float]
) -> tuple[Signals, float]:
    """Return weights and intercept of the logistic function nearest to the truths.

    Newton's method on one weight after the other; those that are `fixed` stay.
    """
    matrix = np.hstack([columns(examples, names), np.ones((len(examples), 1))])
    truths = np.array([example.truth for example in examples])
    shares = np.array([example.weight for example in examples])
    shares /= shares.sum()
    sums = columns(examples, tuple(fixed)) @ np.array(list(fixed.values()))
    signs = [0 if name in _FREE else 1 if name in _RISING else -1 for name in names] + [0]
    weights = np.zeros(len(names) + 1)
    for _ in range(_ROUNDS):
        for j, sign in enumerate(signs):
            guesses = 1 / (1 + np.exp(-sums))
            slope = (shares * (guesses - truths)) @ matrix[:, j]
            curvature = (shares * guesses * (1 - guesses)) @ matrix[:, j] ** 2 + 1e-6
            new = weights[j] - slope / curvature
            if new * sign < 0:
                new = 0.0
            sums += (new - weights[j]) * matrix[:, j]
            weights[j] = new
    found = dict(zip(names, map(float, weights), strict=False))
    return found, float(weights[-1])


def penalties(base: Signals, pairs: Mapping[str, Sequence[tuple[Signals, Signals]]]) -> Signals:
    """Return the smallest penalties that reach their goals, or else the best, by quarters."""
    found = {**dict.fromkeys(_GOALS, 0.0), **_SET}
    for _ in range(2):  # the second time with the others' in place
        for name, (kind, goal) in _GOALS.items():
            weights, areas = {**base, **found}, []
            for size in np.arange(0, _LARGEST, 0.25):
                weights[name] = -float(size)
                high, low = (
                    [
                        sum(w * row[side].get(n, 0.0) for n, w in weights.items())
                        for row in pairs[kind]
                    ]
                    for side in (0, 1)
                )
                areas.append((auc(high, low), -size))
                if areas[-1][0] >= goal:
                    break
            found[name] = float(min(0.0, max(areas)[1]))
    return found


def profile(
    name: str, examples: Sequence[Example], weights: Signals, faults: Signals, intercept: float
) -> dict[str, Any]:
    """Return a profile as the file holds it; the bands are those of the examples that count 1."""
    outputs = [example for example in examples if example.weight == 1.0]
    every = {**weights, **faults}
    sums = columns(outputs, tuple(every)) @ np.array(list(every.values())) + intercept
    scores = 1 / (1 + np.exp(-sums))
    good = np.array([example.truth >= ACCEPTABLE for example in outputs])
    typical = {
        signal: round(float(np.median([e.signals.get(signal, 0.0) for e in outputs])), 3)
        for signal in weights
    }
    return {
        "intercept": round(intercept, 3),
        "weights": {name: round(weight, 3) for name, weight in weights.items()},
        "penalties": {signal: round(weight, 3) for signal, weight in faults.items()},
        "typical": typical,
        "bands": bands(scores, good, _BANDS[name]),
    }


def bands(scores: Floats, good: NDArray[np.bool_], shares: tuple[float, float]) -> dict[str, Any]:
    """Return where the bands begin, with the share of acceptable ones on the fitted half."""
    grid = [t for t in np.arange(0.2, 0.9, 0.01) if 0.02 < (scores < t).mean() < 0.95]
    below = {t: good[scores < t].mean() for t in grid}
    low = [t for t in grid if below[t] <= shares[1]]
    # where nothing is so bad, the worst there is enough of to tell
    enough = [t for t in grid if (scores < t).mean() >= _ENOUGH]
    check = max(low) if low else min(enough, key=below.__getitem__)
    high = [t for t in grid if t > check and good[scores >= t].mean() >= shares[0]]
    start = min(high, default=grid[-1])
    return {
        "good": {"from": round(start, 2), "acceptable": _mean(good[scores >= start])},
        "check": {
            "from": round(check, 2),
            "acceptable": _mean(good[(scores >= check) & (scores < start)]),
        },
        "poor": {"from": 0.0, "acceptable": _mean(good[scores < check])},
    }


def _mean(values: NDArray[np.bool_]) -> float | None:
    return round(float(values.mean()), 2) if len(values) else None


def systems(folder: Path) -> list[dict[str, Any]]:
    """Return the systems' outputs for the even sentences."""
    return list(rows(folder / "quality" / "systems_flores-dev.jsonl.xz", 0))


def errors(folder: Path) -> list[dict[str, Any]]:
    """Return the errors made by hand in even sentences, with their chrF++ / 100."""
    metric = CHRF(word_order=2)
    return [
        {**row, "chrf": metric.sentence_score(row["bad"], [row["ref"]]).score / 100}
        for row in rows(folder / "quality" / "critical_flores-dev.jsonl.xz", 0)
    ]


def fit_text(good: Sequence[dict[str, Any]], bad: Sequence[dict[str, Any]]) -> tuple[Any, Signals]:
    """Return the profile for texts alone, and its penalties."""
    made = [Example(measured(row["src"], row["mt"]), row["chrfpp"] / 100) for row in good]
    share = _ERRORS * len(good) / len(bad)
    spoiled = [
        Example(measured(row["src"], row["bad"]), max(0.0, row["chrf"] - _LESS), share)
        for row in bad
    ]
    weights, _ = fit([*made, *spoiled], (*_BASE, *_FAULTS), {})
    base = {name: weights[name] for name in _BASE}
    pairs: dict[str, list[tuple[Signals, Signals]]] = {}
    for row, example in zip(bad, spoiled, strict=True):
        both = (measured(row["src"], row["good"]), example.signals)
        pairs.setdefault(row["type"], []).append(both)
    faults = penalties(base, pairs)
    _, intercept = fit(made, (), {**base, **faults})
    return profile("text", made, base, faults, intercept), faults


def fit_judged(
    good: Sequence[dict[str, Any]], bad: Sequence[dict[str, Any]], least: Signals, engine: Any
) -> Any:
    """Return the profile for translations that the model was asked about."""
    bad = bad[::_SAMPLE]
    share = _ERRORS * len(good) / len(bad)
    pairs = [(row["src"], row["mt"]) for row in good]
    pairs += [(row["src"], row[side]) for side in ("good", "bad") for row in bad]
    found = [
        measured(*pair, hint)
        for pair, hint in zip(pairs, second_opinions(pairs, engine), strict=True)
    ]
    made = [Example(s, row["chrfpp"] / 100) for s, row in zip(found, good, strict=False)]
    before, after = found[len(good) : -len(bad)], found[-len(bad) :]
    spoiled = [
        Example(s, max(0.0, row["chrf"] - _LESS), share) for s, row in zip(after, bad, strict=True)
    ]
    weights, _ = fit([*made, *spoiled], (*_BASE, *_ASKED, *_FAULTS), {})
    base = {name: weights[name] for name in (*_BASE, *_ASKED)}
    kinds: dict[str, list[tuple[Signals, Signals]]] = {}
    for row, *both in zip(bad, before, after, strict=True):
        kinds.setdefault(row["type"], []).append((both[0], both[1]))
    own = penalties(base, kinds)  # of a sample: never less than what all errors ask for
    faults = {name: min(own[name], least[name]) for name in least}
    _, intercept = fit(made, (), {**base, **faults})
    return profile("judged", made, base, faults, intercept)


def fit_model(folder: Path, faults: Signals, engine: Any) -> Any:
    """Return the profile for a shipped model's own translations."""
    examples = [
        Example(dict(quality.signals), truth)
        for number, (quality, truth) in enumerate(own_translations(folder, engine))
        if number % 2 == 0
    ]
    least = {name: _OWN * v if name in _FREQUENT else v for name, v in faults.items()}
    names = (*_BASE, "mean_log_probability")
    weights, intercept = fit(examples, (*names, *_FREQUENT), least)
    faults = {name: least[name] + weights.pop(name, 0.0) for name in faults}
    return profile("model", examples, weights, faults, intercept)


def write(found: Mapping[str, tuple[Any, Mapping[str, Any]]]) -> None:
    """Write what is known so far: the model and the profiles of each direction."""
    data = {
        "note": [
            "Written by tests/eval/fit_quality.py from the even sentences of FLORES dev.",
            "acceptable: share of a band's sentences with chrF++ of 50 or more, on that half.",
        ],
        "directions": {
            direction: {
                "model": {"name": model.name, "digest": model.digest},
                "profiles": profiles,
            }
            for direction, (model, profiles) in found.items()
        },
    }
    _WEIGHTS.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def main(arguments: Iterable[str]) -> None:
    """Fit the profiles and write them: into Indonesian there are no others' outputs to fit to."""
    folder = Path(next(iter(arguments), DATA))
    engine, back = (tk.load_engine(None, way) for way in ("id-en", "en-id"))
    good, bad = systems(folder), errors(folder)
    text, faults = fit_text(good, bad)
    # the engine's own words are only kept for a model that has a profile: give it one first
    first = {"text": text, "judged": text, "model": text}
    write({"id-en": (engine.model, first), "en-id": (back.model, {"model": text})})
    profiles = {
        "text": text,
        "judged": fit_judged(good, bad, faults, engine),
        "model": fit_model(folder, faults, engine),
    }
    own = {"model": fit_model(folder, faults, back)}
    write({"id-en": (engine.model, profiles), "en-id": (back.model, own)})


if __name__ == "__main__":
    main(sys.argv[1:])
