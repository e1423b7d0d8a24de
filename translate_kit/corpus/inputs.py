"""What is named on the command line to files: folders and patterns are opened up."""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from translate_kit.errors import InputError, OptionError
from translate_kit.formats import FORMATS, format_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["STDIN", "Named", "expanded", "form_of", "is_article"]

STDIN = "-"

_UNFINISHED = re.compile(
    r"^[.~#]|~$|\.(?:tmp|temp|part|partial|crdownload|swp|bak)$", flags=re.IGNORECASE
)
"""Names of files that a program is still at, or that are hidden."""

_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Named:
    """An input.

    Args:
        name: of the file, or ``-``.
        place: where it lies below the folder that was named, or its name alone; an output
            folder mirrors it.
    """

    name: str
    place: PurePath

    @classmethod
    def of(cls, name: str) -> Named:
        """Return a file, or standard input, by its name alone."""
        return cls(name, PurePath("stdin" if name == STDIN else PurePath(name).name))


def expanded(names: Sequence[str], keep_out: Path | None = None) -> tuple[Named, ...]:
    """Return the inputs that names stand for, in order; a folder's sorted by name.

    Args:
        names: files, ``-``, folders (with all that is in them, hidden and unfinished files and
            files of no known format left out) and patterns of which no file has the name.
        keep_out: a folder of which nothing is an input: the output's.

    Raises:
        OptionError: if standard input is named twice.
        InputError: if a folder holds no article or a pattern matches none.
    """
    if list(names).count(STDIN) > 1:
        raise OptionError("standard input (-) can be read only once; name it once")
    return tuple(found for name in names for found in _expanded(name, keep_out))


def _expanded(name: str, keep_out: Path | None) -> Iterator[Named]:
    path = Path(name)
    if name == STDIN:
        yield Named.of(STDIN)
    elif path.is_dir():
        yield from _of_folder(path, keep_out)
    elif _PATTERN.search(name) and not path.exists():
        yield from _of_pattern(name)
    else:
        yield Named.of(name)


def _of_folder(folder: Path, keep_out: Path | None) -> Iterator[Named]:
    # the output's folder may lie in the input's, or be it: mirrored files stand beside theirs
    apart = keep_out.resolve() if keep_out and keep_out.resolve() != folder.resolve() else None
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and is_article(path.relative_to(folder))
        and not (apart and apart in path.resolve().parents)
    )
    if not found:
        raise InputError(f"no article in the folder {str(folder)!r}; name one that has some")
    for path in found:
        yield Named(str(path), PurePath(path.relative_to(folder)))


def _of_pattern(pattern: str) -> Iterator[Named]:
    root = Path()
    for part in PurePath(pattern).parts[:-1]:
        if _PATTERN.search(part):
            break
        root /= part
    found = sorted(
        path
        for path in map(Path, glob.glob(pattern, recursive=True))  # noqa: PTH207 (absolute ones too)
        if path.is_file() and not _UNFINISHED.search(path.name)
    )
    if not found:
        raise InputError(f"no file matches {pattern!r}; check the pattern")
    for path in found:
        yield Named(str(path), PurePath(path.relative_to(root)))


def is_article(place: PurePath) -> bool:
    """Whether a file in a folder is to be read: finished, not hidden, of a known format."""
    if any(_UNFINISHED.search(part) for part in place.parts):
        return False
    suffix = place.suffix.lower()
    return any(suffix in row.suffixes for row in FORMATS.values() if "document" in row.uses)


def form_of(name: str) -> str:
    """Return the format of an article by its suffix; text where it says nothing."""
    try:
        return format_for(name, "document").name
    except OptionError:
        return "text"
