"""Make the model: every program in its order, each once.

    python -m recipe --data SOURCES --dev FLORES_DEV --work WORK --scale cpu

What is done is not done again: interrupted, the same command goes on. The model lies in
WORK/model/ct2, its float16 weights in WORK/model/hf, the record in WORK/record.jsonl.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from recipe import (
    card,
    choose,
    collect,
    evaluate,
    filter,  # noqa: A004  (a module named for what it does)
    lexicon,
    renames,
    shortlist,
    synthesise,
    train,
    vocabulary,
)
from recipe.program import Recorded, option, perform, run
from recipe.scale import SCALES, Scale
from recipe.shortlist import SHORTLIST

__all__ = ["Options", "make_model"]

T = TypeVar("T", bound=Recorded)
Figures = Mapping[str, Any]
FIRST = 0.4
"""Share of the time for the first training, whose model writes the synthetic pairs."""


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What the model is made of, where, how large."""

    data: Path = option("folder of sources", read=Path)
    dev: Path = option("folder with id.txt and en.txt, to choose on", read=Path)
    work: Path = option("folder to work in", read=Path)
    keep_out: tuple[Path, ...] = option(
        "more evaluation sets to keep out", (), read=Path, many=True
    )
    scale: str = option("how large", "cpu", choices=tuple(SCALES))
    minutes: float = option("of training in all; 0: the scale's", 0.0)
    name: str = option("of the model", "id-en")
    threads: int = option("processor cores; 0: the scale's", 0)


class _Steps:
    """Runs each step once, in a work folder."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self._done = work / "done"
        self._done.mkdir(parents=True, exist_ok=True)

    def run(self, name: str, work: Callable[[T], Figures], options: T) -> None:
        """Do a step and remember it; one that was interrupted is done again."""
        stamp = self._done / name
        if stamp.exists():
            return
        print(f"== {name}", flush=True)
        figures = perform(replace(options, record=self.work), work)
        if figures.get("done") is False:
            raise KeyboardInterrupt  # training was asked to stop; it has saved
        stamp.touch()


def _prepare(options: Options, scale: Scale, steps: _Steps) -> None:
    work = options.work
    pairs, spm = (work / "parallel.tsv.xz",), work / "sentencepiece.model"
    news = tuple(work / f"mono.{code}.txt.xz" for code in ("id", "en"))
    steps.run("collect", collect.collect, collect.Options(data=options.data, out=work))
    kept_out = (options.dev, *options.keep_out)
    steps.run("filter", filter.filter_pairs, filter.Options(work=work, keep_out=kept_out))
    steps.run(
        "vocabulary",
        vocabulary.train_vocabulary,
        vocabulary.Options(pairs=pairs, lines=news, out=spm, size=scale.pieces),
    )
    steps.run(
        "shortlist",
        shortlist.make_shortlist,
        shortlist.Options(
            pairs=pairs,
            lines_id=news[0],
            lines_en=news[1],
            vocabulary=spm,
            out=work / SHORTLIST,
        ),
    )
    steps.run(
        "lexicon",
        lexicon.make_lexicon,
        lexicon.Options(
            pairs=pairs,
            lines_id=news[0],
            lines_en=news[1],
            vocabulary=spm,
            out=work / "lexicon.safetensors",
            width=scale.lexicon_width,
        ),
    )
    steps.run(
        "renames",
        renames.renamed,
        renames.Options(pairs=pairs, names=news, out=work / "renamed.tsv.xz", most=scale.renamed),
    )


def _learn(options: Options, scale: Scale, steps: _Steps, number: int) -> None:
    """Train and choose: once from the lexicon, once more with the synthetic pairs."""
    work = options.work
    first = number == 1
    minutes = (options.minutes or scale.minutes) * (FIRST if first else 1 - FIRST)
    pairs = [work / "parallel.tsv.xz", work / "renamed.tsv.xz"]
    if not first:
        pairs += [work / f"synthetic.{way}.tsv.xz" for way in ("id-en", "en-id")]
    steps.run(
        f"train-{number}",
        train.train,
        train.Options(
            pairs=tuple(pairs),
            vocabulary=work / "sentencepiece.model",
            out=work / f"run-{number}",
            lexicon=work / "lexicon.safetensors",
            init=None if first else work / "teacher" / "hf",
            dev=options.dev,
            shape=scale.shape,
            tokens=scale.tokens,
            rate=scale.rate * (1 if first else 0.5),
            warmup=scale.warmup,
            minutes=0.0 if scale.steps else minutes,
            steps=scale.steps,
            longest=scale.longest,
            snapshot_minutes=max(1.0, minutes / 20),
            threads=options.threads or scale.threads,
        ),
    )
    steps.run(
        f"choose-{number}",
        choose.choose,
        choose.Options(
            run=work / f"run-{number}",
            vocabulary=work / "sentencepiece.model",
            dev=options.dev,
            out=work / ("teacher" if first else "model"),
            shortlist=work / SHORTLIST,
        ),
    )


def _translate_news(options: Options, scale: Scale, steps: _Steps) -> None:
    for direction in ("id-en", "en-id"):
        code = direction.partition("-")[0]
        steps.run(
            f"synthesise-{direction}",
            synthesise.synthesise,
            synthesise.Options(
                model=options.work / "teacher" / "ct2",
                direction=direction,
                lines=options.work / f"mono.{code}.txt.xz",
                out=options.work / f"synthetic.{direction}.tsv.xz",
                most=scale.lines,
            ),
        )


def make_model(options: Options) -> dict[str, Any]:
    """Run every step that is not done yet."""
    scale, steps = SCALES[options.scale], _Steps(options.work)
    model = options.work / "model" / "ct2"
    _prepare(options, scale, steps)
    _learn(options, scale, steps, 1)
    _translate_news(options, scale, steps)
    _learn(options, scale, steps, 2)
    steps.run(
        "evaluate",
        evaluate.evaluate,
        evaluate.Options(model=model, dev=options.dev, outputs=options.work / "outputs"),
    )
    steps.run(
        "card",
        card.describe,
        card.Options(model=model, name=options.name, sources=options.data / "SOURCES.md"),
    )
    return {"model": str(model), "record": str(options.work / "record.jsonl")}


if __name__ == "__main__":
    try:
        sys.exit(run(__doc__ or "", Options, make_model))
    except KeyboardInterrupt:
        print("recipe: interrupted; the same command goes on", file=sys.stderr)
        sys.exit(130)
