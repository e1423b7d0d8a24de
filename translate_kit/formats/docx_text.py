"""Text in Word documents: our characters as runs, and paragraphs as texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate_kit.formats.safe_xml import FORBIDDEN, attributes, escape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

__all__ = ["TEXTS", "children", "paragraph_text", "pieces", "run", "setting"]

_MARKS = re.compile(rf"[\n\r\t]|{FORBIDDEN.pattern}")
_CODE = re.compile(r"(?!D[89A-F])[0-9A-F]{4}")  # half characters are no text
_WRITTEN = {"\n": "<w:br/>", "\r": "<w:cr/>", "\t": "<w:tab/>"}
_READ = {
    "br": "\n",
    "cr": "\r",
    "tab": "\t",
    "ptab": "\t",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
TEXTS = frozenset({"t", "sym", *_READ})
"""Elements that are text."""

_WRAPPERS = frozenset(
    "hyperlink ins moveTo smartTag sdt sdtContent fldSimple customXml bdo dir".split()
)
"""Elements around runs, or paragraphs, that are part of the text as it stands: what is deleted
under tracked changes (``del``, ``moveFrom``) is not."""

_OFF = ("0", "false", "off")


def run(text: str, *, language: str = "", bold: bool = False) -> str:
    """Return a run of text; what XML cannot hold is a symbol with its code."""
    parts: list[str] = []
    position = 0
    for match in _MARKS.finditer(text):
        parts += _plain(text[position : match.start()])
        code = f'<w:sym w:font="Symbol" w:char="{ord(match[0]):04X}"/>'
        parts.append(_WRITTEN.get(match[0], code))
        position = match.end()
    parts += _plain(text[position:])
    tag = f"<w:lang{attributes([('w:val', language)])}/>" if language else ""
    looks = f"<w:rPr>{'<w:b/>' * bold}{tag}</w:rPr>" if tag or bold else ""
    return f"<w:r>{looks}{''.join(parts)}</w:r>" if parts else ""


def _plain(text: str) -> Iterator[str]:
    if text:
        yield f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def setting(element: Element | None, name: str) -> str | None:
    """Return the value of a property (of ``pPr``, ``rPr``, ``trPr``), None without the property."""
    found = None if element is None else element.find(name)
    return None if found is None else found.get("val", "")


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements of that name in another, also through content controls and revisions."""
    for child in element:
        if child.tag == name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from children(child, name)


def paragraph_text(paragraph: Element) -> str:
    """Return the text of a paragraph: hidden text, notes and pictures are left out."""
    return "".join(map(_piece, pieces(paragraph)))


def pieces(paragraph: Element) -> Iterator[Element]:
    """Yield what stands in the runs of a paragraph that are not hidden: texts, breaks, tabs."""
    for run_ in children(paragraph, "r"):
        if setting(run_.find("rPr"), "vanish") in (None, *_OFF):
            yield from run_


def _piece(piece: Element) -> str:
    if piece.tag == "t":
        return piece.text or ""
    if piece.tag == "sym" and _CODE.fullmatch(piece.get("char", "")):
        character = chr(int(piece.get("char", ""), 16))
        return character if FORBIDDEN.match(character) else ""
    return _READ.get(piece.tag, "")
