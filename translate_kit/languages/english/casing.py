"""Capitals in English headlines (Chicago Manual of Style 8.159: function words stay small)."""

from __future__ import annotations

from translate_kit.languages.casing import Casing

__all__ = ["DATA"]

DATA = Casing(
    small=frozenset(
        "a an and as at but by for from in into nor of on onto or over per the to up via vs"
        " with".split()
    ),
)
