"""What the shipped model says of translations, its own and others', and what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from translate_kit.bitext import Bead, Bitext, Provenance
from translate_kit.document import Block, Document, Sentence
from translate_kit.engine import load_engine
from translate_kit.errors import DirectionError
from translate_kit.formats import write_bitexts
from translate_kit.pipeline import estimate_quality, translate_document
from translate_kit.translate import second_opinion, without_band

if TYPE_CHECKING:
    from translate_kit.engine.runtime import Engine

PAIRS = (
    ("Harga beras naik.", "Rice prices have risen."),
    ("Presiden tiba di Jakarta.", "Bananas are yellow."),
    ("Menteri menunggu.", "The minister waited."),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine()


def document(language: str, texts: list[str]) -> Document:
    blocks = tuple(Block("paragraph", text, (Sentence(0, len(text)),)) for text in texts)
    return Document(language, blocks)


def bitext(*pairs: tuple[str, str]) -> Bitext:
    beads = tuple(Bead(range(n, n + 1), range(n, n + 1), "human") for n in range(len(pairs)))
    source, target = ([pair[side] for pair in pairs] for side in (0, 1))
    return Bitext(document("id", source), document("en", target), beads)


def scores(estimated: Bitext) -> dict[str, float]:
    return {row.source: row.bead.quality.score for row in estimated.rows() if row.bead.quality}


def test_others_translations_are_compared_with_what_the_model_says(engine: Engine) -> None:
    right, wrong, _ = second_opinion(bitext(*PAIRS), engine)
    assert right is not None
    assert wrong is not None
    assert right.reference
    assert right.score is not None
    assert wrong.score is not None
    assert right.score > wrong.score
    assert len(right.token_log_probabilities) > 3


def test_a_wrong_sentence_scores_lower_with_and_without_the_model(engine: Engine) -> None:
    for asked in (engine, None):
        found = scores(estimate_quality(bitext(*PAIRS), asked))
        assert found[PAIRS[1][0]] < min(found[PAIRS[0][0]], found[PAIRS[2][0]])


def test_the_order_of_sentences_does_not_change_scores(engine: Engine) -> None:
    there = scores(estimate_quality(bitext(*PAIRS), engine))
    back = scores(estimate_quality(bitext(*reversed(PAIRS)), engine))
    for source, score in there.items():  # batches of int8 products differ in the last digits
        assert back[source] == pytest.approx(score, abs=0.01)


def test_the_models_own_translations_are_not_compared_with_themselves(engine: Engine) -> None:
    made = translate_document(document("id", [pair[0] for pair in PAIRS]), engine)
    assert all(hint and not hint.reference for hint in second_opinion(made, engine))
    again = scores(estimate_quality(made, engine))
    # the search has a shortlist, the reading weighs all pieces: a little less for each
    assert again == pytest.approx(scores(made), abs=0.015)
    foreign = replace(made, provenance=Provenance())
    assert all(hint and hint.reference for hint in second_opinion(foreign, engine))


def test_what_has_one_side_only_is_not_asked_about(engine: Engine) -> None:
    source, target = document("id", ["Harga naik."]), document("en", [])
    single = Bitext(source, target, (Bead(range(1), range(0)),))
    assert second_opinion(single, engine) == [None]


def test_another_direction_is_refused(engine: Engine) -> None:
    pair = bitext(("Prices rose.", "Harga naik."))
    turned = replace(
        pair,
        source=replace(pair.source, language="en"),
        target=replace(pair.target, language="id"),
    )
    with pytest.raises(DirectionError, match="--fast"):
        second_opinion(turned, engine)


def test_leaving_out_a_band_keeps_the_source_and_marks_it() -> None:
    estimated = estimate_quality(bitext(*PAIRS))
    assert {b.quality.band for b in estimated.beads if b.quality} > {"poor"}
    kept = without_band(estimated, "poor")
    for before, after in zip(estimated.rows(), kept.rows(), strict=True):
        assert after.source == before.source
        assert before.bead.quality is not None
        if before.bead.quality.band == "poor":
            assert (after.target, after.bead.origin) == ("", "untranslated")
            assert after.bead.quality is not None
            assert after.bead.quality.issues[0].kind == "untranslated"
        else:
            assert after.target == before.target
            assert after.bead.quality == before.bead.quality
    assert "[untranslated: Presiden tiba di Jakarta.]" in write_bitexts([kept], "text").decode()


def test_a_band_leaves_out_the_worse_ones_too() -> None:
    estimated = estimate_quality(bitext(*PAIRS))
    kept = without_band(estimated, "check")
    left = {b.quality.band for b in kept.beads if b.quality and b.origin != "untranslated"}
    assert left <= {"good"}
    assert without_band(kept, "check") == kept
