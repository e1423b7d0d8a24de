"""From signals to a score, and back: what each signal did to it.

A score is the logistic function of a weighted sum of signals. Weights come from
``weights.json``, which ``tests/eval/fit_quality.py`` writes. There is a profile for each kind of
knowledge:

- ``model``: the shipped model's own translations, with the log-probability of its search;
- ``judged``: anybody's translations, which the shipped model was asked about;
- ``text``: anybody's translations, by the two texts alone.

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
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translate_kit.bitext import Band, Quality

__all__ = ["Contribution", "Profile", "explain", "is_calibrated", "profile_of"]


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

    name: str
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


def profile_of(signals: Mapping[str, float]) -> Profile:
    """Return the profile for what is known."""
    if "reference_agreement" in signals:
        return _profile("judged")
    return _profile("model" if "mean_log_probability" in signals else "text")


def is_calibrated(digest: str | None) -> bool:
    """Whether the profile ``model`` was fitted to the model with this digest."""
    return digest is not None and digest == _data()["model"]["digest"]


def explain(quality: Quality) -> tuple[Contribution, ...]:
    """Return what moved a score away from the usual, what moved it most first.

    Effects need not add up: each compares the score with the one that this signal alone, at its
    typical value, would have left.
    """
    signals = dict(quality.signals)
    if not signals:
        return ()
    profile = profile_of(signals)
    whole = profile.score(signals)
    found = []
    for name, value in signals.items():
        typical = profile.typical.get(name, 0.0)
        effect = whole - profile.score({**signals, name: typical})
        found.append(Contribution(name, value, typical, round(effect, 4)))
    return tuple(sorted(found, key=lambda one: -abs(one.effect)))


@cache
def _profile(name: str) -> Profile:
    profile = _data()["profiles"][name]
    bands = profile["bands"]
    return Profile(
        name,
        profile["intercept"],
        {**profile["weights"], **profile["penalties"]},
        profile["typical"],
        bands["good"]["from"],
        bands["check"]["from"],
    )


@cache
def _data() -> Mapping[str, Any]:
    text = files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
