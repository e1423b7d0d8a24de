"""``watch``: articles translated as they arrive in a folder."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import translate_kit as tk
from translate_kit.cli import options
from translate_kit.cli.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["watch"]

INTERRUPTED = 130

GRACE = 1.5
"""Seconds in which what is open is put away after a signal."""


@click.command()
@click.argument("folder", metavar="IN")
@click.argument("output", metavar="OUT")
@click.option("--once", is_flag=True, help="Translate what is there and end, as for cron.")
@click.option(
    "--to",
    "formats",
    multiple=True,
    type=click.Choice(tk.formats_with("write")),
    default=("html",),
    show_default=True,
    help="Format to write, several with several --to.",
)
@click.option(
    "--settle",
    metavar="SECONDS",
    type=click.FloatRange(0),
    default=1.0,
    show_default=True,
    help="How long a file must stay as it is to count as whole.",
)
@click.option(
    "--poll",
    is_flag=True,
    help="Look through IN every second, as for network drives, which do not tell what changes.",
)
@options.making
@options.from_articles
@options.encoding
@options.quiet
@click.option("-v", "--verbose", is_flag=True, help="Say more of each article.")
def watch(folder: str, output: str, **values: Any) -> int:
    """Translate articles as they arrive in the folder IN, into the folder OUT.

    OUT mirrors IN; a.md becomes a.md.html. An article is taken once its file is whole, and
    again when it changes. Names that are hidden, temporary (a~, a.tmp, a.part) or of no known
    format are ignored, and nothing in IN is touched.

    What is done is noted in OUT, so that after any end the same command goes on where it was.
    What cannot be translated is said once and tried again when it changes; what cannot be
    written is tried again by and by. Ctrl-C or SIGTERM end it.
    """
    talk = Talk(values["quiet"], verbose=True)  # nobody watches a watch: its lines go to a log
    watching = tk.Watching(
        Path(folder),
        Path(output),
        values["formats"],
        values["from_format"],
        values["encoding"],
        values["settle"],
        values["poll"],
        values["once"],
    )
    plan = tk.Plan(options.making_of(values))
    failed = 0
    with (
        _ended_by_signals(talk, int(watching.once)),
        closing(tk.watch_folder(watching, plan)) as reports,
    ):
        for report in reports:
            failed += report.status != "done"
            _say(report, watching, talk, more=values["verbose"])
    return int(failed > 0)


def _say(report: tk.Report, watching: tk.Watching, talk: Talk, *, more: bool) -> None:
    if report.status == "done":
        written = ", ".join(map(str, report.written))
        counts = _counted(report.tally, more=more)
        talk.say(_printable("; ".join([f"{report.name} → {written}", *counts])))
    elif report.status == "postponed" and not watching.once:
        talk.complain(_printable(f"{report.error}; {report.name} is tried again by and by"))
    else:
        talk.complain(_printable(report.error))


def _printable(line: str) -> str:
    """Return a line in which no file's name moves the cursor or begins another line."""
    return "".join(char if char.isprintable() else "�" for char in line)


def _counted(tally: tk.Tally, *, more: bool) -> Iterator[str]:
    yield f"{tally.sentences} sentence{'s' * (tally.sentences != 1)}"
    if tally.scored:
        yield f"mean quality {tally.score / tally.scored:.2f}"
    if more:
        if tally.scored:
            yield f"{tally.check} to check, {tally.poor} poor"
        if tally.untranslated:
            yield f"{tally.untranslated} untranslated"


@contextmanager
def _ended_by_signals(talk: Talk, sigterm: int) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the body and then the process, soon.

    What is open is put away. But the engine is not waited for, neither here nor when the
    interpreter ends: it would first translate all that it was given. If it holds the body up the
    process ends all the same, which like any end at any moment leaves no half file.

    Args:
        talk: where it is said.
        sigterm: exit code for SIGTERM.
    """
    codes = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: sigterm}

    def leave(code: int) -> None:
        if code == INTERRUPTED:
            talk.complain("interrupted; what was written is whole")
        os._exit(code)

    def end(number: int, _: object) -> None:
        for each in codes:
            signal.signal(each, signal.SIG_IGN)  # it is ending
        code = codes[signal.Signals(number)]
        timer = threading.Timer(GRACE, leave, [code])
        timer.daemon = True
        timer.start()
        sys.exit(code)

    before = {each: signal.signal(each, end) for each in codes}
    try:
        yield
    except SystemExit as ended:
        leave(int(ended.code or 0))
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
