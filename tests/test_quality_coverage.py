"""Which words have a counterpart, and where a passage has none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.quality.checks.spans import markup
from translate_kit.quality.comparison import Comparison
from translate_kit.quality.coverage import Coverage, cover
from translate_kit.quality.likeness import likeness
from translate_kit.quality.pair import Pair
from translate_kit.quality.side import Side

texts = st.text(max_size=60)


def covered(source: str, target: str) -> Coverage:
    found = cover(Side(source, "id"), Side(target, "en"))
    assert found is not None
    return found


def shares(source: str, target: str) -> dict[str, float | None]:
    return {word.token.text: word.share for word in covered(source, target).words}


def test_a_word_is_explained_by_its_likeliest_translation() -> None:
    found = shares("Harga beras naik", "Rice prices rose")
    assert all(share is not None and share > 0.05 for share in found.values())
    assert shares("Harga beras naik", "The weather is fine") == {"Harga": 0, "beras": 0, "naik": 0}


def test_names_and_borrowed_words_explain_themselves() -> None:
    found = shares("Xylmanto mengkritik Zorbania", "Xylmanto criticised Zorbanian leaders")
    assert found["Xylmanto"]
    assert found["Zorbania"]


def test_what_nobody_knows_says_nothing() -> None:
    assert shares("Qwrtsdf tiba", "He arrived")["Qwrtsdf"] is None


def test_there_is_no_lexicon_for_a_language_and_itself() -> None:
    assert cover(Side("a", "en"), Side("a", "en")) is None


def test_a_passage_without_counterpart_is_found() -> None:
    source = "Harga beras naik dan pemerintah mengumumkan rencana bantuan baru bagi petani."
    start, end = covered(source, "Rice prices rose.").stretch.span
    assert source[start:end].startswith(("dan pemerintah", "pemerintah"))
    assert source[start:end].endswith("petani")


@settings(deadline=None, max_examples=100)
@given(texts, texts)
def test_a_stretch_lies_in_its_text(source: str, target: str) -> None:
    weight, (start, end) = covered(source, target).stretch
    assert weight >= 0
    assert 0 <= start <= end <= len(source)
    assert (weight > 0) == (end > start)
    assert -5.9 < covered(source, target).mean_log_share <= 0


@settings(deadline=None, max_examples=60)
@given(texts, texts)
def test_unsaid_passages_weigh_nothing_or_more(source: str, target: str) -> None:
    comparison = Comparison.of(Pair(source, target))
    assert comparison.omitted.weight >= 0
    assert comparison.added.weight >= 0


@settings(deadline=None, max_examples=60)
@given(texts, texts)
def test_likeness_is_mutual_and_whole_only_for_the_same(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 1 + 1e-9
    if one.split():
        assert likeness(one, one) == pytest.approx(1)


@pytest.mark.parametrize("piece", ["<a ", "a@a.", "{a", "%1$", "[...", "https://a/", "**`"])
def test_looking_for_markup_takes_linear_time(piece: str) -> None:
    comparison = Comparison.of(Pair(piece * 20_000, "x"))
    start = time.process_time()
    assert isinstance(list(markup(comparison)), list)
    assert time.process_time() - start < 4
