"""``models``: what is installed, what could be, and how to get it."""

from __future__ import annotations

import json
from typing import Any

import click

import translate_kit as tk
from translate_kit.cli import options
from translate_kit.cli.models_compare import compare
from translate_kit.cli.models_fetch import convert, pull
from translate_kit.cli.talk import Talk

__all__ = ["models"]

Row = dict[str, Any]


@click.group()
def models() -> None:
    """Show, fetch, convert, check and compare models.

    They go to the folder TRANSLATE_KIT_MODELS, or else to one of your data folder.
    """


for verb in (pull, convert, compare):
    models.add_command(verb)


@models.command("list")
@click.option("--installed", is_flag=True, help="Only what is on this machine.")
@click.option("--json", "as_json", is_flag=True, help="Write an object a model.")
def list_(*, installed: bool, as_json: bool) -> None:
    """List models: those installed, then those known that could be pulled.

    Columns, apart by tabs: name, directions, size, licence, quality (measured here or published by
    others: --json and 'models info' name the source), state.
    """
    rows = [_installed_row(model) for model in tk.installed_models()]
    here = {row["name"] for row in rows}
    if not installed:
        rows += [_known_row(known) for name, known in tk.KNOWN_MODELS.items() if name not in here]
    for path, why in tk.broken_models().items():
        rows.append({**_EMPTY, "name": path.name, "path": str(path), "state": f"broken: {why}"})
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))


_EMPTY: Row = {
    "name": "",
    "directions": [],
    "family": "",
    "bytes": 0,
    "licence": "",
    "quality": [],
    "state": "",
    "path": "",
}


def _installed_row(model: tk.Model) -> Row:
    measured = [
        {"metric": s["metric"], "value": s["value"], "set": s["set"], "source": "measured"}
        for s in model.manifest.get("scores", ())
    ]
    published = [
        {
            "metric": metric,
            "value": s[metric],
            "set": f"{s['set']} {s['direction']}",
            "source": s["source"],
        }
        for s in model.manifest.get("published", ())
        for metric in ("bleu", "chrf")
    ]
    return {
        "name": model.name,
        "directions": list(map(str, model.directions)),
        "family": model.family,
        "bytes": model.size,
        "licence": model.manifest.get("licence", ""),
        "quality": measured or published,
        "state": "installed",
        "path": str(model.path),
    }


def _known_row(known: tk.KnownModel) -> Row:
    return {
        "name": known.name,
        "directions": list(map(str, known.directions)),
        "family": known.family,
        "bytes": known.megabytes * 1_000_000,
        "licence": known.licence,
        "quality": [
            {
                "metric": metric,
                "value": getattr(score, metric),
                "set": f"FLORES-200 devtest {score.direction}",
                "source": score.source,
            }
            for score in known.scores
            for metric in ("bleu", "chrf")
        ],
        "state": "known" if known.hub else "known, to convert from an archive",
        "path": "",
    }


def _size(amount: int) -> str:
    return f"{amount / 1e9:.1f} GB" if amount >= 1e9 else f"{amount / 1e6:.1f} MB"


def _line(row: Row) -> str:
    about = "" if row["state"] == "installed" else "~"
    size = about + _size(row["bytes"]) if row["bytes"] else "?"
    best = next((s for s in row["quality"] if s["metric"] == "bleu"), None)
    quality = f"BLEU {best['value']:.1f} {best['set']}" if best else "-"
    directions = ",".join(row["directions"]) or "?"
    return "\t".join((row["name"], directions, size, row["licence"] or "?", quality, row["state"]))


@models.command()
@click.argument("name", metavar="NAME|PATH")
def info(name: str) -> None:
    """Show what is known of a model, installed or not."""
    try:
        model = tk.open_model(tk.locate_model(name))
    except tk.ModelNotFoundError:
        if name not in tk.KNOWN_MODELS:
            raise
        _show_known(tk.KNOWN_MODELS[name])
        return
    _show("name", model.name)
    _show("path", model.path)
    _show("family", model.family)
    _show("directions", ", ".join(map(str, model.directions)) or "not recorded")
    _show("size", _size(model.size))
    for key in ("licence", "licence_notice", "summary", "origin", "quantization", "converter"):
        if model.manifest.get(key):
            _show(key.replace("_", " "), model.manifest[key])
    saved = model.manifest.get("quantization")
    _show("computed in", f"{tk.compute_type_for(saved)} on this processor" if saved else "its own")
    _show("digest", model.digest)
    for score in model.manifest.get("scores", []):
        _show("score", f"{score['set']} {score['metric']} {score['value']}")
        _show("", score["signature"])
    for score in model.manifest.get("published", []):
        _show("published", f"{score['set']} {score['direction']} BLEU {score['bleu']}")
        _show("", score["source"])


def _show_known(known: tk.KnownModel) -> None:
    _show("name", known.name)
    _show("from", known.hub or known.archive)
    _show("family", known.family)
    _show("directions", ", ".join(map(str, known.directions)))
    _show("licence", known.licence)
    _show("summary", known.summary)
    for score in known.scores:
        _show(
            "published",
            f"FLORES-200 devtest {score.direction} BLEU {score.bleu} chrF {score.chrf}",
        )
        _show("", score.source)
    way = f"translate-kit models pull {known.name}"
    _show("installed", f"no; {way}" if known.hub else "no; fetch it and 'models convert' it")


def _show(key: str, value: object) -> None:
    click.echo(f"{key:<16}{value}")


@models.command()
@click.argument("names", nargs=-1, metavar="[NAME|PATH]...")
def verify(names: tuple[str, ...]) -> int:
    """Compare the files of models with the digests recorded of them; without NAME, of all."""
    paths = [tk.locate_model(name) for name in names]
    if not names:
        paths = [model.path for model in tk.installed_models()] + list(tk.broken_models())
    talk, code = Talk(), 0
    for path in paths:
        try:
            model = tk.open_model(path)
            tk.verify_model(model)
        except tk.ModelError as error:
            if len(paths) == 1:
                raise
            talk.complain(str(error))
            code = error.exit_code
            continue
        recorded = len(model.files)
        state = f"{recorded} files as recorded" if recorded else "nothing recorded"
        click.echo(f"{model.name}: {state}")
    return code


@models.command()
@click.argument("name")
@options.quiet
def remove(name: str, *, quiet: bool) -> None:
    """Delete a model from your store."""
    path = tk.remove_model(name)
    if not quiet:
        click.echo(f"removed {path}")
