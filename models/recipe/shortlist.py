"""Write the pieces that translations are made of: ``vmap.txt``, CTranslate2's shortlist.

    python -m recipe.shortlist --pairs parallel.tsv.xz --lines-id mono.id.txt.xz \
        --lines-en mono.en.txt.xz --vocabulary sentencepiece.model --out vmap.txt

The vocabulary is of two languages, a translation is in one: a third of the pieces that the
search goes through never occurs in it. Usual shortlists are made of the source's likely
translations (Jean et al. 2015, section 3.3; Devlin 2017), which search less still but differ
with the batch; this one hangs on the language alone. Bytes are always in it: through them
every name can be spelt. Measured on v0: 1.17 times as fast, BLEU on FLORES dev 23.47 against
23.48 with all pieces, names kept 903 against 902 of 975; with pieces seen 100 times or more no
faster, and only 876 names.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recipe.data import read_lines, read_pairs
from recipe.program import Recorded, option, run
from recipe.vocabulary import LANGUAGES, SPECIAL, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["SHORTLIST", "Options", "for_directions", "make_shortlist", "seen", "tags_first"]

SHORTLIST = "vmap.txt"
"""The one name that CTranslate2 looks for."""

CHUNK = 10_000
"""Lines encoded at once."""


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is counted in what."""

    pairs: tuple[Path, ...] = option("files of pairs", read=Path, many=True)
    lines_id: Path | None = option("Indonesian lines", None, read=Path)
    lines_en: Path | None = option("English lines", None, read=Path)
    vocabulary: Path = option("SentencePiece model", read=Path)
    out: Path = option("file to write", read=Path)
    least: int = option("times that a piece must occur", 2)


def tags_first(vocabulary: Vocabulary) -> list[int]:
    """Return the vocabulary's numbers in the order that a model with a shortlist wants.

    CTranslate2 4.8 takes a target prefix for the number it had before the output was cut, so
    languages must have numbers that are low enough to be left: they come before the pieces.
    """
    first = min(vocabulary.languages.values())
    special = range(len(SPECIAL))
    return [*special, *range(first, vocabulary.size), *range(len(SPECIAL), first)]


def seen(lines: Iterable[str], vocabulary: Vocabulary, least: int) -> list[int]:
    """Return the numbers of pieces that occur often enough, and those of all bytes."""
    counts: Counter[int] = Counter()
    rest = iter(lines)
    while chunk := list(islice(rest, CHUNK)):
        for row in vocabulary.encode(chunk):
            counts.update(row)
    last = min(vocabulary.languages.values())
    pieces = vocabulary.pieces
    return [
        number
        for number in range(len(SPECIAL), last)
        if counts[number] >= least or pieces[number].startswith("<0x")
    ]


def for_directions(text: str, directions: Sequence[str]) -> str:
    """Return the shortlist for a model that serves these directions.

    A language's pieces are gathered anew for each sentence of a batch that begins with its token
    (CTranslate2 4.8, ``VocabularyMap::get_candidates``), those without a token once a batch. So a
    model of one direction has its pieces without one: the same search in 0.97 of the time.

    Args:
        text: of a ``vmap.txt``.
        directions: as ``id-en``.
    """
    rows = dict(line.split("\t") for line in text.splitlines())
    if len(directions) > 1 or "" in rows:
        return text
    (direction,) = directions
    return f"\t{rows[LANGUAGES[direction.partition('-')[0]]]}\n"


def make_shortlist(options: Options) -> dict[str, Any]:
    """Write, for each language that a source begins with, the pieces of the other one."""
    vocabulary = Vocabulary(options.vocabulary)
    pieces = vocabulary.pieces
    extra = range(min(vocabulary.languages.values()), vocabulary.size)
    before = [*range(len(SPECIAL)), *extra]
    figures: dict[str, Any] = {}
    rows = []
    for source, target in (("id", "en"), ("en", "id")):
        more = options.lines_en if target == "en" else options.lines_id
        texts = (getattr(pair, target) for pair in read_pairs(*options.pairs))
        found = seen(chain(texts, read_lines(more) if more else ()), vocabulary, options.least)
        rows.append(f"{LANGUAGES[source]}\t{' '.join(pieces[n] for n in (*before, *found))}\n")
        figures[f"{source}-{target}"] = len(found)
    options.out.write_text("".join(rows), encoding="utf-8")
    return figures


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, make_shortlist))
