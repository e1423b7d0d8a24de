"""The plots of trust: what estimates promise and keep, and what is won by leaving work out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.evaluate.report.svg import Scale, figure, line, marker, path, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.evaluate.results import Trust

__all__ = ["calibration", "coverage"]

_WIDTH, _HEIGHT = 560, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 10, 46


def calibration(found: Sequence[Trust], name: str) -> str:
    """Return mean worth over mean estimate, in ten bins a system, beside the diagonal."""
    points = [value for trust in found for a, b, _ in trust.bins for value in (a, b)]
    across = Scale.around(points, _LEFT, _WIDTH - _RIGHT)
    up = Scale(across.low, across.high, _HEIGHT - _BOTTOM, _TOP)
    body = _frame(across, up, "estimated quality", "worth (chrF++ / 100)")
    body += line(across(across.low), up(up.low), across(across.high), up(up.high), "base")
    for number, trust in enumerate(found):
        places = [(across(mean), up(worth)) for mean, worth, _ in trust.bins]
        body += path(places, f"curve thin s{number % 8}")
        body += "".join(marker(x, y, number) for x, y in places)
    told = "; ".join(f"{t.system}: mean distance {t.error:.3f}" for t in found)
    return figure(name, (_WIDTH, _HEIGHT), body, title="Calibration of estimates", told=told)


def coverage(found: Sequence[Trust], name: str) -> str:
    """Return mean risk over the share of segments kept, the best by estimate first."""
    risks = [risk for trust in found for _, risk in (*trust.risk, *trust.ideal)]
    across = Scale(0, 100, _LEFT, _WIDTH - _RIGHT)
    up = Scale.around(risks, _HEIGHT - _BOTTOM, _TOP)
    body = _frame(across, up, "segments kept, best estimate first (%)", "mean risk (1 − worth)")
    for number, trust in enumerate(found):
        series = f"s{number % 8}"
        body += path([(across(100 * s), up(r)) for s, r in trust.ideal], f"curve ideal {series}")
        body += path([(across(100 * s), up(r)) for s, r in trust.risk], f"curve {series}")
        share, risk = trust.risk[len(trust.risk) // 4]
        body += marker(across(100 * share), up(risk), number)
    told = "; ".join(f"{t.system}: {t.gain:.0%} of the way to perfect estimates" for t in found)
    return figure(name, (_WIDTH, _HEIGHT), body, title="Risk and coverage", told=told)


def _frame(across: Scale, up: Scale, below: str, beside: str) -> str:
    bottom = _HEIGHT - _BOTTOM
    body = ""
    for value, shown in up.ticks():
        body += line(_LEFT, up(value), _WIDTH - _RIGHT, up(value), "grid")
        body += text(_LEFT - 8, up(value), shown, "axis end mid")
    for value, shown in across.ticks():
        body += line(across(value), _TOP, across(value), bottom, "grid")
        body += text(across(value), bottom + 16, shown, "axis middle")
    body += text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 8, below, "axis middle")
    return body + text(_LEFT + 6, _TOP + 12, beside, "axis")
