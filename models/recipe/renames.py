r"""Pairs with other names in them: against names that a small model mangles.

    python -m recipe.renames --pairs parallel.tsv.xz --names mono.id.txt.xz mono.en.txt.xz \
        --out renamed.tsv.xz

A name that stands in both sentences of a pair alike is replaced on both sides by a rare name
out of the news. What is left for the model to learn is that such words are copied, whatever
they are. (The aim of Currey et al. 2017, "Copied Monolingual Data", within true translations.)
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recipe.data import Pair, Sources, read_lines, read_pairs, write_pairs
from recipe.program import Recorded, option, run
from translate_kit import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["SOURCE", "Options", "rare_names", "rename", "renamed"]

SOURCE = "renamed"
NAME = re.compile(r"(?<![\w'’-])[A-Z][a-z]{2,}(?![\w'’-])")
"""Plain capitalised words; what is joined to others or all in capitals is left alone."""

SEEN = (2, 30)
"""How often a rare name stands in the news: once may be a misprint."""


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is renamed, where the names come from."""

    pairs: tuple[Path, ...] = option("files of pairs", read=Path, many=True)
    names: tuple[Path, ...] = option("news with names", read=Path, many=True)
    out: Path = option("file of pairs to write", read=Path)
    most: int = option("pairs written", 60_000)
    seed: int = option("of everything drawn", 1)


def _inner(text: str) -> Iterator[str]:
    """Names that do not begin a sentence: there any word has a capital."""
    for match in NAME.finditer(text):
        before = text[: match.start()].rstrip(" \"'“‘(")
        if before and before[-1] not in ".!?:–-":
            yield match[0]


def rare_names(lines: Iterable[str]) -> list[str]:
    """Return names that are rare in the lines and never written small, sorted."""
    names: Counter[str] = Counter()
    small: set[str] = set()
    for line in lines:
        names.update(_inner(line))
        small.update(re.findall(r"(?<!\w)[a-z]{3,}(?!\w)", line))
    least, most = SEEN
    return sorted(
        n for n, count in names.items() if least <= count <= most and n.lower() not in small
    )


def rename(pair: Pair, names: Sequence[str], draw: random.Random) -> Pair | None:
    """Return the pair with other names, or None if no name stands in both sides alike."""
    here, there = Counter(NAME.findall(pair.id)), Counter(NAME.findall(pair.en))
    inner = set(_inner(pair.id)) | set(_inner(pair.en))
    both = sorted(name for name in inner if here[name] and here[name] == there[name])
    if not both:
        return None
    new = {name: draw.choice(names) for name in both}

    def other(match: re.Match[str]) -> str:
        return new.get(match[0], match[0])

    return Pair(SOURCE, NAME.sub(other, pair.id), NAME.sub(other, pair.en))


def renamed(options: Options) -> dict[str, Any]:
    """Write renamed pairs.

    Raises:
        InputError: if the news has no rare names.
    """
    draw, sources = random.Random(options.seed), Sources()
    names = rare_names(line for path in options.names for line in read_lines(path))
    if not names:
        raise InputError("no rare names in these lines; give more news with --names")
    pairs = [p for p in read_pairs(*options.pairs) if draw.random() < sources.rate(p.source)]
    draw.shuffle(pairs)

    def made() -> Iterator[Pair]:
        left = options.most
        for pair in pairs:
            if left and (found := rename(pair, names, draw)):
                left -= 1
                yield found

    return {"names": len(names), "pairs": write_pairs(options.out, made())}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, renamed))
