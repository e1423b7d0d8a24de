"""Reading TMX; what is read and how is said in `translate_kit.formats.tmx`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from translate_kit.errors import FormatError
from translate_kit.formats import inline
from translate_kit.formats.properties import document_of, issue_of, known_language, row_of
from translate_kit.formats.safe_xml import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading
    from translate_kit.formats.inline import Code
    from translate_kit.formats.rows import Row

__all__ = ["ANY", "DIALECT", "read_bitexts"]

ANY = "*all*"
"""What TMX calls a source language that is not one for all units."""

DIALECT = inline.Dialect(
    "tmx",
    frozenset({"hi"}),
    frozenset("bpt ept it ph ut".split()),
    "type",
    '<ph type="x-char">{code:04X}</ph>',
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_Segment = tuple[str, tuple["Code", ...]]
_NO_SEGMENT: _Segment = ("", ())


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a ``tu`` says: its place in the file, properties, and segments by language tag."""

    number: int
    properties: tuple[tuple[str, str], ...]
    segments: dict[str, _Segment]
    srclang: str | None

    @property
    def told(self) -> dict[str, str]:
        """Values of our properties by their names."""
        return {name.removeprefix("x-"): value for name, value in self.properties}


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
        key = str if about else known_language
        languages = _languages(about, own, header.get("srclang", ANY), reading)
        pairs = list(_rows(own, languages, key))
        if not pairs and not about:
            present = ", ".join(sorted({tag for unit in own for tag in unit.segments})) or "none"
            pair = " or ".join(languages)
            raise FormatError(f"{reading.source}: no unit in {pair}; languages in it: {present}")
        told = about or {
            "source-language": languages[0],
            "target-language": languages[1],
            "source-name": reading.source,
            "target-name": reading.source,
        }
        bitext = document_of([row for row, _ in pairs], told, reading)
        yield inline.attach(bitext, [codes for _, codes in pairs], DIALECT)


def _described(header: Element) -> Iterator[tuple[int, dict[str, str]]]:
    about: dict[str, str] = {}
    for name, value in _properties(header):
        if name == "x-document":
            about = {}
            yield int(value), about
        about[name.removeprefix("x-")] = value


def _document_number(unit: _Unit) -> int:
    return int(unit.told.get("document") or 0)


def _properties(element: Element) -> tuple[tuple[str, str], ...]:
    return tuple((prop.get("type", ""), prop.text or "") for prop in element.iterfind("prop"))


def _read_unit(number: int, tu: Element) -> _Unit:
    segments: dict[str, _Segment] = {}
    for tuv in tu.iterfind("tuv"):
        segment = tuv.find("seg")
        tag = tuv.get(_LANG) or tuv.get("lang")  # the latter up to TMX 1.2
        if segment is None or tag is None:
            raise ValueError(f"unit {number} has a variant without language or segment")
        text, codes = inline.read(segment, DIALECT)
        if text:
            segments.setdefault(tag, (text, codes))
    return _Unit(number, _properties(tu), segments, tu.get("srclang"))


def _languages(
    about: dict[str, str], units: Sequence[_Unit], srclang: str, reading: Reading
) -> tuple[str, str]:
    if about:
        return about.get("source-language", ""), about.get("target-language", "")
    named = next((unit.srclang for unit in units if unit.srclang), srclang)
    source = reading.language if named.lower() == ANY else known_language(named)
    tags = (known_language(tag) for unit in units for tag in unit.segments)
    others = [tag for tag in tags if tag != source]
    wished = (reading.target_language, *others, reading.language)
    known = {*others} if others else {reading.target_language, reading.language} - {source}
    return source, next((tag for tag in wished if tag in known), reading.target_language)


def _rows(
    units: Sequence[_Unit], languages: tuple[str, str], key: Callable[[str], str]
) -> Iterator[tuple[Row, tuple[tuple[Code, ...], tuple[Code, ...]]]]:
    for unit in units:
        segments: dict[str, _Segment] = {}
        for tag, segment in unit.segments.items():
            segments.setdefault(key(tag), segment)
        source, target = (segments.get(language, _NO_SEGMENT) for language in languages)
        if source[0] or target[0]:
            issues = [issue_of(value) for name, value in unit.properties if name == "x-issue"]
            row = row_of((source[0], target[0]), unit.told, issues, unit.number)
            yield row, (source[1], target[1])
