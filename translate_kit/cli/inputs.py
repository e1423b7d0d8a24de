"""FILE arguments to documents and bitexts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import translate_kit as tk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "STDIN",
    "bitexts_of",
    "bytes_of",
    "document_of",
    "documents_of",
    "names",
    "pieces_of",
]

STDIN = "-"


def names(files: Sequence[str]) -> tuple[str, ...]:
    """Return the inputs to read: those given, or standard input.

    Raises:
        OptionError: if standard input is named twice.
    """
    if list(files).count(STDIN) > 1:
        raise tk.OptionError("standard input (-) can be read only once; name it once")
    return tuple(files) or (STDIN,)


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == STDIN else tk.read_bytes(name)


def _called(name: str) -> str:
    return "standard input" if name == STDIN else name


def documents_of(
    name: str, form: str | None, language: str, encoding: str | None
) -> tuple[tk.Document, ...]:
    """Read a file of articles: in the named format, else by its suffix, else as text.

    Raises:
        InputError: if it cannot be read.
    """
    reading = tk.Reading(source=_called(name), language=language, encoding=encoding)
    return tk.read_documents(_bytes(name), form or tk.article_form(name), reading)


def pieces_of(name: str, encoding: str | None) -> Iterator[str]:
    """Read a plain text a piece at a time.

    Raises:
        InputError: if it cannot be read.
    """
    pieces = iter(lambda: sys.stdin.buffer.read(1 << 16), b"")
    return tk.decode_pieces(
        pieces if name == STDIN else tk.read_pieces(name), encoding, _called(name)
    )


def document_of(name: str, language: str, encoding: str | None) -> tk.Document:
    """Read a file of one article.

    Raises:
        InputError: if it cannot be read.
        OptionError: if it holds several.
    """
    documents = documents_of(name, None, language, encoding)
    if len(documents) > 1:
        raise tk.OptionError(f"{_called(name)} holds {len(documents)} articles; give one")
    return documents[0]


def bitexts_of(name: str, from_format: str | None, encoding: str | None) -> tuple[tk.Bitext, ...]:
    """Read a bilingual file.

    Raises:
        OptionError: if its format is not to be seen from its name.
        InputError: if it cannot be read.
    """
    if from_format is None:
        from_format = "jsonl" if name == STDIN else tk.format_for(name, "read").name
    data = _bytes(name)
    reading = tk.Reading(source=_called(name), encoding=encoding)
    return tk.read_bitexts(data, from_format, reading)


def bytes_of(name: str) -> tuple[bytes, str]:
    """Return what is in a file, and what to call it.

    Raises:
        InputError: if it cannot be read.
    """
    return _bytes(name), _called(name)
