r"""Train a network; goes on by itself from OUT/checkpoint.pt.

    python -m recipe.train --pairs parallel.tsv.xz --vocabulary sentencepiece.model \
        --lexicon lexicon.safetensors --dev FLORES_DEV --out run --minutes 150

Stop it whenever you like: SIGTERM and Ctrl-C save first, the same command goes on. Start from
other weights with --init (a checkpoint or a Hugging Face folder; a larger --shape grows them).
Snapshots of the moving average lie in OUT/snapshots, for `recipe.choose`. On a GPU give
--tokens 32768 and a larger shape. It computes in bfloat16 where that is quick (GPUs, processors
with AVX-512 or AMX), else in float32; --precision says otherwise. On two cores shared with other
work set OMP_WAIT_POLICY=PASSIVE and let malloc keep its arena (MALLOC_TRIM_THRESHOLD_,
MALLOC_TOP_PAD_): three times as fast; --processes 2 --threads 1 gain another quarter.
"""

from __future__ import annotations

import functools
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

from recipe.batches import Corpus, corpus_of
from recipe.data import Pair, Sources, read_lines, read_pairs
from recipe.guide import Lexicon
from recipe.network import Network, Shape
from recipe.precision import PRECISIONS
from recipe.program import Recorded, option, run
from recipe.team import Team, lead
from recipe.training import Guide, Plan, Trainer, load_checkpoint
from recipe.vocabulary import PAD, Vocabulary
from recipe.weights import grown, network_of, read_weights, write_weights
from translate_kit import OptionError

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["DIRECTIONS", "Options", "Stop", "dev_corpus", "start_embeddings", "train"]

DIRECTIONS = {"id-en": ("id-en",), "en-id": ("en-id",), "both": ("id-en", "en-id")}
DEV_LINES = 300


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is trained, on what, for how long."""

    pairs: tuple[Path, ...] = option("files of pairs", read=Path, many=True)
    vocabulary: Path = option("SentencePiece model", read=Path)
    out: Path = option("folder of the run", read=Path)
    lexicon: Path | None = option("start of the embeddings, guide of head 0", None, read=Path)
    init: Path | None = option("weights to start from", None, read=Path)
    dev: Path | None = option("folder with id.txt and en.txt", None, read=Path)
    direction: str = option("what it learns", "both", choices=tuple(DIRECTIONS))
    shape: str = option("width,heads,feed-forward,encoder,decoder", "256,4,1024,6,2")
    dropout: float = option("share of activations dropped", 0.1)
    tokens: int = option("padded target tokens a batch", 3072)
    rate: float = option("highest learning rate", 1e-3)
    warmup: int = option("steps until it is reached", 600)
    guide: float = option("weight of the alignment loss", 0.1)
    minutes: float = option("of training in all, resumes included; 0: see --steps", 0.0)
    steps: int = option("of training in all; 0: see --minutes", 0)
    decay: float = option("share of the run over which the rate falls at its end", 0.35)
    longest: int = option("tokens of the longest sentence", 110)
    save_minutes: float = option("between two checkpoints", 5.0)
    snapshot_minutes: float = option("between two measurements on dev and snapshots", 20.0)
    seed: int = option("of everything drawn", 1)
    threads: int = option("processor cores of a process; 0: PyTorch's choice", 0)
    processes: int = option("that share every step, each with a batch of --tokens", 1)
    device: str = option("where it computes", "auto", choices=("auto", "cpu", "cuda"))
    precision: str = option("type that it computes in", "auto", choices=tuple(PRECISIONS))


class Stop:
    """Says when to save, when to measure, and when somebody asked to stop."""

    def __init__(self, save_minutes: float, snapshot_minutes: float) -> None:
        self.asked = False
        self._every = {"save": save_minutes * 60, "snapshot": snapshot_minutes * 60}
        self._last = dict.fromkeys(self._every, time.monotonic())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def due(self, what: str) -> bool:
        """Whether it is time to save or to take a snapshot."""
        if time.monotonic() - self._last[what] < self._every[what]:
            return False
        self._last[what] = time.monotonic()
        return True


def start_embeddings(lexicon: Lexicon, network: Network) -> None:
    """Let the embeddings begin as the lexicon's, cut to the width or filled up with noise.

    Raises:
        OptionError: if the lexicon was made for another vocabulary.
    """
    table = network.embedding.weight
    if len(lexicon.embeddings) != len(table):
        raise OptionError(
            f"the lexicon has {len(lexicon.embeddings)} pieces, the vocabulary {len(table)};"
            " make it again with python -m recipe.lexicon"
        )
    width = table.shape[1]
    found = functional.normalize(lexicon.embeddings[:, :width], dim=1)
    if more := width - found.shape[1]:
        noise = torch.randn(len(found), more) * 0.5 * more**-0.5
        found = functional.normalize(torch.cat([found, noise], dim=1), dim=1)
    found[PAD] = 0
    with torch.no_grad():
        table.copy_(found)


def dev_corpus(folder: Path, vocabulary: Vocabulary, longest: int, most: int = DEV_LINES) -> Corpus:
    """Return the first lines of development data, each pair once."""
    sides = [list(read_lines(folder / f"{code}.txt"))[:most] for code in ("id", "en")]
    pairs = [Pair("dev", *texts) for texts in zip(*sides, strict=True)]
    return corpus_of(pairs, vocabulary, longest)


def _network(options: Options, vocabulary: Vocabulary, lexicon: Lexicon | None) -> Network:
    shape = Shape.parse(options.shape, vocabulary.size)
    if options.init:
        weights, old = read_weights(options.init)
        if old != shape:
            weights = grown(weights, old, shape)
        return network_of(weights, shape, options.dropout)
    network = Network(shape, options.dropout)
    if lexicon:
        start_embeddings(lexicon, network)
    return network


def _trainer(options: Options, vocabulary: Vocabulary, team: Team) -> Trainer:
    device = options.device
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(options.seed)
    lexicon = Lexicon.read(options.lexicon) if options.lexicon else None
    network = _network(options, vocabulary, lexicon).to(device)
    pairs = list(read_pairs(*options.pairs))
    ways = DIRECTIONS[options.direction]
    corpus = corpus_of(pairs, vocabulary, options.longest, ways, Sources())
    plan = Plan(
        tokens=options.tokens,
        rate=options.rate,
        warmup=options.warmup,
        minutes=options.minutes,
        steps=options.steps,
        decay=options.decay,
        seed=options.seed,
        young=lexicon is not None and options.init is None,
        precision=options.precision,
    )
    guide = None
    if lexicon:
        first_tag = min(vocabulary.languages.values())
        guide = Guide(lexicon.links.to(device), first_tag, options.guide)
    state = load_checkpoint(options.out / "checkpoint.pt", device)
    return Trainer(network, corpus, plan, guide, state, team)


def _log(options: Options, line: str) -> None:
    print(line, flush=True)
    with (options.out / "log").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def train(options: Options) -> dict[str, Any]:
    """Train until the plan is done or somebody stops it; save either way."""
    return lead(functools.partial(_train, options), options.processes)


def _train(options: Options, team: Team) -> dict[str, Any]:
    if options.threads:
        torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = Vocabulary(options.vocabulary)
    trainer = _trainer(options, vocabulary, team)
    if team.rank:  # the leader says when to stop
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        trainer.run(lambda _line: None, lambda: False)
        return {}
    ways = DIRECTIONS[options.direction]
    dev = dev_corpus(options.dev, vocabulary, options.longest) if options.dev else None
    stop = Stop(options.save_minutes, options.snapshot_minutes)
    size = sum(weight.numel() for weight in trainer.network.parameters())
    precision = str(trainer.working).removeprefix("torch.")
    about = f"{size / 1e6:.1f} M parameters in {precision}, {len(trainer.corpus)} pairs"
    _log(options, f"{about}, {trainer.clock}")

    def snapshot() -> None:
        if dev:
            _log(options, f"dev {trainer.measure(dev, ways)}")
        folder = options.out / "snapshots" / f"{trainer.clock.step:08d}"
        write_weights(folder, trainer.masters.average, trainer.network.shape)

    def pause() -> bool:
        if stop.due("snapshot"):
            snapshot()
        if stop.due("save"):
            trainer.save(options.out / "checkpoint.pt")
        return stop.asked

    done = trainer.run(lambda line: _log(options, line), pause)
    snapshot()
    trainer.save(options.out / "checkpoint.pt")
    return {
        "done": done,
        "parameters": size,
        "precision": precision,
        "pairs": len(trainer.corpus),
        "steps": trainer.clock.step,
        "tokens": trainer.clock.tokens,
        "epochs": trainer.clock.epoch,
        "minutes": round(trainer.clock.seconds / 60, 1),
        "curve": trainer.curve,
    }


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, train))
