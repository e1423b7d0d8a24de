"""A Word document again with its article in translation, all else as it was.

The XML is not written anew: the bytes of the translated paragraphs' texts are replaced in
place, so styles, pictures, headers, notes and whatever Word keeps there stay as they are. A
paragraph's translation takes the looks of the longest run of text in it; other runs are
emptied. A sentence without translation stands in its place as ``[untranslated: …]``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from xml.parsers import expat

from translate_kit.errors import FormatError
from translate_kit.formats.docx_article import paragraphs_of, read_document
from translate_kit.formats.docx_text import TEXTS, pieces
from translate_kit.formats.ooxml import Package, with_part
from translate_kit.formats.rows import is_untranslated, one_line
from translate_kit.formats.safe_xml import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from translate_kit.bitext import Bitext, Span
    from translate_kit.formats import Reading

__all__ = ["read_document", "write_documents"]

_EMPTY = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/>""")
_NAME = re.compile(rb"<([^\s/>]+)")
_WHOLE = frozenset({"page", "column"})
"""Breaks that part pages, not lines: they stay."""


def write_documents(bitexts: Sequence[Bitext], original: bytes, reading: Reading) -> bytes:
    """Return the original with its paragraphs in translation.

    Args:
        bitexts: one, the translation of what `read_document` made of the original.
        original: the Word document that was translated.
        reading: how it was read.

    Raises:
        FormatError: if the original is not what was translated, or its text is not in UTF-8.
    """
    (bitext,) = bitexts
    package = Package(original, reading)
    path = package.main("Word")
    root, data = package.part(path), package.unpacked(path)
    found = [] if root is None else list(paragraphs_of(package, path, root))
    if [block.text for _, block in found] != [block.text for block in bitext.source.blocks]:
        message = "is not the file that was translated; translate it again"
        raise FormatError(f"{reading.source} {message}")
    if root is None or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FormatError(f"{reading.source}: its text is not in UTF-8; save it in Word once")
    numbers = {element: number for number, element in enumerate(root.iter())}
    spans = _spans(data)
    changes: dict[Span, bytes] = {}
    for number, text in _texts(bitext).items():
        for element, content in _contents(found[number][0], text):
            start, end = spans[numbers[element]]
            name = _NAME.match(data, start)
            tag = name[1].decode("utf-8") if name else ""
            filled = f'<{tag} xml:space="preserve">{escape(content)}</{tag}>'
            changes[start, end] = filled.encode("utf-8") if content else b""
    return with_part(original, path, _spliced(data, changes), reading)


def _texts(bitext: Bitext) -> dict[int, str]:
    """Return for every source block with sentences its translation."""
    owners = bitext.source.sentence_blocks
    found: defaultdict[int, list[str]] = defaultdict(list)
    last = owners[0] if owners else 0
    for row in bitext.rows():
        if row.bead.source:
            last = owners[row.bead.source.start]
            for number in row.bead.source:
                found[owners[number]] += []  # a block whose sentences went elsewhere is emptied
        shown = row.target
        if is_untranslated(row):
            shown = f"[untranslated: {row.source or row.target}]"
        found[last].append(one_line(shown))
    return {number: " ".join(parts) for number, parts in found.items()}


def _contents(paragraph: Element, text: str) -> Iterator[tuple[Element, str]]:
    """Yield the elements of a paragraph's text with what each is to hold now."""
    texts = [
        piece
        for piece in pieces(paragraph)
        if piece.tag in TEXTS and piece.get("type") not in _WHOLE
    ]
    carrier = max((p for p in texts if p.tag == "t"), key=lambda p: len(p.text or ""), default=None)
    for piece in texts:
        yield piece, text if piece is carrier else ""


def _spans(data: bytes) -> list[Span]:
    """Return where every element begins and ends in the bytes, in order of their starts."""
    spans: list[Span] = []
    opened: list[int] = []
    parser = expat.ParserCreate()

    def start(_name: str, _attributes: object) -> None:
        opened.append(len(spans))
        spans.append((parser.CurrentByteIndex, 0))

    def end(_name: str) -> None:
        number, index = opened.pop(), parser.CurrentByteIndex
        begin = spans[number][0]
        empty = _EMPTY.match(data, begin)
        spans[number] = (begin, empty.end() if empty else data.index(b">", index) + 1)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)  # noqa: FBT003  pyexpat takes no keywords
    return spans


def _spliced(data: bytes, changes: dict[Span, bytes]) -> bytes:
    parts = []
    position = 0
    for (start, end), content in sorted(changes.items()):
        parts += [data[position:start], content]
        position = end
    return b"".join(parts) + data[position:]
