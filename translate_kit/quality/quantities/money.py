"""The unit beside a number: a currency or a percent sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.languages.quantities import Quantities
    from translate_kit.quality.tokens import Token

__all__ = ["is_money", "same_unit", "stands_before", "unit_around"]

_ANY_DOLLAR = "$"
_DOLLARS = frozenset({"USD", "SGD", "AUD", "CAD", "HKD", "NZD", "TWD", _ANY_DOLLAR})


def is_money(token: Token, facts: Quantities) -> bool:
    """Whether a word or sign is the name of a currency."""
    return token.lower in facts.currencies


def same_unit(one: str, other: str) -> bool:
    """Whether two units may be the same: a bare dollar is any of them."""
    if one == other:
        return True
    return _ANY_DOLLAR in {one, other} and {one, other} <= _DOLLARS


def stands_before(tokens: Sequence[Token], index: int, facts: Quantities) -> bool:
    """Whether a currency stands before the number at this token."""
    return _before(tokens, index, facts) is not None


def unit_around(
    tokens: Sequence[Token], first: int, after: int, facts: Quantities
) -> tuple[str | None, int]:
    """Return the unit of the number in these tokens and the index after a unit that follows."""
    unit = _before(tokens, first, facts)
    if unit is not None:
        return unit, after
    if after >= len(tokens):
        return None, after
    for length in (1, 2):
        words = " ".join(token.lower for token in tokens[after : after + length])
        if words in facts.percents:
            return "%", after + length
    return _money_after(tokens, after, facts)


def _before(tokens: Sequence[Token], first: int, facts: Quantities) -> str | None:
    place = first - 1
    if place > 0 and tokens[place].text == "." and is_money(tokens[place - 1], facts):
        place -= 1  # "Rp. 5.000"
    if place < 0 or not is_money(tokens[place], facts):
        return None
    if tokens[place].is_word and len(tokens[place].text) > 3:
        return None  # "dolar 5" is no amount
    currency = facts.currencies[tokens[place].lower]
    glued = place > 0 and tokens[place - 1].end == tokens[place].start
    if currency == _ANY_DOLLAR and glued:
        return facts.dollars.get(tokens[place - 1].lower, currency)
    return currency


def _money_after(tokens: Sequence[Token], after: int, facts: Quantities) -> tuple[str | None, int]:
    for place in range(after, min(after + 3, len(tokens))):  # "5 US dollars", "New Zealand dollars"
        token = tokens[place]
        if is_money(token, facts):
            currency = facts.currencies[token.lower]
            if currency != _ANY_DOLLAR:
                return currency, place + 1
            names = [t.lower for t in tokens[max(after, place - 1) : place + 2] if t is not token]
            for name in names:
                if name in facts.dollars:
                    return facts.dollars[name], place + 1
            return currency, place + 1
        if not token.is_word:
            break
    return None, after
