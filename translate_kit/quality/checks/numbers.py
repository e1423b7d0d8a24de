"""Numbers, dates and money that differ between the sides."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from translate_kit.bitext import Issue
from translate_kit.quality.quantities.money import same_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.bitext import Span
    from translate_kit.quality.comparison import Comparison
    from translate_kit.quality.quantities.cursor import Quantity
    from translate_kit.quality.side import Side

__all__ = ["currency", "number"]


def number(comparison: Comparison) -> Iterator[Issue]:
    """Yield a quantity that the other side does not say, with what stands in its stead."""
    agreement = comparison.agreement
    for kind, is_date in (("date", True), ("number", False)):
        missing = [q for q in agreement.missing if (q.kind == "date") == is_date]
        added = [q for q in agreement.added if (q.kind == "date") == is_date]
        for ours, theirs in zip_longest(missing, added):
            message = _message(_text(comparison.source, ours), _text(comparison.target, theirs))
            yield Issue(kind, message, _span(ours), _span(theirs))


def _text(side: Side, quantity: Quantity | None) -> str | None:
    return None if quantity is None else side.text[quantity.start : quantity.end]


def _span(quantity: Quantity | None) -> Span | None:
    return None if quantity is None else (quantity.start, quantity.end)


def _message(ours: str | None, theirs: str | None) -> str:
    if ours is None:
        return f"“{theirs}” is not in the source"
    if theirs is None:
        return f"“{ours}” is not in the translation"
    if ours == theirs:
        return f"“{ours}” is another number in the language of the translation"
    return f"“{ours}” became “{theirs}”"


def currency(comparison: Comparison) -> Iterator[Issue]:
    """Yield an amount whose currency or percent sign changed."""
    for source, target in comparison.agreement.matched:
        if source.unit and target.unit and not same_unit(source.unit, target.unit):
            yield Issue(
                "currency",
                f"{source.unit} became {target.unit}",
                (source.start, source.end),
                (target.start, target.end),
            )
