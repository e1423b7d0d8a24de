"""``models compare``: quality, speed and memory of models on the same texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.talk import Talk

__all__ = ["compare"]

_SAMPLE = Path(tk.__file__).with_name("sample.tsv")


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME|PATH...")
@click.option(
    "--on",
    "table",
    metavar="FILE",
    help="Bilingual file with texts and references [default: twelve sentences of ours].",
)
@options.direction
@options.device
@options.threads
@click.option("--texts", is_flag=True, help="Print the translations too, one below the other.")
@click.option("--json", "as_json", is_flag=True, help="Write an object a model.")
@options.quiet
@options.verbose
def compare(
    names: tuple[str, ...], table: str | None, *, quiet: bool, verbose: bool, **values: Any
) -> None:
    """Translate the same texts with several models and score them.

    Each runs in a process of its own. Columns: model, BLEU, chrF++, TER, sentences a second,
    seconds to load, peak memory of the whole process, size on disk.
    """
    talk = Talk(quiet, verbose)
    sources, references = _pairs(table, values["direction"])
    settings = tk.ModelSettings(
        direction=values["direction"], device=values["device"], threads=values["threads"]
    )
    systems: list[tk.System] = []
    for name in names:
        talk.say(f"translating {len(sources)} texts with {name}")
        systems.append(tk.run_model(name, sources, settings))
    corpus = tk.Corpus(tuple(systems), (tk.Stream(table or "sample", tuple(references)),))
    scores = tk.evaluate_corpus(corpus, tk.Scoring(bootstrap=0, trials=0)).scores
    rows = [_row(s, [score for score in scores if score.system == s.name]) for s in systems]
    if values["as_json"]:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    _show_table(rows)
    if values["texts"]:
        _show_texts(systems, sources, references)


def _pairs(table: str | None, direction: str) -> tuple[list[str], list[str]]:
    """Read texts and references; our sample serves both ways."""
    name = table or str(_SAMPLE)
    (bitext,) = inputs.bitexts_of(name, None, None)
    pairs = [(row.source, row.target) for row in bitext.rows() if row.source and row.target]
    if not pairs:
        raise tk.InputError(f"{name} holds no text with its reference; give a bilingual file")
    sources, references = map(list, zip(*pairs, strict=True))
    swapped = table is None and direction == "en-id"
    return (references, sources) if swapped else (sources, references)


def _row(system: tk.System, scores: list[tk.Score]) -> dict[str, Any]:
    if system.run is None:
        raise ValueError("a model that translated has a run")
    model = tk.open_model(tk.locate_model(system.name))
    return {
        "model": system.name,
        "digest": model.digest,
        "bytes": model.size,
        "scores": {
            score.metric: {"value": round(score.value, 4), "signature": score.signature}
            for score in scores
        },
        "segments": system.run.segments,
        "seconds": round(system.run.seconds, 3),
        "load_seconds": round(system.run.load_seconds, 3),
        "memory": system.run.peak_memory,
        "hypotheses": list(system.lines),
    }


def _show_table(rows: list[dict[str, Any]]) -> None:
    metrics = list(rows[0]["scores"])
    click.echo("\t".join(("model", *metrics, "sentences/s", "load s", "memory MB", "size MB")))
    for row in rows:
        values = [f"{score['value']:.1f}" for score in row["scores"].values()]
        speed = f"{row['segments'] / max(row['seconds'], 0.001):.1f}"
        memory = f"{(row['memory'] or 0) / 1e6:.0f}"
        costs = (speed, f"{row['load_seconds']:.2f}", memory, f"{row['bytes'] / 1e6:.1f}")
        click.echo("\t".join((row["model"], *values, *costs)))
    for row in rows:
        for metric, score in row["scores"].items():
            click.echo(f"{row['model']}\t{metric}\t{score['signature']}")


def _show_texts(systems: list[tk.System], sources: list[str], references: list[str]) -> None:
    for number, (source, reference) in enumerate(zip(sources, references, strict=True)):
        click.echo(f"\nsource\t{source}\nreference\t{reference}")
        for system in systems:
            click.echo(f"{system.name}\t{system.lines[number]}")
