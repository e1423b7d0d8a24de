"""Score a model folder on development data: BLEU, chrF++, names kept, word links.

    python -m recipe.evaluate --model OUT/ct2 --dev FLORES_DEV --directions id-en en-id

Measured through the whole toolkit, as a user gets it (int8, beam 4). The outputs are written
beside the record, to be read: figures alone have shipped nonsense before.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recipe.data import write_lines
from recipe.measure import Development, Measures, measure
from recipe.program import Recorded, option, run

__all__ = ["Options", "as_figures", "evaluate", "model_path"]

EXAMPLES = 5
"""Sentences with lost names that go into the record, for the model card."""


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is measured on what."""

    model: Path = option("model folder", read=Path)
    dev: Path = option("folder with id.txt and en.txt", read=Path)
    directions: tuple[str, ...] = option("as id-en", ("id-en", "en-id"), read=str, many=True)
    lines: int = option("lines of dev; 0 takes all", 0)
    outputs: Path | None = option("folder for the translations", None, read=Path)


def model_path(folder: Path) -> str:
    """Return a folder as the toolkit takes it: a path, never the name of an installed model."""
    return str(folder) if os.sep in str(folder) else f".{os.sep}{folder}"


def as_figures(found: Measures) -> dict[str, Any]:
    """Return measures as the record holds them: plain values, shares as (part, whole)."""
    pairs = {
        "names": found.names,
        "name_links": found.name_links[1],
        "number_links": found.number_links[1],
        "name_attention": found.name_links[0],
        "number_attention": found.number_links[0],
    }
    shares = {name: [share.part, share.whole] for name, share in pairs.items()}
    # short ones are quickest to read
    lost = sorted(found.lost, key=lambda row: len(row[0]))[:EXAMPLES]
    return {
        "scores": {name: {"value": value, "signature": text} for name, value, text in found.scores},
        "signature": found.signature,
        **shares,
        "lost": [list(row) for row in lost],
    }


def evaluate(options: Options) -> dict[str, Any]:
    """Measure each direction."""
    data = Development.read(options.dev, options.lines)
    figures: dict[str, Any] = {"set": data.name, "lines": len(data.id)}
    for direction in options.directions:
        found = measure(model_path(options.model), direction, data)
        figures[direction] = as_figures(found)
        if options.outputs:
            write_lines(options.outputs / f"{data.name}.{direction}.txt", found.outputs)
    return figures


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, evaluate))
