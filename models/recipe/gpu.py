r"""All phases of training on one GPU within a time limit, in one process.

    python -m recipe.gpu --pack PACK --out OUT --minutes 20
    python -m recipe.gpu --pack PACK --out OUT --minutes 20 --init TEACHER \
        --phases synthesise:.15 train:.5 synthesise:.1 student:.25

PACK holds what the programs before training made: parallel.tsv.xz, renamed.tsv.xz,
mono.id.txt.xz, mono.en.txt.xz, sentencepiece.model, lexicon.safetensors, and dev/. Phases:
*train* a teacher deep in the encoder and shallow in the decoder (it can ship itself: 42 M
parameters, 42 MB in int8), *synthesise* pairs from news both ways with it, *student*: a smaller
network on all of it. Each takes its share of the minutes and writes its weights at once, whole
and in pieces under 15 MiB (``cat`` joins them). Needs PyTorch, numpy, SentencePiece and
safetensors; sacreBLEU for scores. Try it on a processor first (--scale tiny --minutes 2).
"""

from __future__ import annotations

import copy
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

import translate_kit as tk
from recipe.batches import corpus_of
from recipe.data import SYNTHETIC, Pair, Sources, read_lines, read_pairs, write_pairs
from recipe.greedy import greedy
from recipe.guide import Lexicon
from recipe.network import Network, Shape
from recipe.program import Recorded, option, run
from recipe.scale import SCALES, Scale
from recipe.synthesise import Made, kept
from recipe.train import start_embeddings
from recipe.training import Guide, Plan, Trainer
from recipe.vocabulary import Vocabulary
from recipe.weights import network_of, read_weights, write_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Options", "Run", "go"]

PHASES = ("train:.34", "synthesise:.13", "train:.53")
BLOCK = 50_000
"""Sentences translated between two looks at the clock."""

PIECE = 15 << 20
FAMILIAR = 0.5
"""Share of the learning rate with which a network goes on that is trained already."""


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is done in how many minutes."""

    pack: Path = option("folder of prepared files", read=Path)
    out: Path = option("folder to write to", read=Path)
    minutes: float = option("in all", 20.0)
    phases: tuple[str, ...] = option("name:share of the minutes", PHASES, read=str, many=True)
    init: Path | None = option("weights of an earlier teacher", None, read=Path)
    scale: str = option("how large", "gpu", choices=tuple(SCALES))
    student: str = option("shape of the student", "384,6,1536,6,2")
    keep: float = option("share of translations kept, the surest first", 0.85)
    seed: int = option("of everything drawn", 1)


class Run:
    """What the phases share: data, vocabulary, lexicon, and the network so far."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.scale: Scale = SCALES[options.scale]
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.vocabulary = Vocabulary(options.pack / "sentencepiece.model")
        lexicon = options.pack / "lexicon.safetensors"
        self.lexicon = Lexicon.read(lexicon) if lexicon.is_file() else None
        files = [options.pack / f"{name}.tsv.xz" for name in ("parallel", "renamed")]
        self.pairs = list(read_pairs(*(file for file in files if file.is_file())))
        self.synthetic: list[Pair] = []
        self.network: Network | None = None
        if options.init:
            self.network = network_of(*read_weights(options.init)).to(self.device)
        self._begin = time.monotonic()
        options.out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(options.seed)

    def say(self, line: str) -> None:
        """Print a line and keep it."""
        line = f"[{(time.monotonic() - self._begin) / 60:5.1f} min] {line}"
        print(line, flush=True)
        with (self.options.out / "log").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def train(self, minutes: float, shape: str, name: str) -> Network:
        """Train a network, the one there is or a new one; write its weights."""
        network, fresh = self.network, self.network is None
        if network is None:
            network = Network(Shape.parse(shape, self.vocabulary.size))
            if self.lexicon:
                start_embeddings(self.lexicon, network)
        network.to(self.device)
        pairs = [*self.pairs, *self.synthetic]
        corpus = corpus_of(pairs, self.vocabulary, self.scale.longest, sources=Sources())
        plan = Plan(
            tokens=self.scale.tokens,
            rate=self.scale.rate * (1 if fresh else FAMILIAR),
            warmup=self.scale.warmup if fresh else max(1, self.scale.warmup // 4),
            minutes=minutes,
            seed=self.options.seed,
            young=fresh and self.lexicon is not None,
        )
        guide = None
        if self.lexicon:
            first_tag = min(self.vocabulary.languages.values())
            guide = Guide(self.lexicon.links.to(self.device), first_tag, 0.05)
        trainer = Trainer(network, corpus, plan, guide)
        trainer.run(lambda line: self.say(f"{name} {line}"), lambda: False)
        network.float()
        network.load_state_dict(trainer.masters.average)
        self._write(name, trainer)
        self.say(f"{name} done after {trainer.clock.step} steps: {self.scores(network)}")
        return network

    def _write(self, name: str, trainer: Trainer) -> None:
        folder = self.options.out / name
        write_weights(folder, trainer.masters.average, trainer.network.shape)
        data = (folder / "model.safetensors").read_bytes()
        for number, first in enumerate(range(0, len(data), PIECE)):
            piece = self.options.out / f"{name}.safetensors.{number:02d}"
            piece.write_bytes(data[first : first + PIECE])

    def scores(self, network: Network) -> dict[str, float]:
        """Return BLEU on development data, greedy search."""
        sides = {c: list(read_lines(self.options.pack / "dev" / f"{c}.txt")) for c in ("id", "en")}
        found = {}
        for direction in ("id-en", "en-id"):
            here, there = direction.split("-")
            outputs = [""] * len(sides[here])
            rows = self.encode(sides[here])
            for made in greedy(self._quick(network), self.vocabulary, rows, direction):
                outputs[made.number] = self.vocabulary.decode([made.pieces or []])[0]
            (score,) = tk.score_lines(outputs, [sides[there]], ("bleu",))
            found[direction] = round(score.value, 2)
        return found

    def _quick(self, network: Network) -> Network:
        """Return a copy for search, in bfloat16 where that is quicker."""
        copied: Network = copy.deepcopy(network).eval()
        return copied.bfloat16() if self.device == "cuda" else copied

    def encode(self, lines: Sequence[str]) -> list[list[int]]:
        """Return the pieces of lines, too long ones cut."""
        return [row[: self.scale.longest - 3] for row in self.vocabulary.encode(lines)]

    def synthesise(self, minutes: float) -> None:
        """Replace the synthetic pairs by what the network now makes of the news.

        Raises:
            OptionError: if there is no network yet.
        """
        self.synthetic = []
        for direction in ("id-en", "en-id"):
            here, there = direction.split("-")
            made = list(self._translated(direction, here, minutes / 2))
            surest = kept(made, self.options.keep)
            name = SYNTHETIC[there]
            pairs = [
                Pair(name, *((m.source, m.target) if there == "en" else (m.target, m.source)))
                for m in surest
            ]
            write_pairs(self.options.out / f"sample.{direction}.tsv", pairs[:60])
            self.synthetic += pairs
            self.say(f"synthetic {direction}: {len(pairs)} of {len(made)}")

    def _translated(self, direction: str, here: str, minutes: float) -> Iterator[Made]:
        if self.network is None:
            raise tk.OptionError("nothing to translate with: begin with train or give --init")
        network = self._quick(self.network)
        begin = time.monotonic()
        lines = list(read_lines(self.options.pack / f"mono.{here}.txt.xz"))
        order = torch.randperm(len(lines)).tolist()
        for first in range(0, len(lines), BLOCK):
            if time.monotonic() - begin > 60 * minutes:
                return
            block = [lines[n] for n in order[first : first + BLOCK]]
            rows = self.encode(block)
            for found in greedy(network, self.vocabulary, rows, direction):
                size = len(rows[found.number])
                if found.pieces and size / 2 < len(found.pieces) < size * 2:
                    (target,) = self.vocabulary.decode([found.pieces])
                    yield Made(found.score, block[found.number], " ".join(target.split()))


def go(options: Options) -> dict[str, Any]:
    """Run the phases.

    Raises:
        OptionError: if there is no such phase.
    """
    state = Run(options)
    state.say(f"{len(state.pairs)} pairs on {state.device}")
    figures: dict[str, Any] = {"phases": list(options.phases)}
    for number, phase in enumerate(options.phases):
        name, _, share = phase.partition(":")
        minutes = options.minutes * float(share or 0)
        if name == "synthesise":
            state.synthesise(minutes)
        elif name == "train":
            state.network = state.train(minutes, state.scale.shape, f"teacher-{number}")
        elif name == "student":
            state.network = None
            state.network = state.train(minutes, options.student, f"student-{number}")
        else:
            raise tk.OptionError(f"unknown phase {name!r}; known are train, synthesise, student")
    if state.network:
        figures["bleu"] = state.scores(state.network)
    return figures


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, go))
