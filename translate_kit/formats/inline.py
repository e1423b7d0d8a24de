"""Inline codes of translation formats: kept out of the language, and put back where they stood.

A foreign TMX or XLIFF file has tags inside its sentences (``<bpt>``, ``<g>``, ``<x/>`` …). They
are no language, so the texts of a bitext are without them; what they were and where they stood
goes into an attribute of the block (a JSON value, so that JSON Lines keeps it), and the writer
of the same format puts them back. They are dropped where the text is no longer the one they
stood in, or where they would not be well-formed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from translate_kit.formats.properties import fingerprint
from translate_kit.formats.safe_xml import FORBIDDEN, attributes, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from translate_kit.bitext import Bitext
    from translate_kit.document import Block, Document

__all__ = ["Code", "Dialect", "attach", "collect", "read", "write"]

_Shape = Literal["open", "close", "whole"]
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_HEX = re.compile(r"[0-9A-Fa-f]{4}")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a format writes codes.

    Args:
        name: of the format.
        around: elements whose content is language.
        codes: elements whose content, if any, is of another format.
        kind: the attribute that names a code's kind: ``lb`` is a line end.
        character: how a character that XML cannot hold is written, with a place for its code;
            a character is recognised by its element's name and the attributes in it.
        left_out: attributes not kept, for what they refer to is not.
    """

    name: str
    around: frozenset[str]
    codes: frozenset[str]
    kind: str
    character: str
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Code:
    """A tag: ``open`` and ``close`` stand around language, a ``whole`` one stands for itself.

    Args:
        at: in characters of the text it was taken from.
        shape: which of the three.
        name: of the element.
        attributes: of the element; a ``close`` has none.
        text: the other format's code that a ``whole`` one holds.
    """

    at: int
    shape: _Shape
    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""


# Files


def read(element: Element, dialect: Dialect) -> tuple[str, tuple[Code, ...]]:
    """Return the language in an element, without white space around it, and its codes."""
    reader = _Reader(dialect)
    reader.walk(element)
    whole = "".join(reader.parts)
    text = whole.strip()
    before = len(whole) - len(whole.lstrip())
    codes = (replace(c, at=min(max(c.at - before, 0), len(text))) for c in reader.codes)
    return text, tuple(codes)


class _Reader:
    """Walks an element, parting language from codes."""

    def __init__(self, dialect: Dialect) -> None:
        self.parts: list[str] = []
        self.codes: list[Code] = []
        self._dialect = dialect
        self._length = 0

    def walk(self, element: Element) -> None:
        self._add(element.text)
        for child in element:
            self._child(child)
            self._add(child.tail)

    def _child(self, child: Element) -> None:
        name = child.tag.rpartition("}")[2]
        character = _character(child, name)
        kept = tuple(
            (key, value)
            for key, value in child.attrib.items()
            if _NAME.fullmatch(key) and key not in self._dialect.left_out
        )
        if character:
            self._add(character)
        elif name in self._dialect.around:
            self.codes.append(Code(self._length, "open", name, kept))
            self.walk(child)
            self.codes.append(Code(self._length, "close", name))
        elif name in self._dialect.codes:
            if child.get(self._dialect.kind) == "lb":
                self._add("\n")
            else:
                text = "".join(child.itertext())
                self.codes.append(Code(self._length, "whole", name, kept, text))

    def _add(self, text: str | None) -> None:
        self.parts.append(text or "")
        self._length += len(text or "")


def _character(element: Element, name: str) -> str:
    """Return the character that an element stands for because XML cannot hold it."""
    code = element.get("hex", "") if name == "cp" else element.text or ""
    kinds = (element.get("type"), element.get("ctype"))
    ours = name == "cp" or (name == "ph" and "x-char" in kinds)
    if ours and _HEX.fullmatch(code) and FORBIDDEN.match(chr(int(code, 16))):
        return chr(int(code, 16))
    return ""


def write(text: str, codes: Sequence[Code], dialect: Dialect) -> str:
    """Return a text with its codes as the content of an element."""
    parts: list[str] = []
    position = 0
    for code in codes if _fit(text, codes, dialect) else ():
        parts.append(_escape(text[position : code.at], dialect))
        parts.append(_tag(code))
        position = code.at
    return "".join(parts) + _escape(text[position:], dialect)


def _escape(text: str, dialect: Dialect) -> str:
    parts = []
    position = 0
    for match in FORBIDDEN.finditer(text):
        parts.append(escape(text[position : match.start()]))
        parts.append(dialect.character.format(code=ord(match[0])))
        position = match.end()
    return "".join(parts) + escape(text[position:])


def _tag(code: Code) -> str:
    if code.shape == "close":
        return f"</{code.name}>"
    start = f"<{code.name}{attributes(code.attributes)}"
    if code.shape == "open":
        return f"{start}>"
    return f"{start}>{escape(code.text)}</{code.name}>" if code.text else f"{start}/>"


def _fit(text: str, codes: Sequence[Code], dialect: Dialect) -> bool:
    """Whether codes stand in order within the text and nest."""
    opened: list[str] = []
    position = 0
    for code in codes:
        if not position <= code.at <= len(text):
            return False
        position = code.at
        if code.name not in (dialect.codes if code.shape == "whole" else dialect.around):
            return False
        if code.shape == "open":
            opened.append(code.name)
        elif code.shape == "close" and (not opened or opened.pop() != code.name):
            return False
    return not opened


# Documents


def attach(
    bitext: Bitext, found: Sequence[tuple[Sequence[Code], Sequence[Code]]], dialect: Dialect
) -> Bitext:
    """Return the bitext with the codes of every bead, source's and target's, in its blocks."""
    if not any(codes for sides in found for codes in sides):
        return bitext
    documents = [
        _with_attributes(document, _values(bitext, found, side), dialect)
        for side, document in enumerate((bitext.source, bitext.target))
    ]
    return replace(bitext, source=documents[0], target=documents[1])


def _values(
    bitext: Bitext, found: Sequence[tuple[Sequence[Code], Sequence[Code]]], side: int
) -> Iterator[tuple[int, str]]:
    """Yield a block's number and the value of an attribute for it."""
    for (block, start, text), codes in zip(_starts(bitext, side), found, strict=True):
        if block >= 0 and codes[side]:
            kept = [[c.at, c.shape, c.name, dict(c.attributes), c.text] for c in codes[side]]
            value = [start, fingerprint(text), kept]
            yield block, json.dumps(value, ensure_ascii=False)


def _with_attributes(
    document: Document, values: Iterable[tuple[int, str]], dialect: Dialect
) -> Document:
    added: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, value in values:
        added[number].append((_attribute(dialect), value))
    blocks = tuple(
        replace(block, attributes=(*block.attributes, *added[n])) if n in added else block
        for n, block in enumerate(document.blocks)
    )
    return replace(document, blocks=blocks)


def _attribute(dialect: Dialect) -> str:
    return f"inline-{dialect.name}"


def _starts(bitext: Bitext, side: int) -> Iterator[tuple[int, int, str]]:
    """Yield for every bead the block its side begins in, where it does, and its text."""
    document = (bitext.source, bitext.target)[side]
    owners, sentences = document.sentence_blocks, document.sentences
    for row in bitext.rows():
        span = (row.bead.source, row.bead.target)[side]
        if span:
            yield owners[span.start], sentences[span.start].start, (row.source, row.target)[side]
        else:
            yield -1, 0, ""


def collect(bitext: Bitext, dialect: Dialect) -> list[tuple[tuple[Code, ...], tuple[Code, ...]]]:
    """Return for every bead the codes of its source and of its target."""
    sides = [
        [
            _codes(document.blocks[block], start, text, dialect) if block >= 0 else ()
            for block, start, text in _starts(bitext, side)
        ]
        for side, document in enumerate((bitext.source, bitext.target))
    ]
    return list(zip(sides[0], sides[1], strict=True))


def _codes(block: Block, start: int, text: str, dialect: Dialect) -> tuple[Code, ...]:
    name = _attribute(dialect)
    for key, value in block.attributes:
        if key == name:
            place, seal, codes = _parsed(value)
            if place == start and seal == fingerprint(text):
                return codes
    return ()


def _parsed(value: str) -> tuple[int, str, tuple[Code, ...]]:
    """Return what an attribute says; one that is not as we wrote it says nothing."""
    try:
        start, seal, codes = json.loads(value)
        return start, seal, tuple(_code(*code) for code in codes)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return -1, "", ()


def _code(at: Any, shape: Any, name: Any, pairs: Any, text: Any) -> Code:
    strings = (shape, name, text, *pairs.keys(), *pairs.values())
    named = all(_NAME.fullmatch(key) for key in (name, *pairs))
    if type(at) is not int or not all(isinstance(s, str) for s in strings) or not named:
        raise ValueError("no code")
    if shape not in get_args(_Shape):
        raise ValueError("no shape")
    return Code(at, shape, name, tuple(pairs.items()), text)
