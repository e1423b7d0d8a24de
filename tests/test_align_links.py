"""Word links of translations made by people."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.align import link_pair, words
from translate_kit.engine import Decoding, load_engine


def linked(source: str, target: str) -> set[tuple[str, str]]:
    found = link_pair((source, "id"), (target, "en"))
    return {(source[a:b], target[c:d]) for a, b, c, d in found}


def test_words_link_through_the_lexicon() -> None:
    assert linked("Pasar sepi di Bandung.", "The market in Bandung is quiet.") >= {
        ("Pasar", "market"),
        ("Bandung", "Bandung"),
    }


def test_two_words_link_to_the_one_that_says_both() -> None:
    found = linked("Ia mengundurkan diri kemarin.", "He resigned yesterday.")
    assert found >= {("mengundurkan", "resigned"), ("diri", "resigned")}


def test_dates_and_names_link_across_the_order() -> None:
    found = linked("Pada 7 Oktober 2023 di Mesir", "In Egypt on October 7, 2023")
    assert found >= {("7", "7"), ("Oktober", "October"), ("2023", "2023"), ("Mesir", "Egypt")}


def test_places_known_to_mean_the_same_are_linked() -> None:
    source, target = "lima ribu orang", "five-thousand people"
    found = link_pair((source, "id"), (target, "en"), same=[((0, 9), (0, 13))])
    assert {(source[a:b], target[c:d]) for a, b, c, d in found} >= {
        ("lima", "five-thousand"),
        ("ribu", "five-thousand"),
    }


def test_attention_links_what_no_table_knows() -> None:
    assert link_pair(("zog", "id"), ("blim", "en"), [[0.9]]) == ((0, 3, 0, 4),)
    assert link_pair(("zog", "id"), ("blim", "en")) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_links_are_whole_words_inside_any_texts(source: str, target: str) -> None:
    for a, b, c, d in link_pair((source, "id"), (target, "en")):
        assert (a, b) in words(source)
        assert (c, d) in words(target)


def test_the_model_attends_under_a_given_translation() -> None:
    engine = load_engine()
    pairs = [("Harga naik.", "Prices rose."), ("", "Nothing."), ("Presiden tiba.", "")]
    first, second, third = engine.attend(pairs, Decoding())
    assert len(first.attention) == len(first.target.tokens)
    assert all(len(row) == len(first.source.tokens) for row in first.attention)
    assert first.target.text == "Prices rose."
    assert len(second.attention) == len(second.target.tokens)
    assert third.attention == ()
    assert engine.attend([], Decoding()) == []


def test_what_is_too_long_to_read_has_no_attention() -> None:
    (long,) = load_engine().attend([("kata " * 600, "word " * 600)], Decoding())
    assert long.attention == ()
