"""Documents: offsets are exact and no character is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import documents

from translate_kit.document import Block, Document, Markup, Sentence

TEXT = "Harga naik. Pasar sepi.\nDemikian."


def test_a_sentence_is_its_span_of_the_block() -> None:
    block = Block("paragraph", TEXT, (Sentence(0, 11), Sentence(12, 23), Sentence(24, 33)))
    assert [s.text for s in block.sentences] == ["Harga naik.", "Pasar sepi.", "Demikian."]
    assert list(block.gaps()) == ["", " ", "\n", ""]


@given(documents())
def test_sentences_are_slices_and_cover_all_but_blanks_and_markup(document: Document) -> None:
    for block in document.blocks:
        for sentence in block.sentences:
            assert block.text[sentence.start : sentence.end] == sentence.text
        rebuilt = "".join(
            gap + sentence
            for gap, sentence in zip(
                block.gaps(), [*(s.text for s in block.sentences), ""], strict=True
            )
        )
        assert rebuilt == block.text
        if block.sentences:
            marked = {n for mark in block.markup for n in range(mark.start, mark.end)}
            spoken = {n for s in block.sentences for n in range(s.start, s.end)}
            rest = set(range(len(block.text))) - marked - spoken
            assert all(block.text[n].isspace() for n in rest)


@pytest.mark.parametrize(
    ("sentences", "markup", "message"),
    [
        ((Sentence(0, 11),), (), "in no sentence and no markup"),
        ((Sentence(0, 12), Sentence(12, 33)), (), "white space"),
        ((Sentence(0, 11), Sentence(5, 33)), (), "begins before"),
        ((Sentence(0, 99),), (), "leaves a text of 33"),
        ((Sentence(0, 33),), (Markup(30, 40, "code"),), "leaves a text of 33"),
    ],
)
def test_a_block_refuses_sentences_that_lose_text(
    sentences: tuple[Sentence, ...], markup: tuple[Markup, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Block("paragraph", TEXT, sentences, markup)


@pytest.mark.parametrize("span", [(3, 3), (-1, 2), (5, 2)])
def test_a_span_holds_at_least_one_character(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Sentence(*span)
    with pytest.raises(ValueError, match="not a span"):
        Markup(*span, "code")


def test_a_sentence_outside_a_block_has_no_text() -> None:
    with pytest.raises(ValueError, match="only inside a block"):
        _ = Sentence(0, 3).text


def test_equal_sentences_are_equal_whatever_their_block() -> None:
    block = Block("paragraph", "Ya.", (Sentence(0, 3),))
    assert block.sentences == (Sentence(0, 3),)


def test_the_text_of_neighbours_keeps_blanks_and_joins_blocks_by_a_line_end() -> None:
    first = Block("paragraph", "Satu.  Dua.", (Sentence(0, 5), Sentence(7, 11)))
    second = Block("paragraph", "Tiga.", (Sentence(0, 5),))
    document = Document("id", (first, second))
    assert document.span_text(range(3)) == "Satu.  Dua.\nTiga."
    assert document.span_text(range(1, 1)) == ""
    assert document.sentence_blocks == (0, 0, 1)


def test_a_block_gives_its_attributes() -> None:
    block = Block("item", "- satu", attributes=(("bullet", "-"),))
    assert block.attribute("bullet") == "-"
    assert block.attribute("level") is None
