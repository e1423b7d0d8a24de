"""Numbers, dates, times and money are read by the rules of each language."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from translate_kit.errors import OptionError
from translate_kit.languages.quantities import quantities
from translate_kit.quality.quantities import Quantity, find_quantities, quantity_words
from translate_kit.quality.quantities.agreement import agree
from translate_kit.quality.quantities.numerals import read_digits
from translate_kit.quality.side import Side
from translate_kit.quality.tokens import tokenize

LANGUAGES = ("id", "en")


def read(text: str, language: str) -> tuple[Quantity, ...]:
    return find_quantities(tokenize(text), language)


def first_key(text: str, language: str) -> object:
    (quantity,) = read(text, language)
    assert text[quantity.start : quantity.end]
    return quantity.keys[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nol", 0),
        ("sebelas", 11),
        ("lima belas", 15),
        ("dua puluh lima", 25),
        ("4 puluh", 40),
        ("seratus", 100),
        ("seratus dua puluh tiga ribu empat ratus lima puluh", 123_450),
        ("seribu dua ratus", 1200),
        ("sejuta", 1_000_000),
        ("dua ratus ribu", 200_000),
        ("satu setengah juta", 1_500_000),
        ("setengah juta", 500_000),
        ("satu koma tiga miliar", 1_300_000_000),
        ("2,5 juta", 2_500_000),
        ("11,9 triliun", 11_900_000_000_000),
        ("Rp5 jt", 5_000_000),
        ("Rp 2,5 M", 2_500_000_000),
        ("Rp. 5.000,-", 5000),
        ("1.234.567,89", Fraction("1234567.89")),
        ("ke-18", 18),
        ("ketiga", 3),
        ("kesembilan belas", 19),
        ("sepertiga", Fraction(1, 3)),
        ("dua pertiga", Fraction(2, 3)),
        ("dua per tiga", Fraction(2, 3)),
        ("1/3", Fraction(1, 3)),
        ("1990-an", 1990),
        ("dua puluhan", 20),
        ("puluhan ribu", ("vague", 10_000)),
        ("ribuan", ("vague", 1000)),
        ("pukul 9.30", ("clock", 570)),
        ("14.30 WIB", ("clock", 150)),
        ("Oktober", ("month", 10)),
        ("Jum'at", ("weekday", 5)),
        ("MH370", ("code", "mh370")),
        ("Covid-19", ("code", "covid19")),
        ("XVIII", 18),
    ],
)
def test_indonesian(text: str, value: object) -> None:
    assert first_key(text, "id") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zero", 0),
        ("eighteen", 18),
        ("twenty-five", 25),
        ("one hundred and five", 105),
        ("twelve hundred", 1200),
        ("one hundred and twenty-three thousand four hundred and fifty", 123_450),
        ("two dozen", 24),
        ("half a million", 500_000),
        ("two and a half million", 2_500_000),
        ("six-and-a-half-million", 6_500_000),
        ("one-point-three-billion", 1_300_000_000),
        ("$2.3bn", 2_300_000_000),
        ("1,234,567.89", Fraction("1234567.89")),
        ("18th", 18),
        ("twenty-first", 21),
        ("third", 3),
        ("two-thirds", Fraction(2, 3)),
        ("three quarters", Fraction(3, 4)),
        ("1990s", 1990),
        ("tens of thousands", ("vague", 10_000)),
        ("9:30", ("clock", 570)),
        ("2.30 p.m.", ("clock", 150)),
        ("October", ("month", 10)),
        ("G20", ("code", "g20")),
    ],
)
def test_english(text: str, value: object) -> None:
    assert first_key(text, "en") == value


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("antara dua ratus dan tiga ratus orang", "id", [200, 300]),
        ("between two hundred and three hundred", "en", [200, 300]),
        ("dua, tiga", "id", [2, 3]),
        ("skor 2-1", "id", [2, 1]),
        ("10-15", "en", [10, 15]),
        ("1995-96", "en", [1995, 96]),
        ("2020/2021", "id", [2020, 2021]),
        ("(25/10/2023)", "id", [25, 10, 2023]),
        ("24 September 1759", "id", [24, ("month", 9), 1759]),
        ("Pada 5 mei 2020", "id", [5, ("month", 5), 2020]),
    ],
)
def test_neighbours_stay_apart(text: str, language: str, values: list[object]) -> None:
    assert [quantity.keys[0] for quantity in read(text, language)] == values


@pytest.mark.parametrize(
    ("text", "language", "unit"),
    [
        ("Rp5.000", "id", "IDR"),
        ("Rp. 5.000", "id", "IDR"),
        ("5.000 rupiah", "id", "IDR"),
        ("US$5", "id", "USD"),
        ("5 dolar AS", "id", "USD"),
        ("5 dolar Singapura", "id", "SGD"),
        ("5 juta dolar", "id", "$"),
        ("10 persen", "id", "%"),
        ("IDR 5 million", "en", "IDR"),
        ("A$5", "en", "AUD"),
        ("5 Australian dollars", "en", "AUD"),
        ("5 million euros", "en", "EUR"),
        ("10%", "en", "%"),
        ("10 per cent", "en", "%"),
        ("10 people", "en", None),
    ],
)
def test_units(text: str, language: str, unit: str | None) -> None:
    (quantity,) = read(text, language)
    assert quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "language"),
    [("satu", "id"), ("one", "en"), ("both", "en"), ("May I go?", "en"), ("Minggu ini", "id")],
)
def test_what_may_mean_something_else_asks_for_nothing(text: str, language: str) -> None:
    assert not any(quantity.required for quantity in read(text, language))


def test_a_mark_that_groups_is_believed() -> None:
    indonesian, english = quantities("id"), quantities("en")
    assert read_digits("1.400", indonesian) == (1400,)
    assert read_digits("1.400", english) == (Fraction(7, 5),)
    assert read_digits("1,400", english) == (1400,)
    assert read_digits("0,125", indonesian) == (Fraction(1, 8),)
    assert read_digits("1.2.3", indonesian) == ()


def formatted(units: int, tenths: str, group: str, decimal: str) -> str:
    text = f"{units:,}".replace(",", group)
    return f"{text}{decimal}{tenths}" if tenths else text


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 10**14), st.sampled_from(["", "5", "25", "07"]))
def test_any_number_agrees_in_both_conventions(units: int, tenths: str) -> None:
    ours = Side("sebanyak " + formatted(units, tenths, ".", ","), "id")
    theirs = Side("a total of " + formatted(units, tenths, ",", "."), "en")
    agreement = agree(ours, theirs)
    assert agreement.failed == 0
    assert len(agreement.matched) == 1


def spelled_id(value: int) -> str:
    """Spell a number below a million, an oracle of its own."""
    units = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()
    if value < 10:
        return units[value]
    if value < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(value, f"{units[value % 10]} belas")
    for size, name in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if value >= size:
            head, rest = divmod(value, size)
            many = f"se{name}" if head == 1 else f"{spelled_id(head)} {name}"
            return f"{many} {spelled_id(rest)}" if rest else many
    raise AssertionError(value)


def spelled_en(value: int) -> str:
    """Spell a number below a million, an oracle of its own."""
    small = list(quantities("en").cardinals)[:20]
    if value < 20:
        return small[value]
    if value < 100:
        tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()[value // 10 - 2]
        return f"{tens}-{small[value % 10]}" if value % 10 else tens
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if value >= size:
            head, rest = divmod(value, size)
            joint = " and " if size == 100 else " "
            many = f"{spelled_en(head)} {name}"
            return f"{many}{joint}{spelled_en(rest)}" if rest else many
    raise AssertionError(value)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 999_999))
def test_any_number_is_read_from_its_words(value: int) -> None:
    assert first_key(spelled_id(value), "id") == value
    assert first_key(spelled_en(value), "en") == value


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
@example("one point " + "three " * 5000, "en")
@example("9" * 5000, "id")
@example("99:99 1/0 0/0 1/ /1 ½½ ke-", "id")
@example("juta juta juta ratusan juta juta", "id")
@example("a.a.a.a.ab &#39;", "en")
def test_quantities_of_any_text_lie_apart_and_in_order(text: str, language: str) -> None:
    position = 0
    for quantity in read(text, language):
        assert position <= quantity.start < quantity.end <= len(text)
        assert quantity.keys
        position = quantity.end


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(sorted(quantity_words("en") | {"and", "a", "-", "of", "$", "7"}))))
def test_number_words_in_any_order_are_read(words: list[str]) -> None:
    text = " ".join(words)
    assert all(0 <= quantity.start < len(text) for quantity in read(text, "en"))


@pytest.mark.parametrize(
    "piece", ["dua puluh ", "1.400 ", "satu koma ", "1/", "a.", "puluhan ribu ", "Rp ", "-", "9:"]
)
def test_reading_takes_linear_time(piece: str) -> None:
    def seconds(copies: int) -> float:
        text = piece * copies
        start = time.process_time()
        read(text, "id")
        return time.process_time() - start

    small = min(seconds(1000) for _ in range(3))
    assert min(seconds(8000) for _ in range(3)) < 24 * small + 0.05  # 64 were quadratic


def test_a_language_without_data_is_named() -> None:
    with pytest.raises(OptionError, match="no data for language 'de'"):
        read("zwei", "de")
