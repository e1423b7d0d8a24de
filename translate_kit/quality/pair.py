"""What is judged: a source text, a target text, and what the engine knows about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.bitext import direction_of

if TYPE_CHECKING:
    from translate_kit.bitext import Issue, Origin, WordLink

__all__ = ["Evidence", "Pair"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the engine knows about a translation that its text does not show.

    Args:
        score: length-normalised log-probability of the translation, at most 0; None if the
            model was not asked.
        reference: what the model itself says for the source, where the translation is somebody
            else's; empty if it was not asked.
        reference_score: log-probability of that, likewise.
        token_log_probabilities: of each piece, in order, at most 0; empty if not known.
        flags: troubles met in decoding: ``looped``, ``empty``, ``echo``, ``split``.
        issues: what the translator itself wants to have looked at; they join those found here.

    Raises:
        ValueError: if a log-probability is above 0 or no number.
    """

    score: float | None = None
    token_log_probabilities: tuple[float, ...] = ()
    flags: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    reference: str = ""
    reference_score: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is no log-probability."""
        scores = [value for value in (self.score, self.reference_score) if value is not None]
        for value in (*scores, *self.token_log_probabilities):
            if not value <= 0.0:  # so that NaN is refused too
                raise ValueError(f"a log-probability is at most 0, not {value}")


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and its translation.

    Args:
        source: the source text; empty for an insertion.
        target: its translation; empty for a deletion.
        source_language: BCP 47 tag; only the language itself counts (``id-ID`` is ``id``).
        target_language: likewise.
        origin: who wrote the target.
        links: word correspondences, as spans of both texts.
        evidence: what the engine knows, if one was used.
    """

    source: str
    target: str
    source_language: str = "id"
    target_language: str = "en"
    origin: Origin = "model"
    links: tuple[WordLink, ...] = ()
    evidence: Evidence | None = None

    @property
    def direction(self) -> str:
        """The languages, as `direction_of` writes them."""
        return direction_of(self.source_language, self.target_language)
