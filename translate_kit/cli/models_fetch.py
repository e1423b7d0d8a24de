"""``models pull`` and ``models convert``: models into the user's store."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import translate_kit as tk
from translate_kit.cli import options
from translate_kit.cli.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["convert", "pull"]


class _Told:
    """Tells the user how it goes, and asks about licences on a terminal."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._bar = ExitStack()
        self._advance: Callable[[int], None] | None = None

    def say(self, step: str) -> None:
        self.close()
        self._talk.say(step)

    def started(self, total: int) -> None:
        self._advance = self._bar.enter_context(self._talk.progress("fetching", total))

    def advanced(self, amount: int) -> None:
        if self._advance:
            self._advance(amount)

    def accepts(self, notice: str) -> bool:
        self.close()
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        return click.confirm(f"{notice}. Do you agree?", err=True)

    def close(self) -> None:
        self._advance = None
        self._bar.close()


_name = click.option("--name", metavar="NAME", help="Name to give it [default: its source's].")
_quantization = click.option(
    "--quantization",
    type=click.Choice(tk.QUANTIZATIONS),
    default="int8",
    show_default=True,
    help="What converted weights are stored in.",
)
_directions = click.option(
    "-d",
    "--direction",
    "directions",
    multiple=True,
    metavar="XX-YY",
    help="What it translates, where its source does not say; several with several -d.",
)
_family = click.option(
    "--family",
    type=click.Choice(list(tk.MODEL_FAMILIES)),
    help="Its family [default: read off its files].",
)
_accept = click.option(
    "--accept-licence", is_flag=True, help="Agree to a licence that restricts use."
)
_force = click.option(
    "--force", "replace", is_flag=True, help="Take the place of a model of that name."
)


@click.command()
@click.argument("wanted", metavar="NAME|OWNER/REPOSITORY")
@click.option("--revision", metavar="REV", help="Branch, tag or commit [default: main].")
@_name
@_quantization
@_directions
@_family
@_accept
@click.option("--offline", is_flag=True, help="Use no network: only what is here already.")
@_force
@options.quiet
@options.verbose
def pull(wanted: str, *, quiet: bool, verbose: bool, **values: Any) -> None:
    """Fetch a model: one of 'models list', or any MarianMT or NLLB repository of the hub.

    Repositories that hold CTranslate2 files are used as they are, others are converted (pip
    install 'translate-kit[convert]'). HF_ENDPOINT names another hub, HF_TOKEN your access. What
    is interrupted goes on when the command is run again.
    """
    told = _Told(Talk(quiet, verbose))
    try:
        model = tk.pull_model(wanted, tk.ModelOptions(**values), told)
    finally:
        told.close()
    click.echo(f"{model.name}\t{model.path}")


@click.command()
@click.argument("source", metavar="DIR|FILE", type=click.Path(path_type=Path))
@_name
@_quantization
@_directions
@_family
@click.option("--licence", metavar="SPDX", help="Its licence, to be recorded.")
@_accept
@_force
@options.quiet
@options.verbose
def convert(source: Path, *, quiet: bool, verbose: bool, **values: Any) -> None:
    """Install a model from files: an OPUS-MT .zip, a checkpoint, or a CTranslate2 folder."""
    told = _Told(Talk(quiet, verbose))
    try:
        model = tk.convert_model(source, tk.ModelOptions(**values), told)
    finally:
        told.close()
    click.echo(f"{model.name}\t{model.path}")
