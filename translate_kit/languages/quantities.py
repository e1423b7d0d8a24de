"""How a language writes numbers, dates, times and money, as data.

`translate_kit.quality.quantities` reads a text with these facts and knows no language itself.
Every word is in lower case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from translate_kit.languages import facts

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Quantities", "quantities"]

Ratio = tuple[int, int]
"""Numerator and denominator."""


@dataclass(frozen=True, slots=True)
class Quantities:
    """The facts of one language.

    A number in words is read from left to right: a cardinal is added, a teen word adds ten to
    the cardinal before it, a multiplier multiplies the cardinal before it, a scale multiplies
    all that was said since the last scale.

    Args:
        decimal_mark: between units and tenths.
        group_mark: between thousands.
        clock_mark: between hours and minutes.
        cardinals: words that are added: ``dua`` 2, ``twenty`` 20.
        teens: words that add ten: ``belas``.
        multipliers: ``puluh`` 10, ``hundred`` 100.
        scales: ``juta`` 1,000,000.
        wholes: one word for one of a kind: ``seratus`` 100.
        ordinals: ``ketiga`` 3, ``third`` 3.
        parts: fractions in a word: ``sepertiga`` (1, 3), ``half`` (1, 2).
        denominators: after a number, what it is divided by: ``pertiga`` 3, ``thirds`` 3.
        vague: about how many, as a power of ten: ``ribuan`` 1,000, ``dozens`` 10.
        stand_ins: words that may answer for a number on the other side without asking for one:
            ``both`` 2.
        spans: a count of these is also a count of years: ``decade`` 10.
        joiners: words inside a number in words: ``and``.
        between: words before two numbers that a joiner keeps apart: ``between``.
        points: the decimal mark in words: ``koma``.
        articles: words between a half and its scale: ``half a million``.
        of: words between two vague numbers: ``tens of thousands``.
        decade_suffixes: after the digits of a decade: ``an``, ``s``.
        ordinal_prefixes: before digits and a hyphen: ``ke``.
        letter_scales: letters after an amount, with every size they may mean.
        months: 1 to 12.
        weekdays: 1 (Monday) to 7.
        shaky: words among the months, weekdays and numbers that often mean something else: they
            answer for the other side and ask for nothing, unless a number stands beside them.
        homographs: months and weekdays that are also common words: no question asked where a
            capital means nothing, at the beginning of a sentence.
        year_words: words before a year: ``tahun``.
        clock_words: words before a time of day: ``pukul``.
        day_parts: words after a time of day: ``pagi``, ``am``, ``WIB``.
        percents: signs and words for one in a hundred.
        currencies: signs and words of money, with their ISO 4217 codes (``$`` where it is any
            dollar).
        dollars: what tells one dollar from another, before or after it: ``as`` USD.
    """

    decimal_mark: str
    group_mark: str
    cardinals: Mapping[str, int]
    multipliers: Mapping[str, int]
    scales: Mapping[str, int]
    ordinals: Mapping[str, int]
    parts: Mapping[str, Ratio]
    denominators: Mapping[str, int]
    vague: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    currencies: Mapping[str, str]
    dollars: Mapping[str, str]
    percents: frozenset[str]
    clock_mark: str = ":"
    stand_ins: Mapping[str, int] = field(default_factory=dict)
    spans: Mapping[str, int] = field(default_factory=dict)
    wholes: Mapping[str, int] = field(default_factory=dict)
    letter_scales: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    teens: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    decade_suffixes: frozenset[str] = frozenset()
    ordinal_prefixes: frozenset[str] = frozenset()
    shaky: frozenset[str] = frozenset()
    homographs: frozenset[str] = frozenset()
    year_words: frozenset[str] = frozenset()
    clock_words: frozenset[str] = frozenset()
    day_parts: frozenset[str] = frozenset()


def quantities(code: str) -> Quantities:
    """Return how this language (BCP 47 tag) writes quantities.

    Raises:
        OptionError: if we have no data for it.
    """
    data: Quantities = facts(code, "quantities")
    return data
