"""The estimate of a pair and of a bitext."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import bitexts

from translate_kit import quality
from translate_kit.bitext import Bead, Bitext, Issue, Quality
from translate_kit.document import Block, Document, Sentence
from translate_kit.errors import OptionError
from translate_kit.quality import SIGNALS, Evidence, Pair, estimate, estimate_pair

if TYPE_CHECKING:
    from translate_kit.bitext import Origin

SOURCE = "Sedikitnya 1.400 orang tewas di Gaza pada 7 Oktober 2023."
TARGET = "At least 1,400 people were killed in Gaza on October 7, 2023."
PAIRS = (
    (SOURCE, TARGET),
    ("Harga beras naik 12 persen sejak Januari.", "Rice prices rose 12 percent since January."),
    ("Tiga dari sepuluh warga setuju.", "Three of ten residents agree."),
    ("Presiden tidak menyetujui anggaran 2,5 juta dolar itu.", "The president rejected it."),
    ("Ia lahir di Bogor.", "He was born in Bogor."),
)


def document(language: str, *texts: str) -> Document:
    blocks = tuple(Block("paragraph", text, (Sentence(0, len(text)),)) for text in texts)
    return Document(language, blocks)


def bitext(*pairs: tuple[str, str], origin: Origin = "model") -> Bitext:
    source = document("id", *(pair[0] for pair in pairs))
    target = document("en", *(pair[1] for pair in pairs))
    beads = tuple(
        Bead(range(number, number + 1), range(number, number + 1), origin)
        for number in range(len(pairs))
    )
    return Bitext(source, target, beads)


def kinds(estimated: Quality) -> set[str]:
    return {issue.kind for issue in estimated.issues}


def test_the_public_names_are_pinned() -> None:
    assert quality.__all__ == [
        "CHECKS",
        "SIGNALS",
        "Contribution",
        "Evidence",
        "Pair",
        "estimate",
        "estimate_pair",
        "explain",
        "is_calibrated",
    ]
    assert all(hasattr(quality, name) for name in quality.__all__)


def test_every_bead_is_estimated_and_nothing_else_changes() -> None:
    plain = bitext(*PAIRS)
    estimated = estimate(plain)
    assert all(bead.quality for bead in estimated.beads)
    assert estimated.with_qualities([None] * len(PAIRS)) == plain


@settings(deadline=None, max_examples=60)
@given(bitexts())
def test_any_bitext_can_be_estimated(plain: Bitext) -> None:
    estimated = estimate(plain)
    assert [bead.source for bead in estimated.beads] == [bead.source for bead in plain.beads]
    assert all(bead.quality for bead in estimated.beads)
    assert estimate(plain) == estimated


@settings(deadline=None, max_examples=40)
@given(st.permutations(PAIRS))
def test_neighbours_do_not_change_a_score(pairs: list[tuple[str, str]]) -> None:
    expected = {pair: estimate_pair(Pair(*pair)) for pair in PAIRS}
    estimated = estimate(bitext(*pairs))
    assert [bead.quality for bead in estimated.beads] == [expected[pair] for pair in pairs]


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["id", "en", "en-GB"]))
def test_any_two_texts_can_be_estimated(source: str, target: str, language: str) -> None:
    estimated = estimate_pair(Pair(source, target, source_language=language))
    for issue in estimated.issues:
        assert issue.source is None or issue.source[1] <= len(source)
        assert issue.target is None or issue.target[1] <= len(target)


@settings(deadline=None, max_examples=100)
@given(st.integers(2, 999_999), st.integers(2, 999_999))
def test_a_swapped_number_is_named_and_lowers_the_score(right: int, wrong: int) -> None:
    source = f"Jumlah korban mencapai {right:,} orang.".replace(",", ".")
    good = estimate_pair(Pair(source, f"The number of victims reached {right:,} people."))
    bad = estimate_pair(Pair(source, f"The number of victims reached {wrong:,} people."))
    assert good.issues == ()
    assert (kinds(bad) == {"number"}) == (right != wrong)
    assert (bad.score < good.score) == (right != wrong)


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("At least 1,400 people were killed in Gaza on October 8, 2023.", "date"),
        ("At least 1,400 people were killed in Rafah on October 7, 2023.", "name"),
        ("At least 1,400 people were not killed in Gaza on October 7, 2023.", "negation"),
        ("At least 1,400 orang tewas were killed in Gaza on October 7, 2023.", "untranslated"),
        ("At least 1,400 people were killed were killed in Gaza on October 7, 2023.", "repetition"),
        ("At least 1,400.", "length"),
    ],
)
def test_a_fault_is_named_and_lowers_score_and_band(target: str, kind: str) -> None:
    good, bad = estimate_pair(Pair(SOURCE, TARGET)), estimate_pair(Pair(SOURCE, target))
    assert (good.band, good.issues) == ("good", ())
    assert kind in kinds(bad)
    assert bad.score < good.score
    assert bad.band != "good"


def test_what_the_model_doubts_scores_lower() -> None:
    scores = [
        estimate_pair(Pair(SOURCE, TARGET, evidence=Evidence(score))).score
        for score in (-0.2, -0.6, -1.2)
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_trouble_in_decoding_costs() -> None:
    calm, looped = (
        estimate_pair(Pair(SOURCE, TARGET, evidence=Evidence(-0.5, flags=flags)))
        for flags in ((), ("looped",))
    )
    assert looped.score < calm.score


def test_the_translators_issues_are_kept() -> None:
    cut = Issue("split", "cut in 2")
    estimated = estimate_pair(Pair(SOURCE, TARGET, evidence=Evidence(-0.3, issues=(cut,))))
    assert estimated.issues == (cut,)
    plain = estimate_pair(Pair(SOURCE, TARGET, evidence=Evidence(-0.3)))
    assert estimated.score == plain.score


@pytest.mark.parametrize(
    ("pair", "kind"),
    [
        (Pair(SOURCE, "", origin="untranslated"), "untranslated"),
        (Pair(SOURCE, SOURCE, origin="untranslated"), "untranslated"),
        (Pair(SOURCE, ""), "omission"),
        (Pair(SOURCE, " \n"), "omission"),
        (Pair("", TARGET), "addition"),
    ],
)
def test_what_is_no_translation_is_poor(pair: Pair, kind: str) -> None:
    estimated = estimate_pair(pair)
    assert (estimated.score, estimated.band) == (0.0, "poor")
    assert kinds(estimated) == {kind}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Tidak " * 4000, "Not " * 3999),
        (" ".join(map(str, range(4000))), " ".join(map(str, range(1, 4001)))),
        (
            " ".join(f"a Nama{n:x}" for n in range(2000)),
            " ".join(f"a Name{n:x}" for n in range(2000)),
        ),
        ("kata " * 8000, "word " * 8000),
    ],
    ids=["denials", "numbers", "names", "words"],
)
def test_a_very_long_bead_takes_seconds_at_most(source: str, target: str) -> None:
    start = time.process_time()
    estimate_pair(Pair(source, target))
    assert time.process_time() - start < 4


def test_evidence_is_one_a_bead() -> None:
    plain = bitext(*PAIRS)
    hints = [Evidence(-0.1 * number) for number in range(len(PAIRS))]
    estimated = estimate(plain, hints)
    expected = [
        estimate_pair(Pair(*pair, evidence=hint)) for pair, hint in zip(PAIRS, hints, strict=True)
    ]
    assert [bead.quality for bead in estimated.beads] == expected
    with pytest.raises(ValueError, match="shorter"):
        estimate(plain, hints[1:])


@pytest.mark.parametrize("value", [0.1, float("nan")])
def test_a_log_probability_is_at_most_0(value: float) -> None:
    with pytest.raises(ValueError, match="at most 0"):
        Evidence(value)
    with pytest.raises(ValueError, match="at most 0"):
        Evidence(-0.5, (-0.1, value))


def test_a_language_without_data_is_named() -> None:
    with pytest.raises(OptionError, match="no data for language 'de'"):
        estimate_pair(Pair("Hallo Welt.", "Hello world.", source_language="de"))


def test_a_region_does_not_matter() -> None:
    pair = Pair(SOURCE, TARGET)
    other = replace(pair, source_language="id-ID", target_language="en-GB")
    assert estimate_pair(pair) == estimate_pair(other)


def test_signals_are_named_in_the_order_of_the_table() -> None:
    names = [name for name, _ in estimate_pair(Pair(SOURCE, TARGET)).signals]
    assert names == [name for name in SIGNALS if name in names]
    assert "mean_log_probability" not in names
