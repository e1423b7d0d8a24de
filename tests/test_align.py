"""Word links from attention."""

from __future__ import annotations

from pathlib import Path

from translate_kit.align import word_links, words
from translate_kit.engine import Decoding, load_engine

SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt")).read_text(encoding="utf-8")


def text_of(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[slice(*span)] for span in spans]


def test_words_keep_names_numbers_and_times_whole() -> None:
    text = "“Al-Nakhala naik 1.400 (Rp11,9) pukul 9:30, Jum'at…”"
    expected = ["Al-Nakhala", "naik", "1.400", "Rp11,9", "pukul", "9:30", "Jum'at"]
    assert text_of(text, words(text)) == expected


def links_of(source: str, target: str, attention: list[list[float]]) -> set[tuple[str, str]]:
    """Link two texts whose tokens are their words."""
    found = word_links((source, words(source)), (target, words(target)), attention)
    return {(source[s0:s1], target[t0:t1]) for s0, s1, t0, t1 in found}


def test_a_word_links_to_where_its_attention_goes() -> None:
    attention = [[0.9, 0.1, 0.0], [0.1, 0.2, 0.7], [0.05, 0.9, 0.05]]
    assert links_of("harga beras naik", "the price rice", attention) == {
        ("harga", "the"),
        ("naik", "price"),
        ("beras", "rice"),
    }


def test_a_word_may_link_to_two() -> None:
    assert links_of("rumah sakit", "hospital", [[0.5, 0.5]]) == {
        ("rumah", "hospital"),
        ("sakit", "hospital"),
    }


def test_spread_attention_links_nothing() -> None:
    source = "a b c d e f g h"
    assert links_of(source, "x", [[0.125] * 8]) == set()


def test_a_number_links_to_itself_not_to_the_month_beside_it() -> None:
    attention = [[0.4, 0.6], [0.6, 0.4]]
    assert links_of("7 Oktober", "October 7", [[0.3, 0.7], [0.4, 0.6]]) == {
        ("Oktober", "October"),
        ("7", "7"),
    }
    assert ("1.400", "1,400") in links_of("1.400 orang", "people 1,400", attention)


def test_pieces_of_a_word_count_together() -> None:
    source, target = "Nasrallah", "Nasrallah said"
    pieces = [(0, 3), (3, 9)]
    found = word_links(
        (source, pieces), (target, [(0, 4), (4, 9), (9, 14)]), [[0.9, 0.1], [0.2, 0.8], [0.1, 0.0]]
    )
    assert found == ((0, 9, 0, 9),)


def test_nothing_links_to_nothing() -> None:
    assert word_links(("", []), ("a", [(0, 1)]), [[1.0]]) == ()
    assert word_links(("…", [(0, 1)]), ("a", [(0, 1)]), [[1.0]]) == ()


def test_names_and_numbers_of_the_article_are_linked_to_themselves() -> None:
    engine = load_engine()
    sentences = [line for line in SEED.splitlines() if line]
    right = total = 0
    for hypothesis in engine.translate(sentences, Decoding()):
        source, target = hypothesis.source, hypothesis.target
        found = word_links(
            (source.text, source.spans), (target.text, target.spans), hypothesis.attention
        )
        pairs = {(source.text[a:b], target.text[c:d]) for a, b, c, d in found}
        there = {source.text[slice(*span)] for span in words(source.text)}
        here = {target.text[slice(*span)] for span in words(target.text)}
        for word in there & here:
            if word[0].isupper() or word[0].isdigit():
                total += 1
                right += (word, word) in pairs
    assert total > 30
    assert right == total
