"""Adam on float32 masters of the weights a network computes with, and their moving average."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch

from recipe.team import ALONE, Team

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recipe.network import Network

__all__ = ["TABLE", "Masters"]

AVERAGE = 0.9995
"""Decay of the moving average; smaller in the first steps."""

TABLE = "embedding.weight"
"""The one table of embeddings, by the name of its weight."""


class Masters:
    """The weights that are trained, in float32; the network holds copies in its working type.

    Args:
        network: becomes of that type.
        state: of a checkpoint, as `state` returned it; None starts from the network's weights.
        working: type that the network computes in, see `recipe.precision`.
        team: the processes that train it.
    """

    def __init__(
        self,
        network: Network,
        state: Mapping[str, Any] | None = None,
        working: torch.dtype = torch.float32,
        team: Team = ALONE,
    ) -> None:
        self._team = team
        self._names = [name for name, _ in network.named_parameters()]
        self._weights = [w.detach().clone().float() for w in network.parameters()]
        if state:
            for name, weight in zip(self._names, self._weights, strict=True):
                weight.copy_(state["master"][name])
        self._average = [w.clone() for w in self._weights]
        for weight in self._weights:
            weight.requires_grad_(requires_grad=True)
        table = self._names.index(TABLE)
        rest = [w for n, w in enumerate(self._weights) if n != table]
        self._adam = torch.optim.Adam(
            [{"params": rest}, {"params": [self._weights[table]]}],
            betas=(0.9, 0.98),
            eps=1e-9,
            fused=True,
        )
        if state:
            for name, weight in zip(self._names, self._average, strict=True):
                weight.copy_(state["average"][name])
            self._adam.load_state_dict(state["adam"])
        network.to(working)
        self._live = list(network.parameters())
        self._copy(self._weights)

    def _copy(self, weights: list[torch.Tensor]) -> None:
        with torch.no_grad():
            torch._foreach_copy_(self._live, [w.detach() for w in weights])

    def step(
        self, number: int, rate: float, table_rate: float, notes: tuple[float, ...] = ()
    ) -> tuple[float, ...]:
        """Apply the team's mean gradients, clipped to norm 1, and clear them.

        Gradients that are not finite change nothing; they are cleared.

        Args:
            number: steps before this one; the average is quick at first.
            rate: learning rate.
            table_rate: learning rate of the embeddings.
            notes: see `Team.share`.

        Returns:
            The sums of the notes.
        """
        for group, value in zip(self._adam.param_groups, (rate, table_rate), strict=True):
            group["lr"] = value
        with torch.no_grad():
            gradients = [weight.grad.float() for weight in self._live]
            notes = self._team.share(gradients, notes)
            norm = torch.nn.utils.get_total_norm(gradients)
            if bool(torch.isfinite(norm)):
                scale = (1 / (norm + 1e-6)).clamp(max=1.0)
                for weight, gradient in zip(self._weights, gradients, strict=True):
                    weight.grad = gradient.mul_(scale)
                self._adam.step()
                weight = 1 - min(AVERAGE, (1 + number) / (10 + number))
                masters = [w.detach() for w in self._weights]
                torch._foreach_lerp_(self._average, masters, weight)
                self._copy(self._weights)
        for live in self._live:
            live.grad = None
        return notes

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Let the network hold the average for a while."""
        self._copy(self._average)
        try:
            yield
        finally:
            self._copy(self._weights)

    @property
    def average(self) -> dict[str, torch.Tensor]:
        """The moving average, float32, by name: what is exported."""
        return dict(zip(self._names, self._average, strict=True))

    def state(self) -> dict[str, Any]:
        """Return all that is needed to go on."""
        masters = (w.detach() for w in self._weights)
        return {
            "master": dict(zip(self._names, masters, strict=True)),
            "average": self.average,
            "adam": self._adam.state_dict(),
        }
