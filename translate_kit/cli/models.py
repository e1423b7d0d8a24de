"""``models``: what is installed."""

from __future__ import annotations

import json

import click

import translate_kit as tk

__all__ = ["models"]


@click.group()
def models() -> None:
    """Show and check the models on this machine."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write an object a model.")
def list_(*, as_json: bool) -> None:
    """List the installed models."""
    for model in tk.installed_models():
        row = {
            "name": model.name,
            "directions": [str(direction) for direction in model.directions],
            "family": model.family,
            "bytes": sum(record.size for record in model.files),
            "licence": model.manifest.get("licence", ""),
            "path": str(model.path),
        }
        if as_json:
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            directions = ",".join(row["directions"])
            size = f"{row['bytes'] / 1e6:.1f} MB"
            click.echo(f"{row['name']}\t{directions}\t{size}\t{row['licence']}")


@models.command()
@click.argument("name")
def info(name: str) -> None:
    """Show what a model's manifest says of it."""
    model = _named(name)
    click.echo(f"name        {model.name}")
    click.echo(f"path        {model.path}")
    click.echo(f"family      {model.family}")
    click.echo(f"directions  {', '.join(map(str, model.directions)) or 'not recorded'}")
    for key in ("licence", "summary", "origin"):
        if key in model.manifest:
            click.echo(f"{key:<12}{model.manifest[key]}")
    for score in model.manifest.get("scores", []):
        click.echo(f"score       {score['set']} {score['metric']} {score['value']}")
        click.echo(f"            {score['signature']}")


@models.command()
@click.argument("name")
def verify(name: str) -> None:
    """Compare a model's files with the digests recorded of them."""
    model = _named(name)
    tk.verify_model(model)
    recorded = len(model.files)
    click.echo(f"{model.name}: {recorded} files as recorded" if recorded else "nothing recorded")


def _named(name: str) -> tk.Model:
    return tk.open_model(tk.locate_model(name))
