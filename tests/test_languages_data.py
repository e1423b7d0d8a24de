"""The facts about languages are of one piece."""

from __future__ import annotations

import pytest

from translate_kit.errors import OptionError
from translate_kit.languages import LANGUAGES
from translate_kit.languages.names import known_names, names, read_meanings
from translate_kit.languages.quantities import quantities
from translate_kit.languages.wording import wording
from translate_kit.languages.words import words

CODES = tuple(LANGUAGES)


@pytest.mark.parametrize("code", CODES)
def test_a_calendar_is_whole(code: str) -> None:
    facts = quantities(code)
    assert set(facts.months.values()) == set(range(1, 13))
    assert set(facts.weekdays.values()) == set(range(1, 8))


@pytest.mark.parametrize("code", CODES)
def test_marks_of_numbers_differ(code: str) -> None:
    facts = quantities(code)
    assert {facts.decimal_mark, facts.group_mark} == {",", "."}


@pytest.mark.parametrize("code", CODES)
def test_small_numbers_have_words(code: str) -> None:
    facts = quantities(code)
    known = {*facts.cardinals.values(), *facts.wholes.values(), *facts.multipliers.values()}
    assert set(range(10)) <= known
    assert {10**3, 10**6, 10**9, 10**12} <= set(facts.scales.values())


@pytest.mark.parametrize("code", CODES)
def test_words_are_in_lower_case(code: str) -> None:
    numbers, facts, known, small = quantities(code), words(code), names(code), wording(code)
    every = [
        *numbers.cardinals,
        *numbers.scales,
        *numbers.ordinals,
        *numbers.currencies,
        *facts.everyday,
        *facts.negators,
        *facts.denials,
        *facts.loans,
        *known.meanings,
        *known.titles,
        *small.function,
        *small.determiners,
        *small.enclitics,
        *small.irregular,
    ]
    assert [word for word in every if word != word.lower()] == []


@pytest.mark.parametrize("code", CODES)
def test_no_word_is_of_two_minds(code: str) -> None:
    facts = words(code)
    assert facts.everyday.isdisjoint(facts.loans)
    assert facts.negators.isdisjoint(facts.denials)


def test_everyday_words_tell_the_languages_apart() -> None:
    assert words("id").everyday.isdisjoint(words("en").everyday)


def test_loans_are_no_everyday_words_elsewhere() -> None:
    assert words("id").loans.isdisjoint(quantities("en").cardinals)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("mesir", "egyptian"),
        ("belanda", "dutch"),
        ("inggris", "british"),
        ("as", "u.s"),
        ("amerika", "american"),
        ("pbb", "nations"),
        ("tiongkok", "chinese"),
    ],
)
def test_a_name_means_the_same_in_both_languages(ours: str, theirs: str) -> None:
    english = names("en").meanings.get(theirs, frozenset((theirs,)))
    assert not names("id").meanings[ours].isdisjoint(english)


def test_a_name_may_have_two_meanings() -> None:
    assert read_meanings("a:b c:d a:e") == {"a": frozenset("be"), "c": frozenset("d")}


def test_the_common_form_of_a_name_is_known() -> None:
    assert {"egypt", "egyptian"} <= known_names("en")


@pytest.mark.parametrize("code", CODES)
def test_articles_are_determiners_and_determiners_function_words(code: str) -> None:
    facts = wording(code)
    assert facts.articles <= facts.determiners <= facts.function


@pytest.mark.parametrize("facts", [quantities, words, names, wording])
def test_a_language_without_data_is_named(facts: object) -> None:
    assert callable(facts)
    with pytest.raises(OptionError, match="known are id, en"):
        facts("de")
