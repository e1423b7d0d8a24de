"""``translate``: articles to bilingual documents."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import click

import translate_kit as tk
from translate_kit.cli import inputs, memories, options
from translate_kit.cli.ledger import Ledger
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
    jobs: int
    runner: Literal["local", "ray"]
    output: str | None
    formats: tuple[str, ...]
    only_text: bool
    from_format: str | None
    quality: bool
    view: bool
    memory: tuple[str, ...]
    no_memory: bool
    fuzzy: float | None
    glossary: str | None
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
    def memories(self) -> tk.Memories:
        """What was translated before."""
        return memories.named(vars(self))


@click.command()
@options.files
@options.making
@click.option(
    "--jobs",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Processes to spread many articles over, or with --engine ray workers; 0 is one process,"
    " or all that the cluster has room for.",
)
@click.option(
    "--engine",
    "runner",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Work on this machine, or on the Ray cluster that RAY_ADDRESS names.",
)
@options.from_articles
@options.output
@options.to_formats
@click.option(
    "--only-text",
    is_flag=True,
    help="Write the translation alone, in the format of the input: a page as a page, subtitles"
    " as subtitles.",
)
@options.recalling
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
    ledger = Ledger.of(len(articles.inputs), talk)
    with talk.counting(_title(articles)) as (on_read, on_done):
        plan = tk.Plan(
            replace(settings.making, kept=kept),
            memories=settings.memories,
            jobs=settings.jobs,
            runner=settings.runner,
            on_read=on_read,
            on_done=on_done,
        )
        for report in tk.translate_articles(articles, outputs, plan):
            ledger.enter(report)
            if drawn and report.bitexts:
                show(report.bitexts)
    return ledger.close(time.monotonic() - start)


def _title(articles: tk.Articles) -> str:
    count = len(articles.inputs)
    return articles.inputs[0].name if count == 1 else f"{count} articles"
