"""What is measured, how often, on how many sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from bench.systems import SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FULL", "LINEAR", "QUICK", "TINY", "Plan", "Stage"]


@dataclass(frozen=True, slots=True)
class Stage:
    """Systems that take turns, round after round, on the same articles.

    Args:
        sentences: in the articles.
        cores: processor cores for each.
        rounds: at most; at least two where there are two.
        seconds: after which no further round begins.
        systems: keys.
        fewer: sentences of the slow ones, whose rate is compared; what they load is not counted.
        limit: seconds after which a process is ended, and counted as far as it came.
    """

    sentences: int
    cores: int
    rounds: int
    seconds: float
    systems: tuple[str, ...] = tuple(SYSTEMS)
    fewer: Mapping[str, int] = field(default_factory=dict)
    limit: float = 900.0

    def count(self, key: str) -> int:
        """Return how many sentences a system gets."""
        return min(self.sentences, self.fewer.get(key, self.sentences))


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole run.

    Args:
        stages: in their order.
        parts: sentences for the single stages of the pipeline; 0 leaves them out.
        rounds: of the single stages.
    """

    stages: tuple[Stage, ...]
    parts: int = 0
    rounds: int = 3


_OWN = ("kit", "plain", "sorted", "listed", "single", "argos")
_SLOW = MappingProxyType({"single": 120, "argos": 300, "float32": 96, "bfloat16": 32})
_SLOWER = MappingProxyType({"single": 50, "argos": 100, "float32": 32, "bfloat16": 8})
_QUICK = MappingProxyType({"single": 20, "argos": 20, "float32": 16})

FULL = Plan(
    (
        Stage(1, 2, 5, 60),
        Stage(1, 1, 3, 20, _OWN),
        Stage(100, 2, 3, 60, fewer=_SLOWER),
        Stage(100, 1, 3, 40, (*_OWN, "float32"), _SLOWER),
        Stage(5000, 2, 3, 420, fewer=_SLOW, limit=300),
        Stage(1000, 1, 2, 150, (*_OWN, "float32"), _SLOW),
    ),
    parts=1000,
)

LINEAR = Plan(
    (
        Stage(5000, 1, 1, 0, ("kit", "plain", "sorted")),
        Stage(5000, 2, 1, 0, ("kit",)),
        Stage(50_000, 2, 1, 0, ("kit",), limit=3600),
        Stage(5000, 2, 1, 0, ("kit",)),
    )
)
"""Added to the full run: ten times the input for the time of a sentence, one core for all."""

QUICK = Plan(
    (
        Stage(1, 2, 3, 12, (*_OWN, "float32")),
        Stage(100, 2, 2, 12, _OWN, _QUICK),
        Stage(500, 2, 2, 45, (*_OWN, "float32"), _QUICK),
    ),
    parts=200,
    rounds=2,
)

TINY = Plan((Stage(3, 1, 1, 0, _OWN),))
