"""The table of formats, and reading and writing through it.

A format is a module of this package and a row of `FORMATS`. The module has, as the row says,

- ``read_document(data: bytes, reading: Reading) -> Document`` for articles,
- ``read_bitexts(data: bytes, reading: Reading) -> tuple[Bitext, ...]`` for bilingual files,
- ``write_bitexts(bitexts: Sequence[Bitext]) -> bytes`` for bilingual files.

Option choices, the README's table and the round-trip tests all come from the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from translate_kit.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.document import Document

__all__ = [
    "FORMATS",
    "Format",
    "Reading",
    "Use",
    "format_for",
    "formats_with",
    "read_bitexts",
    "read_document",
    "write_bitexts",
]

Use = Literal["document", "read", "write"]
"""What a format can do: hold an article, be read as bilingual, be written as bilingual."""


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table.

    Args:
        name: as in ``--to NAME``.
        suffixes: of files, with the dot; the first is given to files we name.
        uses: what the module can do.
        summary: one line for help and README.
    """

    name: str
    suffixes: tuple[str, ...]
    uses: frozenset[Use]
    summary: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read an input.

    Args:
        source: name of the input for messages and outputs (``-`` is standard input).
        language: BCP 47 tag of an article's language.
        target_language: of the other side, for bilingual files that do not name it.
        encoding: a codec's name; None reads UTF-8, and UTF-16 where a byte order mark says so.
    """

    source: str = "-"
    language: str = "id"
    target_language: str = "en"
    encoding: str | None = None


def _row(name: str, suffixes: str, uses: tuple[Use, ...], summary: str) -> Format:
    return Format(name, tuple(suffixes.split()), frozenset(uses), summary)


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        _row("text", ".txt", ("document", "write"), "the translation alone, a paragraph a line"),
        _row("tsv", ".tsv", ("read", "write"), "source, target, score, band and issues in columns"),
        _row("csv", ".csv", ("read", "write"), "the same, as spreadsheets open and save it"),
        _row("jsonl", ".jsonl", ("read", "write"), "a bead a line; nothing is lost (interchange)"),
        _row("md", ".md", ("write",), "a Markdown table, source beside translation"),
        _row(
            "html", ".html .htm", ("read", "write"), "a page to read, check and print side by side"
        ),
        _row("tmx", ".tmx", ("read", "write"), "TMX 1.4b, for translation memories"),
        _row("xliff", ".xliff .xlf", ("read", "write"), "XLIFF 1.2, for translators' programs"),
        _row("xliff2", ".xlf2 .xliff2", ("read", "write"), "XLIFF 2.0, for newer ones"),
        _row(
            "docx",
            ".docx",
            ("document", "read", "write"),
            "a Word document: articles in, a table of two columns to correct out",
        ),
        _row("xlsx", ".xlsx", ("read", "write"), "an Excel workbook, text cells only, to edit"),
    )
}


def formats_with(use: Use) -> tuple[str, ...]:
    """Return the names of the formats that can do this, in the table's order."""
    return tuple(name for name, row in FORMATS.items() if use in row.uses)


def format_for(path: str, use: Use) -> Format:
    """Return the format that a file's suffix names.

    Raises:
        OptionError: if no format with that use has this suffix.
    """
    suffix = PurePath(path).suffix.lower()
    for row in FORMATS.values():
        if suffix in row.suffixes and use in row.uses:
            return row
    option = "--to" if use == "write" else "--from"
    known = ", ".join(formats_with(use))
    raise OptionError(f"no format for {path!r} by its suffix; name one with {option} ({known})")


def _module(name: str, use: Use) -> Any:
    row = FORMATS.get(name)
    if row is None or use not in row.uses:
        known = ", ".join(formats_with(use))
        raise OptionError(f"format {name!r} cannot be used here; choose from {known}")
    return import_module(f"{__name__}.{name}")


def read_document(data: bytes, name: str, reading: Reading) -> Document:
    """Read an article in the named format; its blocks are not segmented yet.

    Raises:
        OptionError: if the format holds no articles.
        InputError: if the bytes are not of that format, not text, or empty of text.
    """
    document: Document = _module(name, "document").read_document(data, reading)
    return document


def read_bitexts(data: bytes, name: str, reading: Reading) -> tuple[Bitext, ...]:
    """Read a bilingual file in the named format: one bitext for every document in it.

    Raises:
        OptionError: if the format cannot be read as bilingual.
        InputError: if the bytes are not of that format, not text, or hold no beads.
    """
    bitexts: tuple[Bitext, ...] = _module(name, "read").read_bitexts(data, reading)
    return bitexts


def write_bitexts(bitexts: Sequence[Bitext], name: str) -> bytes:
    """Return bilingual documents in the named format.

    Raises:
        OptionError: if the format cannot be written.
    """
    data: bytes = _module(name, "write").write_bitexts(bitexts)
    return data
