"""From signals and issues to `Quality`."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Any

from translate_kit.bitext import Issue, Quality
from translate_kit.quality.checks import CHECKS
from translate_kit.quality.comparison import Comparison
from translate_kit.quality.pair import Pair
from translate_kit.quality.signals import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from translate_kit.bitext import Band, Bitext
    from translate_kit.quality.pair import Evidence

__all__ = ["estimate", "estimate_pair"]

_MODEL_SIGNAL = "mean_log_probability"


def estimate(bitext: Bitext, evidence: Sequence[Evidence | None] | None = None) -> Bitext:
    """Return the bitext with a quality for every bead.

    Args:
        bitext: two documents in languages we have data for.
        evidence: what the engine knows of each bead, in the order of the beads.

    Raises:
        OptionError: if we have no data for one of the languages.
        ValueError: if there is not one evidence a bead.
    """
    known = evidence if evidence is not None else (None,) * len(bitext.beads)
    qualities = [
        estimate_pair(
            Pair(
                source=row.source,
                target=row.target,
                source_language=bitext.source.language,
                target_language=bitext.target.language,
                origin=row.bead.origin,
                links=row.bead.links,
                evidence=hint,
            )
        )
        for row, hint in zip(bitext.rows(), known, strict=True)
    ]
    return bitext.with_qualities(qualities)


def estimate_pair(pair: Pair) -> Quality:
    """Return what we expect of one translation, from its two texts and its evidence alone.

    The score is the logistic function of a weighted sum of the signals (`SIGNALS`), with the
    weights of ``weights.json``: one profile for what a model scored, one for the texts alone.
    It is near the sentence's chrF++ / 100, less a penalty for faults such as a changed number,
    but not calibrated yet: it ranks translations, and other models' log-probabilities may lie
    higher or lower than those it was fitted to. A translation that has an issue is never in the
    band ``good``.

    Raises:
        OptionError: if we have no data for one of the languages.
    """
    found = pair.evidence.issues if pair.evidence else ()
    gap = _gap(pair)
    if gap is not None:
        return Quality(0.0, "poor", (*found, gap))
    comparison = Comparison.of(pair)
    measured = {name: signal(comparison) for name, signal in SIGNALS.items()}
    signals = {name: round(value, 4) for name, value in measured.items() if value is not None}
    score = _score(signals)
    checked = [
        issue
        for check in CHECKS.values()
        for issue in check(comparison)
        if not any(_same_place(issue, other) for other in found)
    ]
    issues = _in_order((*found, *checked))
    return Quality(score, _band(score, issues), issues, tuple(signals.items()))


def _gap(pair: Pair) -> Issue | None:
    """Name what makes a translation none at all."""
    if pair.origin == "untranslated":
        return Issue("untranslated", "was not translated")
    if not pair.target.strip():
        return Issue("omission", "the translation is empty", source=(0, len(pair.source)))
    if not pair.source.strip():
        return Issue("addition", "nothing in the source says this", target=(0, len(pair.target)))
    return None


def _in_order(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Sort by place in the target, then in the source; drop what was found twice."""

    def place(issue: Issue) -> tuple[int, int, str]:
        target = issue.target or issue.source or (0, 0)
        return (*target, issue.kind)

    return tuple(sorted(dict.fromkeys(issues), key=place))


def _same_place(issue: Issue, other: Issue) -> bool:
    """Whether another issue says the same of overlapping characters of the target."""
    if issue.kind != other.kind or issue.target is None or other.target is None:
        return False
    return issue.target[0] < other.target[1] and other.target[0] < issue.target[1]


@cache
def _weights() -> Mapping[str, Any]:
    text = files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    weights: dict[str, Any] = json.loads(text)
    return weights


def _score(signals: Mapping[str, float]) -> float:
    profile = _weights()["profiles"]["model" if _MODEL_SIGNAL in signals else "text"]
    total: float = profile["intercept"]
    for name, weight in profile["weights"].items():
        total += weight * signals.get(name, 0.0)
    return round(1 / (1 + exp(-total)), 4)


def _band(score: float, issues: Sequence[Issue]) -> Band:
    """Return the band: what has an issue is worth a look, whatever its score."""
    bands = _weights()["bands"]
    if score < bands["check"]:
        return "poor"
    return "good" if score >= bands["good"] and not issues else "check"
