"""Tables: what a spreadsheet or the shell would spoil, and how it comes back."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.bitext import Bead, Bitext
from translate_kit.document import Block, Document, Sentence
from translate_kit.errors import EmptyInputError, EncodingError, FormatError
from translate_kit.formats import Reading, read_bitexts, write_bitexts

HEAD = "source\ttarget\tscore\tband\tissues\torigin\tblock\tkind\n"


def pair(source: str, target: str) -> Bitext:
    sides = [
        Document(language, (Block("paragraph", text, (Sentence(0, len(text)),)),))
        for language, text in (("id", source), ("en", target))
    ]
    return Bitext(sides[0], sides[1], (Bead(range(1), range(1), "human"),))


def cell(text: str) -> str:
    """The target cell as it stands in the file."""
    return write_bitexts([pair("Beras", text)], "tsv").decode().split("\n")[1].split("\t")[1]


def read(text: str) -> list[tuple[str, str]]:
    (bitext,) = read_bitexts(text.encode(), "tsv", Reading(source="a.tsv"))
    return [(row.source, row.target) for row in bitext.rows()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rice rose 2.5%", "Rice rose 2.5%"),
        ("Rice\trose", r"Rice\trose"),
        ("Rice\nrose\r", r"Rice\nrose"),
        ("a\r\nb", r"a\r\nb"),
        (r"C:\new", r"C:\\new"),
        ("a\x00b\x7f", r"a\x00b\x7f"),
        ("=1+1", "'=1+1"),
        ("- 2 percent", "'- 2 percent"),
        ("@rice", "'@rice"),
        ("＋62", "'＋62"),
        ("'=1+1", "''=1+1"),
        ("'twas", "'twas"),
        ('"Fine," he said', '"""Fine,"" he said"'),
        ('He said "fine"', 'He said "fine"'),
    ],
)
def test_cells_are_safe_and_come_back(text: str, expected: str) -> None:
    text = text.strip()
    assert cell(text) == expected
    assert read(write_bitexts([pair("Beras", text)], "tsv").decode()) == [("Beras", text)]


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"])).map(str.strip).filter(bool))
def test_no_text_is_a_formula_or_breaks_the_table(text: str) -> None:
    data = write_bitexts([pair(text, text)], "tsv").decode()
    rows = list(csv.reader(StringIO(data, newline=""), dialect="excel-tab"))
    assert [len(row) for row in rows] == [8, 8]
    assert rows[1][0][0] not in "=+-@＝＋－＠"
    assert data.count("\n") == 2


def test_quality_origin_and_paragraph_come_back() -> None:
    row = "Satu.\tOne.\t0.25\tcheck\tnumber: 1 became 2\tmemory\t{}\t{}\n"
    text = HEAD + row.format(0, "title") + row.format(3, "paragraph") * 2
    (bitext,) = read_bitexts(text.encode(), "tsv", Reading())
    assert [block.text for block in bitext.target.blocks] == ["One.", "One. One."]
    bead = bitext.beads[0]
    assert bead.origin == "memory"
    assert bead.quality is not None
    assert (bead.quality.score, bead.quality.band, bead.quality.issues) == (0.25, "check", ())


def test_two_columns_without_header_are_read_as_they_are() -> None:
    text = '"Baik," katanya.\tC:\\new\tignored\r\n\n\'=1\t\n'
    assert read(text) == [('"Baik," katanya.', "C:\\new"), ("'=1", "")]


def test_a_row_of_blanks_is_no_bead() -> None:
    assert read("Satu.\tOne.\n \tx\n\t\tx\n") == [("Satu.", "One."), ("", "x")]


def test_columns_come_in_any_order_and_case() -> None:
    assert read("Target\tNote\tSource\r\nOne.\tx\tSatu.\r\n") == [("Satu.", "One.")]


def test_cells_as_a_spreadsheet_saves_them_are_read() -> None:
    text = 'source\ttarget\n"Satu, ""dua"""\t"One\ntwo"\n\t\n'
    assert read(text) == [('Satu, "dua"', "One\ntwo")]


def test_languages_are_those_of_the_reading() -> None:
    (bitext,) = read_bitexts(b"Rice\tBeras", "tsv", Reading("a", "en", "id"))
    assert (bitext.source.language, bitext.target.language) == ("en", "id")
    assert bitext.source.source == "a"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Satu.\tOne.\nDua.\n", "row 2: no second column; source and target are parted by a tab"),
        (HEAD, "a header row and no other"),
        (HEAD + "Satu.\tOne.\thigh\tgood\n", "row 2: could not convert string to float: 'high'"),
        (HEAD + "Satu.\tOne.\t0.5\tfine\n", "row 2: unknown band 'fine'; known are good"),
        (HEAD + "Satu.\tOne.\t\t\t\t\tone\t\n", "row 2: invalid literal for int"),
        (HEAD + "\t\t0.5\tgood\n", "row 2: neither source nor target has text"),
        (HEAD + '"' + "a" * 200_000 + '"\tOne.\n', "after row 1: field larger than field limit"),
    ],
)
def test_bad_tables_are_refused_with_the_row(text: str, cause: str) -> None:
    with pytest.raises(FormatError, match=rf"^a\.tsv.*{cause}"):
        read(text)


def test_no_text_and_no_table() -> None:
    with pytest.raises(EmptyInputError):
        read("\n")
    with pytest.raises(EncodingError, match="windows-1252"):
        read_bitexts(b"caf\xe9\tcoffee", "tsv", Reading())
