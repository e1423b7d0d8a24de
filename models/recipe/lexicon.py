r"""A start that costs minutes and saves hours: piece translations and bilingual embeddings.

    python -m recipe.lexicon --pairs parallel.tsv.xz --lines-id mono.id.txt.xz \
        --lines-en mono.en.txt.xz --vocabulary sentencepiece.model --out lexicon.safetensors

Writes what `recipe.guide.Lexicon` reads: ``embeddings`` [V, width] float16 and the table of which
piece translates which, as ``places`` [2, n] int32 and ``weights`` [n] float16. About 80 bytes of
memory for each pair of pieces in a sentence pair: 8 GB for 120,000 pairs.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from safetensors.torch import save_file

from recipe.data import Sources, read_lines, read_pairs
from recipe.embeddings import bilingual_embeddings, neighbours
from recipe.ibm1 import both_ways, translation_table
from recipe.program import Recorded, option, run
from recipe.vocabulary import Vocabulary
from translate_kit import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Options", "make_lexicon"]

LONGEST = 60
"""Pieces of the longest sentence that counts: long ones cost most and say least."""

LEAST_RATE = 0.15
"""Sources that are seen little in training still tell what words mean."""


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is counted."""

    pairs: tuple[Path, ...] = option("files of pairs", read=Path, many=True)
    lines_id: Path = option("Indonesian lines", read=Path)
    lines_en: Path = option("English lines", read=Path)
    vocabulary: Path = option("SentencePiece model", read=Path)
    out: Path = option("file to write", read=Path)
    width: int = option("columns; a wider model fills up with noise", 256)
    most_pairs: int = option("pairs counted", 120_000)
    most_lines: int = option("lines counted for each language", 250_000)
    seed: int = option("of the samples", 1)


def _paired(options: Options, vocabulary: Vocabulary) -> tuple[list[list[int]], list[list[int]]]:
    draw, sources = random.Random(options.seed), Sources()
    chosen = [
        pair
        for pair in read_pairs(*options.pairs)
        if draw.random() < max(LEAST_RATE, sources.rate(pair.source))
    ]
    draw.shuffle(chosen)
    # twice as many as needed: some are too long
    chosen = chosen[: 2 * options.most_pairs]
    rows = zip(
        vocabulary.encode([pair.id for pair in chosen]),
        vocabulary.encode([pair.en for pair in chosen]),
        strict=True,
    )
    fit = [(f, e) for f, e in rows if 0 < len(f) < LONGEST and 0 < len(e) < LONGEST]
    fit = fit[: options.most_pairs]
    if not fit:
        raise InputError("no pairs to count; give the filtered pairs with --pairs")
    return [f for f, _ in fit], [e for _, e in fit]


def _sample(path: Path, options: Options) -> Sequence[str]:
    lines = list(read_lines(path))
    return random.Random(options.seed).sample(lines, min(options.most_lines, len(lines)))


def make_lexicon(options: Options) -> dict[str, Any]:
    """Count, factor, write."""
    torch.manual_seed(options.seed)
    vocabulary = Vocabulary(options.vocabulary)
    indonesian, english = _paired(options, vocabulary)
    forward = translation_table(indonesian, english, vocabulary.size)
    backward = translation_table(english, indonesian, vocabulary.size)
    around = [
        neighbours([*rows, *vocabulary.encode(_sample(path, options))], vocabulary.size)
        for rows, path in ((indonesian, options.lines_id), (english, options.lines_en))
    ]
    width = min(options.width, vocabulary.size)
    found = bilingual_embeddings(around[0], around[1], forward, width)
    links = both_ways(forward, backward)
    places = torch.from_numpy(np.stack([links.row, links.col]).astype(np.int32))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    tensors = {
        "embeddings": found.half().contiguous(),
        "places": places.contiguous(),
        "weights": torch.from_numpy(links.data).half(),
    }
    save_file(tensors, options.out)
    return {"pairs": len(indonesian), "links": int(links.nnz)}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, make_lexicon))
