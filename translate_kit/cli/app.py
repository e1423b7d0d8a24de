"""The group that holds the verbs."""

from __future__ import annotations

from typing import Any

import click

import translate_kit as tk
from translate_kit.cli.align import align
from translate_kit.cli.convert import convert
from translate_kit.cli.estimate import estimate
from translate_kit.cli.evaluate import evaluate
from translate_kit.cli.models import models
from translate_kit.cli.segment import segment
from translate_kit.cli.translate import translate
from translate_kit.cli.watch import watch

__all__ = ["Interrupted", "cli"]


class Interrupted(tk.TranslateKitError):
    """Somebody pressed Ctrl-C."""

    exit_code = 130


class Program(click.Group):
    """The group, with the two errors that click would treat in its own way made ours."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb.

        Raises:
            Interrupted: on Ctrl-C.
            OutputError: if standard output fails (files have their own errors).
        """
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise Interrupted("interrupted; what was written is whole") from error
        except OSError as error:
            closed = isinstance(error, BrokenPipeError)
            cause = "it was closed" if closed else error.strerror or error
            raise tk.OutputError(
                f"cannot write all to standard output: {cause}; write to a file with -o"
            ) from error


@click.group(
    cls=Program,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
)
@click.version_option(tk.__version__, "-V", "--version", prog_name="translate-kit")
def cli() -> None:
    """Translate Indonesian news into English, side by side and with quality estimates.

    Every FILE may be - for standard input; without FILE it is read too. Every option can be
    set as TRANSLATE_KIT_<VERB>_<OPTION>.

    Exit codes: 0 done, 1 some input failed, 2 usage, 3 model, 4 unreadable input, 5 quality
    below --fail-under, 130 interrupted.
    """


def _name_variables(command: click.Command, prefix: str) -> None:
    """Let every option be set by a variable named after it, ``--fail-under`` by FAIL_UNDER."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            longest = max(parameter.opts, key=len)
            parameter.envvar = f"{prefix}_{longest.lstrip('-').replace('-', '_').upper()}"
    if isinstance(command, click.Group):
        for name, verb in command.commands.items():
            _name_variables(verb, f"{prefix}_{name.upper()}")


for verb in (translate, segment, align, estimate, evaluate, convert, models, watch):
    cli.add_command(verb)
_name_variables(cli, "TRANSLATE_KIT")
