"""Describe a model folder out of the run's record: ``MODEL_CARD.md`` and ``model.toml``.

    python -m recipe.card --model OUT/ct2 --record RUN --sources SOURCES.md --name id-en

Every figure comes from the record that the other programs wrote: nothing is typed by hand, so
nothing can be out of date. What a reader of the outputs noticed goes into a Markdown file
(--notes) that is put into the card.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recipe.card_text import Facts, card
from recipe.data import Sources, read_lines
from recipe.program import Recorded, entries, last, option, run
from recipe.shortlist import SHORTLIST
from recipe.sources import read_sources
from translate_kit import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Options", "describe", "manifest"]

LICENCE = "CC-BY-NC-SA-4.0"
"""Of weights trained on sources of which some are share-alike and many state no licence."""


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is described, how it is called."""

    model: Path = option("model folder", read=Path)
    name: str = option("of the model")
    sources: Path | None = option("SOURCES.md", None, read=Path)
    notes: Path | None = option("Markdown about weaknesses, written by a reader", None, read=Path)
    summary: str = option("one line for 'models list'", "small model for news, offline")
    licence: str = option("of the weights", LICENCE)


def _text(value: Any) -> str:
    """Return a value in TOML: JSON's strings, numbers and lists of them are TOML's."""
    return json.dumps(value, ensure_ascii=False)


def _file_tables(folder: Path) -> Iterator[str]:
    for file in sorted(folder.iterdir()):
        if file.is_file() and file.name not in {"model.toml", "MODEL_CARD.md"}:
            data = file.read_bytes()
            yield f"\n[files.{_text(file.name)}]"
            yield f"size = {len(data)}"
            yield f"sha256 = {_text(hashlib.sha256(data).hexdigest())}"


def _score_tables(facts: Facts) -> Iterator[str]:
    evaluation, name = facts.evaluation, facts.name
    for direction in facts.directions:
        for metric, score in evaluation[direction]["scores"].items():
            yield "\n[[scores]]"
            yield f"set = {_text(evaluation['set'])}"
            yield f"direction = {_text(direction)}"
            yield f"metric = {_text(metric)}"
            yield f"value = {score['value']}"
            # measured before the folder had its name
            setting = re.sub(r"model:[^@|]*@", f"model:{name}@", evaluation[direction]["signature"])
            signature = f"{score['signature']}|{setting}"
            yield f"signature = {_text(signature)}"


def manifest(folder: Path, facts: Facts) -> str:
    """Return ``model.toml``: what `translate_kit.modelstore` reads."""
    lines = [
        "# Written by models/recipe/card.py; its keys are explained in models/README.md.",
        f"name = {_text(facts.name)}",
        'family = "nllb"',
        f"directions = {_text(facts.directions)}",
        f"summary = {_text(facts.summary)}",
        f"licence = {_text(facts.licence)}",
        f"origin = {_text(f'trained by the translate_kit project, {facts.effort}')}",
        f"training_data = {_text(f'{facts.amount}, listed in MODEL_CARD.md')}",
        "# the longest sentences of its training, in tokens; past them it drops clauses",
        f"source_limit = {facts.longest}",
        *([f"shortlist = {_text(SHORTLIST)}"] if (folder / SHORTLIST).is_file() else []),
        "\n[tokenizer]",
        'source = "sentencepiece.model"',
        'target = "sentencepiece.model"',
        "\n[tokens]",
        'id = "ind_Latn"',
        'en = "eng_Latn"',
        *_file_tables(folder),
        *_score_tables(facts),
    ]
    return "\n".join(lines) + "\n"


def _facts(options: Options, record: Path) -> Facts:
    found = {name: last(record, name) for name in ("filter", "evaluate")}
    # a run that was resumed has an entry each time it stopped; the last one counts all of it
    runs = {entry["options"]["out"]: entry for entry in entries(record, "train")}
    trained = list(runs.values())
    missing = [name for name, entry in (*found.items(), ("train", trained)) if not entry]
    if missing:
        raise OptionError(
            f"the record has no {missing[0]}; run python -m recipe.{missing[0]} first"
        )
    exported = last(record, "choose") or last(record, "export")
    if not exported:
        raise OptionError("the record has no export; run python -m recipe.export first")
    evaluation = (found["evaluate"] or {})["figures"]
    used = (found["filter"] or {})["figures"]["sources"]
    sources = Sources()
    return Facts(
        name=options.name,
        summary=options.summary,
        licence=options.licence,
        directions=[way for way in ("id-en", "en-id") if way in evaluation],
        counts={name: n for name, n in used.items() if sources.rate(name) > 0},
        left_out=sources.left_out,
        listed=read_sources(options.sources) if options.sources else [],
        evaluation=evaluation,
        exported=exported["figures"],
        trained=trained,
        synthetic=[dict(entry["figures"]) for entry in entries(record, "synthesise")],
        notes="\n".join(read_lines(options.notes)) if options.notes else "",
        begun=_begun(record, trained[0]),
    )


def _begun(record: Path, trained: Mapping[str, Any]) -> str:
    """Return what weights a training went on from: of a mean, what it is the mean of."""
    start = str(trained["options"].get("init") or "")
    for entry in entries(record, "mean"):
        told = entry["options"]
        if told["out"] == start:
            shares = told["shares"] or [1] * len(told["weights"])
            parts = zip(shares, told["weights"], strict=True)
            return "the mean of " + " and ".join(f"{share} × {name}" for share, name in parts)
    return f"the weights of {start}" if start else ""


def describe(options: Options) -> dict[str, Any]:
    """Write both files.

    Raises:
        OptionError: if there is no record, or a program's entry is missing in it.
    """
    if options.record is None:
        raise OptionError("a card is written out of a record: give --record FOLDER")
    facts = _facts(options, options.record)
    (options.model / "MODEL_CARD.md").write_text(card(facts), encoding="utf-8")
    (options.model / "model.toml").write_text(manifest(options.model, facts), encoding="utf-8")
    return {"model": options.name, "directions": facts.directions}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, describe))
