"""Filter collected pairs and lines: length, ratio, language, duplicates, evaluation overlap.

    python -m recipe.filter --work WORK --keep-out FILE_OR_FOLDER ...

Writes ``parallel.tsv.xz``, ``mono.id.txt.xz`` and ``mono.en.txt.xz``. Every sentence found in
what is kept out (text files a line each, JSON files every string; plain or .xz; folders with
all that is in them) is removed on either side, also where a line only contains it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recipe.data import read_lines, read_pairs, write_lines, write_pairs
from recipe.program import Recorded, option, run
from recipe.rules import PAIR_RULES, HeldOut, key, line_fault
from translate_kit import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recipe.data import Pair

__all__ = ["Options", "filter_pairs", "held_out"]

TEXT = (".txt", ".tsv", ".id", ".en")
JSON = (".json", ".jsonl")
SHORTEST_STRING = 20
"""Characters from which a string in a JSON file is taken for a sentence."""


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """Where the collected files lie, what must not be in the result."""

    work: Path = option("folder of the collected files", read=Path)
    keep_out: tuple[Path, ...] = option("files or folders of evaluation sets", read=Path, many=True)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) >= SHORTEST_STRING:
            yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def held_out(paths: tuple[Path, ...]) -> HeldOut:
    """Return all sentences in files and folders.

    Raises:
        InputError: if one of them is missing, holds nothing, or is not what its suffix says.
    """

    def sentences(path: Path) -> Iterator[str]:
        kind = Path(path.name.removesuffix(".xz")).suffix
        for number, line in enumerate(read_lines(path), 1):
            if kind in JSON:
                try:
                    yield from _strings(json.loads(line))
                except ValueError as error:
                    raise InputError(
                        f"{path}, line {number}: {error}; one object a line"
                    ) from error
            else:
                yield from line.split("\t")

    found: list[str] = []
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        wanted = [f for f in files if f.name.removesuffix(".xz").endswith(TEXT + JSON)]
        before = len(found)
        for file in wanted if path.is_dir() else files:
            found.extend(sentences(file))
        if len(found) == before:
            raise InputError(f"nothing to keep out in {path}; name evaluation files or folders")
    return HeldOut(found)


def filter_pairs(options: Options) -> dict[str, Any]:
    """Write what passes every rule; the figures count what each rule removed."""
    kept_out = held_out(options.keep_out)
    removed: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    seen: set[int] = set()

    def fault(pair: Pair) -> str | None:
        found = next(filter(None, (rule(pair) for rule in PAIR_RULES)), None)
        if found:
            return found
        same = hash((key(pair.id), key(pair.en)))
        if same in seen:
            return "duplicate"
        seen.add(same)
        return "evaluation" if kept_out.holds(pair.id) or kept_out.holds(pair.en) else None

    def pairs() -> Iterator[Pair]:
        for pair in read_pairs(options.work / "collected.tsv.xz"):
            if found := fault(pair):
                removed[found] += 1
            else:
                sources[pair.source] += 1
                yield pair

    figures: dict[str, Any] = {"pairs": write_pairs(options.work / "parallel.tsv.xz", pairs())}
    figures |= {"removed": dict(removed), "sources": dict(sources), "kept_out": len(kept_out)}
    for code in ("id", "en"):
        figures[f"lines_{code}"], figures[f"removed_{code}"] = _filter_lines(
            options.work, code, kept_out
        )
    return figures


def _filter_lines(work: Path, code: str, kept_out: HeldOut) -> tuple[int, dict[str, int]]:
    removed: Counter[str] = Counter()
    seen: set[int] = set()

    def lines() -> Iterator[str]:
        for line in read_lines(work / f"collected.{code}.txt.xz"):
            found = line_fault(line, code)
            same = hash(key(line))
            if not found and same in seen:
                found = "duplicate"
            if not found and kept_out.holds(line):
                found = "evaluation"
            seen.add(same)
            if found:
                removed[found] += 1
            else:
                yield line

    return write_lines(work / f"mono.{code}.txt.xz", lines()), dict(removed)


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, filter_pairs))
