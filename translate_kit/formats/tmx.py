"""TMX 1.4b, what translation memories exchange: a unit a bead.

Written are both texts and, as properties (``x-origin``, ``x-score``, ``x-band``, ``x-issue``,
``x-block``, ``x-kind``), what a bead and its block are; in the header, for every document, its
languages, title, name and model. Lost are word links, alternatives, signals, the places of
issues, and where the sentences of a bead with several part. Characters that XML cannot hold
stay in segments as placeholders of type ``x-char``.

A bead with one side is a unit with one variant: the DTD asks for no more, and no memory must
learn that a sentence's translation is nothing.

Read is any TMX. Inside a segment ``hi`` marks text and is kept; ``bpt``, ``ept``, ``it``, ``ph``
and ``ut`` hold codes of some other format, which are no language, and are left out, but a
placeholder of type ``lb`` is a line end. Region subtags go (``en-US`` is ``en``) where we have
data for the language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from translate_kit._version import __version__
from translate_kit.bitext import Bead, Issue, Provenance
from translate_kit.document import Document
from translate_kit.errors import FormatError
from translate_kit.formats.rows import Row, paragraphs, to_bitext, to_origin, to_quality
from translate_kit.formats.safe_xml import FORBIDDEN, attributes, escape, parse
from translate_kit.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from translate_kit.bitext import BeadText, Bitext
    from translate_kit.formats import Reading

__all__ = ["read_bitexts", "write_bitexts"]

_ANY = "*all*"
_CODE = re.compile(r"[0-9A-F]{4}")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return one TMX file of all documents."""
    return "".join(f"{line}\n" for line in _lines(bitexts)).encode("utf-8")


def _lines(bitexts: Sequence[Bitext]) -> Iterator[str]:
    languages = {bitext.source.language for bitext in bitexts}
    single = languages.pop() if len(languages) == 1 else _ANY
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
        yield from _header_properties(number, bitext)
    yield "</header>"
    yield "<body>"
    for number, bitext in enumerate(bitexts):
        place = [number] if len(bitexts) > 1 else []
        for row, paragraph in zip(bitext.rows(), paragraphs(bitext), strict=True):
            yield from _unit(row, bitext, (paragraph, *place), single)
    yield "</body>"
    yield "</tmx>"


def _property(name: str, value: object) -> Iterator[str]:
    if value is not None:
        yield f'<prop type="x-{name}">{escape(str(value))}</prop>'


def _header_properties(number: int, bitext: Bitext) -> Iterator[str]:
    # A group of properties for every document, the number first.
    yield from _property("document", number)
    yield from _property("source-language", bitext.source.language)
    yield from _property("target-language", bitext.target.language)
    yield from _property("source-title", bitext.source.title)
    yield from _property("target-title", bitext.target.title)
    yield from _property("source-name", bitext.source.source)
    yield from _property("target-name", bitext.target.source)
    yield from _property("tool", bitext.provenance.tool)
    yield from _property("model", bitext.provenance.model)
    yield from _property("digest", bitext.provenance.digest)


def _unit(row: BeadText, bitext: Bitext, place: Sequence[int], srclang: str) -> Iterator[str]:
    own = [("srclang", bitext.source.language)] if srclang == _ANY else []
    yield f"<tu{attributes(own)}>"
    for name, number in zip(("block", "document"), place, strict=False):
        yield from _property(name, number)
    yield from _property("kind", row.kind)
    yield from _property("origin", row.bead.origin)
    if row.bead.quality:
        yield from _property("score", row.bead.quality.score)
        yield from _property("band", row.bead.quality.band)
        for issue in row.bead.quality.issues:
            yield from _property("issue", f"{issue.kind}: {issue.message}")
    sides = ((bitext.source.language, row.source), (bitext.target.language, row.target))
    for language, text in sides:
        if text:
            yield f"<tuv{attributes([('xml:lang', language)])}><seg>{_segment(text)}</seg></tuv>"
    yield "</tu>"


def _segment(text: str) -> str:
    parts = []
    position = 0
    for match in FORBIDDEN.finditer(text):
        parts.append(escape(text[position : match.start()]))
        parts.append(f'<ph type="x-char">{ord(match[0]):04X}</ph>')
        position = match.end()
    return "".join(parts) + escape(text[position:])


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a ``tu`` says: its place in the file, properties, and texts by language tag."""

    number: int
    properties: tuple[tuple[str, str], ...]
    texts: dict[str, str]
    srclang: str | None

    def get(self, name: str) -> str | None:
        """Return the value of one of our properties, or None."""
        return dict(self.properties).get(f"x-{name}")


def read_bitexts(data: bytes, reading: Reading) -> tuple[Bitext, ...]:
    """Read every document of a TMX file; all units of a foreign one are one document.

    The header (or unit) names the source language; of several other languages the reading's
    target language is taken, or else the first that comes.

    Raises:
        OptionError: if the reading's encoding is unknown.
        FormatError: if it is no TMX or holds no unit in these languages.
        InputError: if an encoding is given and the bytes are not text in it.
    """
    root = parse(data, reading)
    header, body = root.find("header"), root.find("body")
    if root.tag != "tmx" or header is None or body is None:
        raise FormatError(f"{reading.source}: no TMX file (tmx with header and body expected)")
    try:
        units = [_read_unit(number, tu) for number, tu in enumerate(body.iterfind("tu"), 1)]
        return tuple(_documents(header, units, reading))
    except ValueError as error:
        raise FormatError(f"{reading.source}: {error}") from error


def _documents(header: Element, units: Sequence[_Unit], reading: Reading) -> Iterator[Bitext]:
    described = dict(_described(header))
    grouped = groupby(sorted(units, key=_document_number), key=_document_number)
    found = {number: list(group) for number, group in grouped} or {0: []}
    for number in sorted(described.keys() | found.keys()):
        about, own = described.get(number, {}), found.get(number, [])
        key = str if about else _language
        languages = _languages(about, own, header.get("srclang", _ANY), reading)
        rows = tuple(_rows(own, languages, key))
        if not rows and not about:
            present = ", ".join(sorted({tag for unit in own for tag in unit.texts})) or "none"
            pair = " or ".join(languages)
            raise FormatError(f"{reading.source}: no unit in {pair}; languages in it: {present}")
        shells = (
            Document(languages[0], (), about.get("source-title"), _name(about, "source", reading)),
            Document(languages[1], (), about.get("target-title"), _name(about, "target", reading)),
        )
        made = Provenance(about.get("tool", ""), about.get("model"), about.get("digest"))
        yield to_bitext(rows, *shells, made)


def _described(header: Element) -> Iterator[tuple[int, dict[str, str]]]:
    about: dict[str, str] = {}
    for name, value in _properties(header):
        if name == "x-document":
            about = {}
            yield int(value), about
        about[name.removeprefix("x-")] = value


def _name(about: dict[str, str], side: str, reading: Reading) -> str | None:
    return about.get(f"{side}-name") if about else reading.source


def _document_number(unit: _Unit) -> int:
    return int(unit.get("document") or 0)


def _properties(element: Element) -> tuple[tuple[str, str], ...]:
    return tuple((prop.get("type", ""), prop.text or "") for prop in element.iterfind("prop"))


def _read_unit(number: int, tu: Element) -> _Unit:
    texts: dict[str, str] = {}
    for tuv in tu.iterfind("tuv"):
        segment = tuv.find("seg")
        tag = tuv.get(_LANG) or tuv.get("lang")  # the latter up to TMX 1.2
        if segment is None or tag is None:
            raise ValueError(f"unit {number} has a variant without language or segment")
        if text := _text(segment).strip():
            texts.setdefault(tag, text)
    return _Unit(number, _properties(tu), texts, tu.get("srclang"))


def _text(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == "hi":
            parts.append(_text(child))
        elif child.tag == "ph":
            parts.append(_placeholder(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _placeholder(element: Element) -> str:
    kind, code = element.get("type"), element.text or ""
    if kind == "x-char" and _CODE.fullmatch(code) and FORBIDDEN.match(chr(int(code, 16))):
        return chr(int(code, 16))
    return "\n" if kind == "lb" else ""


def _language(tag: str) -> str:
    primary = tag.split("-", maxsplit=1)[0].lower()
    return primary if primary in LANGUAGES else tag


def _languages(
    about: dict[str, str], units: Sequence[_Unit], srclang: str, reading: Reading
) -> tuple[str, str]:
    if about:
        return about.get("source-language", ""), about.get("target-language", "")
    named = next((unit.srclang for unit in units if unit.srclang), srclang)
    source = reading.language if named.lower() == _ANY else _language(named)
    others = [_language(tag) for unit in units for tag in unit.texts if _language(tag) != source]
    wished = (reading.target_language, *others, reading.language)
    known = {*others} if others else {reading.target_language, reading.language} - {source}
    return source, next((tag for tag in wished if tag in known), reading.target_language)


def _rows(
    units: Sequence[_Unit], languages: tuple[str, str], key: Callable[[str], str]
) -> Iterator[Row]:
    for unit in units:
        texts: dict[str, str] = {}
        for tag, text in unit.texts.items():
            texts.setdefault(key(tag), text)
        source, target = (texts.get(language, "") for language in languages)
        if source or target:
            yield _row(unit, source, target)


def _row(unit: _Unit, source: str, target: str) -> Row:
    block = unit.get("block")
    bead = Bead(
        range(bool(source)),
        range(bool(target)),
        to_origin(unit.get("origin")),
        quality=to_quality(unit.get("score"), unit.get("band"), _issues(unit)),
    )
    # A foreign unit is a paragraph of its own; ours are numbered from 0.
    number = -unit.number if block is None else int(block)
    return Row(source, target, number, unit.get("kind") or "paragraph", bead)


def _issues(unit: _Unit) -> Iterator[Issue]:
    for name, value in unit.properties:
        if name == "x-issue":
            kind, _, message = value.partition(": ")
            yield Issue(kind, message)
