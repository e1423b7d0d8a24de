"""The file of a glossary: tab-separated lines of source, target and flags.

    # comments and empty lines are left out; a header row is allowed
    source	target	flags
    Kementerian Kesehatan	Ministry of Health
    Kompas		keep
    bupati	regent
    bupati	mayor	forbid

Flags, parted by commas or blanks: ``keep`` (or no target): it is not translated; ``forbid``: it
must not become this; ``case``: capitals count; ``exact``: only this form, neither *bupatinya* nor
*regents*. Further lines with the same source add translations that will do as well.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_kit.errors import EmptyInputError, FormatError
from translate_kit.files import decode, read_bytes
from translate_kit.glossary.phrases import folded, is_wordless
from translate_kit.glossary.terms import Glossary, Term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["FLAGS", "parse_glossary", "read_glossary"]

FLAGS = ("case", "exact", "forbid", "keep")

_HEADER = ("source", "target", "flags")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's cells, and its number for messages."""

    number: int
    source: str
    target: str
    flags: frozenset[str]


def read_glossary(path: str | Path, direction: tuple[str, str] = ("id", "en")) -> Glossary:
    """Read a glossary from a file.

    Args:
        path: of a table as the module describes it.
        direction: BCP 47 tags of source and target.

    Raises:
        InputError: if there is no such file, or it is no text.
        FormatError: if a line is not what it should be; the message has its number.
        EmptyInputError: if it holds no term.
        OptionError: if we have no data for the source language.
    """
    return parse_glossary(read_bytes(path), str(path), direction)


def parse_glossary(
    data: bytes, name: str = "glossary", direction: tuple[str, str] = ("id", "en")
) -> Glossary:
    """Read a glossary from the bytes of its file.

    Args:
        data: UTF-8, or UTF-16 or UTF-32 with its mark.
        name: of the file, for messages.
        direction: BCP 47 tags of source and target.

    Raises:
        InputError: if the bytes are no text.
        FormatError: if a line is not what it should be; the message has its number.
        EmptyInputError: if it holds no term.
        OptionError: if we have no data for the source language.
    """
    number = 0
    terms: dict[tuple[str, bool], Term] = {}
    try:
        for line in _lines(decode(data, None, name)):
            number = line.number
            case = "case" in line.flags
            key = (line.source if case else folded(line.source), case)
            terms[key] = _with(terms.get(key), line)
    except _LineError as error:
        raise FormatError(f"{name}, line {error.number or number}: {error}") from error
    if not terms:
        raise EmptyInputError(f"{name}: no term in it; write a line as 'bupati<TAB>regent'")
    return Glossary(terms.values(), direction)


class _LineError(ValueError):
    """What is wrong with a line."""

    def __init__(self, message: str, number: int = 0) -> None:
        super().__init__(message)
        self.number = number


def _lines(text: str) -> Iterator[_Line]:
    first = True
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [_cell(cell) for cell in line.split("\t")]
        while len(cells) > len(_HEADER) and not cells[-1]:
            cells.pop()
        head = tuple(cell.lower() for cell in cells)
        if first and len(head) > 1 and head == _HEADER[: len(head)]:
            first = False
            continue
        first = False
        if len(cells) > len(_HEADER):
            advice = "a line is source, target and flags; notes go into lines that begin with '#'"
            raise _LineError(f"{len(cells)} columns; {advice}", number)
        source, target, flags = (*cells, "", "")[:3]
        yield _Line(number, source, target, _flags(flags, number))


def _cell(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _flags(text: str, number: int) -> frozenset[str]:
    flags = text.lower().replace(",", " ").split()
    for flag in flags:
        if flag not in FLAGS:
            advice = f"flags are {', '.join(FLAGS)}"
            raise _LineError(f"unknown flag {flag!r}; {advice}", number)
    return frozenset(flags)


def _with(term: Term | None, line: _Line) -> Term:
    """Return the term of a source with what another line says of it."""
    if is_wordless(line.source):
        raise _LineError("no source term; write it before the first tab")
    if "forbid" in line.flags and "keep" in line.flags:
        raise _LineError("'keep' and 'forbid' contradict each other; write one of them")
    if "forbid" in line.flags and not line.target:
        raise _LineError("'forbid' without a target; write what must not appear between the tabs")
    if "keep" in line.flags and line.target not in {"", line.source}:
        raise _LineError("'keep' with a target of its own; leave out the one or the other")
    term = term or Term(line.source, case="case" in line.flags)
    term = replace(term, exact=term.exact or "exact" in line.flags)
    if "forbid" in line.flags:
        return replace(term, forbidden=tuple(dict.fromkeys((*term.forbidden, line.target))))
    if "keep" in line.flags or not line.target:
        return replace(term, keep=True)
    if is_wordless(line.target):
        raise _LineError("no word in the target; leave it empty for a term that is not translated")
    return replace(term, targets=tuple(dict.fromkeys((*term.targets, line.target))))
