"""The table of signals: measurements of a pair that the score is made of.

Each takes a comparison and returns a number, or None where the pair does not show it. To add
one, write it here and give it a row; with a weight in ``weights.json`` it counts.
"""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from translate_kit.quality.likeness import likeness

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate_kit.quality.comparison import Comparison

    Signal = Callable[[Comparison], float | None]

__all__ = ["SIGNALS"]

_NO_TROUBLE = frozenset({"split", "glossary", "markup"})
_NEIGHBOURS = 4  # pieces: about two words
_FEW_WORDS = 10  # a fault in a short sentence is not counted as if it filled it


def mean_log_probability(comparison: Comparison) -> float | None:
    """Length-normalised log-probability of the translation, by the model."""
    evidence = comparison.pair.evidence
    return None if evidence is None else evidence.score


def weakest_stretch(comparison: Comparison) -> float | None:
    """Least mean log-probability of neighbouring pieces; at least -10.

    Of a translation that is the model's own its search's score says as much or more.
    """
    evidence = comparison.pair.evidence
    if evidence is None or not evidence.token_log_probabilities or not evidence.reference:
        return None
    values = evidence.token_log_probabilities
    size = min(_NEIGHBOURS, len(values))
    runs = (sum(values[n : n + size]) for n in range(len(values) - size + 1))
    return max(-10.0, min(runs) / size)


def reference_log_probability(comparison: Comparison) -> float | None:
    """Log-probability of what the model itself says: how sure it is of this source."""
    evidence = comparison.pair.evidence
    return None if evidence is None else evidence.reference_score


def reference_agreement(comparison: Comparison) -> float | None:
    """How alike the translation is to what the model itself says, 0 to 1."""
    evidence = comparison.pair.evidence
    if evidence is None or not evidence.reference:
        return None
    return likeness(comparison.pair.target, evidence.reference)


def decoding_trouble(comparison: Comparison) -> float | None:
    """Troubles that decoding met and did not get over.

    That a sentence was cut is none, nor what a glossary or an address says about the translation.
    """
    evidence = comparison.pair.evidence
    if evidence is None:
        return None
    return float(len({*evidence.flags, *(issue.kind for issue in evidence.issues)} - _NO_TROUBLE))


def length_deviation(comparison: Comparison) -> float:
    """Distance of the length from the expected one, as an absolute logarithm; at most 3."""
    if not comparison.length_ratio:
        return 0.0
    slack = 4 / (4 + len(comparison.source.text))  # a few characters more or less say nothing
    return min(3.0, max(0.0, abs(log(comparison.length_ratio)) - slack))


def length(comparison: Comparison) -> float:
    """How long the source is: 0 for nothing, towards 1 for many words."""
    return 1 - exp(-len(comparison.source.words) / 20)


def untranslated(comparison: Comparison) -> float:
    """Target words left as in the source, those that the check names: 0 to 1."""
    count = sum(len(run) for run in comparison.untranslated)
    return count / (1 + count)


def repeated(comparison: Comparison) -> float:
    """Runs of words that repeat their predecessor, beyond those of the source: 0 to 1."""
    more = max(0, len(comparison.target.repeats) - len(comparison.source.repeats))
    return more / (1 + more)


def number_disagreement(comparison: Comparison) -> float:
    """Quantities without counterpart, at most 3."""
    return float(min(3, comparison.agreement.failed))


def name_disagreement(comparison: Comparison) -> float:
    """Names of one side that the other lacks, at most 3."""
    match = comparison.names
    return float(min(3, max(len(match.lost), len(match.new))))


def name_agreement(comparison: Comparison) -> float:
    """Names that stand on both sides, as 1 - 1 / (1 + their number)."""
    return 1 - 1 / (1 + comparison.names.found)


def negation_disagreement(comparison: Comparison) -> float:
    """Denials of one side that the other lacks, at most 2."""
    return float(min(2, len(comparison.denials.lost) + len(comparison.denials.new)))


def cognates(comparison: Comparison) -> float:
    """Share of longer words, of both sides, that begin alike: names and borrowed words.

    Sentences full of them are easier to translate, and a translation of something else has few.
    """
    ours, theirs = comparison.source.beginnings, comparison.target.beginnings
    return 2 * len(ours & theirs) / max(_FEW_WORDS, len(ours) + len(theirs))


def source_coverage(comparison: Comparison) -> float | None:
    """Mean logarithm of how well the target explains the words of the source, -5.9 to 0."""
    coverage = comparison.source_coverage
    return coverage.mean_log_share if coverage else None


def target_coverage(comparison: Comparison) -> float | None:
    """Mean logarithm of how well the source explains the words of the target, -5.9 to 0."""
    coverage = comparison.target_coverage
    return coverage.mean_log_share if coverage else None


def omitted(comparison: Comparison) -> float:
    """Neighbouring words of the source that the target does not say, from two on: 0 to 1."""
    return min(1.0, max(0.0, comparison.omitted.weight - 2) / 8)


def added(comparison: Comparison) -> float:
    """Neighbouring words of the target that the source does not say, from two on: 0 to 1."""
    return min(1.0, max(0.0, comparison.added.weight - 2) / 8)


SIGNALS: dict[str, Signal] = {
    "mean_log_probability": mean_log_probability,
    "weakest_stretch": weakest_stretch,
    "reference_log_probability": reference_log_probability,
    "reference_agreement": reference_agreement,
    "decoding_trouble": decoding_trouble,
    "length_deviation": length_deviation,
    "length": length,
    "untranslated": untranslated,
    "repeated": repeated,
    "number_disagreement": number_disagreement,
    "name_disagreement": name_disagreement,
    "name_agreement": name_agreement,
    "negation_disagreement": negation_disagreement,
    "cognates": cognates,
    "source_coverage": source_coverage,
    "target_coverage": target_coverage,
    "omitted": omitted,
    "added": added,
}
"""Name of each signal, as in ``Quality.signals``, and how it is measured."""
