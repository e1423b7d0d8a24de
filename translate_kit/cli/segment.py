"""``segment``: a text as sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import write_stdout

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["segment"]


@click.command()
@options.files
@options.from_articles
@options.language
@click.option("--json", "as_json", is_flag=True, help="Write an object a sentence, with offsets.")
@options.encoding
def segment(
    files: tuple[str, ...],
    from_format: str | None,
    language: str,
    encoding: str | None,
    *,
    as_json: bool,
) -> None:
    """Write one sentence a line, and an empty line between blocks.

    With --json each line is {"text", "start", "end", "block", "kind"}; start and end count
    characters of the whole input as decoded where that is text, else of the block.
    """
    lines = _objects if as_json else _lines
    between = ""
    for name in inputs.names(files):
        for document in inputs.articles_of(name, from_format, language, encoding).documents:
            text = "".join(f"{line}\n" for line in lines(tk.segment_document(document)))
            write_stdout((between + text).encode("utf-8", "surrogatepass"))
            between = "" if as_json else "\n"


def _lines(document: tk.Document) -> Iterator[str]:
    filled = [block for block in document.blocks if block.sentences]
    for number, block in enumerate(filled):
        if number:
            yield ""
        for sentence in block.sentences:
            yield " ".join(sentence.text.split())


def _objects(document: tk.Document) -> Iterator[str]:
    for number, block in enumerate(document.blocks):
        for sentence in block.sentences:
            base = block.offset or 0
            yield json.dumps(
                {
                    "text": sentence.text,
                    "start": base + sentence.start,
                    "end": base + sentence.end,
                    "block": number,
                    "kind": block.kind,
                },
                ensure_ascii=False,
            )
