"""Quantities that begin with digits."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from translate_kit.quality.quantities.growth import enlarged, hour_keys, is_hour, suffixed
from translate_kit.quality.quantities.money import is_money
from translate_kit.quality.quantities.numerals import read_digits

if TYPE_CHECKING:
    from translate_kit.quality.quantities.cursor import Cursor, Key
    from translate_kit.quality.quantities.numerals import Number

__all__ = ["digits"]

_LATEST_YEAR = 2200


def digits(cursor: Cursor, index: int) -> int:
    """Note the quantity that begins with these digits; return the index after it."""
    after = _slashed(cursor, index) or _clock(cursor, index)
    if after:
        return after
    token, after = cursor.tokens[index], index + 1
    values = read_digits(token.text, cursor.facts)
    if cursor.glued(index) and cursor.tokens[index - 1].text.islower():
        return cursor.note(index, after, values or (("code", token.text),), ask=False)  # km2
    code = _code(cursor, index)
    if code:
        return cursor.note(index, after, (("code", code), *values))
    if not values:
        return cursor.note(index, after, (("code", token.lower),))
    larger, after = enlarged(cursor, values, after)
    if after == index + 1:
        larger, after = suffixed(cursor, index, values)
    keys: tuple[Key, ...] = larger
    if is_hour(cursor, index, after) and values[0] in range(25):
        keys = (*keys, *hour_keys(int(values[0])))
    kind = "date" if _is_date(cursor, index, after, values[0]) else "number"
    return cursor.note(index, after, keys, kind=kind)


def _code(cursor: Cursor, index: int) -> str:
    """Return the name that digits belong to (``g20``, ``covid19``, ``39c``), or nothing."""
    tokens, facts, before = cursor.tokens, cursor.facts, index
    if cursor.glued(index) and tokens[index - 1].is_word:
        before = index - 1
    elif cursor.lower(index - 1) == "-" and cursor.glued(index) and cursor.glued(index - 1):
        before = index - 2
    name = tokens[before]
    is_name = before < index and name.text[0].isupper() and not is_money(name, facts)
    if is_name and name.lower not in facts.ordinal_prefixes:
        return name.lower + tokens[index].lower
    after = index + 1
    if not (cursor.glued(after) and tokens[after].is_word and tokens[after].text.isupper()):
        return ""
    letters = cursor.lower(after)
    known = letters in facts.letter_scales or letters in facts.day_parts
    return "" if known else tokens[index].lower + letters


def _slashed(cursor: Cursor, index: int) -> int | None:
    """Read ``25/10/2023`` as a date, ``2023/24`` as two numbers, ``1/3`` as a fraction."""
    parts = [index]
    while len(parts) < 4 and cursor.lower(parts[-1] + 1) == "/" and cursor.glued(parts[-1] + 2):
        following = parts[-1] + 2
        if not cursor.tokens[following].is_number or not cursor.glued(following - 1):
            break
        parts.append(following)
    values = [read_digits(cursor.tokens[part].text, cursor.facts)[:1] for part in parts]
    if len(parts) == 1 or not all(values):
        return None
    numbers = [value[0] for value in values]
    after = parts[-1] + 1
    in_brackets = cursor.lower(index - 1) == "(" and cursor.lower(after) == ")"
    if len(parts) == 2 and not in_brackets and 0 < numbers[0] < numbers[1] < 1000:
        return cursor.note(index, after, (Fraction(numbers[0]) / numbers[1],))
    kind = "date" if in_brackets or len(parts) == 3 else "number"
    for part, number in zip(parts, numbers, strict=True):
        months: tuple[Key, ...] = (("month", int(number)),) if number <= 12 else ()
        cursor.note(part, part + 1, (number, *months), kind=kind)
    return after


def _clock(cursor: Cursor, index: int) -> int | None:
    """Read ``9:30``, ``pukul 9.30`` and ``9.30 a.m.``; a bare ``9.30`` may also be a number."""
    text, after = cursor.tokens[index].text, index + 1
    mark = ":" if ":" in text else "."
    hours, _, minutes = text.partition(mark)
    if len(hours) > 2 or len(minutes) != 2 or not minutes.isdigit():
        return None
    if int(hours) > 24 or int(minutes) > 59:
        return None
    keys = hour_keys(int(hours), int(minutes))
    if mark == ":" or is_hour(cursor, index, after):
        return cursor.note(index, after, keys, kind="time")
    values = read_digits(text, cursor.facts)
    if enlarged(cursor, values, after)[1] > after:
        return None  # "9.30 million"
    return cursor.note(index, after, (*values, *keys))


def _is_date(cursor: Cursor, first: int, after: int, value: Number) -> bool:
    """Whether a number is a day or a year, by the words around it."""
    if cursor.lower(first - 1) in cursor.facts.year_words:
        return True
    if not isinstance(value, int) or value > _LATEST_YEAR:
        return False
    near = (first - 1, first - 2, first - 3, after, after + 1, after + 2)
    return any(cursor.lower(place) in cursor.facts.months for place in near)
