"""Reading XLIFF 2: a segment is a bead; the segments of a unit are a paragraph.

What is written is said in `translate_kit.formats.xliff2`. A unit of ours that a program has
parted into segments is put together again, for the bead is to be kept.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING

from translate_kit.bitext import Alternative, Issue, Match
from translate_kit.formats import inline
from translate_kit.formats.properties import document_of, known_language, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading
    from translate_kit.formats.inline import Code
    from translate_kit.formats.rows import Row

__all__ = [
    "CATEGORY",
    "DIALECT",
    "MATCHES",
    "METADATA",
    "NAMESPACE",
    "NEWER",
    "SIMILAR",
    "read_files",
]

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
NEWER = (f"{{{NAMESPACE}}}", "{urn:oasis:names:tc:xliff:document:2.2}")
"""Namespaces of versions 2.0 and 2.1, and of 2.2, as tags begin with them."""

CATEGORY = "translate-kit"
"""Of our metadata, and the prefix of our ``subState``."""

SIMILAR = "similar in memory"
"""Our ``origin`` of what a memory has of similar sentences."""

DIALECT = inline.Dialect(
    "xliff2",
    frozenset({"pc", "mrk"}),
    frozenset("ph sc ec sm em".split()),
    "type",
    '<cp hex="{code:04X}"/>',
    frozenset("dataRef dataRefStart dataRefEnd".split()),
)
_Side = tuple[str, tuple["Code", ...]]
_Read = tuple["Row", tuple[tuple["Code", ...], tuple["Code", ...]]]


def read_files(root: Element, space: str, reading: Reading) -> Iterator[Bitext]:
    """Yield a bitext for every ``file`` with text.

    Args:
        root: the ``xliff`` element.
        space: its namespace in braces.
        reading: how the input is read.

    Raises:
        ValueError: if a value of ours is broken.
    """
    for file in root.iter(f"{space}file"):
        told = _told(file) or {
            "source-language": known_language(root.get("srcLang", "")),
            "target-language": known_language(root.get("trgLang", "")),
            "source-name": file.get("original") or reading.source,
            "target-name": reading.source,
        }
        units = [
            found
            for number, unit in enumerate(file.iter(f"{space}unit"), 1)
            for found in _read_unit(number, unit, space)
        ]
        if units or "tool" in told:
            bitext = document_of([row for row, _ in units], told, reading)
            yield inline.attach(bitext, [codes for _, codes in units], DIALECT)


def _told(element: Element) -> dict[str, str]:
    """Return our metadata of a file, a unit or a match."""
    return {
        meta.get("type", ""): meta.text or ""
        for group in element.iterfind(f"{{{METADATA}}}metadata/{{{METADATA}}}metaGroup")
        if group.get("category") == CATEGORY
        for meta in group.iterfind(f"{{{METADATA}}}meta")
    }


def _read_unit(number: int, unit: Element, space: str) -> Iterator[_Read]:
    told = _told(unit)
    segments = [
        (_side(part.find(f"{space}source")), _side(part.find(f"{space}target")))
        for part in unit.iterfind(f"{space}segment")
    ]
    if told and len(segments) > 1:
        segments = [_put_together(unit, space)]
    issues = [
        Issue(note.get("category", ""), note.text or "")
        for note in unit.iterfind(f"{space}notes/{space}note")
        if note.get("id", "").startswith("issue") and "score" in told and note.get("category")
    ]
    others, matches = tuple(_alternatives(unit, space)), tuple(_matches(unit, space))
    for source, target in segments:
        if source[0] or target[0]:
            row = row_of((source[0], target[0]), told, issues, number)
            row = replace(row, bead=replace(row.bead, alternatives=others, matches=matches))
            yield row, (source[1], target[1])


def _side(element: Element | None) -> _Side:
    return ("", ()) if element is None else inline.read(element, DIALECT)


def _put_together(unit: Element, space: str) -> tuple[_Side, _Side]:
    """Return the sides of a unit that was parted, with what is between the segments."""
    sources, targets = "", ""
    for part in unit:
        if part.tag in (f"{space}segment", f"{space}ignorable"):
            source, target = part.find(f"{space}source"), part.find(f"{space}target")
            sources += _text(source)
            between = source if part.tag == f"{space}ignorable" else None
            targets += _text(between if target is None else target)
    return (sources.strip(), ()), (targets.strip(), ())


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    blank = (element.text or "") if len(element) == 0 else None
    return blank if blank is not None else inline.read(element, DIALECT)[0]


def _alternatives(unit: Element, space: str) -> Iterator[Alternative]:
    for _, target, score in _candidates(unit, space, "alternative", "score"):
        yield Alternative(target, score)


def _matches(unit: Element, space: str) -> Iterator[Match]:
    for source, target, similarity in _candidates(unit, space, SIMILAR, "similarity"):
        if source and target:
            yield Match(source, target, similarity)


def _candidates(
    unit: Element, space: str, origin: str, number: str
) -> Iterator[tuple[str, str, float]]:
    """Yield source, target and a number in our metadata of the candidates of an origin."""
    for match in unit.iterfind(f"{{{MATCHES}}}matches/{{{MATCHES}}}match"):
        target = match.find(f"{space}target")
        if match.get("origin") == origin and target is not None:
            value = float(_told(match).get(number, "nan"))
            if isfinite(value):
                yield _side(match.find(f"{space}source"))[0], _side(target)[0], value
