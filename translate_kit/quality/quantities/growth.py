"""What may follow a number and makes it another: scales, halves, tenths, endings, hours.

Every function takes the index after what was read and returns the index after what it took.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from translate_kit.quality.quantities.money import stands_before
from translate_kit.quality.quantities.numerals import VULGAR_FRACTIONS, Number, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.quality.quantities.cursor import Cursor, Key

__all__ = ["enlarged", "hour_keys", "is_hour", "suffixed"]

_HALF_DAY = 12 * 60  # minutes
_PRECISION = 30  # digits after the decimal mark that are read
_LARGEST_DENOMINATED = 20  # "two thirds", but not "in 2018 third-placed"


def enlarged(
    cursor: Cursor, values: Sequence[Number], after: int
) -> tuple[tuple[Number, ...], int]:
    """Add tenths and halves in words, and multiply by the scales that follow.

    Letters are a scale where they touch the digits or a currency stands before them; they may
    always be a unit, too (``5m``), so that the plain value stays among the meanings.
    """
    letters = cursor.facts.letter_scales.get(cursor.lower(after), ())
    if letters and (cursor.glued(after) or stands_before(cursor.tokens, after - 1, cursor.facts)):
        return tuple(value * size for size in (*letters, 1) for value in values), after + 1
    plural = cursor.facts.vague.get(cursor.lower(after), 0)
    if plural >= 1000:
        return tuple(value * plural for value in values), after + 1  # "100 billions"
    grown, end = [], after
    for value in values:
        total, position = _with_half(cursor, value, after)
        total, position = _with_tenths(cursor, total, position)
        scale = cursor.skip_hyphen(position)
        larger, end = read_words(cursor.tokens, scale, cursor.facts, total)
        grown.append(total if larger is None else larger)
        end = position if end == scale else end
    return tuple(grown), end


def _with_half(cursor: Cursor, value: Number, after: int) -> tuple[Number, int]:
    """Add the half of ``satu setengah``, ``two and a half``, ``1½``."""
    facts = cursor.facts
    if cursor.lower(after) in VULGAR_FRACTIONS:
        return value + VULGAR_FRACTIONS[cursor.lower(after)], after + 1
    position = cursor.skip_hyphen(after)
    if cursor.lower(position) in facts.joiners:
        position = cursor.skip_hyphen(position + 1)
        if cursor.lower(position) in facts.articles:
            position = cursor.skip_hyphen(position + 1)
    if cursor.lower(position) not in facts.parts:
        return value, after
    return value + Fraction(*facts.parts[cursor.lower(position)]), position + 1


def _with_tenths(cursor: Cursor, value: Number, after: int) -> tuple[Number, int]:
    """Add the tenths of ``satu koma tiga``, ``one point three``."""
    position = cursor.skip_hyphen(after)
    if cursor.lower(position) not in cursor.facts.points:
        return value, after
    digits = ""
    position = cursor.skip_hyphen(position + 1)
    while cursor.lower(position) in cursor.facts.cardinals and len(digits) < _PRECISION:
        digits += str(cursor.facts.cardinals[cursor.lower(position)])
        after = position + 1
        position = cursor.skip_hyphen(after)
    return (value + Fraction(int(digits), 10 ** len(digits)) if digits else value), after


def suffixed(
    cursor: Cursor, last: int, values: tuple[Number, ...]
) -> tuple[tuple[Number, ...], int]:
    """Read a decade's ending, a denominator, a word for many years, the second year of two.

    Args:
        cursor: on the text.
        last: index of the number's last token.
        values: what it may mean so far.
    """
    first, after = values[0], last + 1
    suffix = cursor.skip_hyphen(after)
    if cursor.glued(after) and cursor.lower(suffix) in cursor.facts.decade_suffixes:
        return _decade(values), suffix + 1
    denominator, end = _denominator(cursor, suffix)
    if denominator and first <= _LARGEST_DENOMINATED:
        return (Fraction(first) / denominator,), end
    span = cursor.facts.spans.get(cursor.lower(after))
    if span:
        return (*values, first * span), after
    century = _century_before(cursor, last)
    if century is not None and len(cursor.tokens[last].text) == 2:
        return (*values, century * 100 + first), after
    return values, after


def _decade(values: tuple[Number, ...]) -> tuple[Number, ...]:
    first = values[0]
    if first < 100:  # "90-an"
        return (*values, 1900 + first)
    if 1900 < first < 2000:  # "1970-an" may be "the seventies"
        return (*values, first % 100)
    return values


def _denominator(cursor: Cursor, index: int) -> tuple[int, int]:
    """Read ``pertiga`` and ``per tiga``; 0 if there is none."""
    one, two = cursor.lower(index), cursor.lower(index) + cursor.lower(index + 1)
    table = cursor.facts.denominators
    return (table[one], index + 1) if one in table else (table.get(two, 0), index + 2)


def _century_before(cursor: Cursor, index: int) -> int | None:
    """Return the first digits of the year that ``1995-96`` began with."""
    glued = cursor.glued(index) and cursor.glued(index - 1)
    if not glued or cursor.lower(index - 1) not in {"-", "–"}:
        return None
    year = cursor.tokens[index - 2].text
    return int(year[:2]) if len(year) == 4 and year.isascii() and year.isdigit() else None


def is_hour(cursor: Cursor, first: int, after: int) -> bool:
    """Whether a word before or after says that a number is a time of day."""
    before = cursor.lower(first - 1)
    return before in cursor.facts.clock_words or cursor.lower(after) in cursor.facts.day_parts


def hour_keys(hours: int, minutes: int = 0) -> tuple[Key, ...]:
    """Return what a time of day may be written as: the twelve-hour clock does not tell halves."""
    clock: Key = ("clock", (hours * 60 + minutes) % _HALF_DAY)
    return (clock,) if minutes else (clock, hours, hours % 12)
