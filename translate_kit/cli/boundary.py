"""Where errors end: one line on standard error and the exit code of their class."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

import translate_kit as tk
from translate_kit.cli.app import Interrupted, cli

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "run"]

USAGE = tk.OptionError.exit_code

COLLECTED_AFTER = 50_000
"""New objects after which the interpreter looks for cycles. A run makes very many that die by
themselves and hardly a cycle: at Python's own 700 the looking takes 1 % of a run."""


def main() -> None:
    """Run the program on the process's arguments and leave with its exit code."""
    gc.set_threshold(COLLECTED_AFTER)
    code = run(sys.argv[1:])
    if code == Interrupted.exit_code:
        # the engine's threads may still be at batches that nobody waits for: to take the
        # interpreter down around them takes seconds and has crashed
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit code; errors become one line on standard error."""
    try:
        code = cli.main(list(arguments), prog_name="translate-kit", standalone_mode=False)
        with suppress(BrokenPipeError):  # only of what click echoed: data is flushed when written
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return USAGE
    except click.ClickException as error:
        return _ended(_usage_line(error), USAGE)
    except (Interrupted, click.Abort) as error:
        return _ended(str(error) or "interrupted", Interrupted.exit_code)
    except tk.TranslateKitError as error:
        if isinstance(error.__cause__, OSError):
            _silence_stdout()
        return _ended(str(error), error.exit_code)
    return int(code or 0)


def _usage_line(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "translate-kit"
    return f"{error.format_message().rstrip('.')}; see '{path} --help'"


def _ended(message: str, code: int) -> int:
    line = " ".join(message.split())
    with suppress(OSError):  # if nobody listens, the exit code says it
        click.echo(f"translate-kit: {line}", err=True)
    return code


def _silence_stdout() -> None:
    """Let the interpreter's last flush of a stream that failed go nowhere."""
    with suppress(OSError, ValueError):  # without a descriptor nothing is left to flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
