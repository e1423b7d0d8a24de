"""What the engine's settings cost and bring, on this machine.

    PYTHONPATH=tests python -m bench.tune [threads] [batches] [search]

Variants take turns; wall and processor seconds are medians, the ratio is to the first variant.
Where other programs are at work, processor seconds tell more. Search is also scored on FLORES dev
where that lies in ``../shared``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from translate_kit.engine import Decoding
from translate_kit.engine.batches import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[2]
FLORES = ROOT.parent / "shared" / "data" / "dev" / "flores-dev"
SIZES = (256, 384, 512, 768, 1024, 2048, 4096)
NUMBERS = (20, 100, 1000)
ROUNDS = 3

Tokens = list[str]
Cut = list[list[int]]


@dataclass(frozen=True, slots=True)
class Search:
    """How the sentences of a variant are searched."""

    beam: int
    attention: bool = True


def mixed(lengths: Sequence[int], most: int) -> Cut:
    """Return batches sorted by length and padded to at most so many tokens."""
    cut: Cut = []
    for number in sorted(range(len(lengths)), key=lambda n: -lengths[n]):
        if not cut or lengths[cut[-1][0]] * (len(cut[-1]) + 1) > most:
            cut.append([])
        cut[-1].append(number)
    return cut


class Model:
    """The model and its pieces."""

    def __init__(self, folder: Path) -> None:
        import sentencepiece

        self._folder = str(folder)
        self.pieces = sentencepiece.SentencePieceProcessor(
            model_file=str(folder / "sentencepiece.model")
        )

    def loaded(self, inter: int, intra: int) -> Any:
        """Return a translator with so many threads."""
        import ctranslate2

        return ctranslate2.Translator(self._folder, inter_threads=inter, intra_threads=intra)

    def encoded(self, lines: Sequence[str]) -> list[Tokens]:
        """Return the tokens of lines."""
        rows = self.pieces.encode(list(lines), out_type=str)
        return [["ind_Latn", *row, "</s>"] for row in rows]


def translate(translator: Any, sources: list[Tokens], cut: Cut, search: Search) -> list[Tokens]:
    """Translate batch after batch, some ahead of the one waited for."""
    found: list[Tokens] = [[] for _ in sources]
    waiting: deque[tuple[list[int], Any]] = deque()

    def finish() -> None:
        numbers, handles = waiting.popleft()
        for number, handle in zip(numbers, handles, strict=True):
            found[number] = handle.result().hypotheses[0][1:]

    for numbers in cut:
        handles = translator.translate_batch(
            [sources[number] for number in numbers],
            target_prefix=[["eng_Latn"]] * len(numbers),
            beam_size=search.beam,
            max_decoding_length=2 * max(len(sources[number]) for number in numbers) + 32,
            return_scores=True,
            return_attention=search.attention,
            use_vmap=True,  # the model's shortlist, if it has one
            asynchronous=True,
        )
        waiting.append((numbers, handles))
        if len(waiting) > 2 * translator.num_translators:
            finish()
    while waiting:
        finish()
    return found


def take_turns(title: str, count: int, variants: dict[str, Callable[[], object]]) -> None:
    """Time variants in turn and print a table."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in variants}
    for _ in range(ROUNDS):
        for name, variant in variants.items():
            wall, processor = time.perf_counter(), time.process_time()
            variant()
            used = time.perf_counter() - wall, time.process_time() - processor
            taken[name].append(used)
    print(f"\n{title:38} {'sentences/s':>12} {'× first':>8} {'processor s':>12} {'× first':>8}")
    first = next(iter(taken.values()))
    for name, rows in taken.items():
        faster = [median(a[n] / b[n] for a, b in zip(first, rows, strict=True)) for n in (0, 1)]
        wall, processor = (median(row[n] for row in rows) for n in (0, 1))
        print(
            f"{name:38} {count / wall:12.1f} {faster[0]:8.2f} {processor:12.2f} {faster[1]:8.2f}",
            flush=True,
        )


def threads(model: Model, lines: Sequence[str], beam: int) -> None:
    """Compare threads for batches with threads in a batch."""
    sources = model.encoded(lines[:300])
    cut = mixed([len(source) for source in sources], Decoding().batch_tokens)
    cores = os.cpu_count() or 1
    variants: dict[str, Callable[[], object]] = {}
    for inter, intra in dict.fromkeys(((cores, 1), (1, cores), (1, 1), (cores, cores))):
        one = model.loaded(inter, intra)
        variants[f"{inter} × {intra}"] = partial(translate, one, sources, cut, Search(beam))
    take_turns("inter_threads × intra_threads", len(sources), variants)


def sizes(model: Model, lines: Sequence[str], beam: int) -> None:
    """Compare batches of equal with batches of mixed length."""
    one = model.loaded(os.cpu_count() or 1, 1)
    for number in NUMBERS:
        sources = model.encoded(lines[:number])
        lengths = [len(source) for source in sources]
        variants: dict[str, Callable[[], object]] = {}
        for name, cutter in (("mixed", mixed), ("equal", batches)):
            for most in SIZES:
                cut = cutter(lengths, most)
                label = f"{name} ≤ {most} tokens, {len(cut)} batches"
                variants[label] = partial(translate, one, sources, cut, Search(beam))
        take_turns(f"{number} sentences", number, variants)


def search(model: Model, lines: Sequence[str], beam: int) -> None:
    """Compare widths of the beam, and what attention costs."""
    del beam
    one = model.loaded(os.cpu_count() or 1, 1)

    def searched(sources: list[Tokens], how: Search) -> list[Tokens]:
        cut = batches([len(source) for source in sources], Decoding().batch_tokens)
        return translate(one, sources, cut, how)

    sources = model.encoded(lines[:300])
    hows = {f"beam {beam}": Search(beam) for beam in (4, 3, 2, 1)}
    hows["beam 4, no attention"] = Search(4, attention=False)
    variants: dict[str, Callable[[], object]] = {
        name: partial(searched, sources, how) for name, how in hows.items()
    }
    take_turns("search", len(sources), variants)
    if FLORES.is_dir():
        import sacrebleu

        texts = [
            (FLORES / f"{n}.txt").read_text(encoding="utf-8").splitlines() for n in ("id", "en")
        ]
        bleu = sacrebleu.BLEU()
        for beam in (4, 3, 2, 1):
            found = model.pieces.decode(searched(model.encoded(texts[0]), Search(beam)))
            print(f"beam {beam}: {bleu.corpus_score(found, [texts[1]])} {bleu.get_signature()}")


COMPARISONS = {"threads": threads, "batches": sizes, "search": search}


def main() -> int:
    """Compare what is named, or all."""
    parser = argparse.ArgumentParser(prog="bench.tune", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="|".join(COMPARISONS))
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "id-en", help="folder")
    parser.add_argument("--beam", type=int, default=4, help="where it is not what is compared")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.material", str(max(NUMBERS)), folder]
        subprocess.run(command, check=True)
        lines = json.loads(Path(folder, "sentences.json").read_text(encoding="utf-8"))
    model = Model(options.model)
    for name in options.names or COMPARISONS:
        COMPARISONS[name](model, lines, options.beam)
    return 0


if __name__ == "__main__":
    sys.exit(main())
