"""Comma-separated values: what spreadsheets would spoil, and how they save it."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.bitext import Bead, Bitext
from translate_kit.document import Block, Document, Sentence
from translate_kit.errors import EncodingError, FormatError
from translate_kit.formats import Reading, read_bitexts, write_bitexts

HEAD = "source,target,score,band,issues,origin,block,kind,seal\r\n"


def pair(source: str, target: str) -> Bitext:
    sides = [
        Document(language, (Block("paragraph", text, (Sentence(0, len(text)),)),))
        for language, text in (("id", source), ("en", target))
    ]
    return Bitext(sides[0], sides[1], (Bead(range(1), range(1), "human"),))


def written(text: str) -> str:
    """The target cell as a spreadsheet shows it."""
    data = write_bitexts([pair("Beras", text)], "csv").decode("utf-8-sig")
    return list(csv.reader(StringIO(data, newline="")))[1][1]


def read(text: str, encoding: str = "utf-8") -> list[tuple[str, str]]:
    (bitext,) = read_bitexts(text.encode(encoding), "csv", Reading(source="a.csv"))
    return [(row.source, row.target) for row in bitext.rows()]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rice, rose", "Rice, rose"),
        ("Rice\nrose\tonce", "Rice\nrose\tonce"),
        ("a\r\nb", "a\r\nb"),
        ("a\rb", r"a\x0db"),
        ("a\x00b\x7f\x85c", r"a\x00b\x7f\x85c"),
        (r"C:\new\x41", r"C:\new\x5cx41"),
        ("=1+1", "'=1+1"),
        ("-2 percent", "'-2 percent"),
        ("＠rice", "'＠rice"),
        ("'=1", "''=1"),
        ("'twas", "'twas"),
        ('"Fine," he said', '"Fine," he said'),
    ],
)
def test_cells_are_safe_and_come_back(text: str, shown: str) -> None:
    assert written(text) == shown
    assert read(write_bitexts([pair("Beras", text)], "csv").decode()) == [("Beras", text)]


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"])).map(str.strip).filter(bool))
def test_no_text_is_a_formula_or_breaks_the_table(text: str) -> None:
    data = write_bitexts([pair(text, text)], "csv").decode("utf-8-sig")
    rows = list(csv.reader(StringIO(data, newline="")))
    assert [len(row) for row in rows] == [9, 9]
    assert not {cell[0] for cell in rows[1] if cell} & {*"=+-@＝＋－＠"}
    assert "\0" not in data


def test_excel_is_told_the_encoding_and_gets_its_line_ends() -> None:
    data = write_bitexts([pair("Beras", "Rice – 2,5")], "csv")
    assert data.startswith(b"\xef\xbb\xbfsource,target,")
    assert data.count(b"\r\n") == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiters_of_all_countries_are_read(delimiter: str) -> None:
    rows = ("Target", "Note", "source"), (f'"One{delimiter} 1"', "x", "Satu")
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert read(text) == [("Satu", f"One{delimiter} 1")]
    assert read(f"Satu{delimiter}One\r\nDua{delimiter}Two\r\n") == [("Satu", "One"), ("Dua", "Two")]


def test_a_file_without_header_is_read_as_it_is() -> None:
    assert read('"Baik, ya",\'=1\nDua,\\x41\n') == [("Baik, ya", "'=1"), ("Dua", r"\x41")]


def test_a_saved_file_keeps_origin_and_quality_of_what_was_not_touched() -> None:
    bitext = pair("Beras naik", "Rice rises")
    text = write_bitexts([bitext], "csv").decode("utf-8-sig")
    table = text.replace(",human,", ",model,").replace(",,,,model", ",0.5,check,,model")
    saved = table.replace(",", ";").replace("Rice rises", "Rice  rises")
    (again,) = read_bitexts(saved.encode(), "csv", Reading())
    assert again.beads[0].origin == "model"
    assert again.beads[0].quality is not None
    (changed,) = read_bitexts(saved.replace("rises", "rose").encode(), "csv", Reading())
    assert (changed.beads[0].origin, changed.beads[0].quality) == ("human", None)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Satu,One\nDua\n", "row 2: no second column"),
        (HEAD, "a header row and no other"),
        (HEAD + "Satu,One,high,good\n", "row 2: could not convert string to float: 'high'"),
        (HEAD + "Satu,One,,,,,x,\n", "row 2: invalid literal for int"),
        (HEAD + '"' + "a" * 200_000 + '",One\n', "after row 0: field larger than field limit"),
    ],
)
def test_bad_tables_are_refused_with_the_row(text: str, cause: str) -> None:
    with pytest.raises(FormatError, match=rf"^a\.csv.*{cause}"):
        read(text)


def test_another_encoding_is_asked_for() -> None:
    with pytest.raises(EncodingError, match="windows-1252"):
        read_bitexts(b"caf\xe9,coffee", "csv", Reading())
    reading = Reading(encoding="windows-1252")
    (bitext,) = read_bitexts(b"caf\xe9,coffee", "csv", reading)
    assert next(bitext.rows()).source == "café"
