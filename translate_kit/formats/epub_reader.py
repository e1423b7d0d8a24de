"""EPUB books (2 and 3): every chapter in reading order, and the book back in translation.

A chapter's text is read as it stands; the table of contents, notes by the publisher's program
and what is hidden are not. Written back, every other file of the book stays as it is, the
contents' labels too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING
from urllib.parse import unquote

from translate_kit.document import Document
from translate_kit.errors import EmptyInputError, EncodingError, FormatError
from translate_kit.files import decode
from translate_kit.formats.html_reader import MAX_TAGS, check_depth, parse_page
from translate_kit.formats.html_runs import block_of, find_runs, local, put
from translate_kit.formats.mirror import translated
from translate_kit.formats.safe_xml import FORBIDDEN, parse
from translate_kit.formats.safe_zip import Container, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element as PlainElement

    from lxml.etree import _Element as Element

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading
    from translate_kit.formats.html_runs import Run

__all__ = ["MAX_CHAPTERS", "read_document", "write_documents"]

MAX_CHAPTERS = 2_000

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,40});")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_ROOT_FILE = "META-INF/container.xml"
_LANGUAGE = re.compile(rb"(<dc:language[^>]{0,200}>)[^<]{0,100}(</dc:language\s*>)")


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A content document of the book."""

    name: str
    root: Element
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Book:
    """The container, the name of its package file, its title and chapters."""

    container: Container
    package: str
    title: str | None
    chapters: tuple[_Chapter, ...]

    @property
    def runs(self) -> list[Run]:
        """All text in reading order."""
        return [run for chapter in self.chapters for run in chapter.runs]


def read_document(data: bytes, reading: Reading) -> Document:
    """Read a book.

    Raises:
        FormatError: if it is no EPUB, is broken, or larger or nested deeper than the limits.
        EmptyInputError: if it holds no text.
    """
    book = _book(data, reading)
    blocks = tuple(
        block_of(run, (("chapter", chapter.name),))
        for chapter in book.chapters
        for run in chapter.runs
    )
    if not blocks:
        raise EmptyInputError(f"{reading.source}: no text in its chapters")
    return Document(reading.language, blocks, book.title, reading.source)


def write_documents(bitexts: Sequence[Bitext], original: bytes, reading: Reading) -> bytes:
    """Return the book with its chapters in translation.

    Raises:
        FormatError: if the original is not what was translated.
    """
    from lxml import etree  # noqa: PLC0415  costs 20 ms: only for books

    (bitext,) = bitexts
    language = bitext.target.language
    book = _book(original, reading)
    for run, new in zip(
        book.runs, translated(bitext, [run.marked for run in book.runs]), strict=True
    ):
        if new is not None:
            put(run, new)
    changed: dict[str, bytes] = {}
    for chapter in book.chapters:
        for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang"):
            if name in chapter.root.attrib or name != "lang":
                chapter.root.set(name, language)
        text = etree.tostring(chapter.root.getroottree(), encoding="utf-8", xml_declaration=True)
        if chapter.root.tag == "html":  # was no XML, so it has no namespace
            text = text.replace(b"<html", b'<html xmlns="http://www.w3.org/1999/xhtml"', 1)
        changed[chapter.name] = text
    package = book.container.read(book.package)
    tag = rb"\g<1>" + language.encode() + rb"\g<2>"
    changed[book.package] = _LANGUAGE.sub(tag, package, count=1)
    names = sorted(dict.fromkeys(book.container.names), key=lambda name: name != "mimetype")
    return written([(name, changed.get(name) or book.container.read(name)) for name in names])


def _book(data: bytes, reading: Reading) -> _Book:
    container = Container(data, reading.source)
    rootfile = _find(parse(container.read(_ROOT_FILE), reading), "rootfile")
    package = rootfile.get("full-path") if rootfile is not None else None
    if not package:
        raise FormatError(f"{reading.source}: names no package file; is it an EPUB?")
    root = parse(container.read(container.resolve("", package)), reading)
    title = _find(root, "title")
    names = list(_spine(root, container, package))
    if len(names) > MAX_CHAPTERS:
        raise FormatError(f"{reading.source}: more than {MAX_CHAPTERS} chapters; refused")
    chapters = tuple(_chapter(name, container.read(name), reading) for name in names)
    words = " ".join((title.text or "").split()) if title is not None else ""
    return _Book(container, package, words or None, chapters)


def _find(root: PlainElement, name: str) -> PlainElement | None:
    return next((e for e in root.iter() if e.tag.rpartition("}")[2] == name), None)


def _spine(root: PlainElement, container: Container, package: str) -> Iterator[str]:
    """Yield the names of the chapters in reading order, each once."""
    items: dict[str, PlainElement] = {}
    order: dict[str, None] = {}
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name == "item" and element.get("id"):
            items.setdefault(str(element.get("id")), element)
        elif name == "itemref" and element.get("idref"):
            order.setdefault(str(element.get("idref")))
    seen: set[str] = set()
    for reference in order:
        item = items.get(reference)
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        if "html" in (item.get("media-type") or "") and item.get("href"):
            path = unquote(str(item.get("href"))).partition("#")[0]
            name = container.resolve(package, path)
            if name not in seen:
                seen.add(name)
                yield name


def _chapter(name: str, data: bytes, reading: Reading) -> _Chapter:
    place = f"{reading.source}, {name}"
    try:
        text = decode(data, _declared(data), place)
    except EmptyInputError:
        text = "<html/>"
    except EncodingError as error:
        raise FormatError(f"{place}: not in the encoding it says; the book is broken") from error
    root = _parsed(text, place)
    body = next((child for child in root if local(child) == "body"), root)
    return _Chapter(name, root, tuple(find_runs(body, _hidden)))


def _declared(data: bytes) -> str | None:
    """Return the encoding of the XML declaration; UTF-8 and UTF-16 are known without it."""
    match = re.match(rb"[^<]{0,4}<\?xml[^>]{0,200}encoding=[\"']([A-Za-z0-9._-]{1,40})", data)
    name = match[1].decode().lower() if match else ""
    return name if name and not name.startswith("utf") else None


def _parsed(text: str, place: str) -> Element:
    """Return the tree of a chapter: XML as it must be, else HTML as it is."""
    from lxml import etree  # noqa: PLC0415  costs 20 ms: only for books

    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise FormatError(f"{place}: entities are not allowed; the book is broken or an attack")
    if text.count("<") > MAX_TAGS:
        raise FormatError(f"{place}: more than {MAX_TAGS} tags; refused")
    known = _ENTITY.sub(_character, FORBIDDEN.sub("\ufffd", text))
    known = re.sub(r"^\s*<\?xml[^>]*\?>", "", known)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=False
    )
    try:
        root: Element = etree.fromstring(known.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        root = parse_page(known, place)
    check_depth(root, place)
    return root


def _character(match: re.Match[str]) -> str:
    """Return the character that HTML knows by this name; XML knows five of them."""
    name = match[1]
    return match[0] if name in _XML_OWN else html5.get(f"{name};", f"&amp;{name};")


def _hidden(element: Element) -> bool:
    return element.get("hidden") is not None or local(element) == "nav"
