"""Word documents as articles: titles, headings, paragraphs, lists and quotes in reading order.

Kinds come from the styles' own names in Word's list (``Title``, ``heading 1``, ``Quote``,
``Caption``, …), which are English in every language's Word, from outline levels and from list
numbering. Cells of tables are paragraphs. Left out are headers and footers, notes, comments,
text boxes, pictures, hidden text and what is deleted under revision marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.document import Block, Document
from translate_kit.errors import EmptyInputError
from translate_kit.formats.docx_text import children, paragraph_text, setting
from translate_kit.formats.ooxml import Package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from translate_kit.formats import Reading

__all__ = ["paragraphs_of", "read_document"]

_KINDS = {
    "title": "title",
    "subtitle": "heading",
    "quote": "quote",
    "intense quote": "quote",
    "caption": "caption",
    "html preformatted": "code",
    "macro": "code",
}
_LEVELS = frozenset("012345678")  # of outlines and lists; the outline level 9 is body text
_FARTHEST = 20
"""Styles a style may be based on one after the other; Word has fewer."""


def read_document(data: bytes, reading: Reading) -> Document:
    """Read an article; its blocks are not segmented yet.

    A block's attribute ``level`` is that of a heading or list item, from 1.

    Raises:
        FormatError: if it is no Word document, or a part of it is broken or too large.
        EmptyInputError: if there is no text in it.
    """
    package = Package(data, reading)
    path = package.main("Word")
    root = package.part(path)
    found = () if root is None else paragraphs_of(package, path, root)
    blocks = tuple(block for _, block in found)
    if not blocks:
        raise EmptyInputError(f"{reading.source}: no text in it; give an input that has some")
    title = next((block.text for block in blocks if block.kind == "title"), None)
    return Document(reading.language, blocks, title, reading.source)


def paragraphs_of(package: Package, path: str, root: Element) -> Iterator[tuple[Element, Block]]:
    """Yield the paragraphs with text of a document's main part, and the block each is.

    Raises:
        FormatError: if the part with the styles is broken or too large.
    """
    styles = next((p for kind, p in package.related(path).values() if kind == "styles"), "")
    looks = _Styles(package.part(styles))
    for body in root.iterfind("body"):
        yield from _blocks(body, looks)


def _blocks(element: Element, looks: _Styles) -> Iterator[tuple[Element, Block]]:
    for child in element:
        if child.tag == "p":
            text = paragraph_text(child).strip()
            if text:
                kind, level = looks.kind_of(child)
                told = (("level", level),) if level else ()
                yield child, Block(kind, text, attributes=told)
        elif child.tag == "tbl":
            for row in children(child, "tr"):
                for cell in children(row, "tc"):
                    yield from _blocks(cell, looks)
        elif child.tag in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            yield from _blocks(child, looks)


class _Styles:
    """Paragraph styles by their identifiers."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iterfind("style")
        self._styles = {style.get("styleId", ""): style for style in found}

    def kind_of(self, paragraph: Element) -> tuple[str, str]:
        """Return kind and level of a paragraph; the level is empty where there is none."""
        kind, level = "paragraph", ""
        for looks, name in self._chain(paragraph):
            outline = setting(looks, "outlineLvl")
            if name in _KINDS:
                return _KINDS[name], level
            if name.startswith("heading ") and name[8:].isdecimal():
                return "heading", name[8:]
            if outline is not None and outline in _LEVELS:
                return "heading", str(int(outline) + 1)
            if kind == "paragraph" and (name.startswith("list ") or _numbered(looks)):
                kind, level = "item", _list_level(looks)
        return kind, level

    def _chain(self, paragraph: Element) -> Iterator[tuple[Element | None, str]]:
        """Yield a paragraph's own properties, and those and the name of every style it has."""
        looks = paragraph.find("pPr")
        yield looks, ""
        identifier = setting(looks, "pStyle")
        for _ in range(_FARTHEST):
            style = self._styles.get(identifier or "")
            if style is None:
                return
            yield style.find("pPr"), (setting(style, "name") or "").lower()
            identifier = setting(style, "basedOn")


def _numbered(looks: Element | None) -> bool:
    # Numbering 0 takes a paragraph out of the list its style puts it in.
    numbering = None if looks is None else looks.find("numPr")
    return setting(numbering, "numId") not in {None, "0"}


def _list_level(looks: Element | None) -> str:
    numbering = None if looks is None else looks.find("numPr")
    level = setting(numbering, "ilvl") or "0"
    return str(int(level) + 1) if level in _LEVELS else "1"
