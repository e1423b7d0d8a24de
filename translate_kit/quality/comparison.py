"""Both sides of a pair and what corresponds between them, for all signals and checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from translate_kit.quality.denials import Denials, match_denials
from translate_kit.quality.names import NameMatch, match_names
from translate_kit.quality.quantities.agreement import Agreement, agree
from translate_kit.quality.side import Side

if TYPE_CHECKING:
    from translate_kit.quality.pair import Pair
    from translate_kit.quality.tokens import Token

__all__ = ["Comparison"]


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

    @property
    def length_ratio(self) -> float:
        """Length of the target over the length expected for its source; 1 is as expected."""
        expected = len(self.source.text) * self.target.facts.length / self.source.facts.length
        return len(self.target.text) / expected if expected else 0.0
