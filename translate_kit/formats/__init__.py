"""The table of formats, and reading and writing through it.

A format is a row of `FORMATS` and one or two modules of this package: one of its name for
bilingual files, and for articles the one the row names. They have, as the row says,

- ``read_document(data: bytes, reading: Reading) -> Document`` for articles,
- ``read_documents(data, reading) -> tuple[Document, ...]`` where a file holds several of them,
- ``write_documents(bitexts: Sequence[Bitext], original: bytes, reading: Reading) -> bytes`` for the
  same file in translation ("mirror"),
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
    "read_documents",
    "write_bitexts",
    "write_documents",
]

Use = Literal["document", "documents", "mirror", "read", "write"]
"""What a format can do: hold an article, or several; be written again with its article in
translation; be read as bilingual, be written as bilingual."""

_ARTICLE: tuple[Use, ...] = ("document", "documents", "mirror")
"""Uses that the article's module serves."""


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table.

    Args:
        name: as in ``--to NAME``.
        suffixes: of files, with the dot; the first is given to files we name.
        uses: what the module can do.
        summary: one line for help and README.
        article: the module that reads and mirrors articles.
    """

    name: str
    suffixes: tuple[str, ...]
    uses: frozenset[Use]
    summary: str
    article: str

    def module(self, use: Use) -> str:
        """Return the name of the module in this package that serves a use."""
        return self.article if use in _ARTICLE else self.name


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


def _row(
    name: str, suffixes: str, uses: tuple[Use, ...], summary: str, article: str | None = None
) -> Format:
    return Format(name, tuple(suffixes.split()), frozenset(uses), summary, article or name)


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        _row("text", ".txt", ("document", "write"), "the translation alone, a paragraph a line"),
        _row("tsv", ".tsv", ("read", "write"), "source, target, score, band and issues in columns"),
        _row("csv", ".csv", ("read", "write"), "the same, as spreadsheets open and save it"),
        _row(
            "jsonl",
            ".jsonl",
            ("document", "documents", "mirror", "read", "write"),
            "a bead a line, nothing is lost (interchange); in: a feed, an article a line",
            article="feed",
        ),
        _row(
            "md",
            ".md .markdown",
            ("document", "mirror", "write"),
            "a Markdown table, source beside translation; in: an article",
            article="md_reader",
        ),
        _row(
            "html",
            ".html .htm .xhtml",
            ("document", "mirror", "read", "write"),
            "a page to read, check and print side by side; in: a page's main article",
            article="html_reader",
        ),
        _row("tmx", ".tmx", ("read", "write"), "TMX 1.4b, for translation memories"),
        _row("xliff", ".xliff .xlf", ("read", "write"), "XLIFF 1.2, for translators' programs"),
        _row("xliff2", ".xlf2 .xliff2", ("read", "write"), "XLIFF 2.0, for newer ones"),
        _row(
            "docx",
            ".docx",
            ("document", "mirror", "read", "write"),
            "a Word document: a table of two columns to correct; in: an article",
            article="docx_mirror",
        ),
        _row("xlsx", ".xlsx", ("read", "write"), "an Excel workbook, text cells only, to edit"),
        _row(
            "epub",
            ".epub",
            ("document", "mirror", "write"),
            "a book, source and translation paragraph by paragraph",
            article="epub_reader",
        ),
        _row(
            "srt",
            ".srt",
            ("document", "mirror", "write"),
            "SubRip subtitles, both languages in a cue",
        ),
        _row(
            "vtt",
            ".vtt",
            ("document", "mirror", "write"),
            "WebVTT subtitles, both languages in a cue",
        ),
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
    return import_module(f"{__name__}.{row.module(use)}")


def read_document(data: bytes, name: str, reading: Reading) -> Document:
    """Read an article in the named format; its blocks are not segmented yet.

    Raises:
        OptionError: if the format holds no articles.
        InputError: if the bytes are not of that format, not text, or empty of text.
    """
    document: Document = _module(name, "document").read_document(data, reading)
    return document


def read_documents(data: bytes, name: str, reading: Reading) -> tuple[Document, ...]:
    """Read every article of a file in the named format; most formats hold one.

    Raises:
        OptionError: if the format holds no articles.
        InputError: if the bytes are not of that format, not text, or empty of text.
    """
    if name in FORMATS and "documents" in FORMATS[name].uses:
        documents: tuple[Document, ...] = _module(name, "documents").read_documents(data, reading)
        return documents
    return (read_document(data, name, reading),)


def write_documents(
    bitexts: Sequence[Bitext], name: str, original: bytes, reading: Reading
) -> bytes:
    """Return a file again with the articles in it in translation, all else as it was.

    Args:
        bitexts: the translations of what `read_documents` made of the original, in order.
        name: of the format.
        original: the file that was translated.
        reading: how it was read.

    Raises:
        OptionError: if the format cannot be written in this way.
        FormatError: if the original is not what was translated.
    """
    data: bytes = _module(name, "mirror").write_documents(bitexts, original, reading)
    return data


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
