"""Quantities that begin with a word: numbers, fractions, months and days, Roman numerals."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from translate_kit.quality.quantities.growth import enlarged, hour_keys, is_hour, suffixed
from translate_kit.quality.quantities.numerals import VULGAR_FRACTIONS, Number, read_words

if TYPE_CHECKING:
    from translate_kit.quality.quantities.cursor import Cursor, Key

__all__ = ["ROMAN", "roman", "spelled"]

ROMAN = {
    tens + ones: 10 * len(tens) + value
    for tens in ("", "X", "XX")
    for value, ones in enumerate(["", "I", *"II III IV V VI VII VIII IX".split()])
    if tens + ones not in {"", "I"}
}
"""Roman numerals up to 29; ``I`` is a word in English."""

_OPENERS = frozenset(".!?:\"“”‘'(")  # signs after which every word has a capital
_WEIGHTY = 1000  # about so many may not get lost; tens and hundreds are said in many ways


def roman(cursor: Cursor, index: int) -> int:
    """Note a Roman numeral; it may be a letter, so it asks for nothing."""
    return cursor.note(index, index + 1, (ROMAN[cursor.tokens[index].text],), ask=False)


def spelled(cursor: Cursor, index: int) -> int:
    """Note the quantity that begins with this word, if any; return the index after it."""
    facts, word = cursor.facts, cursor.lower(index)
    if word in facts.months or word in facts.weekdays:
        return _calendar(cursor, index)
    if word in facts.vague:
        return _vague(cursor, index)
    if word in facts.stand_ins:
        return cursor.note(index, index + 1, (facts.stand_ins[word],), ask=False)
    if word in facts.parts or word in VULGAR_FRACTIONS:
        return _part(cursor, index)
    return _number(cursor, index)


def _number(cursor: Cursor, index: int) -> int:
    facts = cursor.facts
    value, after = read_words(cursor.tokens, index, facts)
    if value is None or (after == index + 1 and cursor.lower(index) in facts.ordinals):
        return _ordinal(cursor, index, index, 0)
    if after == index + 1 and facts.vague.get(cursor.lower(after)) == 10:
        return cursor.note(index, after + 1, (value * 10,))  # "dua puluhan"
    last = after + (cursor.lower(after) == "-")
    if value >= 20 and cursor.lower(last) in facts.ordinals:  # "twenty-first"
        return _ordinal(cursor, index, last, value)
    return _cardinal(cursor, index, after, value)


def _cardinal(cursor: Cursor, index: int, after: int, value: Number) -> int:
    """Note a number in words, with what may follow it."""
    facts, word = cursor.facts, cursor.lower(index)
    values, end = enlarged(cursor, (value,), after)
    if end == after:
        values, end = suffixed(cursor, after - 1, (value,))
    keys: tuple[Key, ...] = values
    alone = end == index + 1
    if alone and (word in facts.scales or facts.multipliers.get(word) == 100):
        keys = (*keys, ("vague", int(value)))  # "several thousand"
    if is_hour(cursor, index, end) and value in range(25):
        keys = (*keys, *hour_keys(int(value)))
    return cursor.note(index, end, keys, ask=not alone or value not in {0, 1})


def _ordinal(cursor: Cursor, first: int, last: int, tens: Number) -> int:
    """Note an ordinal; a small one may also be a fraction (``a third``)."""
    word = cursor.lower(last)
    if word not in cursor.facts.ordinals:
        return last + 1
    value = cursor.facts.ordinals[word]
    parts: tuple[Key, ...] = (Fraction(1, value),) if 2 < value <= 10 and not tens else ()
    ask = tens + value > 1 and word not in cursor.facts.shaky
    return cursor.note(first, last + 1, (tens + value, *parts), ask=ask)


def _part(cursor: Cursor, index: int) -> int:
    """Note a fraction in a word, times the scale that may follow (``setengah juta``)."""
    word, after = cursor.lower(index), index + 1
    ratio = VULGAR_FRACTIONS.get(word) or Fraction(*cursor.facts.parts[word])
    scale = after + (cursor.lower(after) in cursor.facts.articles)
    value, end = read_words(cursor.tokens, scale, cursor.facts, ratio)
    if end > scale and value is not None:
        return cursor.note(index, end, (value,))
    common = ratio.denominator in {2, 4}  # halves and quarters are said in many ways
    return cursor.note(index, after, (ratio, ratio * 100), ask=not common)


def _vague(cursor: Cursor, index: int) -> int:
    """Note ``puluhan ribu``, ``tens of thousands``."""
    facts, after = cursor.facts, index + 1
    size = facts.vague[cursor.lower(index)]
    following = after + (cursor.lower(after) in facts.of)
    if cursor.lower(following) in facts.vague:
        size, after = size * facts.vague[cursor.lower(following)], following + 1
    elif cursor.lower(after) in facts.scales:
        size, after = size * facts.scales[cursor.lower(after)], after + 1
    return cursor.note(index, after, (("vague", size),), ask=size >= _WEIGHTY)


def _calendar(cursor: Cursor, index: int) -> int:
    """Note a month or a day of the week."""
    facts, word = cursor.facts, cursor.lower(index)
    capital = cursor.tokens[index].text[0].isupper()
    opens = index == 0 or cursor.lower(index - 1) in _OPENERS
    shaky = word in facts.shaky or (opens and word in facts.homographs)
    if word in facts.months:
        beside = cursor.tokens[max(0, index - 1) : index + 2]
        shaky = shaky and not any(token.is_number for token in beside)
        key = ("month", facts.months[word])
    else:
        key = ("weekday", facts.weekdays[word])
    return cursor.note(index, index + 1, (key,), kind="date", ask=capital and not shaky)
