"""Workbooks: text stays text, a second program agrees, hostile files are bounded."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.bitext import Bead, Bitext, Quality
from translate_kit.document import Block, Document, Sentence
from translate_kit.errors import FormatError, OutputError
from translate_kit.formats import Reading, ooxml, read_bitexts, write_bitexts

if TYPE_CHECKING:
    from collections.abc import Callable


def pair(source: str, target: str, quality: Quality | None = None) -> Bitext:
    sides = [
        Document(language, (Block("paragraph", text, (Sentence(0, len(text)),)),))
        for language, text in (("id", source), ("en", target))
    ]
    bead = Bead(range(1), range(1), quality=quality)
    return Bitext(sides[0], sides[1], (bead,))


def sheet(data: bytes) -> Any:  # openpyxl's sheets are typed as several things
    return openpyxl.load_workbook(BytesIO(data)).worksheets[0]


def saved(fill: Callable[[Any], None]) -> bytes:
    """A workbook as openpyxl, that is nearly as Excel, writes it."""
    book = openpyxl.Workbook()
    fill(book.active)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> list[tuple[str, str]]:
    bitexts = read_bitexts(data, "xlsx", Reading(source="a.xlsx"))
    return [(row.source, row.target) for bitext in bitexts for row in bitext.rows()]


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in {**dict.fromkeys(old.namelist()), **changes}:
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    "text", ["=1+1", "+62 812", "-2 persen", "@SUM(A1)", "007", "1.400", "7/10", "TRUE", "#N/A"]
)
def test_text_is_no_formula_number_or_date(text: str) -> None:
    data = write_bitexts([pair(text, text)], "xlsx")
    for column in "BC":
        cell = sheet(data)[f"{column}2"]
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert read(data) == [(text, text)]


def test_numbers_are_numbers_and_quality_is_a_colour() -> None:
    data = write_bitexts([pair("Beras", "Rice", Quality(0.4125, "poor"))], "xlsx")
    cells = sheet(data)[2]
    assert [cell.value for cell in cells[:5]] == [1, "Beras", "Rice", 0.4125, "poor"]
    assert cells[2].fill.fgColor.rgb == "FFF8D7D3"
    assert sheet(write_bitexts([pair("a", "b")], "xlsx"))["C2"].fill.fill_type is None


def test_the_sheet_is_ready_to_work_in() -> None:
    first = sheet(write_bitexts([pair("Beras", "Rice")], "xlsx"))
    assert first.freeze_panes == "A2"
    assert first.auto_filter.ref == "A1:M2"
    hidden = [letter for letter, column in first.column_dimensions.items() if column.hidden]
    assert [first[f"{letter}1"].value for letter in "ABCDEFG"] == [
        *("number", "source", "target", "score", "band", "issues", "origin")
    ]
    assert "H" in hidden
    assert not {*"ABCDEFG"} & {*hidden}


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(exclude_categories=["Cs"])).map(str.strip).filter(bool))
def test_any_text_comes_back(text: str) -> None:
    assert read(write_bitexts([pair(text, "x")], "xlsx")) == [(text, "x")]


def test_text_that_looks_like_an_escape_stays() -> None:
    assert read(write_bitexts([pair("_x0041_", "_x000D_\r\n1")], "xlsx")) == [
        ("_x0041_", "_x000D_\r\n1")
    ]


def test_the_same_bitext_gives_the_same_bytes_without_a_clock() -> None:
    data = write_bitexts([pair("Beras", "Rice")], "xlsx")
    assert {info.date_time for info in zipfile.ZipFile(BytesIO(data)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }
    assert write_bitexts([pair("Beras", "Rice")], "xlsx") == data


def test_a_sentence_longer_than_a_cell_is_refused_not_cut() -> None:
    assert read(write_bitexts([pair("a" * 32_767, "b")], "xlsx")) == [("a" * 32_767, "b")]
    with pytest.raises(OutputError, match="32767"):
        write_bitexts([pair("a" * 32_768, "b")], "xlsx")


def test_sheets_of_others_are_read_with_and_without_header() -> None:
    def with_header(active: Any) -> None:
        for row in (
            ("Target", "x", "SOURCE"),
            ("One", 1, "Satu"),
            (None, None, None),
            (2, "", "Dua"),
        ):
            active.append(row)

    def without(active: Any) -> None:
        active.append(("Satu", "One", "left out"))
        active.append(("Dua", None))

    assert read(saved(with_header)) == [("Satu", "One"), ("Dua", "2")]
    assert read(saved(without)) == [("Satu", "One"), ("Dua", "")]


def test_rich_text_is_read_and_pronunciation_is_not() -> None:
    data = saved(lambda active: active.append(("Satu", "One")))
    book = b'<Relationship Id="rId9" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
    with zipfile.ZipFile(BytesIO(data)) as package:
        relations = package.read("xl/_rels/workbook.xml.rels")
    cells = b"".join(
        b'<c t="s"><v>%s</v></c>' % place for place in (b"0", b"1", b"2", b"9" * 9, b"x")
    )
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>Sa</t>'
        b"</r><r><t>tu</t></r><rPh><t>x</t></rPh></si><si><t>One</t></si></sst>"
    )
    parts = {
        "xl/sharedStrings.xml": strings,
        "xl/_rels/workbook.xml.rels": relations.replace(b"</Rel", book + b"</Rel"),
        "xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>%s</row></sheetData></worksheet>"
        % cells,
    }
    assert read(repacked(data, parts)) == [("Satu", "One")]


# Hostile


def test_a_part_that_unpacks_to_more_than_the_limit_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = write_bitexts([pair("Beras", "Rice")], "xlsx")
    bomb = repacked(data, {"xl/worksheets/sheet1.xml": b" " * 200_000})
    assert len(bomb) < 10_000
    monkeypatch.setattr(ooxml, "LARGEST_PART", 100_000)
    with pytest.raises(
        FormatError, match=r"^a\.xlsx: xl/worksheets/sheet1\.xml in it is larger than"
    ):
        read(bomb)


def test_more_parts_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "MOST_PARTS", 5)
    with pytest.raises(FormatError, match=r"^a\.xlsx: more than 5 parts"):
        read(write_bitexts([pair("Beras", "Rice")], "xlsx"))


def test_nothing_outside_of_the_package_is_opened() -> None:
    data = write_bitexts([pair("Beras", "Rice")], "xlsx")
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="x/worksheet" Target="%s"%s/></Relationships>'
    )
    for target, mode in ((b"file:///etc/passwd", b' TargetMode="External"'), (b"../../etc", b"")):
        name = "xl/_rels/workbook.xml.rels"
        with pytest.raises(FormatError, match="no sentences in the first sheet"):
            read(repacked(data, {name: relations % (target, mode)}))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"source,target\n", "no office file"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "an old or protected office file; save it"),
        (repacked(write_bitexts([], "xlsx"), {"_rels/.rels": b"<a/>"}), "no Excel file"),
        (repacked(write_bitexts([], "xlsx"), {"xl/workbook.xml": b"<a"}), "cannot be read as XML"),
        (
            repacked(
                write_bitexts([], "xlsx"),
                {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
            ),
            "entities are not allowed",
        ),
        (write_bitexts([], "xlsx"), "no sentences in the first sheet"),
    ],
)
def test_other_files_are_refused_with_the_cause(data: bytes, cause: str) -> None:
    with pytest.raises(FormatError, match=rf"^a\.xlsx.*{cause}"):
        read(data)


def test_a_broken_value_is_named_with_its_row() -> None:
    book = openpyxl.load_workbook(
        BytesIO(write_bitexts([pair("Beras", "Rice", Quality(0.5, "good"))], "xlsx"))
    )
    book.worksheets[0]["E2"] = "fine"
    out = BytesIO()
    book.save(out)
    with pytest.raises(FormatError, match=r"^a\.xlsx, row 2: unknown band 'fine'"):
        read(out.getvalue())
