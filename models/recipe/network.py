"""The network: NLLB's shape (M2M-100: pre-norm Transformer, ReLU, sinusoids, tied embeddings).

The same function as ``transformers.M2M100ForConditionalGeneration`` (a test compares them), at
about three times its speed on two processor cores (measured in bfloat16): fused projections,
dropout from a pool of masks, plain attention (lengths are short; the fused one's backward is
slow there), loss over kept tokens only. Pre-norm, because it learned in a fifth of the tokens
that post-norm needed. Head 0 of every decoder layer is trained towards word alignments
(`recipe.guide`); the last layer's is exported.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from recipe.vocabulary import PAD
from translate_kit import OptionError

__all__ = ["Losses", "Network", "Shape", "sinusoids"]

FAR = -1e4
"""Added to the scores of what must not be attended to; fits bfloat16."""

POOL = 1 << 25
"""Random masks kept for dropout on a processor, where drawing them is the slowest step."""

POSITIONS = 512


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a network; written ``width,heads,feed_forward,encoder,decoder``.

    Args:
        vocabulary: rows of the embedding table.
        width: of every vector.
        heads: of every attention; divide the width.
        feed_forward: width inside the feed-forward layers.
        encoder: layers; depth here is cheap, every source is encoded once.
        decoder: layers; each costs at every step of the search (Kasai et al. 2021).
    """

    vocabulary: int
    width: int = 256
    heads: int = 4
    feed_forward: int = 1024
    encoder: int = 6
    decoder: int = 2

    @classmethod
    def parse(cls, text: str, vocabulary: int) -> Shape:
        """Read ``256,4,1024,6,2``.

        Raises:
            OptionError: unless it is five numbers that go together.
        """
        numbers = [int(part) for part in text.split(",") if part.strip().isdigit()]
        if len(numbers) != len(cls.__slots__) - 1 or not all(numbers):
            message = f"{text!r} is no shape; write width,heads,feed-forward,encoder,decoder"
            raise OptionError(message)
        shape = cls(vocabulary, *numbers)
        if shape.width % shape.heads or shape.width % 2:
            raise OptionError(f"{shape.heads} heads do not divide a width of {shape.width}")
        return shape


@dataclass(frozen=True)
class Losses:
    """Sums over the target tokens of a batch: divide by ``tokens``.

    Args:
        smoothed: cross-entropy with label smoothing; what is trained on.
        plain: cross-entropy, without gradient; what is reported.
        tokens: how many.
    """

    smoothed: torch.Tensor
    plain: torch.Tensor
    tokens: int


_POOLS: dict[tuple[float, torch.dtype], torch.Tensor] = {}


def _dropout(x: torch.Tensor, share: float) -> torch.Tensor:
    if x.is_cuda:
        return functional.dropout(x, share, training=True)
    wanted = (share, x.dtype)
    if wanted not in _POOLS:
        fixed = torch.Generator().manual_seed(1)  # the same pool after a resume
        _POOLS[wanted] = (torch.rand(POOL, generator=fixed) >= share).to(x.dtype) / (1 - share)
    first = int(torch.randint(POOL - x.numel(), ()))
    return x * _POOLS[wanted][first : first + x.numel()].view(x.shape)


def _attend(
    q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: torch.Tensor | None, *, causal: bool
) -> torch.Tensor:
    if q.is_cuda:
        return functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
    scores = torch.matmul(q * q.shape[-1] ** -0.5, k.transpose(-1, -2))
    if causal:
        size = scores.shape[-1]
        scores = scores + torch.full((size, size), FAR, dtype=scores.dtype).triu(1)
    if mask is not None:
        scores = scores + mask
    return torch.matmul(torch.softmax(scores, dim=-1), v)


def sinusoids(rows: int, width: int) -> torch.Tensor:
    """Return M2M-100's positions from its third row on (the first two belong to padding)."""
    half = width // 2
    steps = torch.exp(torch.arange(half) * -(math.log(10_000) / (half - 1)))
    angles = (torch.arange(rows) + 2)[:, None] * steps[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class SelfAttention(nn.Module):
    """Attention within one sentence, its three projections fused."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None, *, causal: bool) -> torch.Tensor:
        """Return [B, T, width] for [B, T, width]; the mask is added to the scores."""
        rows, length, width = x.shape
        parts = self.qkv(x).view(rows, length, 3, self.heads, width // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        found = _attend(q, k, v, mask, causal=causal)
        return self.out(found.transpose(1, 2).reshape(rows, length, width))


class CrossAttention(nn.Module):
    """Attention from the translation to its source."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def forward(
        self,
        x: torch.Tensor,
        memory: torch.Tensor,
        mask: torch.Tensor,
        kept: list[torch.Tensor] | None,
    ) -> torch.Tensor:
        """Return [B, T, width]; append head 0's log-probabilities [B, T, S] to ``kept``."""
        rows, length, width = x.shape
        size = width // self.heads
        q = self.q(x).view(rows, length, self.heads, size).transpose(1, 2)
        k, v = self.kv(memory).view(rows, -1, 2, self.heads, size).permute(2, 0, 3, 1, 4)
        if kept is not None:
            scores = torch.matmul(q[:, 0] * size**-0.5, k[:, 0].transpose(-1, -2)) + mask[:, 0]
            kept.append(torch.log_softmax(scores.float(), dim=-1))
        found = _attend(q, k, v, mask, causal=False)
        return self.out(found.transpose(1, 2).reshape(rows, length, width))


class Layer(nn.Module):
    """A layer of the encoder or, with attention to the source, of the decoder."""

    def __init__(self, shape: Shape, dropout: float, *, decoder: bool) -> None:
        super().__init__()
        self.dropout = dropout
        self.self_attention = SelfAttention(shape.width, shape.heads)
        self.self_norm = nn.LayerNorm(shape.width)
        self.cross_attention = CrossAttention(shape.width, shape.heads) if decoder else None
        if decoder:
            self.cross_norm = nn.LayerNorm(shape.width)
        self.inner = nn.Linear(shape.width, shape.feed_forward)
        self.outer = nn.Linear(shape.feed_forward, shape.width)
        self.feed_norm = nn.LayerNorm(shape.width)

    def _drop(self, x: torch.Tensor) -> torch.Tensor:
        return _dropout(x, self.dropout) if self.training and self.dropout else x

    def feed(self, x: torch.Tensor) -> torch.Tensor:
        """Add what the feed-forward part makes of x."""
        return x + self._drop(self.outer(functional.relu(self.inner(self.feed_norm(x)))))

    def encode(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return [B, S, width]."""
        x = x + self._drop(self.self_attention(self.self_norm(x), mask, causal=False))
        return self.feed(x)

    def decode(
        self,
        x: torch.Tensor,
        memory: torch.Tensor,
        mask: torch.Tensor,
        kept: list[torch.Tensor] | None,
    ) -> torch.Tensor:
        """Return [B, T, width]; each place sees those before it and the whole source."""
        x = x + self._drop(self.self_attention(self.self_norm(x), None, causal=True))
        attention: Any = self.cross_attention
        x = x + self._drop(attention(self.cross_norm(x), memory, mask, kept))
        return self.feed(x)


class Network(nn.Module):
    """Encoder, decoder and the one table of embeddings they share with the output."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.dropout = dropout
        self.embedding = nn.Embedding(shape.vocabulary, shape.width, padding_idx=PAD)
        self.register_buffer("positions", sinusoids(POSITIONS, shape.width), persistent=False)
        self.encoder = nn.ModuleList(
            Layer(shape, dropout, decoder=False) for _ in range(shape.encoder)
        )
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.decoder = nn.ModuleList(
            Layer(shape, dropout, decoder=True) for _ in range(shape.decoder)
        )
        self.decoder_norm = nn.LayerNorm(shape.width)
        self._start()

    def _start(self) -> None:
        nn.init.normal_(self.embedding.weight, std=self.shape.width**-0.5)
        with torch.no_grad():
            self.embedding.weight[PAD] = 0
        for name, weight in self.named_parameters():
            if name.endswith("bias"):
                nn.init.zeros_(weight)
            elif weight.dim() == 2 and name != "embedding.weight":
                # fused projections start as if each stood alone
                for part in weight.data.split(weight.shape[1] if "kv" in name else len(weight)):
                    nn.init.xavier_uniform_(part)

    def embed(self, tokens: torch.Tensor, first: int = 0) -> torch.Tensor:
        """Return [B, T, width]: scaled embeddings plus positions from ``first`` on."""
        places = self.positions[first : first + tokens.shape[1]].to(self.embedding.weight.dtype)
        found = self.embedding(tokens) * math.sqrt(self.shape.width) + places
        return _dropout(found, self.dropout) if self.training and self.dropout else found

    def mask(self, source: torch.Tensor) -> torch.Tensor:
        """Return [B, 1, 1, S]: what is added to scores, so that padding is not seen."""
        mask = torch.zeros(source.shape, dtype=self.embedding.weight.dtype, device=source.device)
        return mask.masked_fill_(source == PAD, FAR)[:, None, None, :]

    def encode(self, source: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return [B, S, width] for tokens [B, S]."""
        x = self.embed(source)
        for layer in self.encoder:
            x = layer.encode(x, mask)
        return self.encoder_norm(x)

    def forward(
        self,
        source: torch.Tensor,
        target: torch.Tensor,
        kept: list[torch.Tensor] | None = None,
    ) -> torch.Tensor:
        """Return the decoder's states [B, T, width], one before each next token.

        Args:
            source: tokens [B, S].
            target: tokens [B, T], shifted: ``</s>`` and the language come first.
            kept: receives of each decoder layer head 0's log-probabilities [B, T, S].
        """
        mask = self.mask(source)
        memory = self.encode(source, mask)
        x = self.embed(target)
        for layer in self.decoder:
            x = layer.decode(x, memory, mask, kept)
        return self.decoder_norm(x)

    def losses(self, states: torch.Tensor, target: torch.Tensor, smoothing: float = 0.1) -> Losses:
        """Return the losses of predicting ``target`` [B, T] from states [B, T, width]."""
        flat = target.reshape(-1)
        kept = (flat != PAD).nonzero().squeeze(1)
        states, gold = states.reshape(-1, self.shape.width)[kept], flat[kept]
        smoothed, plain = states.new_zeros((), dtype=torch.float32), states.new_zeros(())
        plain = plain.float()
        chunk = 16_384 if states.is_cuda else 1024  # logits of all at once would not fit
        for begin in range(0, len(gold), chunk):
            part = slice(begin, begin + chunk)
            logits = functional.linear(states[part], self.embedding.weight).float()
            norm = torch.logsumexp(logits, dim=-1)
            right = (norm - logits.gather(1, gold[part, None]).squeeze(1)).sum()
            spread = (norm - logits.mean(dim=-1)).sum()
            smoothed = smoothed + (1 - smoothing) * right + smoothing * spread
            plain = plain + right.detach()
        return Losses(smoothed, plain, len(gold))
