"""Word documents: a table to correct, articles as input, nothing run and nothing fetched."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.bitext import Bead, Bitext, Issue, Quality
from translate_kit.document import Block, Document, Sentence
from translate_kit.errors import EmptyInputError, FormatError
from translate_kit.formats import Reading, ooxml, read_bitexts, read_document, write_bitexts
from translate_kit.formats.docx_mirror import write_documents

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pair(source: str, target: str, quality: Quality | None = None) -> Bitext:
    sides = [
        Document(language, (Block("paragraph", text, (Sentence(0, len(text)),)),) if text else ())
        for language, text in (("id", source), ("en", target))
    ]
    bead = Bead(range(bool(source)), range(bool(target)), quality=quality)
    return Bitext(sides[0], sides[1], (bead,))


def opened(data: bytes) -> WordDocument:
    return docx.Document(BytesIO(data))


def saved(document: WordDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def read(data: bytes) -> list[tuple[str, str]]:
    bitexts = read_bitexts(data, "docx", Reading(source="a.docx"))
    return [(row.source, row.target) for bitext in bitexts for row in bitext.rows()]


def with_body(body: str) -> bytes:
    """A document of ours with another body and nothing but it."""
    text = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return repacked(write_bitexts([], "docx"), {"word/document.xml": text.encode()})


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A package with other parts, and without our own."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if not name.startswith("customXml/item1"):
                new.writestr(name, changes.get(name) or old.read(name))
    return out.getvalue()


def blocks(data: bytes) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in read_document(data, "docx", Reading(source="a.docx")).blocks]


# The table


def test_a_second_program_sees_two_columns_a_head_that_repeats_and_shades() -> None:
    issue = Issue("number", "2 became 3", None, (0, 1))
    document = opened(
        write_bitexts([pair("Beras 2", "3 rice", Quality(0.41, "poor", (issue,)))], "docx")
    )
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Indonesian", "English"],
        ["Beras 2", "3 rice"],
    ]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None  # noqa: SLF001
    shade = table.rows[1].cells[1]._tc.find(f".//{qn('w:shd')}")  # noqa: SLF001
    assert shade is not None
    assert shade.get(qn("w:fill")) == "F8D7D3"
    assert [comment.text for comment in document.comments] == ["Poor, 0.41\nnumber: 2 became 3"]
    assert document.core_properties.author == "translate-kit"


def test_text_is_never_markup() -> None:
    text = '</w:t></w:r><w:r><w:t xml:space="x">&amp; <b>'
    document = opened(write_bitexts([pair(text, "Rice\nrises\tnow")], "docx"))
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [text, "Rice\nrises\tnow"]


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(exclude_categories=["Cs"])).map(str.strip).filter(bool))
def test_any_text_comes_back(text: str) -> None:
    assert read(write_bitexts([pair(text, text)], "docx")) == [(text, text)]


def test_the_same_bitext_gives_the_same_bytes_without_a_clock() -> None:
    data = write_bitexts([pair("Beras", "Rice")], "docx")
    assert {info.date_time for info in zipfile.ZipFile(BytesIO(data)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }
    assert write_bitexts([pair("Beras", "Rice")], "docx") == data


def test_tables_of_others_are_read() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    rows = (("Source", "Target", ""), ("Satu.", "One.", "left out"), ("Dua.", "", ""))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    (bitext,) = read_bitexts(saved(document), "docx", Reading(language="en", target_language="id"))
    assert [(row.source, row.target) for row in bitext.rows()] == [("Satu.", "One."), ("Dua.", "")]
    assert (bitext.source.language, bitext.beads[0].origin) == ("en", "human")


def test_revisions_count_as_made_and_what_is_added_outside_is_read_too() -> None:
    row = (
        "<w:tr>{looks}<w:tc><w:p><w:r><w:t>Satu.</w:t></w:r></w:p></w:tc><w:tc><w:p>"
        "<w:r><w:t>On</w:t></w:r><w:ins><w:r><w:t>e</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>ly</w:delText></w:r></w:del>"
        "<w:sdt><w:sdtContent><w:r><w:t>!</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        "<w:p><w:r><w:noBreakHyphen/><w:t>x</w:t><w:rPr/></w:r></w:p></w:tc></w:tr>"
    )
    gone = row.format(looks="<w:trPr><w:del/></w:trPr>")
    data = with_body(f"<w:tbl>{row.format(looks='')}{gone}</w:tbl>")
    assert read(data) == [("Satu.", "One!\n\u2011x")]


# Articles


def test_an_article_has_its_titles_paragraphs_lists_and_quotes() -> None:
    document = docx.Document()
    document.add_heading("Harga Beras Naik", level=0)
    document.add_heading("Di pasar", level=2)
    document.add_paragraph("Harga naik. ").add_run("Pasar sepi.").bold = True
    document.add_paragraph("")
    document.add_paragraph("Satu", style="List Bullet")
    document.add_paragraph("Dua", style="List Number 2")
    document.add_paragraph("“Baik.”", style="Intense Quote")
    document.add_paragraph("Foto: Antara", style="Caption")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Kota", "Harga"
    document.sections[0].header.paragraphs[0].text = "Kepala halaman"
    read = read_document(saved(document), "docx", Reading(source="a.docx"))
    assert [(block.kind, block.text) for block in read.blocks] == [
        ("title", "Harga Beras Naik"),
        ("heading", "Di pasar"),
        ("paragraph", "Harga naik. Pasar sepi."),
        ("item", "Satu"),
        ("item", "Dua"),
        ("quote", "“Baik.”"),
        ("caption", "Foto: Antara"),
        ("paragraph", "Kota"),
        ("paragraph", "Harga"),
    ]
    assert (read.title, read.source, read.language) == ("Harga Beras Naik", "a.docx", "id")
    assert read.blocks[1].attribute("level") == "2"


@pytest.mark.parametrize(
    ("looks", "kind"),
    [
        ('<w:outlineLvl w:val="0"/>', "heading"),
        ('<w:outlineLvl w:val="9"/>', "paragraph"),
        ('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>', "item"),
        ('<w:numPr><w:numId w:val="0"/></w:numPr>', "paragraph"),
        ('<w:pStyle w:val="Title"/>', "title"),
        ('<w:pStyle w:val="nowhere"/>', "paragraph"),
    ],
)
def test_a_paragraphs_own_properties_tell_its_kind(looks: str, kind: str) -> None:
    body = f"<w:p><w:pPr>{looks}</w:pPr><w:r><w:t>Teks</w:t></w:r></w:p>"
    assert blocks(with_body(body)) == [(kind, "Teks")]


def test_hidden_text_notes_fields_and_pictures_are_left_out() -> None:
    body = (
        "<w:p><w:hyperlink><w:r><w:t>Harga</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr>"
        "<w:t> rahasia</w:t></w:r><w:r><w:instrText>PAGE</w:instrText><w:footnoteReference/>"
        "<w:drawing><w:t>gambar</w:t></w:drawing></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> naik</w:t></w:r></w:p>'
    )
    assert blocks(with_body(body)) == [("paragraph", "Harga naik")]


def test_a_strict_file_is_read_as_well() -> None:
    data = with_body("<w:p><w:r><w:t>Teks</w:t></w:r></w:p>")
    transitional = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    changes = {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            text = package.read(name).replace(transitional, b"http://purl.oclc.org/ooxml/rel")
            main = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            changes[name] = text.replace(WORD.encode(), main)
    assert blocks(repacked(data, changes)) == [("paragraph", "Teks")]


# Hostile


def test_a_part_that_unpacks_to_more_than_the_limit_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ooxml, "LARGEST_PART", 100_000)
    for use in (read, blocks):
        with pytest.raises(FormatError, match=r"^a\.docx: word/document\.xml in it is larger than"):
            use(with_body(" " * 200_000))


def test_entities_are_refused() -> None:
    text = b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"
    with pytest.raises(FormatError, match=r"^a\.docx, word/document\.xml.*entities"):
        blocks(repacked(with_body(""), {"word/document.xml": text}))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"Harga naik", "no office file"),
        (b"PK\x03\x04 broken", "no office file"),
        (write_bitexts([], "xlsx"), "no table of two columns|no Word file"),
        (with_body("<w:p><w:r><w:t>Teks</w:t></w:r></w:p>"), "no table of two columns"),
    ],
)
def test_other_files_are_no_bilingual_documents(data: bytes, cause: str) -> None:
    with pytest.raises(FormatError, match=rf"^a\.docx: .*({cause})"):
        read(data)


def test_a_document_without_text_is_no_article() -> None:
    with pytest.raises(EmptyInputError, match=r"^a\.docx: no text in it"):
        blocks(with_body("<w:p/>"))


# The document again, in translation


def upper(data: bytes) -> Bitext:
    """An article whose translation is its text in capitals, a sentence a paragraph."""
    article = read_document(data, "docx", Reading(source="a.docx"))
    sides = [
        [
            replace(block, text=text, sentences=(Sentence(0, len(text)),))
            for block in article.blocks
            for text in [block.text.upper() if up else block.text]
        ]
        for up in (False, True)
    ]
    beads = tuple(Bead(range(n, n + 1), range(n, n + 1)) for n in range(len(article.blocks)))
    target = Document("en", tuple(sides[1]))
    return Bitext(replace(article, blocks=tuple(sides[0])), target, beads)


def test_a_document_is_mirrored_with_all_that_is_not_its_text() -> None:
    document = docx.Document()
    document.add_heading("Harga Beras", level=1)
    paragraph = document.add_paragraph("Baik: ")
    paragraph.add_run("harga beras naik").italic = True
    paragraph.add_run().add_tab()
    paragraph.add_run("kini").add_break(WD_BREAK.PAGE)
    document.add_paragraph("Satu & dua < tiga", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "Kepala halaman"
    data = saved(document)
    mirrored = opened(write_documents([upper(data)], data, Reading(source="a.docx")))
    assert [(p.text, p.style and p.style.name) for p in mirrored.paragraphs] == [
        ("HARGA BERAS", "Heading 1"),
        ("BAIK: HARGA BERAS NAIK\tKINI", "Normal"),
        ("SATU & DUA < TIGA", "List Bullet"),
    ]
    assert [bool(run.italic) for run in mirrored.paragraphs[1].runs if run.text] == [True]
    assert mirrored.sections[0].header.paragraphs[0].text == "Kepala halaman"
    assert 'w:type="page"' in mirrored.paragraphs[1]._p.xml  # noqa: SLF001


def test_another_document_is_not_mirrored() -> None:
    one, other = (with_body(f"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>") for t in ("Satu", "Dua"))
    with pytest.raises(FormatError, match=r"^a\.docx is not the file that was translated"):
        write_documents([upper(one)], other, Reading(source="a.docx"))


def test_what_has_no_translation_says_so_in_its_place() -> None:
    data = with_body("<w:p><w:r><w:t/><w:t>Satu.</w:t></w:r></w:p>")
    bitext = upper(data)
    alone = Bitext(bitext.source, Document("en", ()), (Bead(range(1), range(0), "untranslated"),))
    mirrored = write_documents([alone], data, Reading(source="a.docx"))
    assert blocks(mirrored) == [("paragraph", "[untranslated: Satu.]")]
