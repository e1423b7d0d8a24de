"""Translation: every sentence comes out, trouble is retried and said, the surface is tidy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import documents
from tiny_models import make_marian

from translate_kit.document import Block, Document, Markup, Sentence
from translate_kit.engine import Decoding, Hypothesis, load_engine
from translate_kit.engine.families import Tokenized
from translate_kit.engine.runtime import Engine
from translate_kit.pipeline import translate_document
from translate_kit.translate import translate
from translate_kit.translate.assemble import target_document
from translate_kit.translate.clauses import cut_to_fit, halve
from translate_kit.translate.sentences import render
from translate_kit.translate.surface import tidy
from translate_kit.translate.trouble import longest_repeat, trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt")).read_text(encoding="utf-8")
LONG = (
    "Presiden mengatakan bahwa pemerintah akan membangun jalan tol baru di Jakarta, sementara"
    " menteri keuangan menjelaskan anggaran negara untuk tahun depan; gubernur menambahkan bahwa"
    " warga yang tinggal di sekitar lokasi proyek akan mendapat ganti rugi, karena tanah mereka"
    " dibutuhkan untuk pembangunan, tetapi sebagian warga menolak rencana itu dan meminta"
    " pemerintah mencari jalan lain yang tidak merugikan petani, sehingga perundingan akan"
    " dilanjutkan pada bulan Oktober 2023 di gedung DPR di Senayan, Jakarta Pusat, setelah para"
    " wakil rakyat kembali dari masa istirahat dan ketua komisi menyusun jadwal yang baru bersama"
    " wakil dari kementerian, pemerintah daerah dan organisasi masyarakat."
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine()


@pytest.fixture(scope="module")
def looping(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A model of random weights, which repeats itself without end."""
    folder = tmp_path_factory.mktemp("models") / "random"
    make_marian(folder, tmp_path_factory.mktemp("work"), SEED)
    return load_engine(str(folder))


# the article


def test_every_sentence_of_the_article_is_translated_once_and_in_order(engine: Engine) -> None:
    article = Document("id", (Block("plain", SEED, offset=0),), source="seed")
    bitext = translate_document(article, engine)
    assert [bead.source for bead in bitext.beads] == [
        range(n, n + 1) for n in range(len(bitext.source.sentences))
    ]
    told = "".join(row.source for row in bitext.rows())
    assert "".join(told.split()) == "".join(SEED.split())
    for row in bitext.rows():
        assert row.target
        assert row.bead.links
        assert row.bead.quality is not None
        assert row.bead.quality.signals
    assert bitext.target.language == "en"
    assert [block.kind for block in bitext.target.blocks] == [
        block.kind for block in bitext.source.blocks
    ]


def test_the_same_article_gives_the_same_bitext(engine: Engine) -> None:
    article = Document("id", (Block("plain", SEED, offset=0),))
    assert translate_document(article, engine) == translate_document(article, load_engine())


def test_provenance_says_how_to_repeat_it(engine: Engine) -> None:
    article = Document("id", (Block("paragraph", "Harga naik."),))
    provenance = translate_document(article, engine, Decoding(beam_size=2)).provenance
    options = dict(provenance.options)
    assert provenance.model == "id-en"
    assert provenance.digest == engine.model.digest
    assert options["beam_size"] == "2"
    assert {"ctranslate2", "compute_type", "direction", "batch_tokens"} <= options.keys()


def test_a_sentence_that_comes_twice_is_translated_alike(engine: Engine) -> None:
    block = Block("paragraph", "Harga naik. Harga naik.", (Sentence(0, 11), Sentence(12, 23)))
    first, second = translate(Document("id", (block,)), engine).rows()
    assert first.target == second.target


# sentences too long for the model


def test_a_long_sentence_is_cut_at_clauses_translated_whole_and_said(engine: Engine) -> None:
    assert engine.count_tokens([LONG])[0] > engine.model.source_limit
    (rendering,) = render([LONG], engine, Decoding())
    assert [issue.kind for issue in rendering.issues] == ["split"]
    for words in (("Jakarta",), ("October 2023",), ("organi", "communit")):
        assert any(word in rendering.text for word in words), "beginning, middle and end are there"
    assert rendering.text.endswith(".")
    assert rendering.text.count(".") == 1
    linked = {(LONG[a:b], rendering.text[c:d]) for a, b, c, d in rendering.links}
    assert {("2023", "2023"), ("Oktober", "October")} <= linked


def test_clauses_are_preferred_to_the_very_middle() -> None:
    text = "harga beras naik tajam, karena panen gagal di mana-mana"
    cut = halve(text, "id")
    assert cut is not None
    assert [text[a:b] for a, b in cut] == [
        "harga beras naik tajam,",
        "karena panen gagal di mana-mana",
    ]


@given(st.text(min_size=1, max_size=200), st.integers(2, 20))
def test_parts_fit_and_lose_nothing(text: str, limit: int) -> None:
    parts = cut_to_fit(text, "id", lambda texts: [len(t) for t in texts], limit)
    told = "".join(text[a:b] for a, b in parts)
    assert "".join(told.split()) == "".join(text.split())
    assert all(b - a <= limit for a, b in parts)
    assert list(parts) == sorted(parts)


def test_one_endless_word_is_cut_too() -> None:
    parts = cut_to_fit("x" * 10_000, "id", lambda texts: [len(t) for t in texts], 110)
    assert sum(b - a for a, b in parts) == 10_000


# hypotheses gone wrong


def hypothesis(source: str, target: str, *, complete: bool = True) -> Hypothesis:
    def tokenized(text: str) -> Tokenized:
        tokens = tuple(text.split())
        return Tokenized(text, tokens, ((0, 0),) * len(tokens))

    return Hypothesis(tokenized(source), tokenized(target), -0.5, complete=complete)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Harga naik.", "Prices rise.", None),
        ("Harga naik.", "", "empty"),
        ("Harga naik.", "…", "empty"),
        ("…", "…", None),
        ("Maaf", "I'm sorry I'm sorry I'm sorry I'm sorry I'm sorry", "looped"),
        ("ha ha ha ha ha", "ha ha ha ha ha", None),
        ("Dia pergi ke pasar kemarin", "Dia pergi ke pasar kemarin", "echo"),
        ("Joko Widodo, Jakarta 2023", "Joko Widodo, Jakarta 2023", None),
        ("Presiden tiba di Jakarta pada hari Senin untuk bertemu menteri", "President", "short"),
    ],
)
def test_trouble_is_known(source: str, target: str, expected: str | None) -> None:
    assert trouble(hypothesis(source, target)) == expected


def test_a_search_that_hit_its_limit_is_trouble() -> None:
    assert trouble(hypothesis("Harga naik.", "Prices rise", complete=False)) == "looped"


def test_repeats_are_counted_for_phrases_of_any_length() -> None:
    assert longest_repeat(list("abcabcabc")) == 3
    assert longest_repeat(list("xxxx")) == 4
    assert longest_repeat(list("abcd")) == 1
    assert longest_repeat([]) == 1


def test_a_model_that_loops_is_retried_and_what_stays_is_flagged(looping: Engine) -> None:
    (first,) = looping.translate(["Hamas bertemu Rabu."], Decoding())
    assert trouble(first) == "looped"
    (rendering,) = render(["Hamas bertemu Rabu."], looping, Decoding())
    retried = rendering.text != first.target.text
    flagged = any(issue.kind == "repetition" for issue in rendering.issues)
    assert retried or flagged
    assert longest_repeat(rendering.text.split()) <= 4 or flagged


def test_a_sentence_without_translation_stays_visible(engine: Engine) -> None:
    """What the model leaves empty has its place in the bitext, and says so."""
    source = Document("id", (Block("paragraph", "Satu. Dua.", (Sentence(0, 5), Sentence(6, 10))),))
    target = target_document(source, ["One.", ""], "en")
    assert [sentence.text for sentence in target.sentences] == ["One."]
    mute = _Mute(engine)
    bitext = translate(source, mute)
    assert [bead.origin for bead in bitext.beads] == ["untranslated", "untranslated"]
    for bead in bitext.beads:
        assert bead.quality is not None
        assert bead.quality.band == "poor"
        assert "untranslated" in {issue.kind for issue in bead.quality.issues}


class _Mute(Engine):
    """The shipped model with its mouth shut: every hypothesis is empty."""

    def __init__(self, engine: Engine) -> None:
        vars(self).update(vars(engine))

    def search(self, *arguments: object) -> Iterator[tuple[int, Hypothesis]]:
        spoken = super().search(*arguments)  # type: ignore[arg-type]  # passed through
        nothing = Tokenized("", (), ())
        for number, hypothesis in spoken:
            yield number, replace(hypothesis, target=nothing, attention=(), alternatives=())


# the surface


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("“Ya,” katanya.", '"Yes," he said.', "“Yes,” he said."),
        ('"Ya," katanya.', "“Yes,” he said.", '"Yes," he said.'),
        ("Dia berkata, “Ya.”", 'He said, "Yes.”', "He said, “Yes.”"),
        ("Dia berkata, “Ya. Tentu.", 'He said, "Yes. Sure.', "He said, “Yes. Sure."),
        ("Tentu saja.”", 'Of course."', "Of course.”"),
        ("«Ya», katanya.", "«Yes», he said.", "“Yes”, he said."),
        ("tanpa […] kata", "without [...] words", "without […] words"),
        ("tunggu ... dulu", "wait … first", "wait ... first"),
        ("Harga naik.", "Prices rise", "Prices rise."),
        ("Harga naik?", "Do prices rise", "Do prices rise?"),
        ("“Harga naik.”", "“Prices rise”", "“Prices rise.”"),
        ("Harga naik", "Prices rise.", "Prices rise"),
        ("Dia lahir di U.S.A", "He was born in the U.S.", "He was born in the U.S."),
        ("Harga naik.", "prices rise.", "Prices rise."),
        ("“Harga naik.”", "“prices rise.”", "“Prices rise.”"),
        ("harga naik", "prices rise", "prices rise"),
        ("Harga iPhone naik.", "iPhone prices rise.", "iPhone prices rise."),
        ("Harga naik , kata dia .", " Prices rise , he said . ", "Prices rise, he said."),
        ("Naik  tajam.", "Rises  sharply.", "Rises sharply."),
        ('Layar 5" baru.', 'A new 5" screen.', 'A new 5" screen.'),
        ("Nilainya .5 saja.", "The value is .5 only.", "The value is .5 only."),
    ],
)
def test_the_surface_is_what_a_person_would_write(source: str, target: str, expected: str) -> None:
    assert tidy(source, target).text == expected


@given(st.text(max_size=80), st.text(max_size=80))
def test_tidying_touches_no_letter_and_no_digit(source: str, target: str) -> None:
    def kept(text: str) -> str:
        return "".join(c for c in text if c.isalnum()).lower()

    assert kept(tidy(source, target).text) == kept(target)


@given(st.text(max_size=80), st.text("ab .,\"“”…[]()'", max_size=80))
def test_tidying_knows_where_characters_went(source: str, target: str) -> None:
    tidied = tidy(source, target)
    places = [tidied.moved(n) for n in range(len(target) + 1)]
    assert places == sorted(places)
    assert places[-1] <= len(tidied.text) + 1
    for n, character in enumerate(target):
        if character.isalpha():
            assert tidied.text[tidied.moved(n)].lower() == character.lower()


@given(st.text(max_size=60), st.text(max_size=60))
def test_tidying_twice_changes_nothing_more(source: str, target: str) -> None:
    once = tidy(source, target).text
    assert tidy(source, once).text == once


# the target document


@settings(max_examples=80, deadline=None)
@given(documents(), st.data())
def test_the_target_keeps_blocks_and_markup(document: Document, data: st.DataObject) -> None:
    texts = [data.draw(st.sampled_from(["", "Yes.", "A sentence."])) for _ in document.sentences]
    target = target_document(document, texts, "en")
    assert [block.kind for block in target.blocks] == [block.kind for block in document.blocks]
    assert [sentence.text for sentence in target.sentences] == [text for text in texts if text]
    for old, new in zip(document.blocks, target.blocks, strict=True):
        if not old.sentences:
            assert new.text == old.text


def test_a_bullet_stays_before_its_item() -> None:
    block = Block(
        "item",
        "- satu\n- dua",
        (Sentence(2, 6), Sentence(9, 12)),
        (Markup(0, 1, "bullet"), Markup(7, 8, "bullet")),
    )
    target = target_document(Document("id", (block,)), ["one", "two"], "en")
    assert target.blocks[0].text == "- one\n- two"
    assert target.blocks[0].markup == (Markup(0, 1, "bullet"), Markup(6, 7, "bullet"))
