"""The training loop: deterministic, resumable, within a budget of steps or minutes.

What a step sees depends on the seed and its number alone, so a run that was interrupted ends
with the weights of one that was not (on one machine; budgets in minutes follow the clock).
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from pickle import UnpicklingError  # what torch.load raises; nothing is unpickled here
from typing import TYPE_CHECKING, Any

import torch

from recipe.guide import guide_loss
from recipe.optimizer import Masters
from recipe.precision import working_type
from recipe.team import ALONE, Team
from translate_kit import InputError, OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from recipe.batches import Batch, Corpus
    from recipe.network import Network

__all__ = ["Clock", "Guide", "Plan", "Trainer", "load_checkpoint"]

LOWEST = 0.03
"""Share of the learning rate that is left at the end."""

TABLE_START, TABLE_WAIT, TABLE_STEPS = 0.2, 1500, 2500
"""Embeddings that start from a lexicon move at this share of the rate for so many steps, then
reach the whole of it after so many more."""

GUIDE_START, GUIDE_STEPS = 3.0, 1000
"""The guide weighs this much more in the first steps after a start from a lexicon."""

EIGHT = 8
"""Lengths are padded to multiples of this in 16-bit types, whose kernels are cached by shape; in
float32 padding is work for nothing (a fifth of the time of a step on two processor cores)."""

REPORT = 200
"""Steps between two lines of the log."""


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn.

    Args:
        tokens: padded target tokens in a batch.
        rate: highest learning rate.
        warmup: steps until it is reached.
        minutes: of training in all, resumed runs included; 0 sets no limit.
        steps: likewise.
        decay: share of the run at its end over which the rate falls to `LOWEST`.
        seed: of everything drawn.
        young: whether the embeddings start from a lexicon.
        precision: what the network computes in, see `recipe.precision`.
    """

    tokens: int = 3072
    rate: float = 1e-3
    warmup: int = 600
    minutes: float = 0.0
    steps: int = 0
    decay: float = 0.35
    seed: int = 1
    young: bool = False
    precision: str = "auto"

    def __post_init__(self) -> None:
        """Refuse a run without an end or without work."""
        if self.minutes <= 0 and self.steps <= 0:
            raise OptionError("give --minutes or --steps, or training would never end")
        if self.tokens < 1 or self.warmup < 1 or not 0 <= self.decay <= 1:
            raise OptionError("tokens and warm-up are at least 1, decay is between 0 and 1")

    def progress(self, clock: Clock) -> float:
        """Return how much of the run is over, 0 to 1 and more."""
        by_steps = clock.step / self.steps if self.steps else 0.0
        by_time = clock.seconds / 60 / self.minutes if self.minutes else 0.0
        return max(by_steps, by_time)

    def rates(self, clock: Clock) -> tuple[float, float]:
        """Return the learning rates of the network and of its embeddings."""
        left = 1 - self.progress(clock)
        fall = min(1.0, max(LOWEST, left / self.decay)) if self.decay else 1.0
        rate = self.rate * min(1.0, (clock.step + 1) / self.warmup) * fall
        after = max(0, clock.step - TABLE_WAIT) / TABLE_STEPS
        return rate, rate * (min(1.0, TABLE_START + after) if self.young else 1.0)


@dataclass(frozen=True)
class Clock:
    """Where a run is.

    Args:
        step: steps done.
        epoch: number of the epoch it is in.
        place: batches of that epoch done.
        tokens: target tokens seen.
        seconds: of training, measuring and saving included.
    """

    step: int = 0
    epoch: int = 0
    place: int = 0
    tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Guide:
    """Alignments that guide head 0 of the decoder's attention.

    Args:
        links: [V, V], see `recipe.guide.Lexicon`.
        first_tag: first number of the vocabulary that is no piece.
        weight: of its loss beside the translation's.
    """

    links: torch.Tensor
    first_tag: int
    weight: float = 0.1


def load_checkpoint(path: Path, device: str) -> Mapping[str, Any] | None:
    """Return a checkpoint's state, or None where there is none.

    Raises:
        InputError: if the file is none of this program's checkpoints.
    """
    if not path.is_file():
        return None
    try:
        state: Mapping[str, Any] = torch.load(path, map_location=device, weights_only=True)
    except (OSError, RuntimeError, UnpicklingError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{path} cannot be read: {reason}; start in another --out") from error
    if "clock" not in state:
        message = f"{path} is a checkpoint of another program; start from it with --init"
        raise InputError(message)
    return state


class Trainer:
    """A network being trained.

    Args:
        network: on its device; takes the plan's precision.
        corpus: what it learns from.
        plan: how.
        guide: of its attention, if any.
        state: of a checkpoint, to go on from.
        team: the processes that train together; each takes its share of the batches.
    """

    def __init__(
        self,
        network: Network,
        corpus: Corpus,
        plan: Plan,
        guide: Guide | None = None,
        state: Mapping[str, Any] | None = None,
        team: Team = ALONE,
    ) -> None:
        self._team = team
        self.network, self.corpus, self.plan, self.guide = network, corpus, plan, guide
        self._device = str(network.embedding.weight.device)
        self.working = working_type(plan.precision, self._device)
        self.masters = Masters(network, state, self.working, team)
        self.clock = Clock(**state["clock"]) if state else Clock()
        self.curve: list[dict[str, float]] = list(state["curve"]) if state else []

    def run(self, say: Callable[[str], None], pause: Callable[[], bool]) -> bool:
        """Train until the plan is done.

        Args:
            say: takes a line of the log.
            pause: asked before each step; True makes it the last.

        Returns:
            Whether the plan is done.
        """
        self.network.train()
        begin, before = time.monotonic(), self.clock.seconds
        seen, since = 0, begin
        loss = torch.zeros((), device=self._device)
        stop = False
        for batch in self._batches():
            if stop or self.plan.progress(self.clock) >= 1:
                return not stop
            stop = pause()
            plain, tokens, stop = self._step(batch, before + time.monotonic() - begin, stop=stop)
            loss += plain
            seen += tokens
            if self.clock.step % REPORT == 0:
                now = time.monotonic()
                speed = self._team.size * seen / max(1e-9, now - since)
                say(
                    f"step {self.clock.step} loss {float(loss) / max(1, seen):.3f}"
                    f" {speed:.0f} tokens/s {self.clock.seconds / 60:.1f} min"
                )
                loss.zero_()
                seen, since = 0, now
        return True

    def _batches(self) -> Iterator[Batch]:
        team = self._team
        multiple = 1 if self.working is torch.float32 else EIGHT
        while True:
            rows = self.corpus.epoch(self.plan.tokens, (self.plan.seed, self.clock.epoch))
            while self.clock.place + team.size <= len(rows):
                mine = rows[self.clock.place + team.rank]
                yield self.corpus.batch(mine, multiple).to(self._device)
            self.clock = replace(self.clock, epoch=self.clock.epoch + 1, place=0)

    def _step(self, batch: Batch, seconds: float, *, stop: bool) -> tuple[torch.Tensor, int, bool]:
        clock, guide, team = self.clock, self.guide, self._team
        torch.manual_seed(self.plan.seed * 1_000_003 + clock.step + team.rank * 500_009)
        kept: list[torch.Tensor] | None = [] if guide else None
        states = self.network(batch.source, batch.given, kept)
        losses = self.network.losses(states, batch.wanted)
        total = losses.smoothed
        if guide and kept:
            early = self.plan.young and clock.step < GUIDE_STEPS
            weight = guide.weight * (GUIDE_START if early else 1.0)
            total = total + weight * guide_loss(guide.links, kept, batch, guide.first_tag)
        (total / losses.tokens).backward()
        # the time is the leader's: all end with the same step
        notes = (losses.tokens, seconds if team.rank == 0 else 0.0, float(stop))
        tokens, seconds, stops = self.masters.step(clock.step, *self.plan.rates(clock), notes)
        self.clock = replace(
            clock,
            step=clock.step + 1,
            place=clock.place + team.size,
            tokens=clock.tokens + int(tokens),
            seconds=seconds,
        )
        return losses.plain, losses.tokens, stops > 0

    def measure(self, dev: Corpus, directions: tuple[str, ...]) -> dict[str, float]:
        """Return the average's loss for each piece of development data, and note it."""
        found: dict[str, float] = {"step": self.clock.step, "tokens": self.clock.tokens}
        self.network.eval()
        with self.masters.averaged(), torch.no_grad():
            for direction in directions:
                total = torch.zeros((), device=self._device)
                count = 0
                for batch in dev.ordered(int(direction == "en-id"), 32):
                    there = batch.to(self._device)
                    states = self.network(there.source, there.given)
                    losses = self.network.losses(states, there.wanted)
                    total += losses.plain
                    count += losses.tokens
                found[direction] = round(float(total) / count, 4)
        self.network.train()
        self.curve.append(found)
        return found

    def save(self, path: Path) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {
            **self.masters.state(),
            "shape": asdict(self.network.shape),
            "clock": asdict(self.clock),
            "curve": self.curve,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}")
        torch.save(state, temporary)
        temporary.replace(path)
