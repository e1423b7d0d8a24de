"""Greedy search in PyTorch, in very large batches: for a GPU on which CTranslate2 is not at hand.

Keys and values of earlier places are kept. On a processor `recipe.synthesise` is much faster.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

from recipe.vocabulary import EOS, PAD, START, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recipe.network import Layer, Network
    from recipe.vocabulary import Vocabulary

__all__ = ["Found", "greedy"]

LOOK = 8
"""Steps between two looks whether all sentences have ended: each waits for the GPU."""


@dataclass(frozen=True, slots=True)
class Found:
    """A translation.

    Args:
        number: of the sentence it translates.
        pieces: of the translation; None if it did not end.
        score: mean log-probability of its pieces and its end.
    """

    number: int
    pieces: list[int] | None
    score: float


class _Cache:
    """What a decoder layer keeps: keys and values of the source, and of the places so far."""

    def __init__(self, layer: Layer, memory: torch.Tensor, steps: int) -> None:
        attention: Any = layer.cross_attention
        self._layer, self._heads = layer, layer.self_attention.heads
        self._source = [self._split(part) for part in attention.kv(memory).chunk(2, dim=-1)]
        rows, heads, _, size = self._source[0].shape
        self._past = memory.new_zeros(2, rows, heads, steps, size)

    def _split(self, x: torch.Tensor) -> torch.Tensor:
        rows, _, width = x.shape
        return x.view(rows, -1, self._heads, width // self._heads).transpose(1, 2)

    def step(self, x: torch.Tensor, mask: torch.Tensor, place: int) -> torch.Tensor:
        """Return [B, 1, width] for the place's [B, 1, width]."""
        layer = self._layer
        attention: Any = layer.cross_attention
        parts = layer.self_attention.qkv(layer.self_norm(x)).chunk(3, dim=-1)
        q, k, v = (self._split(part) for part in parts)
        self._past[0, :, :, place : place + 1] = k
        self._past[1, :, :, place : place + 1] = v
        past = self._past[:, :, :, : place + 1]
        found = functional.scaled_dot_product_attention(q, past[0], past[1])
        x = x + layer.self_attention.out(found.transpose(1, 2).reshape(x.shape))
        q = self._split(attention.q(layer.cross_norm(x)))
        found = functional.scaled_dot_product_attention(q, *self._source, attn_mask=mask)
        x = x + attention.out(found.transpose(1, 2).reshape(x.shape))
        return layer.feed(x)


def greedy(
    network: Network,
    vocabulary: Vocabulary,
    rows: Sequence[Sequence[int]],
    direction: str,
    tokens: int = 131_072,
) -> Iterator[Found]:
    """Translate sentences given as pieces, the longest first.

    Args:
        network: in evaluation mode.
        vocabulary: its vocabulary.
        rows: pieces of each sentence, without language and end.
        direction: as ``id-en``.
        tokens: padded source tokens in a batch.
    """
    here, there = (vocabulary.languages[code] for code in direction.split("-"))
    device = network.embedding.weight.device
    order = sorted(range(len(rows)), key=lambda n: (-len(rows[n]), n))
    first = 0
    while first < len(order):
        width = len(rows[order[first]]) + 2
        numbers = order[first : first + max(1, tokens // width)]
        first += len(numbers)
        source = torch.full((len(numbers), width), PAD)
        for row, number in enumerate(numbers):
            text = torch.tensor([here, *rows[number], EOS])
            source[row, : len(text)] = text
        yield from _batch(network, vocabulary, source.to(device), there, numbers)


def _batch(
    network: Network,
    vocabulary: Vocabulary,
    source: torch.Tensor,
    language: int,
    numbers: Sequence[int],
) -> Iterator[Found]:
    count, steps = len(numbers), min(len(network.positions) - 1, int(1.6 * source.shape[1]) + 8)
    never = [START, PAD, UNKNOWN, *range(min(vocabulary.languages.values()), vocabulary.size)]
    with torch.inference_mode():
        mask = network.mask(source)
        memory = network.encode(source, mask)
        caches = [_Cache(layer, memory, steps + 1) for layer in network.decoder]
        chosen = source.new_full((count, steps), EOS)
        token = source.new_full((count,), EOS)
        done = torch.zeros(count, dtype=torch.bool, device=source.device)
        total, length = memory.new_zeros(2, count, dtype=torch.float32)
        for place in range(steps + 1):
            x = network.embed(token[:, None], place)
            for cache in caches:
                x = cache.step(x, mask, place)
            if place == 0:
                token = torch.full_like(token, language)  # given, not predicted
                continue
            states = network.decoder_norm(x)[:, 0]
            logits = functional.linear(states, network.embedding.weight).float()
            logits[:, never] = -math.inf
            best, token = functional.log_softmax(logits, dim=-1).max(dim=-1)
            token = token.masked_fill(done, EOS)
            total += best.masked_fill(done, 0.0)
            length += ~done
            done |= token == EOS
            chosen[:, place - 1] = token
            if place % LOOK == 0 and bool(done.all()):
                break
        means = (total / length.clamp(min=1)).tolist()
    for number, row, ended, mean in zip(
        numbers, chosen.tolist(), done.tolist(), means, strict=True
    ):
        yield Found(number, row[: row.index(EOS)] if ended else None, mean)
