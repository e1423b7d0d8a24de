"""Files of pairs (``source<TAB>Indonesian<TAB>English``) and of lines, plain or ``.xz``."""

from __future__ import annotations

import lzma
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from translate_kit import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["SYNTHETIC", "Pair", "Sources", "read_lines", "read_pairs", "write_lines", "write_pairs"]

SYNTHETIC = {"id": "synthetic-id", "en": "synthetic-en"}
"""Source names of pairs of which a machine wrote one side, by that side's language."""


class Pair(NamedTuple):
    """A sentence in both languages and the name of the source it came from."""

    source: str
    id: str
    en: str


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a UTF-8 file, without their ends.

    Raises:
        InputError: if it cannot be read or is no UTF-8.
    """
    opener: Any = lzma.open if path.suffix == ".xz" else open
    try:
        # only \n ends a line: a stray U+2028 in a crawl is text
        with opener(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line.rstrip("\r\n")
    except (OSError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise InputError(f"cannot read {path}: {error}; check the file") from error


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write lines, whole file or none; return how many."""
    # the quickest preset: these files are read more often than sent
    opener: Any = partial(lzma.open, preset=1) if path.suffix == ".xz" else open
    count = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}")
    with opener(temporary, "wt", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(line + "\n")
            count += 1
    temporary.replace(path)
    return count


def read_pairs(*paths: Path) -> Iterator[Pair]:
    """Yield the pairs of files.

    Raises:
        InputError: if a file cannot be read or a line has not three columns.
    """
    for path in paths:
        for number, line in enumerate(read_lines(path), 1):
            columns = line.split("\t")
            if len(columns) != len(Pair._fields):
                raise InputError(f"{path}, line {number}: {len(columns)} columns instead of 3")
            yield Pair(*columns)


def write_pairs(path: Path, pairs: Iterable[Pair]) -> int:
    """Write pairs, whole file or none; return how many."""
    return write_lines(path, ("\t".join(pair) for pair in pairs))


class Sources:
    """What ``sources.toml`` says: which sources are left out, how often the others are seen.

    Raises:
        InputError: if the file cannot be read.
    """

    def __init__(self, path: Path | None = None) -> None:
        path = path or Path(__file__).with_name("sources.toml")
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"cannot read {path}: {error}; check the file") from error
        self.left_out: dict[str, str] = table.get("left_out", {})
        self._rates: dict[str, float] = table.get("rates", {})

    def rate(self, source: str, direction: str = "") -> float:
        """Return how many times a pair is seen in an epoch, in expectation.

        A row ``"name@en-id"`` holds for one direction, a row ``name`` for both; 1 if there is
        neither.
        """
        if source in self.left_out:
            return 0.0
        return float(self._rates.get(f"{source}@{direction}", self._rates.get(source, 1.0)))
