"""What a bead is worth: evidence of words, length, its kind, and paragraphs.

A log-linear model (weights in ``weights.json``, fitted by
``tests/eval/fit_align.py``):

- words: the likelihood ratios of `evidence`, over the square root of the words compared, since
  words of a sentence are not independent;
- length: that a translation is about as long as its source (Gale & Church 1993, "A Program for
  Aligning Sentences in Bilingual Corpora"): the squared deviation in standard deviations;
- kind: that 1-1 is the rule;
- paragraphs: that they begin together, as far as an earlier pass found that they do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from translate_kit.align.search import NEVER, Moves, nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from translate_kit.align.corridor import Corridor
    from translate_kit.align.evidence import Evidence

__all__ = ["Lengths", "Weights", "moves", "weights"]

VARIANCE = 6.8
"""Of the characters that one character becomes (Gale & Church 1993)."""

FARTHEST = 10.0
"""Cost of length, at most: very long and very short differ no more than long and short."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The model.

    Args:
        null: how likely a word that has a translation stands there without it.
        words: weight of the words' evidence.
        translation: weight of the evidence of a machine translation's words.
        length: weight of the length.
        skip: score of a sentence without counterpart.
        paragraph: what it is worth that paragraphs begin together.
        beads: score of each kind of bead.
    """

    null: float
    words: float
    translation: float
    length: float
    skip: float
    paragraph: float
    beads: tuple[tuple[tuple[int, int], float], ...]

    @classmethod
    def read(cls, data: dict[str, Any]) -> Weights:
        """Make weights of their form in the file."""
        values = dict(data)
        beads = []
        for kind, score in values.pop("beads").items():
            source, target = kind.split("-")
            beads.append(((int(source), int(target)), float(score)))
        return cls(beads=tuple(beads), **values)


@cache
def weights(name: str) -> Weights:
    """Return the shipped weights: ``lexicon`` or, for other language pairs, ``learned``."""
    text = files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    return Weights.read(json.loads(text)[name])


@dataclass(frozen=True, slots=True)
class Lengths:
    """Characters of the sentences, and where paragraphs begin.

    Args:
        source: [sources] characters.
        target: [targets] likewise.
        ratio: target characters a source character becomes.
        starts: for each side the numbers of sentences that begin a paragraph.
        agreement: how far these begin together, in [0, 1]; 0 leaves them out.
    """

    source: NDArray[np.float64]
    target: NDArray[np.float64]
    ratio: float
    starts: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    agreement: float = 0.0


def moves(
    corridor: Corridor,
    found: Sequence[tuple[Evidence, float]],
    lengths: Lengths,
    chosen: Weights,
) -> Moves:
    """Return what every bead of the corridor is worth.

    Args:
        corridor: where to search.
        found: evidence and its weight, one or more.
        lengths: characters and paragraphs.
        chosen: the model.
    """
    kinds = tuple(kind for kind, _ in chosen.beads)
    worth = [
        [
            _row(corridor, found, lengths, chosen, (row, *kind, score))
            for kind, score in chosen.beads
        ]
        for row in range(len(corridor.first))
    ]
    return Moves(
        kinds,
        worth,
        chosen.skip,
        _meetings(corridor, lengths, chosen.paragraph * lengths.agreement),
    )


def _row(
    corridor: Corridor,
    found: Sequence[tuple[Evidence, float]],
    lengths: Lengths,
    chosen: Weights,
    bead: tuple[int, int, int, float],
) -> tuple[int, NDArray[np.float32]]:
    """Score the beads of one kind that begin in a row."""
    row, a, b, score = bead
    if row + a > len(corridor.first):
        return 0, np.zeros(0, np.float32)
    first, last = int(corridor.first[row + a - 1]), int(corridor.last[row]) - b + 1
    if first >= last:
        return 0, np.zeros(0, np.float32)
    worth = np.full(last - first, score)
    for evidence, weight in found:
        worth += weight * _words(corridor, evidence, (row, a, b), (first, last))
    ours = lengths.ratio * lengths.source[row : row + a].sum()
    theirs = _windows(lengths.target[first : last + b - 1], b)
    deviation = (theirs - ours) ** 2 / (VARIANCE * (theirs + ours) / 2 + 1e-9)
    worth -= chosen.length * np.minimum(deviation / 2, FARTHEST)
    return first, worth.astype(np.float32)


def _words(
    corridor: Corridor,
    evidence: Evidence,
    bead: tuple[int, int, int],
    span: tuple[int, int],
) -> NDArray[np.float64]:
    row, a, b = bead
    first, last = span
    begin = corridor.origin[row] + first
    ratios = _windows(evidence.forward[a - 1, begin : begin + last - first + b - 1], b)
    for n in range(row, row + a):
        begin = corridor.origin[n] + first
        ratios = ratios + evidence.backward[b - 1, begin : begin + last - first]
    compared = evidence.source_words[row : row + a].sum() + _windows(
        evidence.target_words[first : last + b - 1], b
    )
    result: NDArray[np.float64] = ratios / np.sqrt(np.maximum(compared, 1.0))
    return np.maximum(result, NEVER)


def _windows(values: NDArray[Any], width: int) -> NDArray[Any]:
    """Return the sums of ``width`` neighbours."""
    total = values[: len(values) - width + 1].astype(np.float64)
    for shift in range(1, width):
        total = total + values[shift : len(values) - width + 1 + shift]
    return total


def _meetings(
    corridor: Corridor, lengths: Lengths, worth: float
) -> list[NDArray[np.float64]] | None:
    """Reward nodes where both sides begin a paragraph, fine those where only one does."""
    if not worth:
        return None
    begins = [np.zeros(len(corridor.first) + 1), np.zeros(corridor.targets + 1)]
    for marks, starts in zip(begins, lengths.starts, strict=True):
        marks[[number for number in starts if number]] = 1.0
    met = []
    for row, (first, last) in enumerate(nodes(corridor)):
        here, there = begins[0][row], begins[1][first : last + 1]
        met.append(worth * np.where(here == there, here, -1.0))
    return met
