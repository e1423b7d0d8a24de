"""The engine on real folders: the shipped NLLB-shaped model and a tiny random MarianMT."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_models import make_marian

from translate_kit.engine import Decoding, EngineOptions, load_engine
from translate_kit.engine.batches import batches
from translate_kit.engine.families import tokenizer_for
from translate_kit.engine.runtime import Engine
from translate_kit.errors import BrokenModelError, DirectionError, EngineError, OptionError
from translate_kit.languages import Direction
from translate_kit.modelstore import find_model, open_model

ID_EN = Direction("id", "en")
SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt")).read_text(encoding="utf-8")
SENTENCES = [line for line in SEED.splitlines() if line]


@pytest.fixture(scope="module")
def shipped() -> Engine:
    return load_engine()


@pytest.fixture(scope="module")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("work")
    folder = tmp_path_factory.mktemp("models") / "marian"
    make_marian(folder, work, SEED, extra=(">>eng<<",))
    return folder


def test_the_shipped_model_translates(shipped: Engine) -> None:
    (hypothesis,) = shipped.translate(["Harga beras naik 10 persen di Jakarta."], Decoding())
    assert "10" in hypothesis.target.text
    assert "Jakarta" in hypothesis.target.text
    assert hypothesis.complete
    assert hypothesis.score < 0
    assert "eng_Latn" not in hypothesis.target.text


def test_tokens_of_the_shipped_family(shipped: Engine) -> None:
    (hypothesis,) = shipped.translate(["Harga naik."], Decoding())
    assert hypothesis.source.tokens[0] == "ind_Latn"
    assert hypothesis.source.tokens[-1] == "</s>"
    assert hypothesis.target.tokens[0] != "eng_Latn"


def test_attention_is_a_distribution_for_every_target_token(shipped: Engine) -> None:
    (hypothesis,) = shipped.translate(["Hamas menyerang Israel pada 7 Oktober."], Decoding())
    assert len(hypothesis.attention) == len(hypothesis.target.tokens)
    for row in hypothesis.attention:
        assert len(row) == len(hypothesis.source.tokens)
        assert sum(row) == pytest.approx(1, abs=1e-3)


def test_token_scores_agree_with_the_search(shipped: Engine) -> None:
    """Forced scoring of the best hypothesis gives the log-probability that the search gave.

    Nearly: targets of different lengths share a batch here, and int8 rounds otherwise over padding.
    Scoring weighs all pieces, a search with a shortlist does not: what is off the list is missing.
    """
    bare = Engine(replace(shipped.model, shortlist=""), ID_EN, EngineOptions())
    for engine, least, most in ((bare, -0.01, 0.01), (shipped, 0.0, 0.05)):
        hypotheses = engine.translate(SENTENCES, Decoding())
        for hypothesis in engine.score(hypotheses, Decoding()):
            values = hypothesis.token_log_probabilities
            assert len(values) == len(hypothesis.target.tokens) + 1
            assert all(math.isfinite(value) and value <= 0 for value in values)
            assert least <= hypothesis.score - engine.search_score(values) <= most


def test_translations_are_made_of_the_shortlist_and_nothing_else_changes(shipped: Engine) -> None:
    text = (shipped.model.path / shipped.model.shortlist).read_text(encoding="utf-8")
    key, listed = text.rstrip("\n").split("\t")
    assert not key  # gathered once a batch, not for each sentence
    english = set(listed.split(" "))
    assert 5000 < len(english) < 6000
    bare = Engine(replace(shipped.model, shortlist=""), ID_EN, EngineOptions())
    pairs = [(text, text) for text in SENTENCES]  # Indonesian on both sides: off the list
    attention = bare.attend(pairs, Decoding())
    scores = bare.score_pairs(pairs, Decoding())
    for decoding in (Decoding(), Decoding(beam_size=8, no_repeat_ngram_size=3)):
        for hypothesis in shipped.translate(SENTENCES, decoding):
            assert english.issuperset(hypothesis.target.tokens)
        # reading what others wrote knows all pieces, whatever was translated before
        assert shipped.attend(pairs, Decoding()) == attention
        assert shipped.score_pairs(pairs, Decoding()) == scores
    assert "shortlist" in dict(shipped.provenance)
    assert "shortlist" not in dict(bare.provenance)


def test_a_shortlist_has_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "id-en"
    shutil.copytree(find_model("id-en", ID_EN).path, folder)
    manifest = folder / "model.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('shortlist = "vmap.txt"', 'shortlist = "../x"'))
    with pytest.raises(BrokenModelError, match=r"shortlist \(it is 'vmap\.txt' or left out\)"):
        open_model(folder)
    manifest.write_text(text)
    manifest.rename(folder / "aside")
    assert open_model(folder).shortlist == "vmap.txt"
    with (folder / "vmap.txt").open("a") as file:
        file.write("beras\trice\n")  # candidates by the source would differ with the batch
    assert not open_model(folder).shortlist
    (folder / "aside").rename(manifest)
    (folder / "vmap.txt").unlink()
    with pytest.raises(BrokenModelError, match=r"vmap\.txt"):
        open_model(folder)


def test_alternatives_are_worse_and_other(shipped: Engine) -> None:
    (hypothesis,) = shipped.translate(
        ["Harga beras naik tajam."], Decoding(beam_size=4, alternatives=3)
    )
    texts = [other.text for other in hypothesis.alternatives]
    assert len(texts) == 3
    assert hypothesis.target.text not in texts
    scores = [hypothesis.score, *(other.score for other in hypothesis.alternatives)]
    assert scores == sorted(scores, reverse=True)


@given(st.lists(st.integers(1, 60), max_size=60), st.integers(1, 300))
def test_batches_hold_every_text_once_and_fit(lengths: list[int], most: int) -> None:
    cut = batches(lengths, most)
    assert sorted(number for batch in cut for number in batch) == list(range(len(lengths)))
    for batch in cut:
        assert len({lengths[n] for n in batch}) == 1, "nothing is padded"
        assert len(batch) == 1 or lengths[batch[0]] * len(batch) <= most


@pytest.mark.parametrize("tokens", [1, 40, 100_000])
def test_a_translation_does_not_depend_on_what_shares_its_batch(
    shipped: Engine, tokens: int
) -> None:
    """Bit for bit: text, score, attention and alternatives are those of the sentence alone."""
    some = [*SENTENCES, *(text.lower() for text in SENTENCES), *SENTENCES[3:7]]
    decoding = Decoding(alternatives=2)
    together = shipped.translate(some, replace(decoding, batch_tokens=tokens))
    alone = [shipped.translate([text], decoding)[0] for text in some]
    assert together == alone


def test_results_keep_the_order_of_the_input_and_progress_is_told(shipped: Engine) -> None:
    told: list[int] = []
    together = shipped.translate(SENTENCES, Decoding(), told.append)
    assert sum(told) == len(SENTENCES)
    assert [hypothesis.source.text for hypothesis in together] == SENTENCES


def test_the_same_input_gives_the_same_output_whatever_the_threads(shipped: Engine) -> None:
    one = Engine(shipped.model, ID_EN, EngineOptions(threads=1))
    three = Engine(shipped.model, ID_EN, EngineOptions(threads=3))
    assert one.translate(SENTENCES, Decoding()) == three.translate(SENTENCES, Decoding())


def test_nothing_in_nothing_out(shipped: Engine) -> None:
    assert shipped.translate([], Decoding()) == []
    assert shipped.score([], Decoding()) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_spans_cover_the_text_in_order(text: str) -> None:
    family = tokenizer_for(find_model(None, ID_EN), ID_EN)
    (encoded,) = family.encode([text])
    assert len(encoded.tokens) == len(encoded.spans)
    starts = [start for start, _ in encoded.spans]
    assert starts == sorted(starts)
    assert all(0 <= start <= end <= len(text) for start, end in encoded.spans)
    (decoded,) = family.decode([family.encode_target([text])[0].tokens])
    assert all(0 <= start <= end <= len(decoded.text) for start, end in decoded.spans)
    assert len(decoded.tokens) == len(decoded.spans)


def test_white_space_of_any_kind_separates_words() -> None:
    family = tokenizer_for(find_model(None, ID_EN), ID_EN)
    plain, broken = family.encode(["harga naik", "harga\nnaik"])
    assert plain.tokens == broken.tokens
    assert plain.spans == broken.spans


def test_marian_puts_the_language_first_and_leaves_the_end_to_the_converter(marian: Path) -> None:
    engine = load_engine(str(marian))
    assert engine.model.family == "marian"
    (hypothesis,) = engine.translate(["Hamas bertemu Rabu."], Decoding())
    assert hypothesis.source.tokens[0] == ">>eng<<"
    assert "</s>" not in hypothesis.source.tokens
    assert len(hypothesis.attention) == len(hypothesis.target.tokens)
    (scored,) = engine.score([hypothesis], Decoding())
    assert len(scored.token_log_probabilities) == len(hypothesis.target.tokens) + 1


def test_marian_appends_the_end_where_the_converter_did_not(marian: Path, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    shutil.copytree(marian, folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(
        json.dumps({**config, "add_source_eos": False}), encoding="utf-8"
    )
    with_end, without = load_engine(str(folder)), load_engine(str(marian))
    text = ["Hamas bertemu Rabu."]
    (first,), (second,) = with_end.translate(text, Decoding()), without.translate(text, Decoding())
    assert first.source.tokens == (*second.source.tokens, "</s>")
    # the model sees the same tokens either way (the longer source may have a longer loop)
    assert first.target.tokens[:20] == second.target.tokens[:20]


def test_marian_without_language_tokens_adds_none(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    work = tmp_path / "work"
    work.mkdir()
    make_marian(folder, work, SEED)
    (encoded,) = tokenizer_for(open_model(folder), ID_EN).encode(["Hamas"])
    assert encoded.tokens[0] == "▁Hamas"


def test_a_file_that_is_no_sentencepiece_model_is_refused(marian: Path, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(marian, folder)
    (folder / "source.spm").write_bytes(b"nonsense")
    with pytest.raises(BrokenModelError, match=r"source\.spm is no SentencePiece model"):
        load_engine(str(folder))


def test_weights_that_are_none_are_refused(marian: Path, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(marian, folder)
    (folder / "model.bin").write_bytes(b"nonsense")
    with pytest.raises(EngineError, match="cannot be loaded"):
        load_engine(str(folder))


def test_an_unknown_family_or_language_token_is_refused() -> None:
    model = find_model(None, ID_EN)
    with pytest.raises(BrokenModelError, match="known are marian, nllb"):
        tokenizer_for(replace(model, family="rnn"), ID_EN)
    with pytest.raises(DirectionError, match="no token for language 'en'"):
        tokenizer_for(replace(model, tokens={"id": "ind_Latn"}), ID_EN)


@pytest.mark.parametrize(
    "arguments", [{"beam_size": 0}, {"batch_tokens": 0}, {"beam_size": 2, "alternatives": 2}]
)
def test_impossible_searches_are_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        Decoding(**arguments)


@pytest.mark.parametrize("text", ["id", "id-id", "id-fr", "", "xx-en"])
def test_directions_that_are_none(text: str) -> None:
    with pytest.raises(OptionError, match="is no direction"):
        load_engine(direction=text)
