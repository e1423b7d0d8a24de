"""Training data in memory and the batches drawn from it.

Sentences lie flat in one array, both languages after each other, so that a batch is gathered
by index arithmetic and not by a loop over its lines: that keeps a GPU busy too.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from recipe.data import SYNTHETIC
from recipe.vocabulary import EOS, PAD
from translate_kit import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from recipe.data import Pair, Sources
    from recipe.vocabulary import Vocabulary

__all__ = ["Batch", "Corpus", "corpus_of"]

NOISE = 2.0
"""Tokens by which the order by length is shaken, so that batches differ between epochs."""


@dataclass(frozen=True)
class Batch:
    """What a step works on.

    Args:
        source: tokens [B, S]: language, a mark if the source is synthetic, pieces, ``</s>``.
        given: tokens [B, T] that the decoder sees: ``</s>``, language, pieces.
        wanted: tokens [B, T] it must predict; padding where nothing is asked: the language is
            given.
    """

    source: torch.Tensor
    given: torch.Tensor
    wanted: torch.Tensor

    def to(self, device: str) -> Batch:
        """Return the batch on a device."""
        return Batch(*(t.to(device) for t in (self.source, self.given, self.wanted)))


@dataclass(frozen=True)
class Corpus:
    """Pairs as tokens.

    Args:
        pieces: of all sentences, flat: first the Indonesian side of each pair, then the English.
        starts: where each of the 2n sentences begins.
        lengths: pieces in each.
        synthetic: whether a machine wrote it.
        rates: [2, n]: copies of a pair in an epoch, from Indonesian and from English.
        languages: numbers of the two language tokens.
        mark: number of the token before synthetic sources.
    """

    pieces: NDArray[np.int32]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    synthetic: NDArray[np.bool_]
    rates: NDArray[np.float32]
    languages: tuple[int, int]
    mark: int

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.starts) // 2

    def epoch(self, tokens: int, seed: tuple[int, ...]) -> list[NDArray[np.int64]]:
        """Return one epoch as batches of sources, as rows of ``starts``, in random order.

        Args:
            tokens: padded target tokens in a batch, at most.
            seed: the same numbers give the same batches.
        """
        draw = np.random.default_rng(seed)
        copies = np.floor(self.rates + draw.random(self.rates.shape)).astype(np.int64).ravel()
        rows = np.repeat(np.arange(len(copies)), copies)
        long = np.maximum(self.lengths, np.roll(self.lengths, len(self)))[rows] + 2
        order = np.argsort(long + NOISE * draw.random(len(rows)), kind="stable")
        rows, long = rows[order], long[order]
        batches, first = [], 0
        while first < len(rows):
            end = first + max(1, tokens // int(long[first]))
            while end > first + 1 and int(long[first:end].max()) * (end - first) > tokens:
                end = first + max(1, tokens // int(long[first:end].max()))
            batches.append(rows[first:end])
            first = min(end, len(rows))
        draw.shuffle(batches)
        return batches

    def batch(self, rows: NDArray[np.int64], multiple: int = 1) -> Batch:
        """Gather a batch whose sources are those rows, padded to a multiple of so many tokens."""
        others = (rows + len(self)) % (2 * len(self))
        source = self._gather(rows, self.synthetic[rows], multiple)
        target = self._gather(others, np.zeros(len(rows), bool), multiple)
        given = np.concatenate([np.full((len(rows), 1), EOS), target[:, :-1]], axis=1)
        given[given == EOS] = PAD  # the end is never given …
        given[:, 0] = EOS  # … except as the start
        target[:, 0] = PAD
        return Batch(*(torch.from_numpy(part) for part in (source, given, target)))

    def _gather(
        self, rows: NDArray[np.int64], marked: NDArray[np.bool_], multiple: int
    ) -> NDArray[np.int64]:
        before = 1 + marked[:, None].astype(np.int64)
        lengths = self.lengths[rows][:, None]
        width = -(-int((lengths + before).max() + 1) // multiple) * multiple
        place = np.arange(width)[None] - before
        flat = np.clip(self.starts[rows][:, None] + place, 0, len(self.pieces) - 1)
        found = np.where((place >= 0) & (place < lengths), self.pieces[flat].astype(np.int64), PAD)
        found[place == lengths] = EOS
        found[:, 0] = np.array(self.languages)[(rows >= len(self)).astype(np.int64)]
        found[marked, 1] = self.mark
        return found

    def ordered(self, source: int, size: int) -> Iterator[Batch]:
        """Yield every pair once, in order: source 0 is Indonesian, 1 English."""
        first = source * len(self)
        for begin in range(first, first + len(self), size):
            yield self.batch(np.arange(begin, min(begin + size, first + len(self))))


def corpus_of(
    pairs: Sequence[Pair],
    vocabulary: Vocabulary,
    longest: int,
    directions: Sequence[str] = ("id-en", "en-id"),
    sources: Sources | None = None,
) -> Corpus:
    """Encode pairs.

    Args:
        pairs: what is trained on; of `SYNTHETIC` sources the synthetic side is marked when it is
            a source.
        vocabulary: of the model.
        longest: tokens of the longest sentence kept, language and end included.
        directions: from which language into which; the others get no copies.
        sources: rates; None counts every pair once.

    Raises:
        InputError: if nothing is left.
    """
    sides = (vocabulary.encode([p.id for p in pairs]), vocabulary.encode([p.en for p in pairs]))
    most = longest - 3  # a language, perhaps a mark, the end
    fit = [n for n in range(len(pairs)) if all(0 < len(side[n]) <= most for side in sides)]
    if not fit:
        raise InputError("no pairs to train on; give the filtered pairs")
    rows = [side[n] for side in sides for n in fit]
    lengths = np.array([len(row) for row in rows], np.int64)
    names = [pairs[n].source for n in fit]
    rates = [
        [sources.rate(name, way) if sources else 1.0 for name in names]
        if way in directions
        else [0.0] * len(names)
        for way in ("id-en", "en-id")
    ]
    return Corpus(
        pieces=np.fromiter(itertools.chain.from_iterable(rows), np.int32, int(lengths.sum())),
        starts=np.concatenate([[0], np.cumsum(lengths)[:-1]]),
        lengths=lengths,
        synthetic=np.array(
            [name.startswith(SYNTHETIC[code]) for code in ("id", "en") for name in names], bool
        ),
        rates=np.array(rates, np.float32),
        languages=(vocabulary.languages["id"], vocabulary.languages["en"]),
        mark=vocabulary.synthetic,
    )
