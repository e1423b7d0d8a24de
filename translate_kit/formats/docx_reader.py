"""Reading tables of two columns in Word documents, ours and others, edited or not.

What is written, and what is lost, is said in `translate_kit.formats.docx`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.errors import FormatError
from translate_kit.formats.docx_text import children, paragraph_text
from translate_kit.formats.ooxml import Package
from translate_kit.formats.properties import document_of, fingerprint, issue_of, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading
    from translate_kit.formats.rows import Row

__all__ = ["SPACE", "read_bitexts"]

SPACE = "urn:translate-kit:beads"
"""Namespace of the part that holds what the tables do not show."""

_HEADS = ("source", "target")
_Texts = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Bead:
    """What our part says of a bead: properties, and issues as ``kind: message``."""

    told: dict[str, str]
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What our part says of a document."""

    told: dict[str, str]
    beads: tuple[_Bead, ...]


_NOTHING = _Bead({}, ())


def read_bitexts(data: bytes, reading: Reading) -> tuple[Bitext, ...]:
    """Read the tables of a Word document: a bitext for each, or one of all in foreign files.

    The first two columns are source and target; header rows are left out.

    Raises:
        FormatError: if it is no Word document, a part of it is broken or too large, it has no
            table with text in two columns, or a property of ours is broken.
    """
    package = Package(data, reading)
    root = package.part(package.main("Word"))
    tables = [] if root is None else [list(_texts(table)) for table in _tables(root)]
    tables = [table for table in tables if table]
    told = list(_kept(package))
    if not tables and (not told or any(document.beads for document in told)):
        raise FormatError(f"{reading.source}: no table of two columns, source and target, in it")
    try:
        if not told:
            rows = list(_rows([pair for table in tables for pair in table], ()))
            return (document_of(rows, {}, reading),)
        return tuple(_documents(tables, told, reading))
    except ValueError as error:
        raise FormatError(f"{reading.source}: {error}") from error


def _documents(
    tables: Sequence[Sequence[_Texts]], told: Sequence[_Told], reading: Reading
) -> Iterator[Bitext]:
    """Yield a bitext for every document of ours; those without beads have no table to read."""
    left = list(tables)
    for document in told:
        table = left.pop(0) if document.beads and left else []
        yield document_of(list(_rows(table, document.beads)), document.told, reading)
    if left:  # tables that people added
        yield document_of(list(_rows([pair for table in left for pair in table], ())), {}, reading)


# The tables


def _tables(root: Element) -> Iterator[Element]:
    for body in root.iterfind("body"):
        yield from children(body, "tbl")


def _texts(table: Element) -> Iterator[_Texts]:
    for row in children(table, "tr"):
        looks = row.find("trPr")
        head = looks is not None and looks.find("tblHeader") is not None
        gone = looks is not None and looks.find("del") is not None
        cells = [_cell(cell) for cell in children(row, "tc")]
        named = tuple(cell.lower() for cell in cells[:2]) == _HEADS
        if len(cells) >= 2 and any(cells[:2]) and not (head or gone or named):
            yield cells[0], cells[1]


def _cell(cell: Element) -> str:
    return "\n".join(map(paragraph_text, children(cell, "p"))).strip()


# What the tables do not show


def _kept(package: Package) -> Iterator[_Told]:
    for name in sorted(package.names):
        if name.startswith("customXml/item") and not name.startswith("customXml/itemProps"):
            root = package.part(name)
            if root is not None and root.tag == "translate-kit":
                for document in root.iterfind("document"):
                    beads = tuple(
                        _Bead(dict(_values(bead)), _issues(bead))
                        for bead in document.iterfind("bead")
                    )
                    yield _Told(dict(_values(document)), beads)


def _values(element: Element) -> Iterator[tuple[str, str]]:
    for value in element.iterfind("value"):
        yield value.get("name", ""), value.text or ""


def _issues(element: Element) -> tuple[str, ...]:
    return tuple(text for name, text in _values(element) if name == "issue")


def _rows(table: Sequence[_Texts], beads: Sequence[_Bead]) -> Iterator[Row]:
    for number, (texts, bead) in enumerate(zip(table, _matched(table, beads), strict=True), 1):
        yield row_of(texts, bead.told, [issue_of(issue) for issue in bead.issues], number)


def _matched(table: Sequence[_Texts], beads: Sequence[_Bead]) -> list[_Bead]:
    """Return for every row its bead: by both texts, else by the source's, else by its place."""
    found: dict[int, int] = {}
    seals = [bead.told.get("seal", "") for bead in beads]
    prints = [(fingerprint(source), fingerprint(target)) for source, target in table]
    full = [f"{source}-{target}" for source, target in prints]
    halves = [seal.partition("-")[0] for seal in seals]
    for rows, marks in ((full, seals), ([source for source, _ in prints], halves)):
        waiting: defaultdict[str, list[int]] = defaultdict(list)
        for place in sorted({*range(len(beads))} - {*found.values()}, reverse=True):
            waiting[marks[place]].append(place)
        for number, mark in enumerate(rows):
            if number not in found and waiting[mark]:
                found[number] = waiting[mark].pop()
    free = {*range(len(beads))} - {*found.values()} if len(table) == len(beads) else set()
    for number in range(len(table)):
        if number not in found and number in free:
            found[number] = number
    return [beads[found[n]] if n in found else _NOTHING for n in range(len(table))]
