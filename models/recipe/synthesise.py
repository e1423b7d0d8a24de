r"""Make pairs out of news in one language with the engine of translate_kit.

    python -m recipe.synthesise --model OUT/ct2 --direction id-en --lines mono.id.txt.xz \
        --out synthetic.id-en.tsv.xz --minutes 300

One file serves both directions of training. Towards the synthetic side it is distillation (Kim
and Rush 2016): the teacher's beam search is easier to learn than people's translations. From
the synthetic side it is back-translation (Sennrich et al. 2016), and `recipe.train` puts a mark
before such sources (Caswell et al. 2019, "Tagged Back-Translation"). The least certain and the
oddly long are left out. Interrupted, the same command goes on where it was.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import translate_kit as tk
from recipe.data import SYNTHETIC, Pair, read_lines, write_pairs
from recipe.evaluate import model_path
from recipe.program import Recorded, option, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translate_kit.engine.runtime import Engine

__all__ = ["Made", "Options", "kept", "synthesise"]

BLOCK = 4000
"""Lines translated between two looks at the clock."""

RATIO = 2.0
"""Tokens of one side over the other, at most."""


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is translated, with what, for how long."""

    model: Path = option("model folder", read=Path)
    direction: str = option("of the translation", choices=("id-en", "en-id"))
    lines: Path = option("news, a sentence a line", read=Path)
    out: Path = option("file of pairs to write", read=Path)
    keep: float = option("share kept, the surest first", 0.85)
    beam: int = option("of the search: 1 to 4", 2)
    most: int = option("lines translated; 0 takes all", 0)
    minutes: float = option("after which it stops; 0 sets no limit", 0.0)
    device: str = option("of the engine", "cpu", choices=("cpu", "cuda", "auto"))
    seed: int = option("of the order of the lines", 1)


@dataclass(frozen=True, slots=True)
class Made:
    """A translation.

    Args:
        score: mean log-probability of its tokens.
        source: the line.
        target: its translation.
    """

    score: float
    source: str
    target: str


def _translated(lines: list[str], engine: Engine, options: Options) -> Iterator[Made]:
    counts = engine.count_tokens(lines)
    short = [
        line
        for line, count in zip(lines, counts, strict=True)
        if 0 < count <= engine.model.source_limit
    ]
    for found in engine.translate(short, tk.Decoding(beam_size=options.beam)):
        sizes = sorted((len(found.source.tokens), len(found.target.tokens) + 2))
        if found.complete and found.target.tokens and sizes[1] <= RATIO * sizes[0]:
            target = " ".join(found.target.text.split())
            yield Made(round(found.score, 4), found.source.text, target)


def kept(made: Iterable[Made], share: float) -> list[Made]:
    """Return the surest translations that are no copies, in their order."""
    fit = [m for m in made if m.target and m.target.casefold() != m.source.casefold()]
    if not fit:
        return []
    lowest = sorted((m.score for m in fit), reverse=True)[max(0, round(share * len(fit)) - 1)]
    return [m for m in fit if m.score >= lowest]


def _read_part(path: Path) -> tuple[int, list[Made]]:
    """Return how many lines were done and what was made of them."""
    done, whole = 0, 0
    made: list[Made] = []
    for line in read_lines(path) if path.is_file() else ():
        columns = line.split("\t")
        if len(columns) == 1:
            done = int(line)
            whole = len(made)
        else:
            made.append(Made(float(columns[0]), columns[1], columns[2]))
    return done, made[:whole]


def synthesise(options: Options) -> dict[str, Any]:
    """Translate, keep what is sure, write pairs."""
    engine = tk.load_engine(
        model_path(options.model), options.direction, tk.EngineOptions(device=options.device)
    )
    lines = list(dict.fromkeys(filter(None, read_lines(options.lines))))
    random.Random(options.seed).shuffle(lines)
    lines = lines[: options.most or None]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    part = options.out.with_name(f"{options.out.name}.part")
    done, made = _read_part(part)
    begin = time.monotonic()
    with part.open("a", encoding="utf-8") as file:
        while done < len(lines):
            if options.minutes and time.monotonic() - begin > 60 * options.minutes:
                break
            block = list(_translated(lines[done : done + BLOCK], engine, options))
            done += BLOCK
            made += block
            file.writelines(f"{m.score}\t{m.source}\t{m.target}\n" for m in block)
            file.write(f"{done}\n")  # says that the block is whole
            file.flush()
            print(f"{min(done, len(lines))} of {len(lines)} lines", flush=True)
    code = options.direction.partition("-")[2]
    surest = kept(made, options.keep)
    pairs = (
        Pair(SYNTHETIC[code], *((m.source, m.target) if code == "en" else (m.target, m.source)))
        for m in surest
    )
    return {
        "direction": options.direction,
        "lines": min(done, len(lines)),
        "pairs": write_pairs(options.out, pairs),
        "model": engine.model.digest[:12],
    }


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, synthesise))
