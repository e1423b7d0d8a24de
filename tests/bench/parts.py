"""Single stages of the pipeline, alone.

    python -m bench.parts NAME MODEL FOLDER CORES COUNT

prints how much was done in how many seconds, as JSON. What has to be loaded was loaded before.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import translate_kit as tk
from bench.rivals import evenly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["PARTS", "UNITS"]

TARGETS = "targets.json"
"""Translations of the sentences, as the command line made them."""


def _segment(folder: Path, count: int, engine: Any) -> tuple[float, Callable[[], object]]:
    del count, engine
    lines = (folder / "feed.jsonl").read_text(encoding="utf-8").splitlines()
    text = "\n\n".join(json.loads(line)["text"] for line in lines)
    repeated = "\n\n".join([text] * max(1, 2_000_000 // len(text)))

    def read() -> Iterator[str]:
        size = 1 << 16
        return (repeated[n : n + size] for n in range(0, len(repeated), size))

    def segment() -> int:
        return sum(len(block.sentences) for block in tk.segment_stream(read(), "id"))

    return len(repeated.encode()) / 1e6, segment


def _pairs(folder: Path, count: int) -> tuple[list[str], list[str]]:
    sides = (json.loads((folder / name).read_text()) for name in ("sentences.json", TARGETS))
    source, target = (evenly(side, count) for side in sides)
    return source, target


def _documents(folder: Path, count: int) -> tuple[tk.Document, tk.Document]:
    found = []
    for lines, language in zip(_pairs(folder, count), ("id", "en"), strict=True):
        data = "\n".join(lines).encode()
        document = tk.read_document(data, "text", tk.Reading(language=language))
        found.append(tk.segment_document(document, tk.SegmentOptions(presegmented=True)))
    return found[0], found[1]


def _align(folder: Path, count: int, engine: Any) -> tuple[float, Callable[[], object]]:
    source, target = _documents(folder, count)
    return count, lambda: tk.align_documents(source, target, engine)


def _estimate(folder: Path, count: int, engine: Any) -> tuple[float, Callable[[], object]]:
    rows = zip(*_pairs(folder, count), strict=True)
    data = "".join(f"{source}\t{target}\n" for source, target in rows).encode()
    (bitext,) = tk.read_bitexts(data, "tsv", tk.Reading(language="id", target_language="en"))
    return count, lambda: tk.estimate_quality(bitext, engine)


_MAKERS: dict[str, Callable[[Path, int, Any], tuple[float, Callable[[], object]]]] = {
    "segment": _segment,
    "align-lexical": _align,
    "align": _align,
    "estimate-fast": _estimate,
    "estimate": _estimate,
}
_ASKED = ("align", "estimate")

PARTS = tuple(_MAKERS)
UNITS = {"segment": "MB"}
"""What is counted; sentences where nothing is said."""


def main(name: str, model: str, folder: str, cores: str, count: str) -> None:
    engine = None
    if name in _ASKED:
        engine = tk.load_engine(model, "id-en", tk.EngineOptions(threads=int(cores)))
    make = _MAKERS[name]
    _, few = make(Path(folder), 10, engine)
    few()  # loads the lexicons
    done, all_of_it = make(Path(folder), int(count), engine)
    start = time.perf_counter()
    all_of_it()
    print(json.dumps({"done": done, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main(*sys.argv[1:])
