"""All that the program says beside its data: on standard error, for people who watch."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Talk"]


@dataclass(frozen=True, slots=True)
class Talk:
    """What may be said: nothing under ``quiet``, and off a terminal only if ``verbose``."""

    quiet: bool = False
    verbose: bool = False

    @property
    def wanted(self) -> bool:
        """Whether anybody wants to be told."""
        return not self.quiet and (self.verbose or sys.stderr.isatty())

    def say(self, message: str) -> None:
        """Write a line, if anybody wants it."""
        if self.wanted:
            click.echo(message, err=True)

    def complain(self, message: str) -> None:
        """Write a line about an error, always."""
        click.echo(f"translate-kit: {' '.join(message.split())}", err=True)

    @contextmanager
    def progress(self, title: str, total: int) -> Iterator[Callable[[int], None] | None]:
        """Show a bar while work is done; gives what to call with every amount done.

        None where there is no terminal to draw on.
        """
        if self.quiet or not sys.stderr.isatty():
            yield None
            return
        # rich costs 0.1 s: only where a bar is drawn
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress  # noqa: PLC0415

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(title.replace("[", r"\["), total=total)
            yield lambda amount: bar.advance(task, amount)
