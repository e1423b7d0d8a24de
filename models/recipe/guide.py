"""Where each target piece should look: soft alignments out of the lexicon.

Training head 0 of the decoder's attention towards them (Garg et al. 2019, "Jointly Learning to
Align and Translate") lets it find the source from the first steps on, and gives word links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file

from recipe.vocabulary import EOS
from translate_kit import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from recipe.batches import Batch

__all__ = ["Lexicon", "guide_loss", "soft_alignment"]

NEAR = 4.0
"""How much translations at another place of the sentence lose."""

UNSURE = 0.03
SAME = 0.3
"""How surely a piece that stands on both sides is its own translation: so names and numbers,
which no lexicon has, find their place, while known translations weigh more."""


@dataclass(frozen=True)
class Lexicon:
    """What `recipe.lexicon` wrote.

    Args:
        embeddings: [V, width] float32, rows of unit length.
        links: dense [V, V] float16: how surely two pieces translate each other, 0 to 1.
    """

    embeddings: torch.Tensor
    links: torch.Tensor

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """Read the file, or the first recipe's ``lexicon.pt``.

        Raises:
            InputError: if there is none.
        """
        if not path.is_file():
            raise InputError(f"no lexicon at {path}; make it with python -m recipe.lexicon")
        if path.suffix == ".pt":
            old = torch.load(path, map_location="cpu", weights_only=True)
            return cls(old["emb"].float(), old["links"].float().to_dense().half())
        tensors = load_file(path)
        size = len(tensors["embeddings"])
        links = torch.zeros(size, size, dtype=torch.float16)
        links[tuple(tensors["places"].long())] = tensors["weights"]
        return cls(tensors["embeddings"].float(), links)


def soft_alignment(
    links: torch.Tensor, source: torch.Tensor, target: torch.Tensor, first_tag: int
) -> torch.Tensor:
    """Return [B, T, S]: rows that sum to one, or to zero where nothing is known.

    Args:
        links: dense [V, V]: how surely two pieces translate each other.
        source: tokens [B, S].
        target: tokens [B, T].
        first_tag: numbers from here on are tags, not pieces.
    """
    s, t = source[:, None, :], target[:, :, None]
    pieces = (s > EOS) & (s < first_tag) & (t > EOS) & (t < first_tag)
    found = links[s, t].float()
    found = torch.where(s == t, found.clamp(min=SAME), found) * pieces
    place_s = torch.arange(source.shape[1], device=source.device) / source.shape[1]
    place_t = torch.arange(target.shape[1], device=source.device) / target.shape[1]
    found = found * torch.exp(-NEAR * (place_s[None, None] - place_t[None, :, None]).abs())
    found = found * (found > UNSURE) + ((s == EOS) & (t == EOS))
    return found / found.sum(dim=-1, keepdim=True).clamp(min=1e-6)


def guide_loss(
    links: torch.Tensor, kept: list[torch.Tensor], batch: Batch, first_tag: int
) -> torch.Tensor:
    """Return the cross-entropy of attention against the alignments, summed over target tokens.

    Args:
        links: as in `soft_alignment`.
        kept: log-probabilities of head 0, [B, T, S] of each decoder layer.
        batch: what the network was given.
        first_tag: as in `soft_alignment`.
    """
    gold = soft_alignment(links, batch.source, batch.wanted, first_tag)
    return -torch.stack([(gold * attention).sum() for attention in kept]).mean()
