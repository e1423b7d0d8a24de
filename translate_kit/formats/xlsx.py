"""Excel workbooks: a bead a row, for people who check and edit translations in a spreadsheet.

The first sheet has the texts, shaded by quality, with score, band, issues and origin beside
them; hidden columns keep the rest (`translate_kit.formats.properties`), so that an edited file
comes back with its beads. The second sheet says what the documents are. Texts are text cells
with the text format: one that begins with ``=``, ``+``, ``-`` or ``@`` is no formula, neither
when the file is opened nor after someone edits it.

Lost are word links, alternatives, signals and options; issues are for people and are not read
back. Rows come back in the order of their numbers, so a sorted sheet may stay sorted. Formulas
that people write are read as the values they had when the file was saved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate_kit.errors import OutputError
from translate_kit.formats.ooxml import XML, pack, relationships
from translate_kit.formats.properties import bead_properties, document_properties, shown_rows
from translate_kit.formats.rows import one_line
from translate_kit.formats.safe_xml import FORBIDDEN, escape
from translate_kit.formats.xlsx_reader import (
    DOCUMENT_COLUMNS,
    DOCUMENTS,
    HIDDEN,
    SHOWN,
    read_bitexts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.formats.rows import Row

__all__ = ["LONGEST_CELL", "read_bitexts", "write_bitexts"]

LONGEST_CELL = 32_767
"""Characters that Excel lets a cell hold; it would cut off more."""

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ESCAPED = re.compile(rf"\r|_(?=x[0-9A-Fa-f]{{4}}_)|{FORBIDDEN.pattern}")
_WIDTHS = {"number": 9, "source": 60, "target": 60, "issues": 40, "origin": 13}

_LINE = 15
_HIGHEST = 405
"""Height of a line, and the most a row may have, in points."""

# Styles by number: 0 plain, 1 text, 2 head, 3 score, 4 and on text shaded by state.
_STATES = ("good", "check", "poor", "untranslated")
_FILLS = ("FFF1EFE9", "FFEAF4EE", "FFFFF2CC", "FFF8D7D3", "FFE3E3E3")


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return a workbook of all documents.

    Raises:
        OutputError: if a sentence is longer than a cell may be.
    """
    sheets = {"sentences": _sentences(bitexts), DOCUMENTS: _documents(bitexts)}
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1)
    )
    spaces = f'xmlns="{_SHEET}" xmlns:r="{_RELATIONS}"'
    book = f"<workbook {spaces}><sheets>{entries}</sheets></workbook>"
    paths = [f"worksheets/sheet{n}.xml" for n, _ in enumerate(sheets, 1)]
    targets = [*(("worksheet", path) for path in paths), ("styles", "styles.xml")]
    parts = {
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": XML + book,
        "xl/_rels/workbook.xml.rels": relationships(targets),
        "xl/styles.xml": _styles(),
        **{f"xl/{path}": sheet for path, sheet in zip(paths, sheets.values(), strict=True)},
    }
    types = {
        "xl/workbook.xml": "spreadsheetml.sheet.main",
        "xl/styles.xml": "spreadsheetml.styles",
        **{f"xl/{path}": "spreadsheetml.worksheet" for path in paths},
    }
    return pack(parts, types)


def _styles() -> str:
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{c}"/></patternFill></fill>'
        for c in _FILLS
    )
    top = '<alignment vertical="top" wrapText="1"/>'
    plain = 'xfId="0" borderId="0" applyAlignment="1"'
    formats = [
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
        # 49 is the text format: what is typed into such a cell stays text.
        f'<xf numFmtId="49" fontId="0" fillId="0" {plain} applyNumberFormat="1">{top}</xf>',
        f'<xf numFmtId="49" fontId="1" fillId="2" {plain} applyFill="1" applyFont="1">{top}</xf>',
        f'<xf numFmtId="2" fontId="0" fillId="0" {plain} applyNumberFormat="1">{top}</xf>',
        *(
            f'<xf numFmtId="49" fontId="0" fillId="{n}" {plain} applyFill="1">{top}</xf>'
            for n in range(3, 3 + len(_STATES))
        ),
    ]
    font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    return (
        f'{XML}<styleSheet xmlns="{_SHEET}">'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        f'<fills count="{2 + len(_FILLS)}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fills}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _sentences(bitexts: Sequence[Bitext]) -> str:
    columns = (*SHOWN, *HIDDEN)
    rows = [_row(1, [_cell(name, 2) for name in columns])]
    for document, bitext in enumerate(bitexts, 1):
        for row in shown_rows(bitext):
            number = len(rows)
            told = {**dict(bead_properties(row)), "document": str(document), "number": str(number)}
            told |= {"source": row.source, "target": row.target, "issues": _issues(row)}
            cells = [_told_cell(name, told.get(name, ""), _style(name, row)) for name in columns]
            rows.append(_row(number + 1, cells, _lines(told)))
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_WIDTHS.get(name, 10)}" customWidth="1"'
        f' hidden="{int(name in HIDDEN)}"/>'
        for n, name in enumerate(columns, 1)
    )
    last = f"{_letter(len(columns))}{len(rows)}"
    return _sheet(rows, widths, f'<autoFilter ref="A1:{last}"/>')


def _sheet(rows: Iterable[str], columns: str, after: str) -> str:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{XML}<worksheet xmlns="{_SHEET}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="{_LINE}"/>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>{after}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _documents(bitexts: Sequence[Bitext]) -> str:
    rows = [_row(1, [_cell(name, 2) for name in DOCUMENT_COLUMNS])]
    for number, bitext in enumerate(bitexts, 1):
        told = {"document": str(number), **dict(document_properties(bitext))}
        cells = [_told_cell(name, told.get(name, ""), 1) for name in DOCUMENT_COLUMNS]
        rows.append(_row(number + 1, cells))
    widths = f'<col min="1" max="{len(DOCUMENT_COLUMNS)}" width="24" customWidth="1"/>'
    return _sheet(rows, widths, "")


def _issues(row: Row) -> str:
    issues = row.bead.quality.issues if row.bead.quality else ()
    return "\n".join(one_line(f"{issue.kind}: {issue.message}") for issue in issues)


def _style(name: str, row: Row) -> int:
    if name == "score":
        return 3
    state: str = row.bead.quality.band if row.bead.quality else ""
    if not row.target or row.bead.origin == "untranslated":
        state = "untranslated"
    return 4 + _STATES.index(state) if name in {"target", "band"} and state else 1


def _lines(told: Mapping[str, str]) -> int:
    """Return how many lines a row will take, for programs that do not measure it themselves."""
    return max(
        sum(1 + len(line) // _WIDTHS[name] for line in told[name].split("\n"))
        for name in ("source", "target", "issues")
    )


def _row(number: int, cells: Iterable[str], lines: int = 1) -> str:
    placed = (
        cell.replace("<c ", f'<c r="{_letter(n)}{number}" ', 1) for n, cell in enumerate(cells, 1)
    )
    height = min(lines * _LINE, _HIGHEST)
    return f'<row r="{number}" ht="{height}">{"".join(placed)}</row>'


def _letter(number: int) -> str:
    """Return a column's name; there are fewer than 27."""
    return chr(ord("A") + number - 1)


def _told_cell(name: str, text: str, style: int) -> str:
    if name in {"number", "score", "document", "block"} and text:
        return f'<c s="{style}"><v>{text}</v></c>'
    return _cell(text, style)


def _cell(text: str, style: int) -> str:
    """Return a cell of text: never a number, a date or a formula."""
    if not text:
        return f'<c s="{style}"/>'
    if len(text.encode("utf-16-le")) > 2 * LONGEST_CELL:
        message = f"a text of {len(text)} characters is more than a cell of a spreadsheet holds"
        raise OutputError(f"{message} ({LONGEST_CELL}); write another format")
    # What XML cannot hold, and a carriage return, has an escape of its own in spreadsheets.
    held = _ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(held)}</t></is></c>'
