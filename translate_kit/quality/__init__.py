"""How good a translation is, and where to look: signals, checks, a score with its band."""

from __future__ import annotations

from translate_kit.quality.calibration import Contribution, explain, is_calibrated
from translate_kit.quality.checks import CHECKS
from translate_kit.quality.estimate import estimate, estimate_pair
from translate_kit.quality.pair import Evidence, Pair
from translate_kit.quality.signals import SIGNALS

__all__ = [
    "CHECKS",
    "SIGNALS",
    "Contribution",
    "Evidence",
    "Pair",
    "estimate",
    "estimate_pair",
    "explain",
    "is_calibrated",
]
