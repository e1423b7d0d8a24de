r"""Comma-separated values as spreadsheets open and save them: a bead a row, a header row first.

Columns: those of `translate_kit.formats.tsv`, and ``seal``, which tells on reading whether a
person changed the target since (`translate_kit.formats.properties`). The file is UTF-8 with a
byte order mark, without which Excel reads it in the system's old encoding, and RFC 4180:
quotes where needed, line ends inside a cell as they are. What a cell cannot hold as it is:

- a cell that a spreadsheet would take for a formula (``= + - @`` in front) gets a ``'`` in front;
- a control character is ``\xNN``, and so is the backslash of text that looks like that.

All this is undone on reading. What is lost is as in `translate_kit.formats.tsv`. Files saved
with semicolons or tabs, as spreadsheets do in many countries, are read as well, and plain files
of two columns without a header row.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

from translate_kit.files import decode
from translate_kit.formats.properties import fingerprint
from translate_kit.formats.tsv import COLUMNS, bitext_of_records, guarded, records, unguarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading

__all__ = ["read_bitexts", "write_bitexts"]

_CODE = re.compile(r"\\x([0-9a-f]{2})")
# Line ends and tabs stand in quoted cells; a carriage return does as a part of a line end.
_ESCAPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85]|\r(?!\n)|\\(?=x[0-9a-f]{2})")
_MARK = "\ufeff"


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return the rows of all documents under one header row."""
    file = StringIO(newline="")
    file.write(_MARK)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([*COLUMNS, "seal"])
    for cells in records(bitexts):
        seal = f"{fingerprint(cells[0])}-{fingerprint(cells[1])}"
        writer.writerow([*map(_cell, cells), seal])
    return file.getvalue().encode("utf-8")


def _cell(text: str) -> str:
    return guarded(_ESCAPED.sub(lambda match: f"\\x{ord(match[0]):02x}", text))


def _text(cell: str) -> str:
    return _CODE.sub(lambda match: chr(int(match[1], 16)), unguarded(cell))


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
    return (bitext_of_records(_records(text), reading, first=0),)


def _records(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for delimiter in ",;\t":
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        head = [cell.strip().lower() for cell in next(rows)]
        if {"source", "target"} <= {*head}:
            for number, cells in enumerate(rows, 2):
                yield number, dict(zip(head, map(_text, cells), strict=False))
            return
    first = text.lstrip().split("\n", maxsplit=1)[0]
    rows = csv.reader(
        StringIO(text, newline=""), delimiter=next((d for d in ",;\t" if d in first), ",")
    )
    for number, cells in enumerate(rows, 1):
        yield number, dict(zip(COLUMNS, cells[:2], strict=False))
