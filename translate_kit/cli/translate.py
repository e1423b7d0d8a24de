"""``translate``: articles to bilingual documents."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import write_stdout
from translate_kit.cli.talk import Talk
from translate_kit.cli.view import show

__all__ = ["translate"]


@dataclass(frozen=True)
class Settings:
    """The verb's options."""

    direction: str
    model: str | None
    beam_size: int
    alternatives: int
    device: str
    threads: int
    output: str | None
    formats: tuple[str, ...]
    only_text: bool
    from_format: str | None
    quality: bool
    view: bool
    memory: tuple[str, ...]
    abstain: Literal["check", "poor"] | None
    encoding: str | None
    quiet: bool
    verbose: bool

    @property
    def language(self) -> str:
        """Language of the articles."""
        return self.direction.partition("-")[0]

    @property
    def making(self) -> tk.Making:
        """What is made of each article."""
        return options.making_of(vars(self))

    @property
    def remembered(self) -> tk.Memory | None:
        """What people translated before."""
        source, _, target = self.direction.partition("-")
        bitexts = [b for name in self.memory for b in inputs.bitexts_of(name, None, None)]
        return tk.Memory.of(bitexts, (source, target)) if self.memory else None


@click.command()
@options.files
@options.making
@options.from_articles
@options.output
@options.to_formats
@click.option(
    "--only-text",
    is_flag=True,
    help="Write the translation alone, in the format of the input: a page as a page, subtitles"
    " as subtitles.",
)
@click.option(
    "--memory",
    metavar="FILE",
    multiple=True,
    help="Bilingual file whose human translations are used again; several with several --memory.",
)
@click.option("--view", is_flag=True, help="Print source and translation side by side.")
@options.encoding
@options.quiet
@options.verbose
def translate(files: tuple[str, ...], **values: Any) -> int:
    """Translate articles into bilingual documents.

    On a terminal the article and its translation are shown side by side. In a pipe the
    translation alone is written, a paragraph a line. With -o a file is written in the format
    its suffix names.
    """
    settings = Settings(**values)
    talk = Talk(settings.quiet, settings.verbose)
    elsewhere = settings.output is not None or bool(settings.formats) or settings.only_text
    drawn = settings.view or (not elsewhere and sys.stdout.isatty())
    keep_out = Path(settings.output) if settings.output else None
    articles = tk.Articles(
        tk.expand_inputs(files or (inputs.STDIN,), keep_out),
        settings.from_format,
        settings.language,
        settings.encoding,
    )
    wanted = tk.Wanted(settings.output, settings.formats, settings.only_text)
    outputs = tk.Outputs(wanted, articles.inputs, write_stdout) if elsewhere or not drawn else None
    return _run(articles, outputs, settings, talk, drawn=drawn)


def _run(
    articles: tk.Articles,
    outputs: tk.Outputs | None,
    settings: Settings,
    talk: Talk,
    *,
    drawn: bool,
) -> int:
    start = time.monotonic()
    kept = drawn or bool(outputs and outputs.needs_bitexts)
    ledger = Ledger(len(articles.inputs), talk, tk.Tally())
    with talk.counting(_title(articles)) as (on_read, on_done):
        plan = tk.Plan(replace(settings.making, kept=kept), settings.remembered, on_read, on_done)
        for report in tk.translate_articles(articles, outputs, plan):
            ledger.enter(report)
            if drawn and report.bitexts:
                show(report.bitexts)
    return ledger.close(time.monotonic() - start)


def _title(articles: tk.Articles) -> str:
    count = len(articles.inputs)
    return articles.inputs[0].name if count == 1 else f"{count} articles"


@dataclass(slots=True)
class Ledger:
    """What became of the inputs, said as it happens and summed up at the end.

    Args:
        inputs: how many there are.
        talk: where it is said.
        tally: counts so far.
    """

    inputs: int
    talk: Talk
    tally: tk.Tally
    written: list[str] = field(default_factory=list)
    failed: int = 0
    before: int = 0

    def enter(self, report: tk.Report) -> None:
        """Take in what became of an input.

        Raises:
            InputError: if it failed and was the only one.
        """
        self.tally = self.tally.plus(report.tally)
        if report.status == "failed":
            if self.inputs == 1:
                raise tk.InputError(report.error)
            self.talk.complain(report.error)
            self.failed += 1
        elif report.status == "before":
            self.before += 1
        elif report.status == "done":
            self.written += map(str, report.written)

    def close(self, seconds: float) -> int:
        """Say the sum and return the exit code."""
        if self.tally.sentences:
            self.talk.say(self.tally.line(seconds))
        for path in self.written:
            self.talk.say(f"wrote {path}")
        if self.before:
            self.talk.say(f"{self.before} of {self.inputs} inputs were done before")
        if self.failed:
            self.talk.complain(f"{self.failed} of {self.inputs} inputs failed; the others are done")
        return int(self.failed > 0)
