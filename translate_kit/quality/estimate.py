"""From signals and issues to `Quality`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.bitext import Issue, Quality
from translate_kit.quality.calibration import profile_of
from translate_kit.quality.checks import CHECKS
from translate_kit.quality.comparison import Comparison
from translate_kit.quality.pair import Pair
from translate_kit.quality.signals import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import Band, Bitext
    from translate_kit.quality.calibration import Profile
    from translate_kit.quality.pair import Evidence

__all__ = ["estimate", "estimate_pair"]


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

    The score is the expected chrF++ / 100 of the sentence less a penalty for faults such as a
    changed number: see `calibration`. A translation that has an issue is never in the band
    ``good``.

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
    profile = profile_of(signals, pair.direction)
    score = profile.score(signals)
    checked = [
        issue
        for check in CHECKS.values()
        for issue in check(comparison)
        if not any(_same_place(issue, other) for other in found)
    ]
    issues = _in_order((*found, *checked))
    return Quality(score, _band(profile, score, issues), issues, tuple(signals.items()))


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


def _band(profile: Profile, score: float, issues: Sequence[Issue]) -> Band:
    """Return the band: what has an issue is worth a look, whatever its score."""
    band = profile.band(score)
    return "check" if band == "good" and issues else band
