"""Several processes that train one network: each a share of the batches, gradients averaged.

On processors two processes of one thread each see 1.28 times as many tokens a second as one
process of two threads (measured on two cores): within a small network's step threads mostly wait
for each other. Every process holds the same weights and takes the same steps, so a checkpoint
knows nothing of how many there were.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import torch
from torch import distributed

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ALONE", "Team", "lead"]

Made = TypeVar("Made")

PATIENCE = timedelta(hours=1)
"""How long a process waits for the others: the first one measures and saves in between."""


@dataclass(frozen=True)
class Team:
    """The processes that train together.

    Args:
        rank: number of this process; 0 leads: it measures, saves and says when to stop.
        size: how many there are.
    """

    rank: int = 0
    size: int = 1

    def share(self, gradients: list[torch.Tensor], notes: tuple[float, ...]) -> tuple[float, ...]:
        """Average gradients over the processes, in place, and add up notes.

        Args:
            gradients: float32, the same shapes everywhere.
            notes: numbers of this process, not too large for float32.

        Returns:
            The sums of the notes.
        """
        if self.size == 1:
            return notes
        parts = [*(g.reshape(-1) for g in gradients), torch.tensor(notes)]
        flat = torch.cat(parts)
        distributed.all_reduce(flat)
        *found, last = flat.split([len(part) for part in parts])
        for gradient, part in zip(gradients, found, strict=True):
            gradient.copy_(part.view_as(gradient)).div_(self.size)
        return tuple(last.tolist())


ALONE = Team()
"""A process that trains by itself."""


def _join(work: Callable[[Team], Made], team: Team, meeting: str) -> Made:
    distributed.init_process_group(
        "gloo",
        init_method=f"file://{meeting}",
        rank=team.rank,
        world_size=team.size,
        timeout=PATIENCE,
    )
    try:
        return work(team)
    finally:
        distributed.destroy_process_group()


def lead(work: Callable[[Team], Made], size: int) -> Made:
    """Do work in several processes, this one the first; return what it made here.

    Args:
        work: can be pickled.
        size: how many processes.
    """
    if size == 1:
        return work(ALONE)
    with tempfile.TemporaryDirectory() as folder:
        meeting = str(Path(folder, "meeting"))
        start = multiprocessing.get_context("spawn")
        others = [
            start.Process(target=_join, args=(work, Team(rank, size), meeting), daemon=True)
            for rank in range(1, size)
        ]
        for other in others:
            other.start()
        made = _join(work, Team(0, size), meeting)
        for other in others:
            other.join()
    return made
