"""Reading workbooks: the first sheet, as we or anyone wrote it.

With a header row that names ``source`` and ``target``, columns may come in any order; without
one, the first two columns are source and target. What is written is said in
`translate_kit.formats.xlsx`.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from translate_kit.errors import FormatError
from translate_kit.formats.ooxml import Package
from translate_kit.formats.properties import document_of, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading

__all__ = ["DOCUMENTS", "DOCUMENT_COLUMNS", "HIDDEN", "SHOWN", "read_bitexts"]

SHOWN = ("number", "source", "target", "score", "band", "issues", "origin")
HIDDEN = ("kind", "block", "document", "source-sentences", "target-sentences", "seal")
"""Columns that people see, and those that only tell a reader how to keep the beads."""

DOCUMENTS = "documents"
"""Name of the sheet that says what the documents are."""

DOCUMENT_COLUMNS = (
    *("document", "source-language", "target-language", "source-title", "target-title"),
    *("source-name", "target-name", "tool", "model", "digest"),
)

_PLACE = re.compile(r"[0-9]{1,9}")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_Record = dict[str, str]


def read_bitexts(data: bytes, reading: Reading) -> tuple[Bitext, ...]:
    """Read the first sheet of a workbook: a bitext for every document it names.

    Raises:
        FormatError: if it is no workbook, a part of it is broken or too large, there is no
            text in its first sheet, or a cell is not what its column says; the message has
            the row's number.
    """
    book = _Book(data, reading)
    told = {record.get("document", ""): record for _, record in book.table(DOCUMENTS)}
    rows = list(book.table(None))
    number = 0
    try:
        ordered = _in_order(rows)
        parts = [
            (document, [(number, record) for number, record in group])
            for document, group in groupby(ordered, key=lambda pair: pair[1].get("document", ""))
        ]
        bitexts = []
        for document, group in parts:
            found = []
            for number, record in group:
                texts = (record.get("source", ""), record.get("target", ""))
                if any(text.strip() for text in texts):
                    found.append(row_of(texts, record, (), number))
            if found:
                about = {name: text for name, text in told.get(document, {}).items() if text}
                bitexts.append(document_of(found, about, reading))
    except ValueError as error:
        raise FormatError(f"{reading.source}, row {number}: {error}") from error
    if not bitexts:
        raise FormatError(f"{reading.source}: no sentences in the first sheet")
    return tuple(bitexts)


def _in_order(rows: Sequence[tuple[int, _Record]]) -> list[tuple[int, _Record]]:
    """Return rows in the order of their numbers; one without follows the one before it."""
    keys: list[float] = []
    documents: list[str] = []
    for _, record in rows:
        told = record.get("number", "").strip()
        keys.append(float(told) if told else keys[-1] if keys else 0.0)
        documents.append(record.get("document", "") or (documents[-1] if documents else ""))
    order = sorted(range(len(rows)), key=lambda n: keys[n])
    return [(rows[n][0], {**rows[n][1], "document": documents[n]}) for n in order]


class _Book:
    """A workbook's sheets as tables."""

    def __init__(self, data: bytes, reading: Reading) -> None:
        self._package = Package(data, reading)
        self._source = reading.source
        self._path = self._package.main("Excel")
        self._related = self._package.related(self._path)
        root = self._package.part(self._path)
        sheets = () if root is None else root.iter("sheet")
        self._sheets = {sheet.get("name", ""): sheet.get("id", "") for sheet in sheets}
        self._strings: list[str] | None = None

    def table(self, name: str | None) -> Iterator[tuple[int, _Record]]:
        """Yield rows, as number and cells by column, of the sheet of that name or the first."""
        first = next(iter(self._sheets.values()), "")
        identifier = first if name is None else self._sheets.get(name, "")
        _, path = self._related.get(identifier, ("", ""))
        root = self._package.part(path)
        data = None if root is None else root.find("sheetData")
        if data is None:
            return
        rows = [self._cells(row) for row in data.iterfind("row")]
        heads = {n: text.strip().lower() for n, text in rows[0].items()} if rows else {}
        headed = {"source", "target"} <= {*heads.values()} or name is not None
        if not headed:
            heads = {0: "source", 1: "target"}
        for number, cells in enumerate(rows[headed:], 1 + headed):
            yield number, {heads[n]: text for n, text in cells.items() if n in heads}

    def _cells(self, row: Element) -> dict[int, str]:
        """Return the texts of a row's cells by column, from 0."""
        found: dict[int, str] = {}
        column = -1
        for cell in row.iterfind("c"):
            letters = _LETTERS.match(cell.get("r", ""))
            column = _column(letters[0]) if letters else column + 1
            found[column] = self._text(cell)
        return found

    def _text(self, cell: Element) -> str:
        kind, inline, value = cell.get("t", "n"), cell.find("is"), cell.findtext("v") or ""
        if inline is not None:
            return _string(inline)
        if kind == "s":
            strings = self._shared()
            place = int(value) if _PLACE.fullmatch(value) else len(strings)
            return strings[place] if place < len(strings) else ""
        return _unescaped(value) if kind == "str" else value

    def _shared(self) -> list[str]:
        if self._strings is None:
            path = next((p for k, p in self._related.values() if k == "sharedStrings"), "")
            root = self._package.part(path)
            self._strings = [] if root is None else [_string(si) for si in root.iterfind("si")]
        return self._strings


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _string(element: Element) -> str:
    """Return a rich or plain string; how to pronounce it (``rPh``) is left out."""
    parts = [element.findtext("t") or ""]
    parts += [run.findtext("t") or "" for run in element.iterfind("r")]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
