"""Collect a folder of sources into clean files of pairs and lines.

    python -m recipe.collect --data FOLDER --out WORK

The folder holds ``parallel*.tsv[.xz]`` (source, Indonesian, English), ``mono.id*.txt[.xz]``,
``mono.en*.txt[.xz]`` and ``SOURCES.md``, which lists every source with its licence. Sources
that ``sources.toml`` leaves out are dropped; those whose licence forbids commercial use or
derivatives are named in the figures, so that nobody ships them unawares.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recipe.clean import clean
from recipe.data import Pair, Sources, read_lines, read_pairs, write_lines, write_pairs
from recipe.program import Recorded, option, run
from recipe.sources import forbids, read_sources
from translate_kit import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Options", "collect"]


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """Where from, where to."""

    data: Path = option("folder of sources", read=Path)
    out: Path = option("folder to write to", read=Path)


def _files(folder: Path, beginning: str, ending: str) -> list[Path]:
    return sorted([*folder.glob(f"{beginning}*{ending}"), *folder.glob(f"{beginning}*{ending}.xz")])


def collect(options: Options) -> dict[str, Any]:
    """Write ``collected.tsv.xz`` and ``collected.id.txt.xz``, ``collected.en.txt.xz``."""
    sources = Sources()
    found = _files(options.data, "parallel", ".tsv")
    if not found:
        raise InputError(f"no parallel*.tsv in {options.data}; name the folder of sources")
    counts: Counter[str] = Counter()

    def kept() -> Iterator[Pair]:
        for pair in read_pairs(*found):
            if pair.source not in sources.left_out:
                counts[pair.source] += 1
                yield Pair(pair.source, clean(pair.id), clean(pair.en))

    figures: dict[str, Any] = {"pairs": write_pairs(options.out / "collected.tsv.xz", kept())}
    for code in ("id", "en"):
        lines = (
            clean(line)
            for path in _files(options.data, f"mono.{code}", ".txt")
            for line in read_lines(path)
        )
        figures[f"lines_{code}"] = write_lines(options.out / f"collected.{code}.txt.xz", lines)
    listed = read_sources(options.data / "SOURCES.md")
    licences = {source.name: source.licence for source in listed}
    figures["left_out"] = sorted(sources.left_out)
    figures["unlisted"] = sorted(set(counts) - set(licences))
    figures["restricted"] = sorted(name for name in counts if forbids(licences.get(name, "")))
    return figures


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, collect))
