"""``translate``: articles to bilingual documents."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import SAME, Outputs
from translate_kit.cli.talk import Talk
from translate_kit.cli.view import Tally, show

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
    view: bool
    memory: tuple[str, ...]
    glossary: str | None
    abstain: Literal["check", "poor"] | None
    encoding: str | None
    quiet: bool
    verbose: bool

    @cached_property
    def engine(self) -> Any:
        """The engine, loaded when the first article is ready for it."""
        return tk.load_engine(
            self.model,
            self.direction,
            tk.EngineOptions(device=self.device, threads=self.threads),
        )

    @cached_property
    def remembered(self) -> tk.Memory | None:
        """What people translated before, read when the first article is ready for it."""
        source, _, target = self.direction.partition("-")
        bitexts = [b for name in self.memory for b in inputs.bitexts_of(name, None, None)]
        return tk.Memory.of(bitexts, (source, target)) if self.memory else None

    @cached_property
    def terms(self) -> tk.Glossary | None:
        """What the glossary asks for."""
        source, _, target = self.direction.lower().partition("-")
        return tk.read_glossary(self.glossary, (source, target)) if self.glossary else None

    @property
    def decoding(self) -> tk.Decoding:
        """How to search."""
        return tk.Decoding(beam_size=self.beam_size, alternatives=self.alternatives)


@click.command()
@options.files
@click.option(
    "-d", "--direction", default="id-en", show_default=True, help="From which language into which."
)
@click.option("-m", "--model", metavar="NAME|PATH", help="Model to use [default: the shipped one].")
@click.option(
    "--beam-size", type=click.IntRange(1, 64), default=4, show_default=True, help="Beam width."
)
@click.option(
    "--alternatives",
    type=click.IntRange(0, 16),
    default=0,
    show_default=True,
    help="Other translations to keep for each sentence.",
)
@click.option(
    "--device",
    type=click.Choice(["cpu", "cuda", "auto"]),
    default="cpu",
    show_default=True,
    help="Where to compute.",
)
@click.option(
    "--threads",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Processor cores to use; 0 is all.",
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
@click.option(
    "--abstain",
    metavar="BAND",
    type=click.Choice(["check", "poor"]),
    help="Leave out translations of this band or a worse one; their source stands there, marked.",
)
@click.option(
    "--memory",
    metavar="FILE",
    multiple=True,
    help="Bilingual file whose human translations are used again; several with several --memory.",
)
@click.option(
    "--glossary",
    metavar="FILE",
    help="Terms that must be translated so, or not at all: lines of source, target and flags,"
    " parted by tabs.",
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
    _ = settings.terms  # what is wrong with them is wrong with no article
    talk = Talk(settings.quiet, settings.verbose)
    names = inputs.names(files)
    formats = (SAME, *settings.formats) if settings.only_text else settings.formats
    drawn = settings.view or (settings.output is None and not formats and sys.stdout.isatty())
    elsewhere = settings.output is not None or formats
    outputs = (
        Outputs(settings.output, formats, names, default="text") if elsewhere or not drawn else None
    )
    return _run(names, settings, talk, outputs, drawn=drawn)


def _run(
    names: tuple[str, ...], settings: Settings, talk: Talk, outputs: Outputs | None, *, drawn: bool
) -> int:
    start = time.monotonic()
    tally = Tally()
    failed = 0
    for name in names:
        try:
            bitexts = _done(name, settings, talk, outputs)
        except tk.InputError as error:
            if len(names) == 1:
                raise
            talk.complain(str(error))
            failed += 1
            continue
        tally = tally.plus(bitexts)
        if drawn:
            show(bitexts)
    if outputs:
        outputs.close()
    if tally.sentences:
        talk.say(tally.line(time.monotonic() - start))
    for path in outputs.written if outputs else ():
        talk.say(f"wrote {path}")
    if failed:
        talk.complain(f"{failed} of {len(names)} inputs failed; the others are done")
    return int(failed > 0)


def _done(name: str, settings: Settings, talk: Talk, outputs: Outputs | None) -> list[tk.Bitext]:
    """Translate a file and write what comes of it."""
    language = settings.direction.partition("-")[0]
    article = inputs.articles_of(name, settings.from_format, language, settings.encoding)
    if outputs:
        outputs.check(article)
    bitexts = _translated(article, settings, talk)
    if outputs:
        outputs.put(name, bitexts, article)
    return bitexts


def _translated(article: inputs.Input, settings: Settings, talk: Talk) -> list[tk.Bitext]:
    bitexts = []
    for document in article.documents:
        segmented = tk.segment_document(document)
        with talk.progress(str(segmented.source), len(segmented.sentences)) as on_done:
            bitext = tk.translate_document(
                segmented,
                settings.engine,
                settings.decoding,
                on_done,
                memory=settings.remembered,
                glossary=settings.terms,
            )
        bitexts.append(tk.without_band(bitext, settings.abstain) if settings.abstain else bitext)
    return bitexts
