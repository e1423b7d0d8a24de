"""Formats as their table says: what every reader and every writer must do."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import HOSTILE, bitexts

from translate_kit._version import __version__
from translate_kit.bitext import Bead, Bitext
from translate_kit.document import Block, Document, Sentence
from translate_kit.errors import InputError, OptionError
from translate_kit.formats import (
    FORMATS,
    Reading,
    format_for,
    formats_with,
    read_bitexts,
    read_document,
    write_bitexts,
    write_documents,
)

if TYPE_CHECKING:
    from translate_kit.formats import Use

CASES = Path(__file__).parent / "cases" / "formats"
READ_BACK = [name for name in formats_with("read") if name in formats_with("write")]

FUNCTIONS: dict[Use, str] = {
    "document": "read_document",
    "documents": "read_documents",
    "mirror": "write_documents",
    "read": "read_bitexts",
    "write": "write_bitexts",
}
TIMED = {"srt", "vtt"}
"""Formats for articles that have times: others are refused, as their own tests say."""
BINARY = {"docx", "epub", "xlsx"}

thorough = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def gist(bitext: Bitext) -> list[tuple[object, ...]]:
    """What every bilingual format keeps: texts, kind, origin, score and band of each bead."""
    return [
        (
            *(row.source, row.target, row.kind, row.bead.origin),
            row.bead.quality and (row.bead.quality.score, row.bead.quality.band),
        )
        for row in bitext.rows()
    ]


def held(beads: list[tuple[object, ...]], name: str) -> list[tuple[object, ...]]:
    """What a format can hold of them: there is no zero character in HTML."""
    if name != "html":
        return beads
    return [
        tuple(part.replace("\0", "\ufffd") if isinstance(part, str) else part for part in bead)
        for bead in beads
    ]


def pair(source: str, target: str) -> Bitext:
    """A bitext of one bead."""
    sides = [
        Document(language, (Block("paragraph", text, (Sentence(0, len(text)),)),))
        for language, text in (("id", source), ("en", target))
    ]
    return Bitext(sides[0], sides[1], (Bead(range(1), range(1), "human"),))


# The table


@pytest.mark.parametrize("name", FORMATS)
def test_a_module_can_what_its_row_says(name: str) -> None:
    row = FORMATS[name]
    assert row.name == name
    assert row.summary
    found = set()
    for use, function in FUNCTIONS.items():
        module = import_module(f"translate_kit.formats.{row.module(use)}")
        found |= {use} if hasattr(module, function) else set()
    assert found == row.uses


def test_no_two_formats_that_do_the_same_share_a_suffix() -> None:
    for use in FUNCTIONS:
        rows = [row for row in FORMATS.values() if use in row.uses]
        suffixes = [suffix for row in rows for suffix in row.suffixes]
        assert len(suffixes) == len({*suffixes}), use


@pytest.mark.parametrize(
    ("path", "use", "name"),
    [
        ("a.txt", "document", "text"),
        ("a.markdown", "document", "md"),
        ("page.HTM", "mirror", "html"),
        ("feed.jsonl", "documents", "jsonl"),
        ("book.epub", "document", "epub"),
        ("a/b.TXT", "write", "text"),
        ("a.b.jsonl", "read", "jsonl"),
        ("page.htm", "write", "html"),
        ("memory.tmx", "read", "tmx"),
    ],
)
def test_a_suffix_names_a_format(path: str, use: Use, name: str) -> None:
    assert format_for(path, use).name == name


@pytest.mark.parametrize(
    ("path", "use", "advice"),
    [("a.txt", "read", "--from"), ("a", "write", "--to"), ("a.exe", "document", "--from")],
)
def test_a_suffix_without_format_is_refused_with_the_choices(
    path: str, use: Use, advice: str
) -> None:
    with pytest.raises(OptionError, match=advice) as caught:
        format_for(path, use)
    assert ", ".join(formats_with(use)) in str(caught.value)


def test_a_format_is_refused_for_what_it_cannot_do() -> None:
    with pytest.raises(OptionError, match="format 'text' cannot be used here; choose from"):
        read_bitexts(b"", "text", Reading())
    with pytest.raises(OptionError, match="format 'text' cannot be used here; choose from"):
        write_documents((), "text", b"", Reading())
    with pytest.raises(OptionError, match="format 'tmx' cannot be used here; choose from text"):
        read_document(b"", "tmx", Reading())
    with pytest.raises(OptionError, match="format 'doc' cannot be used here"):
        write_bitexts((), "doc")


# Every writer


@pytest.mark.parametrize("name", [n for n in formats_with("write") if n not in TIMED])
@thorough
@given(documents=st.lists(bitexts(), max_size=2))
def test_every_writer_takes_every_bitext_and_writes_it_the_same_each_time(
    name: str, documents: list[Bitext]
) -> None:
    data = write_bitexts(documents, name)
    if name not in BINARY:
        data.decode("utf-8")
    assert write_bitexts(documents, name) == data


# Every format that can be read back


@pytest.mark.parametrize("name", READ_BACK)
@thorough
@given(documents=st.lists(bitexts(), min_size=1, max_size=2))
def test_beads_come_back(name: str, documents: list[Bitext]) -> None:
    beads = [bead for document in documents for bead in gist(document)]
    if beads:
        again = read_bitexts(write_bitexts(documents, name), name, Reading())
        assert [bead for document in again for bead in gist(document)] == held(beads, name)


@pytest.mark.parametrize("name", READ_BACK)
@pytest.mark.parametrize("text", [text.strip() for text in HOSTILE])
def test_hostile_text_comes_back_on_either_side(name: str, text: str) -> None:
    for bitext in (pair(text, "Rice"), pair("Beras", text), pair(text, text)):
        (again,) = read_bitexts(write_bitexts([bitext], name), name, Reading())
        assert gist(again) == held(gist(bitext), name)


@pytest.mark.parametrize("name", ["csv", "jsonl", "tsv", "tmx"])
def test_a_file_that_names_no_languages_has_those_of_the_reading(name: str) -> None:
    reading = Reading(language="en", target_language="id")
    data = {
        "jsonl": b'{"source": "Rice", "target": "Beras"}',
        "tsv": b"Rice\tBeras\n",
        "csv": b"Rice,Beras\r\n",
        "tmx": b'<tmx version="1.4"><header srclang="*all*"/><body><tu>'
        b'<tuv xml:lang="id"><seg>Beras</seg></tuv><tuv xml:lang="en"><seg>Rice</seg></tuv>'
        b"</tu></body></tmx>",
    }[name]
    (bitext,) = read_bitexts(data, name, reading)
    assert (bitext.source.language, bitext.target.language) == ("en", "id")
    assert gist(bitext) == [("Rice", "Beras", "paragraph", "human", None)]


def _damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """A file with a stretch replaced by something else."""
    places = st.tuples(st.integers(0, len(data)), st.integers(0, 30), st.binary(max_size=8))
    return places.map(lambda p: data[: p[0]] + p[2] + data[p[0] + p[1] :])


@pytest.mark.parametrize("name", READ_BACK)
@thorough
@given(data=st.data())
def test_whatever_is_read_is_a_bitext_or_an_input_error(name: str, data: st.DataObject) -> None:
    whole = write_bitexts([_case()], name)
    damaged = data.draw(st.one_of(st.binary(max_size=60), _damaged(whole)))
    try:
        again, complaint = read_bitexts(damaged, name, Reading(source="x")), "x"
    except InputError as error:
        again, complaint = (), str(error)
    assert all(isinstance(bitext, Bitext) for bitext in again)
    assert complaint.startswith("x")
    assert len(complaint.splitlines()) == 1


# Golden files: news.jsonl in every other format


def _case() -> Bitext:
    (bitext,) = read_bitexts((CASES / "news.jsonl").read_bytes(), "jsonl", Reading())
    return bitext


@pytest.mark.parametrize("path", sorted(CASES.glob("news.*")), ids=lambda path: path.name)
def test_golden_files_are_written_byte_by_byte(path: Path) -> None:
    text = write_bitexts([_case()], format_for(path.name, "write").name).decode()
    expected = path.read_bytes().decode()
    assert text == expected.replace('toolversion="0.1.0"', f'toolversion="{__version__}"').replace(
        'tool-version="0.1.0"', f'tool-version="{__version__}"'
    )


def test_golden_files_show_every_written_format_of_plain_text() -> None:
    shown = {format_for(path.name, "write").name for path in CASES.glob("news.*")}
    assert shown == {*formats_with("write")} - {"html", *TIMED, *BINARY}


def test_the_simple_bead_has_the_ten_keys_and_no_more() -> None:
    lines = (CASES / "news.jsonl").read_text(encoding="utf-8").splitlines()
    assert list(json.loads(lines[1])) == [
        *("source", "target", "source_range", "target_range", "block"),
        *("kind", "origin", "quality", "links", "alternatives"),
    ]
