"""All that the program says beside its data: on standard error, for people who watch."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
        with self._bar(title) as bar:
            if bar:
                bar.found(total)
            yield bar.done if bar else None

    @contextmanager
    def counting(
        self, title: str
    ) -> Iterator[tuple[Callable[[int], None] | None, Callable[[int], None] | None]]:
        """Show a bar of work whose amount is found while it is done.

        Gives what to call, from any thread, with every amount found and with every amount done;
        None twice where there is no terminal to draw on.
        """
        with self._bar(title) as bar:
            yield (bar.found, bar.done) if bar else (None, None)

    @contextmanager
    def _bar(self, title: str) -> Iterator[_Bar | None]:
        if self.quiet or not sys.stderr.isatty():
            yield None
            return
        # rich costs 0.1 s: only where a bar is drawn
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress  # noqa: PLC0415

        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(title.replace("[", r"\["), total=0)
            yield _Bar(progress, task)


@dataclass(slots=True)
class _Bar:
    """A bar that grows in both numbers."""

    progress: Any
    task: Any
    total: int = 0

    def found(self, amount: int) -> None:
        """Add to the work there is."""
        self.total += amount
        self.progress.update(self.task, total=self.total)

    def done(self, amount: int) -> None:
        """Add to the work that is done."""
        self.progress.advance(self.task, amount)
