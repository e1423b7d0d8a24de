"""Take the mean of the weights of several models of one shape.

    python -m recipe.mean --weights weights/id-en weights/en-id --shares 0.7 0.3 --out start

A start for training one direction: what the other direction's model knows of both languages comes
along. The mean itself translates badly, the loss it begins with is made up for within a million
pieces. Of the snapshots of one run, whose weights lie close together, the mean is often better than
each (Wortsman et al. 2022, "Model Soups"); `recipe.choose` tries that by itself.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from recipe.program import Recorded, option, run
from recipe.weights import read_weights, write_weights
from translate_kit import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Options", "mean", "write_mean"]


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is averaged."""

    weights: tuple[Path, ...] = option("checkpoints or Hugging Face folders", read=Path, many=True)
    out: Path = option("folder to write to", read=Path)
    shares: tuple[float, ...] = option("of each; equal if left out", (), read=float, many=True)


def write_mean(sources: Sequence[Path], out: Path, shares: Sequence[float] = ()) -> None:
    """Write the weighted mean of several models' weights.

    Args:
        sources: what `recipe.weights.read_weights` reads.
        out: folder to write to.
        shares: of each, scaled to sum to 1; equal if left out.

    Raises:
        InputError: if one of them holds no weights.
        OptionError: if the models' shapes differ, or there is not one positive share for each.
    """
    shares = shares or [1.0] * len(sources)
    if len(shares) != len(sources) or min(shares) <= 0:
        raise OptionError(f"{len(sources)} models need as many shares, each above 0")
    states = [read_weights(source) for source in sources]
    first, shape = states[0]
    for source, (_, other) in zip(sources, states, strict=True):
        if other != shape:
            raise OptionError(f"{source} is {other}, {sources[0]} is {shape}; give equal shapes")
    parts = [(share / sum(shares), found) for share, (found, _) in zip(shares, states, strict=True)]
    nothing = torch.zeros(())
    total = {
        name: sum((share * found[name] for share, found in parts), start=nothing) for name in first
    }
    write_weights(out, total, shape)


def mean(options: Options) -> dict[str, Any]:
    """Write the mean."""
    write_mean(options.weights, options.out, options.shares)
    return {"models": len(options.weights)}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, mean))
