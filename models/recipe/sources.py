"""The list of sources (``SOURCES.md``): what each is, where it came from, under what licence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recipe.data import read_lines

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Source", "forbids", "read_sources"]

_HEADING = re.compile(r"## (parallel|mono\.\w+)")
_FORBIDS = re.compile(r"\bBY(?:-\w+)?-(?:NC|ND)\b|non-?commercial|no derivatives", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the list.

    Args:
        kind: ``parallel``, ``mono.id`` or ``mono.en``.
        name: as in the files of pairs.
        lines: how many it had when it was collected, as written there.
        origin: repository and commit.
        licence: as stated there.
        domain: what it is about; empty where the list does not say.
        translator: a person or a machine, as far as known.
    """

    kind: str
    name: str
    lines: str
    origin: str
    licence: str
    domain: str = ""
    translator: str = ""


def read_sources(path: Path) -> list[Source]:
    """Return the rows of the tables in ``SOURCES.md``, in its order.

    A table stands under a heading ``## parallel…`` or ``## mono.xx…``; its columns are those
    of `Source`. A name that comes twice was collected twice.

    Raises:
        InputError: if the file cannot be read.
    """
    found: list[Source] = []
    kind = ""
    for line in read_lines(path):
        if line.startswith("## "):
            heading = _HEADING.match(line)
            kind = heading[1] if heading else ""
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        wanted = 6 if kind == "parallel" else 4
        is_row = line.startswith("|") and len(cells) >= wanted
        if kind and is_row and cells[0] != "source" and set(cells[0]) != {"-"}:
            found.append(Source(kind, *cells[:wanted]))
    return found


def forbids(licence: str) -> bool:
    """Whether a licence, as stated, forbids commercial use or derivatives."""
    return bool(_FORBIDS.search(licence))
