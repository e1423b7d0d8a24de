"""The table of checks: each names a problem and says where it is.

A check flags and never changes text. To add one, write it in a module of this package and give
it a row here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.quality.checks import names, numbers, shape, spans, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from translate_kit.bitext import Issue
    from translate_kit.quality.comparison import Comparison

    Check = Callable[[Comparison], Iterable[Issue]]

__all__ = ["CHECKS"]

CHECKS: dict[str, Check] = {
    "number": numbers.number,
    "currency": numbers.currency,
    "name": names.name,
    "negation": words.negation,
    "untranslated": words.untranslated,
    "language": words.language,
    "repetition": shape.repetition,
    "length": shape.length,
    "quote": shape.quote,
    "omission": spans.omission,
    "addition": spans.addition,
    "markup": spans.markup,
}
"""Name of each check and what it does; the number check yields ``date`` issues too."""
