"""Reading XLIFF of any version; the older ones here, 2.0 in `translate_kit.formats.xliff2_reader`.

A ``trans-unit`` is a bead, or one for every segment where a program has parted its source
(``seg-source`` with ``mrk`` of type ``seg``). What is written is said in
`translate_kit.formats.xliff`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite, nan
from typing import TYPE_CHECKING

from translate_kit.bitext import Alternative, Match
from translate_kit.errors import FormatError
from translate_kit.formats import inline
from translate_kit.formats.properties import document_of, issue_of, known_language, row_of
from translate_kit.formats.safe_xml import parse
from translate_kit.formats.xliff2_reader import NEWER, SIMILAR, read_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading
    from translate_kit.formats.inline import Code
    from translate_kit.formats.rows import Row

__all__ = ["DIALECT", "NAMESPACE", "SIMILAR", "TOOL", "read_bitexts"]

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

TOOL = "translate-kit"
"""Our ``tool-id``, and who our notes are from."""

DIALECT = inline.Dialect(
    "xliff",
    frozenset({"g", "mrk"}),
    frozenset("bpt ept it ph x bx ex".split()),
    "ctype",
    '<ph id="c{code:04X}" ctype="x-char">{code:04X}</ph>',
)
_UNDONE = frozenset({"new", "needs-translation"})
_ORIGINS = {
    **dict.fromkeys(("leveraged-mt", "mt-suggestion"), "model"),
    **dict.fromkeys(("leveraged-tm", "tm-suggestion", "fuzzy-match", "exact-match"), "memory"),
}
"""Who made a target, by its ``state-qualifier``, where we do not know it better."""

_OLDER = ("", f"{{{NAMESPACE}}}", "{urn:oasis:names:tc:xliff:document:1.1}")


@dataclass(frozen=True, slots=True)
class _Read:
    """A bead's row and the codes of its source and target."""

    row: Row
    codes: tuple[tuple[Code, ...], tuple[Code, ...]]


def read_bitexts(data: bytes, reading: Reading) -> tuple[Bitext, ...]:
    """Read XLIFF 1.0 to 1.2 and 2.0 to 2.2: a bitext for every ``file``.

    Raises:
        OptionError: if the reading's encoding is unknown.
        FormatError: if it is no XLIFF, no unit has text, or a value of ours is broken.
        InputError: if an encoding is given and the bytes are not text in it.
    """
    root = parse(data, reading)
    space, _, name = root.tag.rpartition("xliff")
    if name or not root.tag.endswith("xliff") or space not in (*_OLDER, *NEWER):
        raise FormatError(f"{reading.source}: no XLIFF file (xliff of version 1.2 or 2.0 expected)")
    try:
        read = read_files if space in NEWER else _read_files
        bitexts = tuple(read(root, space, reading))
    except ValueError as error:
        raise FormatError(f"{reading.source}: {error}") from error
    if not bitexts:
        raise FormatError(f"{reading.source}: no unit with text in it")
    return bitexts


def _read_files(root: Element, space: str, reading: Reading) -> Iterator[Bitext]:
    for file in root.iter(f"{space}file"):
        group = file.find(f"{space}body/{space}group")
        ours = {} if group is None else _told(group, space)
        units = [
            found
            for number, unit in enumerate(file.iter(f"{space}trans-unit"), 1)
            for found in _read_unit(number, unit, space)
        ]
        if units or ours:
            told = ours if "source-language" in ours else _foreign(file, reading)
            bitext = document_of([unit.row for unit in units], told, reading)
            yield inline.attach(bitext, [unit.codes for unit in units], DIALECT)


def _foreign(file: Element, reading: Reading) -> dict[str, str]:
    """Return what the attributes of a file tell, by our names."""
    return {
        "source-language": known_language(file.get("source-language", "")),
        "target-language": known_language(file.get("target-language", "")),
        "source-name": file.get("original") or reading.source,
        "target-name": reading.source,
    }


def _told(element: Element, space: str) -> dict[str, str]:
    """Return the values of context elements by their names without the ``x-``."""
    return {
        context.get("context-type", "").removeprefix("x-"): context.text or ""
        for group in element.iterfind(f"{space}context-group")
        for context in group.iterfind(f"{space}context")
    }


def _read_unit(number: int, unit: Element, space: str) -> Iterator[_Read]:
    told = {**_foreign_origin(unit.find(f"{space}target")), **_told(unit, space)}
    parted = unit.find(f"{space}seg-source")
    if "seal" not in told and parted is not None:
        segments = list(_segments(parted, unit.find(f"{space}target"), space))
    else:
        whole = (_side(unit.find(f"{space}source")), _side(unit.find(f"{space}target")))
        segments = [whole]
    issues = [
        issue_of(note.text or "")
        for note in unit.iterfind(f"{space}note")
        if note.get("from") == TOOL and "score" in told
    ]
    for source, target in segments:
        if source[0] or target[0]:
            row = row_of((source[0], target[0]), told, issues, number)
            others, matches = tuple(_alternatives(unit, space)), tuple(_matches(unit, space))
            row = replace(row, bead=replace(row.bead, alternatives=others, matches=matches))
            yield _Read(row, (source[1], target[1]))


def _foreign_origin(target: Element | None) -> dict[str, str]:
    """Return what the state of a target tells: what a machine proposed is no person's work."""
    if target is None:
        return {}
    if target.get("state") in _UNDONE:
        return {"origin": "untranslated"}
    origin = _ORIGINS.get(target.get("state-qualifier", ""))
    return {"origin": origin} if origin else {}


def _side(element: Element | None) -> tuple[str, tuple[Code, ...]]:
    return ("", ()) if element is None else inline.read(element, DIALECT)


def _segments(
    source: Element, target: Element | None, space: str
) -> Iterator[Sequence[tuple[str, tuple[Code, ...]]]]:
    """Yield the two sides of every segment; a source without marks is one."""
    marks = [mark for mark in source.iter(f"{space}mrk") if mark.get("mtype") == "seg"]
    if not marks:
        yield _side(source), _side(target)
        return
    targets = {
        mark.get("mid"): mark
        for mark in ([] if target is None else target.iter(f"{space}mrk"))
        if mark.get("mtype") == "seg"
    }
    for mark in marks:
        yield _side(mark), _side(targets.get(mark.get("mid")))


def _alternatives(unit: Element, space: str) -> Iterator[Alternative]:
    for _, target, score in _proposals(unit, space, "alternative"):
        yield Alternative(target, score)


def _matches(unit: Element, space: str) -> Iterator[Match]:
    for source, target, similarity in _proposals(unit, space, SIMILAR):
        if source and target:
            yield Match(source, target, similarity)


def _proposals(unit: Element, space: str, origin: str) -> Iterator[tuple[str, str, float]]:
    """Yield source, target and number of the proposals that we wrote of an origin."""
    for proposal in unit.iterfind(f"{space}alt-trans"):
        target = proposal.find(f"{space}target")
        ours = proposal.get("tool-id") == TOOL and proposal.get("origin") == origin
        number = float(proposal.get("extradata", "nan")) if ours else nan
        if target is not None and isfinite(number):
            yield _side(proposal.find(f"{space}source"))[0], _side(target)[0], number
