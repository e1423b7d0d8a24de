"""Names that a model misspelled stand as the sentence spells them; all else stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.align import link_pair
from translate_kit.languages import Direction
from translate_kit.translate.names import with_names
from translate_kit.translate.sentences import Rendering

WAY = Direction("id", "en")


def mended(source: str, target: str, way: Direction = WAY) -> str:
    links = link_pair((source, way.source), (target, way.target))
    return with_names(source, Rendering(target, -0.5, links=links), way).text


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("Hassan Nasrallah tiba.", "Hasssan Nasralah arrived.", "Hassan Nasrallah arrived."),
        ("Ia bertemu Pittman.", "He met Pitman.", "He met Pittman."),
        ("CCTV menyiarkannya.", "“CTV” broadcast it.", "“CCTV” broadcast it."),
        ("Rumah Lennon dijual.", "Lennnon’s house was sold.", "Lennon’s house was sold."),
        ("Kapal tiba di Abqaiq.", "A ship came to Abqaiqaiq.", "A ship came to Abqaiq."),
        ("Glynn melihat Glynn.", "Glynnn saw Glyn.", "Glynn saw Glynn."),
        ("Glynn melihat Glynn.", "Glynn saw Glyn.", "Glynn saw Glynn."),
    ],
)
def test_letters_doubled_or_lost_and_stutters_are_mended(
    source: str, wrong: str, right: str
) -> None:
    assert mended(source, wrong) == right


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Rusia menang.", "Russia won."),  # a word of the language
        ("Warga Pakistan pulang.", "Pakistani citizens went home."),
        ("Warga Australia pulang.", "Australian citizens went home."),
        ("Ia lahir di Yerusalem.", "He was born in Jerusalem."),  # spelled otherwise
        ("Pitman bertemu Pittman.", "Pitman met Pitman."),  # both are names of the sentence
        ("Kasus itu ditutup.", "Kassus was closed."),  # a word, no name: nothing to copy
        ("Al tiba.", "All arrived."),  # too short to tell
        ("pittman tiba.", "Pitman arrived."),
        ("Pittman tiba.", "pitman arrived."),
        ("", "Pitman."),
        ("Pittman.", ""),
    ],
)
def test_other_words_stay(source: str, target: str) -> None:
    assert mended(source, target) == target


def test_the_other_direction_has_its_own_words() -> None:
    back = Direction("en", "id")
    assert mended("Hawaii won.", "Hawaiii menang.", back) == "Hawaii menang."
    assert mended("Russia won.", "Rusia menang.", back) == "Rusia menang."


def test_links_stay_on_the_name() -> None:
    source, target = "Presiden bertemu Pittman kemarin.", "The president met Pitman yesterday."
    s = source.index("Pittman")
    rendering = Rendering(target, -0.5, links=((s, s + 7, 18, 24), (s + 8, s + 15, 25, 34)))
    found = with_names(source, rendering, WAY)
    words = [(source[a:b], found.text[c:d]) for a, b, c, d in found.links]
    assert words == [("Pittman", "Pittman"), ("kemarin", "yesterday")]


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from("Hassan Hasssan Hasan Rusia Russia Abqaiqaiq Abqaiq is . ’s".split()))
)
def test_a_name_that_is_right_never_changes_and_a_second_look_changes_nothing(
    words: list[str],
) -> None:
    source, target = "Hassan di Abqaiq.", " ".join(words)
    once = mended(source, target)
    assert mended(source, once) == once
    for name in ("Hassan", "Abqaiq"):
        assert once.split().count(name) >= target.split().count(name)
