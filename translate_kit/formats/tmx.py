"""TMX 1.4b, what translation memories exchange: a unit a bead.

Written are both texts and, as properties (``x-origin``, ``x-score``, ``x-band``, ``x-issue``,
``x-block``, ``x-kind``, ``x-model``, ``x-seal`` …), what a bead and its block are; in the
header, for every document, its languages, title, name and model. Lost are word links,
alternatives, matches, signals and options. Characters that XML cannot hold stay in segments as
placeholders of type ``x-char``.

A bead with one side is a unit with one variant: the DTD asks for no more, and no memory must
learn that a sentence's translation is nothing.

Read is any TMX. Inside a segment ``hi`` marks text; ``bpt``, ``ept``, ``it``, ``ph`` and ``ut``
hold codes of some other format, which are no language: they are left out of the text and come
back when the same sentences are written as TMX (`translate_kit.formats.inline`). A placeholder
of type ``lb`` is a line end. Region subtags go (``en-US`` is ``en``) where we have data for the
language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit._version import __version__
from translate_kit.formats import inline
from translate_kit.formats.properties import (
    bead_properties,
    document_properties,
    made_by,
    shown_rows,
)
from translate_kit.formats.safe_xml import attributes, escape
from translate_kit.formats.tmx_reader import ANY, DIALECT, read_bitexts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.formats.inline import Code
    from translate_kit.formats.rows import Row

__all__ = ["read_bitexts", "write_bitexts"]


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return one TMX file of all documents."""
    return "".join(f"{line}\n" for line in _lines(bitexts)).encode("utf-8")


def _lines(bitexts: Sequence[Bitext]) -> Iterator[str]:
    languages = {bitext.source.language for bitext in bitexts}
    single = languages.pop() if len(languages) == 1 else ANY
    header = (
        ("creationtool", "translate-kit"),
        ("creationtoolversion", __version__),
        ("segtype", "sentence"),
        ("o-tmf", "translate-kit"),
        ("adminlang", "en"),
        ("srclang", single),
        ("datatype", "plaintext"),
    )
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    yield '<tmx version="1.4">'
    yield f"<header{attributes(header)}>"
    for number, bitext in enumerate(bitexts):
        # A group of properties for every document, the number first.
        yield from _properties([("document", str(number)), *document_properties(bitext)])
    yield "</header>"
    yield "<body>"
    for number, bitext in enumerate(bitexts):
        place = [("document", str(number))] if len(bitexts) > 1 else []
        codes = inline.collect(bitext, DIALECT)
        for row, sides in zip(shown_rows(bitext), codes, strict=True):
            own = [("srclang", bitext.source.language)] if single == ANY else []
            yield f"<tu{attributes(own)}>"
            yield from _properties([*place, *bead_properties(row)])
            yield from _properties([*_model(row, bitext), *_issues(row)])
            yield from _variants(row, bitext, sides)
            yield "</tu>"
    yield "</body>"
    yield "</tmx>"


def _properties(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in pairs:
        yield f'<prop type="x-{name}">{escape(value)}</prop>'


def _model(row: Row, bitext: Bitext) -> Iterator[tuple[str, str]]:
    # Memories part units from their header, so the model is told with each.
    origin = made_by(row, bitext)
    if origin is not None and row.bead.origin == "model":
        yield "model", origin


def _issues(row: Row) -> Iterator[tuple[str, str]]:
    for issue in row.bead.quality.issues if row.bead.quality else ():
        yield "issue", f"{issue.kind}: {issue.message}"


def _variants(
    row: Row, bitext: Bitext, codes: tuple[tuple[Code, ...], tuple[Code, ...]]
) -> Iterator[str]:
    for side, document in enumerate((bitext.source, bitext.target)):
        if text := row.text(side):
            segment = inline.write(text, codes[side], DIALECT)
            language = attributes([("xml:lang", document.language)])
            yield f"<tuv{language}><seg>{segment}</seg></tuv>"
