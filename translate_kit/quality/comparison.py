"""Both sides of a pair and what corresponds between them, for all signals and checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import copysign, log
from typing import TYPE_CHECKING

from translate_kit.quality.coverage import Coverage, Stretch, cover
from translate_kit.quality.denials import Denials, match_denials
from translate_kit.quality.names import NameMatch, match_names
from translate_kit.quality.quantities.agreement import Agreement, agree
from translate_kit.quality.side import Side

if TYPE_CHECKING:
    from translate_kit.quality.pair import Pair
    from translate_kit.quality.tokens import Token

__all__ = ["Comparison"]

_LENGTH_COUNTS, _SLACK = 6.0, 12
"""Words without counterpart that a factor e in length is worth (a text that lost a clause is
shorter too), and the characters of difference in length that say nothing. Chosen with the
steps of `coverage` on a sample of the errors made by hand in FLORES dev, even and odd."""


@dataclass(frozen=True)
class Comparison:
    """A pair with both sides read.

    Args:
        pair: what is compared.
        source: its source text.
        target: its target text.
    """

    pair: Pair
    source: Side
    target: Side

    @classmethod
    def of(cls, pair: Pair) -> Comparison:
        """Read both sides of a pair."""
        source = Side(pair.source, pair.source_language.partition("-")[0].lower())
        target = Side(pair.target, pair.target_language.partition("-")[0].lower())
        return cls(pair, source, target)

    @cached_property
    def agreement(self) -> Agreement:
        """Which quantities answer for which."""
        return agree(self.source, self.target)

    @cached_property
    def names(self) -> NameMatch:
        """Which names are on both sides, which on one."""
        return match_names(self.source, self.target)

    @cached_property
    def denials(self) -> Denials:
        """Which denials have no counterpart."""
        return match_denials(self.source, self.target)

    @cached_property
    def copied(self) -> tuple[Token, ...]:
        """Target words that stand in the source too and are neither names nor loans.

        A capital makes a name, but for everyday words that open a sentence.
        """
        ours, theirs = self.source.facts, self.target.facts
        spelled = {token.text for token in self.source.words}
        openings = self.target.openings
        return tuple(
            token
            for token in self.target.words
            if token.text in spelled
            and len(token.text) > 2
            and (token.text.islower() or (token.lower in ours.everyday and token.start in openings))
            and token.lower not in ours.loans
            and token.lower not in theirs.loans
            and token.lower not in theirs.everyday
        )

    @cached_property
    def untranslated(self) -> tuple[tuple[Token, ...], ...]:
        """Runs of copied words that are no chance: everyday words, derived ones, or several."""
        copied = {token.start for token in self.copied}
        runs = (
            tuple(run)
            for is_copied, run in groupby(self.target.words, lambda token: token.start in copied)
            if is_copied
        )
        return tuple(run for run in runs if len(run) > 1 or self._is_ours(run[0].lower))

    def _is_ours(self, word: str) -> bool:
        """Whether a word has the looks of the source's language."""
        facts = self.source.facts
        return (
            word in facts.everyday
            or (len(word) > 6 and word.startswith(facts.prefixes))
            or (len(word) > 5 and word.endswith(facts.suffixes))
        )

    @cached_property
    def source_coverage(self) -> Coverage | None:
        """Which words of the source have a counterpart; None without a lexicon."""
        return cover(self.source, self.target)

    @cached_property
    def target_coverage(self) -> Coverage | None:
        """Which words of the target have a counterpart; None without a lexicon."""
        return cover(self.target, self.source)

    @cached_property
    def omitted(self) -> Stretch:
        """The stretch of the source that the target hardly says, its weight ≥ 0."""
        return self._unsaid(self.source_coverage, -1)

    @cached_property
    def added(self) -> Stretch:
        """The stretch of the target that the source hardly says, its weight ≥ 0."""
        return self._unsaid(self.target_coverage, 1)

    def _unsaid(self, coverage: Coverage | None, sign: int) -> Stretch:
        """The heaviest stretch, lighter or heavier by what the lengths of the sides say."""
        found = coverage.stretch if coverage else Stretch(0.0, (0, 0))
        if found.weight <= 1.0 or not self.length_ratio:
            return Stretch(0.0, found.span)
        ratio = log(self.length_ratio)
        slack = _SLACK / (_SLACK + len(self.source.text))  # a short text has any length
        beyond = copysign(max(0.0, abs(ratio) - slack), ratio)
        length = max(-1.0, min(1.0, sign * beyond))
        return Stretch(max(0.0, found.weight + _LENGTH_COUNTS * length), found.span)

    @property
    def length_ratio(self) -> float:
        """Length of the target over the length expected for its source; 1 is as expected."""
        expected = len(self.source.text) * self.target.facts.length / self.source.facts.length
        return len(self.target.text) / expected if expected else 0.0
