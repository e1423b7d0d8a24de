"""Sentence alignment: what corresponds is found, what does not is said."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.align import Translations, align, doubts, ladder
from translate_kit.document import Block, Document, Sentence
from translate_kit.errors import EmptyInputError
from translate_kit.formats import Reading, read_bitexts, write_bitexts
from translate_kit.pipeline import align_documents

CASES = Path(__file__).parent / "cases" / "align" / "links.txt"
LINES = [line for line in CASES.read_text("utf-8").splitlines() if line and line[0] != "#"]
SOURCE, TARGET = LINES[::3], LINES[1::3]


def document(language: str, *paragraphs: list[str] | str) -> Document:
    """Return a segmented document; a string is a paragraph of one sentence."""
    blocks = []
    for paragraph in paragraphs:
        sentences, text = [], ""
        for sentence in [paragraph] if isinstance(paragraph, str) else paragraph:
            text += " " * bool(text)
            sentences.append(Sentence(len(text), len(text) + len(sentence)))
            text += sentence
        blocks.append(Block("paragraph", text, tuple(sentences)))
    return Document(language, tuple(blocks))


def found(source: list[str], target: list[str]) -> list[tuple[list[int], list[int]]]:
    bitext = align(document("id", source), document("en", target))
    return [(list(bead.source), list(bead.target)) for bead in bitext.beads]


def ones(count: int) -> list[tuple[list[int], list[int]]]:
    return [([n], [n]) for n in range(count)]


def test_sentences_meet_their_translations() -> None:
    assert found(SOURCE, TARGET) == ones(len(SOURCE))


def test_order_of_languages_does_not_matter() -> None:
    bitext = align(document("en", TARGET), document("id", SOURCE))
    assert [(list(b.source), list(b.target)) for b in bitext.beads] == ones(len(SOURCE))


def test_a_sentence_that_is_missing_leaves_the_rest_in_step() -> None:
    beads = found(SOURCE[:20], TARGET[:9] + TARGET[10:20])
    assert ([9], []) in beads
    assert ([19], [18]) in beads
    assert len(beads) == 20


def test_two_sentences_in_one_are_a_bead_of_two_and_one() -> None:
    joined = [*TARGET[:4], f"{TARGET[4]} {TARGET[5]}", *TARGET[6:12]]
    assert ([4, 5], [4]) in found(SOURCE[:12], joined)
    three = [*SOURCE[:4], " ".join(SOURCE[4:7]), *SOURCE[7:12]]
    assert ([4], [4, 5, 6]) in found(three, TARGET[:12])


def test_numbers_and_names_align_a_pair_without_lexicon() -> None:
    german = ["Anna Weber kam 1987 nach Zermatt.", "Der Berg ist 4478 Meter hoch.", "Sie blieb."]
    french = ["Anna Weber arriva à Zermatt en 1987.", "La montagne a 4478 mètres.", "Elle resta."]
    bitext = align(document("de", german), document("fr", french))
    assert [(list(b.source), list(b.target)) for b in bitext.beads] == ones(3)


def test_a_translation_helps_where_the_lexicon_is_at_a_loss() -> None:
    source = ["Qxa wopu brindel.", "Zemi trako fuln osta.", "Ibri malk."]
    target = ["The harbour froze.", "Sailors mended their nets.", "Nobody came."]
    told = Translations(
        "source", ["The harbour was frozen.", "Sailors mended nets.", "Nobody came."]
    )
    bitext = align(document("id", source), document("en", target), told)
    assert [(list(b.source), list(b.target)) for b in bitext.beads] == ones(3)
    turned = Translations("target", told.texts)
    bitext = align(document("en", target), document("id", source), turned)
    assert [(list(b.source), list(b.target)) for b in bitext.beads] == ones(3)


def test_translations_are_as_many_as_sentences() -> None:
    with pytest.raises(ValueError, match="2 translations for 1"):
        align(
            document("id", ["Satu."]), document("en", ["One."]), Translations("source", ["a", "b"])
        )
    with pytest.raises(ValueError, match="neither"):
        Translations("left", [])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([*SOURCE, "1.", "…", "Ya!"]), min_size=1, max_size=9),
    st.lists(st.sampled_from([*TARGET, "1.", "…", "Yes!"]), min_size=1, max_size=9),
)
def test_any_two_documents_are_covered(source: list[str], target: list[str]) -> None:
    """A bitext that could be made covers both sides: its construction checks it."""
    bitext = align(document("id", source), document("en", target))
    for bead in bitext.beads:
        assert bead.confidence is not None
        assert len(bead.source) <= 4
        assert len(bead.target) <= 4
        assert bead.origin == "human"


def test_alignment_is_deterministic() -> None:
    assert align(document("id", SOURCE), document("en", TARGET)) == align(
        document("id", SOURCE), document("en", TARGET)
    )


def test_an_empty_side_is_refused() -> None:
    with pytest.raises(EmptyInputError, match="no sentence"):
        align(document("id", ["Ya."]), Document("en", ()))


def test_paragraphs_decide_where_words_do_not() -> None:
    source = document("id", ["Hm hm.", "Oh oh."], ["Eh.", "Aduh.", "Wah wah."])
    target = document("en", ["Hm hm.", "Oh oh."], ["Well.", "Gosh my.", "Ah."])
    bitext = align(source, target)
    assert any(b.source.start == 2 and b.target.start == 2 for b in bitext.beads)


def test_aligned_documents_carry_quality_and_links() -> None:
    source = Document("id", (Block("paragraph", "Harga naik 10 persen."),))
    target = Document("en", (Block("paragraph", "Prices rose by 10 percent."),))
    bitext = align_documents(source, target)
    (row,) = bitext.rows()
    assert row.bead.quality is not None
    linked = {(row.source[a:b], row.target[c:d]) for a, b, c, d in row.bead.links}
    assert {("Harga", "Prices"), ("naik", "rose"), ("10", "10"), ("persen", "percent")} <= linked


def test_nothing_is_said_against_a_good_pair() -> None:
    assert doubts(align(document("id", SOURCE), document("en", TARGET))) == ()


def test_unrelated_documents_are_told_and_trusted_nowhere() -> None:
    half = len(SOURCE) // 2
    bitext = align(document("id", SOURCE[:half]), document("en", TARGET[half:]))
    assert any("hardly correspond: similarity 0." in doubt for doubt in doubts(bitext))
    assert all(
        b.confidence is not None and b.confidence < 0.5
        for b in bitext.beads
        if b.source and b.target
    )


def test_documents_in_the_wrong_order_are_told() -> None:
    bitext = align(document("id", TARGET), document("en", SOURCE))
    assert any("in the other order" in doubt for doubt in doubts(bitext))


def test_one_language_on_both_sides_is_told() -> None:
    shuffled = random.Random(3).sample(TARGET, len(TARGET))
    assert any(
        "both documents" in d
        for d in doubts(align(document("id", TARGET), document("en", shuffled)))
    )
    assert any(
        "both documents" in d for d in doubts(align(document("id", SOURCE), document("en", SOURCE)))
    )


def test_a_missing_passage_is_told() -> None:
    bitext = align(document("id", SOURCE), document("en", TARGET[:20] + TARGET[35:]))
    assert doubts(bitext) == ("source sentences 21 to 35 have no counterpart in the target",)


def test_a_passage_that_stands_elsewhere_is_told() -> None:
    moved = TARGET[:10] + TARGET[22:] + TARGET[10:22]
    (doubt,) = doubts(align(document("id", SOURCE), document("en", moved)))
    assert doubt == (
        "source sentences 11 to 22 have no counterpart in the target;"
        f" they seem to stand at target sentences {len(moved) - 11} to {len(moved)}"
    )


def test_confidence_survives_the_interchange_format() -> None:
    bitext = align(document("id", SOURCE[:5]), document("en", TARGET[:4]))
    (again,) = read_bitexts(write_bitexts([bitext], "jsonl"), "jsonl", Reading())
    assert [b.confidence for b in again.beads] == [b.confidence for b in bitext.beads]
    with pytest.raises(ValueError, match="confidence"):
        replace(bitext.beads[0], confidence=1.5)


def test_ladder_is_what_vecalign_prints() -> None:
    bitext = align(document("id", SOURCE[:3]), document("en", [*TARGET[:3], "Zxq."]))
    first, *_, last = ladder(bitext).splitlines()
    assert first.startswith("[0]:[0]:0.0")
    assert last == "[]:[3]:0.000000"
