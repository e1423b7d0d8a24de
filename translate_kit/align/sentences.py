"""Sentence alignment by length (Gale and Church 1993), through nltk's implementation.

It knows nothing of words: good for translations that keep to their source, wrong where whole
passages are missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.bitext import Bead, Bitext, Provenance
from translate_kit.errors import EmptyInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.document import Document

__all__ = ["align"]


def align(source: Document, target: Document) -> Bitext:
    """Align two segmented documents.

    Returns:
        Beads 1–1, 1–2, 2–1, 2–2 and, where a side has nothing to offer, 1–0 and 0–1; origin
        ``human``, no links.

    Raises:
        EmptyInputError: if a document has no sentence.
    """
    sides = (source, target)
    lengths = [[len(s.text) for s in document.sentences] for document in sides]
    for document, sizes in zip(sides, lengths, strict=True):
        if not sizes:
            raise EmptyInputError(f"{document.source or document.language}: no sentence to align")
    pairs = _gale_church(*lengths)
    beads = tuple(
        Bead(range(*s), range(*t), origin="human")
        for s, t in _beads(pairs, len(lengths[0]), len(lengths[1]))
    )
    return Bitext(source, target, beads, Provenance(options=(("method", "gale-church"),)))


def _gale_church(source: Sequence[int], target: Sequence[int]) -> list[tuple[int, int]]:
    from nltk.translate.gale_church import align_blocks  # noqa: PLC0415 (a heavy import)

    pairs: list[tuple[int, int]] = align_blocks(list(source), list(target))
    return sorted(pairs)


def _beads(
    pairs: Sequence[tuple[int, int]], sources: int, targets: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Join pairs that share a sentence; what is in no pair stands alone."""
    s = t = 0
    at = 0
    while at < len(pairs):
        first_s, first_t = pairs[at]
        last_s, last_t = first_s, first_t
        while at < len(pairs) and (pairs[at][0] <= last_s or pairs[at][1] <= last_t):
            last_s, last_t = max(last_s, pairs[at][0]), max(last_t, pairs[at][1])
            at += 1
        yield from _alone(s, first_s, t, first_t)
        yield (first_s, last_s + 1), (first_t, last_t + 1)
        s, t = last_s + 1, last_t + 1
    yield from _alone(s, sources, t, targets)


def _alone(
    s: int, s_end: int, t: int, t_end: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for number in range(s, s_end):
        yield (number, number + 1), (t, t)
    for number in range(t, t_end):
        yield (s_end, s_end), (number, number + 1)
