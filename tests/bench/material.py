"""Articles to translate: distinct sentences, the same on every machine that has the same data.

    python -m bench.material COUNT FOLDER

writes ``feed.jsonl`` (articles of some twenty sentences, as a newsroom's feed) and
``sentences.json`` (the sentences that the toolkit finds in it, for the rivals, which are spared
finding them). A process of its own, so that what watches memory stays small.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import translate_kit as tk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["NEWS", "articles", "sentences", "write"]

ROOT = Path(__file__).resolve().parents[2]
NEWS = ROOT.parent / "shared" / "data" / "train" / "mono.id.txt.xz"
SEEDS = ROOT / "seeds"

WORDS = range(8, 61)
"""Words of a sentence: what a newspaper prints, no headings."""

ARTICLE = 20
"""Sentences in an article."""

PARAGRAPHS = (2, 1, 3, 2, 1)
"""Sentences in its paragraphs, over and over."""

_CUT = re.compile(r"[,;:.]\s+|\s+(?=(?:yang|dan|dengan|sejak|oleh|untuk|dari|karena)\s)")


def _news(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    random.Random(1).shuffle(lines)  # the file is sorted by source
    yield from lines


def _spliced(folder: Path) -> Iterator[str]:
    """Put clauses of the articles in ``seeds/`` together in ever new ways, without end."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
    found = (clause.strip(' .“”‘’"') for line in text.splitlines() for clause in _CUT.split(line))
    clauses = sorted({clause for clause in found if 2 <= len(clause.split()) <= 12})
    draw = random.Random(1)
    while True:
        spliced = ", ".join(draw.sample(clauses, draw.randint(2, 4)))
        yield spliced[0].upper() + spliced[1:] + "."


def _segmented(text: str) -> list[str]:
    document = tk.read_document(text.encode(), "text", tk.Reading(language="id"))
    return [sentence.text for sentence in tk.segment_document(document).sentences]


def sentences(news: Path = NEWS, seeds: Path = SEEDS) -> Iterator[str]:
    """Yield distinct sentences, each of them one to our segmenter too."""
    known: set[str] = set()
    for line in _news(news) if news.is_file() else _spliced(seeds):
        if len(line.split()) in WORDS and line not in known and _segmented(line) == [line]:
            known.add(line)
            yield line


def articles(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield texts of articles, each with its sentences."""
    rest = iter(lines)
    while found := list(islice(rest, ARTICLE)):
        paragraphs: list[str] = []
        position = 0
        while position < len(found):
            size = PARAGRAPHS[len(paragraphs) % len(PARAGRAPHS)]
            paragraphs.append(_paragraph(found[position : position + size]))
            position += size
        yield "\n\n".join(paragraphs), found


def _paragraph(found: Sequence[str]) -> str:
    """Join sentences; where others would be found in the whole, each is a paragraph."""
    joined = " ".join(found)
    return joined if _segmented(joined) == list(found) else "\n\n".join(found)


def write(count: int, folder: Path) -> None:
    """Write both files."""
    folder.mkdir(parents=True, exist_ok=True)
    every: list[str] = []
    with (folder / "feed.jsonl").open("w", encoding="utf-8") as feed:
        for number, (text, found) in enumerate(articles(islice(sentences(), count)), 1):
            record = {"id": number, "text": text}
            feed.write(json.dumps(record, ensure_ascii=False) + "\n")
            every += found
    text = json.dumps(every, ensure_ascii=False)
    (folder / "sentences.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
