"""From signals to a score, and back: what each signal did to it.

A score is the logistic function of a weighted sum of signals. Weights come from
``weights.json``, which ``tests/eval/fit_quality.py`` writes. There is a profile for each kind of
knowledge, and for each direction whose shipped model was measured:

- ``model``: the shipped model's own translations, with the log-probability of its search;
- ``judged``: anybody's translations, which the shipped model was asked about;
- ``text``: anybody's translations, by the two texts alone. This one, fitted to translations into
  English, serves where a direction has none of the kind that is wanted.

Faults that a check names have penalties of their own: a wrong number costs a reader more than it
costs in matching letters. In the shipped model's own output, where some faults are frequent, they
are smaller, so that its scores stay near chrF++.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translate_kit.bitext import Band, Quality

__all__ = ["Contribution", "Kind", "Profile", "explain", "is_calibrated", "profile_of"]

Kind = Literal["model", "judged", "text"]

BEST_KNOWN = "id-en"
"""The direction that has every kind of profile."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one signal did to a score.

    Args:
        signal: its name.
        value: what was measured.
        typical: what it is in the median of the translations the weights were fitted to.
        effect: how much higher the score is than with the typical value, in [-1, 1].
    """

    signal: str
    value: float
    typical: float
    effect: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Weights for one kind of knowledge.

    Args:
        name: of the profile.
        intercept: the sum where all signals are 0.
        weights: of each signal that counts.
        typical: its value where it was not measured.
        good: least score of the band ``good``.
        check: least score of the band ``check``.
    """

    name: Kind
    intercept: float
    weights: Mapping[str, float]
    typical: Mapping[str, float]
    good: float
    check: float

    def score(self, signals: Mapping[str, float]) -> float:
        """Return the score in [0, 1], four digits."""
        total = self.intercept
        for name, weight in self.weights.items():
            total += weight * signals.get(name, self.typical.get(name, 0.0))
        return round(1 / (1 + exp(-total)), 4)

    def band(self, score: float) -> Band:
        """Return the band of a translation without issues."""
        if score < self.check:
            return "poor"
        return "good" if score >= self.good else "check"


def profile_of(signals: Mapping[str, float], direction: str = BEST_KNOWN) -> Profile:
    """Return the profile for what is known of a translation in a direction such as ``id-en``."""
    kind: Kind = "text"
    if "reference_agreement" in signals:
        kind = "judged"
    elif "mean_log_probability" in signals:
        kind = "model"
    return (
        _profile(direction, kind) if kind in _profiles(direction) else _profile(BEST_KNOWN, "text")
    )


def is_calibrated(digest: str | None, direction: str = BEST_KNOWN, kind: Kind = "model") -> bool:
    """Whether a profile was fitted with the model that has this digest.

    Args:
        digest: of a model.
        direction: that it translates in.
        kind: of profile: ``model`` for its own translations, ``judged`` for those of others.
    """
    fitted = _data()["directions"].get(direction)
    if fitted is None or digest is None:
        return False
    return digest == fitted["model"]["digest"] and kind in fitted["profiles"]


def explain(quality: Quality, direction: str = BEST_KNOWN) -> tuple[Contribution, ...]:
    """Return what moved a score away from the usual, what moved it most first.

    Effects need not add up: each compares the score with the one that this signal alone, at its
    typical value, would have left.

    Args:
        quality: of a translation.
        direction: of the translation.
    """
    signals = dict(quality.signals)
    if not signals:
        return ()
    profile = profile_of(signals, direction)
    whole = profile.score(signals)
    found = []
    for name, value in signals.items():
        typical = profile.typical.get(name, 0.0)
        effect = whole - profile.score({**signals, name: typical})
        found.append(Contribution(name, value, typical, round(effect, 4)))
    return tuple(sorted(found, key=lambda one: -abs(one.effect)))


@cache
def _profile(direction: str, kind: Kind) -> Profile:
    profile = _profiles(direction)[kind]
    bands = profile["bands"]
    return Profile(
        kind,
        profile["intercept"],
        {**profile["weights"], **profile["penalties"]},
        profile["typical"],
        bands["good"]["from"],
        bands["check"]["from"],
    )


def _profiles(direction: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _data()["directions"].get(direction, {}).get("profiles", {})
    return found


@cache
def _data() -> Mapping[str, Any]:
    text = files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
