"""The whole circle: written, corrected by a person in a program of theirs, and read again."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from strategies import bitexts

from translate_kit.bitext import Bead, Bitext
from translate_kit.cli.boundary import run
from translate_kit.document import Block, Document, Sentence
from translate_kit.errors import FormatError
from translate_kit.formats import Reading, read_bitexts, write_bitexts
from translate_kit.formats.ooxml import with_part
from translate_kit.formats.properties import (
    bead_properties,
    fingerprint,
    known_language,
    row_of,
    shown_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    Edit = Callable[[str], str]
    Editor = Callable[[bytes], bytes]

CASE = Path(__file__).parent / "cases" / "formats" / "news.jsonl"

# Bead 4 had a translation from memory, bead 3 none; bead 1 gets blanks that change nothing.
CORRECTED = "Market operations, held in Bandung & Surabaya"
ADDED = "=The government will not import rice."
SAME = "JAKARTA – Rice prices have risen 2.5  percent since October 7, Minister Rina Wijaya said. "


def case() -> Bitext:
    (bitext,) = read_bitexts(CASE.read_bytes(), "jsonl", Reading())
    return bitext


def in_toolkit(name: str, store_type: str) -> Editor:
    def edit(data: bytes) -> bytes:
        module = pytest.importorskip(f"translate.storage.{name}")
        store = getattr(module, store_type)(BytesIO(data))
        store.settargetlanguage("en")
        for number, text in ((1, SAME), (3, ADDED), (4, CORRECTED)):
            store.units[number].target = text
        # translate-toolkit for Python 3.10 does not know the language of a new side
        return bytes(store).replace(b'xml:lang="xx"', b'xml:lang="en"')

    return edit


def in_word(data: bytes) -> bytes:
    document = docx.Document(BytesIO(data))
    for number, text in ((1, SAME), (3, ADDED), (4, CORRECTED)):
        paragraph = document.tables[0].rows[1 + number].cells[1].paragraphs[0]
        for run_ in paragraph.runs:
            run_.text = ""
        paragraph.add_run(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def in_excel(data: bytes) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    for number, text in ((1, SAME), (3, ADDED), (4, CORRECTED)):
        cell = sheet.cell(2 + number, 3)
        cell.value = text
        cell.data_type = "s"  # the cell has the text format, so Excel does this by itself
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def in_a_text_editor(data: bytes) -> bytes:
    text = data.decode()
    text = text.replace("risen 2.5 percent since", "risen 2.5  percent\n  since")
    text = text.replace("Market operations in", "Market operations, held in")
    empty = r'(Not translated</span><span class="text" lang="en">)'
    text = re.sub(empty, rf"\1{ADDED}", text, count=1)
    return text.encode()


def in_a_table(data: bytes) -> bytes:
    text = data.decode().replace("Market operations in", '"Market operations, held in')
    text = text.replace("held in Bandung & Surabaya", 'held in Bandung & Surabaya"')
    return text.replace("tidak akan mengimpor.,,", f"tidak akan mengimpor.,'{ADDED},").encode()


EDITORS: dict[str, Editor] = {
    "tmx": in_toolkit("tmx", "tmxfile"),
    "xliff": in_toolkit("xliff", "xlifffile"),
    "xliff2": in_toolkit("xliff2", "Xliff2File"),
    "docx": in_word,
    "xlsx": in_excel,
    "html": in_a_text_editor,
    "csv": in_a_table,
}


@pytest.mark.parametrize("name", EDITORS)
def test_what_people_correct_is_theirs_and_the_rest_stays(name: str, tmp_path: Path) -> None:
    file, result = tmp_path / f"edited.{name}", tmp_path / "result.jsonl"
    assert run(["convert", str(CASE), "--to", name, "-o", str(file)]) == 0
    file.write_bytes(EDITORS[name](file.read_bytes()))
    assert run(["convert", str(file), "--from", name, "--to", "jsonl", "-o", str(result)]) == 0

    (edited,) = read_bitexts(result.read_bytes(), "jsonl", Reading())
    before, after = list(case().rows()), list(edited.rows())
    assert [row.source for row in after] == [row.source for row in before]
    assert [row.bead.origin for row in after] == [
        *("model", "model", "human", "human", "human", "untranslated")
    ]
    assert (after[3].target, after[4].target) == (ADDED, CORRECTED)
    assert [row.bead.quality is not None for row in after] == [True] * 3 + [False] * 3
    for number in (0, 1, 2, 5):
        one, other = (rows[number].bead.quality for rows in (before, after))
        assert (one and (one.score, one.band)) == (other and (other.score, other.band))
    if name != "csv":  # which has no place for them
        assert [len(row.bead.source) for row in after] == [1, 1, 2, 1, 1, 1]
        assert edited.provenance.model == "id-en"


@pytest.mark.parametrize("name", EDITORS)
def test_what_nobody_touched_comes_back_as_it_was(name: str) -> None:
    (again,) = read_bitexts(write_bitexts([case()], name), name, Reading())
    for one, other in zip(case().beads, again.beads, strict=True):
        assert one.origin == other.origin
        assert (one.source, one.target) == (other.source, other.target) or name == "csv"
        if name in {"tmx", "xliff", "xliff2", "docx", "html"}:
            issues = [bead.quality and bead.quality.issues for bead in (one, other)]
            assert issues[0] == issues[1]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(bitexts())
def test_ranges_and_places_of_issues_come_back(bitext: Bitext) -> None:
    def shape(some: Bitext) -> list[tuple[object, ...]]:
        return [
            (
                *(row.bead.source, row.bead.target, row.bead.origin),
                [(i.source, i.target) for i in row.bead.quality.issues]
                if row.bead.quality and name != "xlsx"
                else None,
            )
            for row in some.rows()
        ]

    for name in ("tmx", "xliff", "xliff2", "docx", "html", "xlsx"):
        if bitext.beads:
            (again,) = read_bitexts(write_bitexts([bitext], name), name, Reading())
            assert shape(again) == shape(bitext), name


@pytest.mark.browser
def test_a_page_that_was_corrected_and_saved_in_a_browser_comes_back(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(write_bitexts([case(), case()], "html"))
    page = browser.new_page()
    page.goto(file.as_uri())
    page.evaluate("document.designMode = 'on'")
    page.locator("#d1s5 .target .text").click()
    page.keyboard.press("End")
    page.keyboard.type(" <today> & later")
    page.locator("button[data-state=poor]").click()
    saved = page.content().encode()
    page.close()
    first, second = read_bitexts(saved, "html", Reading())
    before = list(case().rows())
    assert [row.target for row in second.rows()] == [row.target for row in before]
    assert [bead.origin for bead in second.beads] == [row.bead.origin for row in before]
    changed = list(first.rows())[4]
    assert changed.target == "Market operations in Bandung & Surabaya <today> & later"
    assert [bead.origin for bead in first.beads] == [
        *("model", "model", "human", "untranslated", "human", "untranslated")
    ]
    issues = [bead.quality and bead.quality.issues for bead in first.beads[:4]]
    assert issues == [bead.quality and bead.quality.issues for bead in case().beads[:4]]


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (lambda _: "<p>Harga naik.</p>", "no page of translate-kit"),
        (lambda text: text.replace('data-tk-band="good"', 'data-tk-band="fine"'), "row 1: unknown"),
        (lambda text: text.replace("<tbody", "<![nonsense", 1), "cannot be read as HTML"),
    ],
)
def test_pages_that_are_not_ours_or_broken_are_refused(change: Edit, cause: str) -> None:
    page = change(write_bitexts([case()], "html").decode()).encode()
    with pytest.raises(FormatError, match=f"^a\\.html.*{cause}"):
        read_bitexts(page, "html", Reading(source="a.html"))


def test_a_table_people_added_in_word_is_a_document_of_its_own() -> None:
    document = docx.Document(BytesIO(write_bitexts([case()], "docx")))
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Selesai.", "The end."
    out = BytesIO()
    document.save(out)
    first, second = read_bitexts(out.getvalue(), "docx", Reading())
    assert first.beads[0] == replace(case().beads[0], links=())
    assert [row.target for row in second.rows()] == ["The end."]


def test_a_broken_value_in_a_word_document_is_named() -> None:
    data = write_bitexts([case()], "docx")
    with ZipFile(BytesIO(data)) as package:
        kept = package.read("customXml/item1.xml").replace(b">poor<", b">fine<")
    broken = with_part(data, "customXml/item1.xml", kept, Reading())
    with pytest.raises(FormatError, match=r"^a\.docx: unknown band 'fine'"):
        read_bitexts(broken, "docx", Reading(source="a.docx"))


# Seals


def pair(source: str, target: str) -> Bitext:
    sides = [
        Document(code, (Block("paragraph", text, (Sentence(0, len(text)),)),) if text else ())
        for code, text in (("id", source), ("en", target))
    ]
    return Bitext(sides[0], sides[1], (Bead(range(bool(source)), range(bool(target))),))


def edited(source: str, target: str) -> Bead:
    """The bead of ``Beras naik.``, ``Rice rises.`` after someone changed its texts."""
    (row,) = shown_rows(pair("Beras naik.", "Rice rises."))
    return row_of((source, target), dict(bead_properties(row)), (), 1).bead


@pytest.mark.parametrize(
    ("target", "origin"),
    [
        ("Rice rises.", "model"),
        ("  Rice\n\trises.\u00a0", "model"),
        ("Rice \ufffdrises.", "model"),
        ("Rice rises", "human"),
        ("Ricerises.", "human"),
        ("rice rises.", "human"),
        ("", "untranslated"),
    ],
)
def test_a_target_is_a_persons_if_its_letters_changed(target: str, origin: str) -> None:
    assert edited("Beras naik.", target).origin == origin


def test_a_changed_source_takes_the_estimate_and_no_more() -> None:
    row = next(shown_rows(case()))
    told = dict(bead_properties(row))
    kept = row_of((row.source, row.target), told, (), 1).bead
    bead = row_of(("Harga Jagung Naik", row.target), told, (), 1).bead
    assert kept.quality is not None
    assert (bead.origin, bead.quality) == ("model", None)


def test_composed_and_decomposed_letters_have_one_fingerprint() -> None:
    composed = "caf\u00e9 d\u00e9p\u00f4t"
    assert fingerprint(composed) == fingerprint(normalize("NFD", composed))
    assert fingerprint(composed) != fingerprint("cafe depot")
    assert re.fullmatch(r"[0-9a-f]{12}", fingerprint(""))


@pytest.mark.parametrize(
    "told",
    ["0-4", "0-99", "1-11", "0-5 4-11", "0-6 6-11", "0-5 5-5 6-11", "x", "0-5,6-11 ", "6-11 0-5"],
)
def test_sentences_that_do_not_fit_the_text_are_one(told: str) -> None:
    row = row_of(("Beras naik.", ""), {"source-sentences": told}, (), 1)
    assert len(row.sentences(0)) in (1, 2)
    assert "".join(row.source[a:b] for a, b in row.sentences(0)).replace(" ", "") == "Berasnaik."


def test_languages_lose_region_and_script_where_we_know_them() -> None:
    tags = ("en-US", "ID", "id_ID", "fr-CA", "")
    assert [known_language(tag) for tag in tags] == ["en", "id", "id", "fr-CA", ""]


def test_a_sorted_sheet_comes_back_in_the_order_of_the_text() -> None:
    book = openpyxl.load_workbook(BytesIO(write_bitexts([case()], "xlsx")))
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    out = BytesIO()
    book.save(out)
    (again,) = read_bitexts(out.getvalue(), "xlsx", Reading())
    assert [row.source for row in again.rows()] == [row.source for row in case().rows()]


def test_rows_people_delete_move_and_add_in_word() -> None:
    document = docx.Document(BytesIO(write_bitexts([case()], "docx")))
    table = document.tables[0]
    table._tbl.remove(table.rows[1]._tr)  # noqa: SLF001  python-docx has no other way
    added = table.add_row()  # type: ignore[no-untyped-call]  # python-docx is typed in parts
    added.cells[0].text, added.cells[1].text = "Selesai.", "The end."
    out = BytesIO()
    document.save(out)
    (again,) = read_bitexts(out.getvalue(), "docx", Reading())
    rows = list(again.rows())
    assert [row.source for row in rows[:-1]] == [row.source for row in list(case().rows())[1:]]
    assert [row.bead.origin for row in rows] == [
        *("model", "human", "untranslated", "memory", "untranslated", "human")
    ]
    assert (rows[-1].source, rows[-1].target) == ("Selesai.", "The end.")
    scores = [row.bead.quality and row.bead.quality.score for row in rows]
    assert scores == [0.74, 0.41, 0.0, 0.93, None, None]


def test_an_alternative_stays_with_a_bead_that_was_corrected() -> None:
    for name in ("xliff", "xliff2"):
        (again,) = read_bitexts(write_bitexts([case()], name), name, Reading())
        assert [bead.alternatives for bead in again.beads] == [
            bead.alternatives for bead in case().beads
        ]
    assert replace(case().beads[1], alternatives=()) != case().beads[1]
