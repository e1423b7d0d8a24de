"""Files of segments: what is read of each format, and what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit import errors
from translate_kit.evaluate.inputs import FORMS, read_input
from translate_kit.formats import Reading, read_bitexts, write_bitexts

CASES = Path(__file__).parent / "cases" / "evaluate"
RICE = ("The price of rice rose by 10 percent.", "Markets are quiet.")


def test_lines_end_at_line_feeds_and_lose_their_white_space_as_in_the_program() -> None:
    found = read_input("satu \r\n\ndua\u2028tiga\n empat\t".encode(), "hyp")
    assert found.systems[0].lines == ("satu", "", "dua\u2028tiga", " empat")
    assert found.references[0].lines == found.systems[0].lines
    assert found.sources == found.references[0]


def test_text_in_paragraphs_is_an_article() -> None:
    assert read_input(b"Satu.\r\n\r\nDua.\n", "a.txt").is_article
    assert not read_input(b"Satu.\r\nDua.\r\n\r\n", "a.txt").is_article


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n")), min_size=1))
def test_lines_are_those_that_sacrebleu_reads(lines: list[str]) -> None:
    from sacrebleu.utils import smart_open  # noqa: PLC0415

    data = "".join(f"{line}\n" for line in ("a", *lines)).encode()
    if b"\0" in data or sum(byte < 32 for byte in data) > len(data) / 20:
        return  # no text to us
    import tempfile  # noqa: PLC0415

    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(data)
        file.flush()
        with smart_open(file.name) as stream:
            theirs = tuple(line.rstrip() for line in stream)
    ours = read_input(data, "hyp").systems[0].lines
    assert ours == theirs


def test_a_packed_file_is_what_it_packs() -> None:
    text = "\n".join(RICE).encode()
    assert read_input(gzip.compress(text), "hyp.gz").systems[0].lines == RICE
    sgm = (CASES / "reference.sgm").read_bytes()
    assert read_input(gzip.compress(sgm), "ref.sgm.gz").references[0].lines == RICE


def test_sgm_is_read_as_sacrebleu_reads_it() -> None:
    found = read_input((CASES / "reference.sgm").read_bytes(), "reference.sgm")
    assert found.references[0].lines == RICE


def test_one_xml_holds_sources_references_and_systems() -> None:
    found = read_input((CASES / "wmt.xml").read_bytes(), "wmt.xml")
    assert [system.name for system in found.systems] == ["one", "two"]
    assert found.systems[1].lines == ("Rice price up 10 percent.", "")
    assert [reference.name for reference in found.references] == ["wmt.xml:ref:A", "wmt.xml:ref:B"]
    assert found.references[0].lines[1] == "Markets & shops are quiet."
    assert found.sources is not None
    assert found.sources.lines == ("Harga beras naik 10 persen.", "Pasar & toko sepi.")


@pytest.mark.parametrize("form", [f for f in FORMS if f in {"jsonl", "tsv", "tmx"}])
def test_a_bilingual_file_brings_translations_and_sources(form: str) -> None:
    rows = b"source\ttarget\nHarga naik.\tPrices rose.\nPasar sepi.\tThe market is quiet.\n"
    bitexts = read_bitexts(rows, "tsv", Reading())
    found = read_input(write_bitexts(bitexts, form), f"news.{form}")
    assert found.systems[0].lines == ("Prices rose.", "The market is quiet.")
    assert found.sources is not None
    assert found.sources.lines == ("Harga naik.", "Pasar sepi.")
    assert found.bilingual


def test_several_references_stand_in_one_line_between_tabs() -> None:
    found = read_input(b"a\tb\nc\td\n", "refs", columns=2)
    assert [reference.lines for reference in found.references] == [("a", "c"), ("b", "d")]
    with pytest.raises(errors.FormatError, match="line 2 has 1 of 2"):
        read_input(b"a\tb\nc\n", "refs", columns=2)


@pytest.mark.parametrize(
    ("data", "name", "kind", "words"),
    [
        (b"", "hyp", errors.EmptyInputError, "no text"),
        (b"\n \n", "hyp", errors.EmptyInputError, "no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "hyp.png", errors.InputError, "no text"),
        (b"Harga \xff naik", "hyp", errors.EncodingError, "--encoding"),
        (b"plain text", "hyp.gz", errors.FormatError, "gzip"),
        (gzip.compress(b"cut short", mtime=0)[:-9], "hyp.gz", errors.FormatError, "gzip"),
        (b"no segments", "hyp.sgm", errors.FormatError, "<seg>"),
        (b"<dataset><doc></dataset>", "wmt.xml", errors.FormatError, "XML"),
        (b"<dataset/>", "wmt.xml", errors.FormatError, "WMT"),
        (b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>', "x.xml", errors.FormatError, "entities"),
        (b"{broken", "news.jsonl", errors.InputError, "news.jsonl"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name(
    data: bytes, name: str, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind) as caught:
        read_input(data, name)
    message = str(caught.value)
    assert name in message
    assert words in message
    assert isinstance(caught.value, errors.InputError)
    assert "/translate-kit-" not in message, "no name of a file that is gone"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(errors.OptionError, match="lines"):
        read_input(b"text", "hyp", "nonsense")
