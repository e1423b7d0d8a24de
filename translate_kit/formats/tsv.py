r"""Tab-separated values for spreadsheets and the shell: a bead a row, a header row first.

Columns: ``source target score band issues origin block kind``. What a cell cannot hold as it is:

- a backslash is ``\\``, a tab ``\t``, a line feed ``\n``, a carriage return ``\r``, any other
  control character ``\xNN``;
- a cell that a spreadsheet would take for a formula (``= + - @`` in front) gets a ``'`` in front;
- a cell that begins with ``"`` is quoted as in CSV (``"`` doubled, the whole between two), for
  spreadsheets and table libraries would swallow the quotes, and sometimes the rows, of
  direct speech.

All this is undone on reading. Texts, score, band, origin, block and kind survive; languages,
titles and provenance, word links, alternatives, signals and the sentences of a bead with
several are lost, and issues are for people: they are not read back.

Plain files of two columns, source and target without a header row, are read as they are: their
quotes and backslashes are text.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

from translate_kit.bitext import Provenance
from translate_kit.document import Document
from translate_kit.errors import FormatError
from translate_kit.files import decode
from translate_kit.formats.properties import row_of
from translate_kit.formats.rows import paragraphs, to_bitext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from translate_kit.bitext import Bitext, Quality
    from translate_kit.formats import Reading
    from translate_kit.formats.rows import Row

__all__ = [
    "COLUMNS",
    "bitext_of_records",
    "guarded",
    "read_bitexts",
    "records",
    "row_of_record",
    "unguarded",
    "write_bitexts",
]

COLUMNS = ("source", "target", "score", "band", "issues", "origin", "block", "kind")

_ESCAPES = {n: f"\\x{n:02x}" for n in (*range(32), 127, 133)} | {
    ord(raw): name for raw, name in (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r"))
}
_NAMED = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
_ESCAPED = re.compile(r"\\(?:x([0-9a-f]{2})|(.))", flags=re.DOTALL)
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return the rows of all documents under one header row."""
    rows = (COLUMNS, *records(bitexts))
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows).encode("utf-8")


def records(bitexts: Iterable[Bitext]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of every bead, a cell for each of `COLUMNS`, as they are before escaping."""
    first = 0  # paragraphs are numbered through, so that documents stay apart
    for bitext in bitexts:
        block = first
        for row, paragraph in zip(bitext.rows(), paragraphs(bitext), strict=True):
            quality = row.bead.quality
            score, band = (str(quality.score), quality.band) if quality else ("", "")
            block = first + paragraph
            shown = (row.source, row.target, score, band, _issues(quality))
            yield (*shown, row.bead.origin, str(block), row.kind)
        first = block + 1


def _issues(quality: Quality | None) -> str:
    return "; ".join(f"{i.kind}: {i.message}" for i in quality.issues) if quality else ""


def _cell(text: str) -> str:
    cell = guarded(text.translate(_ESCAPES))
    return '"' + cell.replace('"', '""') + '"' if cell.startswith('"') else cell


def _text(cell: str) -> str:
    return _ESCAPED.sub(_unescape, unguarded(cell))


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + cell if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _unescape(match: re.Match[str]) -> str:
    code, name = match.groups()
    # An escape that is not ours was typed by someone: it stays.
    return chr(int(code, 16)) if code else _NAMED.get(name, match[0])


def read_bitexts(data: bytes, reading: Reading) -> tuple[Bitext, ...]:
    """Read a table as one document.

    With a header row, the columns may come in any order and only ``source`` and ``target``
    must be there.

    Raises:
        OptionError: if the reading's encoding is unknown.
        FormatError: if a row has no second column or a cell is not what its column says; the
            message has the row's number.
        InputError: if the bytes are no text or empty.
    """
    text = decode(data, reading.encoding, reading.source)
    head = [cell.strip().lower() for cell in text.split("\n", maxsplit=1)[0].split("\t")]
    records = _table(text, head) if {"source", "target"} <= {*head} else _plain(text)
    return (bitext_of_records(records, reading, first=1),)


def bitext_of_records(
    records: Iterable[tuple[int, dict[str, str]]], reading: Reading, *, first: int
) -> Bitext:
    """Return the bitext that the rows of a table tell.

    Args:
        records: number of a row, and its cells by column.
        reading: languages, and the name for messages.
        first: number of the row before which nothing was read, for messages.

    Raises:
        FormatError: if a row is not what its columns say, or there is none.
    """
    rows: list[Row] = []
    number = first
    try:
        for number, record in records:
            rows += row_of_record(number, record)
    except ValueError as error:
        raise FormatError(f"{reading.source}, row {number}: {error}") from error
    except csv.Error as error:
        raise FormatError(f"{reading.source}, after row {number}: {error}") from error
    if not rows:
        raise FormatError(f"{reading.source}: a header row and no other")
    source = Document(reading.language, (), source=reading.source)
    target = Document(reading.target_language, (), source=reading.source)
    return to_bitext(rows, source, target, Provenance())


def _table(text: str, head: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    rows = csv.reader(StringIO(text, newline=""), dialect="excel-tab")
    next(rows)
    for number, cells in enumerate(rows, 2):
        yield number, dict(zip(head, map(_text, cells), strict=False))


def _plain(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, dict(zip(COLUMNS, line.rstrip("\r").split("\t")[:2], strict=False))


def row_of_record(number: int, record: Mapping[str, str]) -> Iterator[Row]:
    """Yield the bead of a table's row; a blank row yields none.

    Args:
        number: of the row in its table.
        record: cells by the names of their columns.

    Raises:
        ValueError: if there is no target column, no text, or a cell is not what its column says.
    """
    if not any(cell.strip() for cell in record.values()):
        return
    if "target" not in record:
        raise ValueError("no second column; source and target are parted by a tab")
    source, target = record.get("source", "").strip(), record["target"].strip()
    if not source and not target:
        raise ValueError("neither source nor target has text")
    yield row_of((source, target), record, (), number)
