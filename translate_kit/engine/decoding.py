"""What is asked of the engine and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import Alternative
    from translate_kit.engine.families import Tokenized

__all__ = ["Decoding", "EngineOptions", "Hypothesis"]


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search for a translation.

    Args:
        beam_size: hypotheses kept at each step; 1 is greedy search.
        alternatives: further hypotheses to return, fewer than ``beam_size`` can hold.
        length_penalty: exponent of the length that divides a hypothesis's log-probability;
            1 makes the score the mean of its tokens.
        no_repeat_ngram_size: n-grams of this many tokens may not come twice; 0 allows all.
        batch_tokens: source tokens in a batch, at most; small ones stay in a processor's cache.
        token_scores: also give the log-probability of every token, by a second pass that takes
            nearly half as long as the search; the quality estimate gains nothing from it.

    Raises:
        OptionError: if a number is out of range.
    """

    beam_size: int = 3
    alternatives: int = 0
    length_penalty: float = 1.0
    no_repeat_ngram_size: int = 0
    batch_tokens: int = 512
    token_scores: bool = False

    def __post_init__(self) -> None:
        """Refuse numbers that the engine would refuse or ignore."""
        if self.beam_size < 1 or self.batch_tokens < 1:
            raise OptionError("beam size and batch size are at least 1")
        if not 0 <= self.alternatives < max(2, self.beam_size):
            raise OptionError(
                f"{self.alternatives} alternatives need a beam of"
                f" {self.alternatives + 1}; raise --beam-size"
            )

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the settings as pairs of strings, for provenance."""
        return (
            ("batch_tokens", str(self.batch_tokens)),
            ("beam_size", str(self.beam_size)),
            ("length_penalty", str(self.length_penalty)),
        )


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Where and how the engine computes.

    Args:
        device: ``cpu``, ``cuda`` or ``auto``.
        compute_type: of CTranslate2; ``default`` is what the model was saved in, as far as the
            processor can.
        threads: processor cores to use; 0 uses all that this process may.
    """

    device: str = "cpu"
    compute_type: str = "default"
    threads: int = 0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A translation as the engine gives it.

    Args:
        source: the source text and its tokens.
        target: the translation and its tokens, without prefix and end.
        score: log-probability divided by length ** length_penalty, ≤ 0.
        attention: for each target token its attention over the source tokens, as
            CTranslate2 returns it: [target tokens, source tokens], rows sum to 1.
        alternatives: other translations, best first.
        token_log_probabilities: of each target token and the end, once scored.
        complete: False if the search ended at the length limit.
    """

    source: Tokenized
    target: Tokenized
    score: float
    attention: tuple[Sequence[float], ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    token_log_probabilities: tuple[float, ...] = ()
    complete: bool = True
