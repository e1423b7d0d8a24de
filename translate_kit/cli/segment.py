"""``segment``: a text as sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import write_stdout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Lines = Callable[[int, tk.Block], Iterator[str]]

__all__ = ["segment"]

WRITTEN = 1 << 16
"""Characters of output that are gathered before they are written."""


@click.command()
@options.files
@options.from_articles
@options.language
@click.option("--json", "as_json", is_flag=True, help="Write an object a sentence, with offsets.")
@click.option(
    "--explain", is_flag=True, help="Write which rule decided at each candidate, and why."
)
@options.encoding
def segment(files: tuple[str, ...], **values: Any) -> None:
    """Write one sentence a line, and an empty line between blocks.

    With --json each line is {"text", "start", "end", "block", "kind"}; start and end count
    characters of the whole input as decoded where that is text, else of the block. Plain text
    is read and written as it comes, whatever its size.

    With --explain a line is a place where a sentence could end: where the next would begin,
    split or join, the rule that decided, and why. With --json as objects.
    """
    lines = _lines_for(values["explain"], values["as_json"], values["language"])
    gap = "" if values["as_json"] or values["explain"] else "\n"
    for number, name in enumerate(inputs.names(files)):
        form = values["from_format"] or tk.article_form(name)
        for blocks in _documents(name, form, values["language"], values["encoding"]):
            _write(blocks, lines, gap, first=number == 0)


def _documents(
    name: str, form: str, language: str, encoding: str | None
) -> Iterator[Iterable[tk.Block]]:
    """Yield the blocks of each article in a file, those of a plain text as they are read."""
    if form == "text":
        yield tk.segment_stream(inputs.pieces_of(name, encoding), language)
        return
    for document in inputs.documents_of(name, form, language, encoding):
        yield tk.segment_document(document).blocks


def _write(blocks: Iterable[tk.Block], lines: Lines, gap: str, *, first: bool) -> None:
    between = "" if first else gap
    ready: list[str] = []
    size = 0
    for number, block in enumerate(blocks):
        if not block.sentences:
            continue
        ready.append(between + "".join(f"{line}\n" for line in lines(number, block)))
        between = gap
        size += len(ready[-1])
        if size >= WRITTEN:
            write_stdout("".join(ready).encode("utf-8", "surrogatepass"))
            ready, size = [], 0
    write_stdout("".join(ready).encode("utf-8", "surrogatepass"))


def _lines_for(explain: bool, as_json: bool, language: str) -> Lines:  # noqa: FBT001 (two flags)
    if explain:
        return lambda _, block: _reasons(block, language, as_json=as_json)
    return _objects if as_json else _sentences


def _sentences(_number: int, block: tk.Block) -> Iterator[str]:
    for sentence in block.sentences:
        yield " ".join(sentence.text.split())


def _objects(number: int, block: tk.Block) -> Iterator[str]:
    base = block.offset or 0
    for sentence in block.sentences:
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


def _reasons(block: tk.Block, language: str, *, as_json: bool) -> Iterator[str]:
    base = block.offset or 0
    for decision in tk.explain_boundaries(block.text, language):
        position = base + decision.position
        if as_json:
            row = {
                "position": position,
                "boundary": decision.boundary,
                "rule": decision.rule,
                "reason": decision.reason,
            }
            yield json.dumps(row, ensure_ascii=False)
        else:
            verdict = "split" if decision.boundary else "join"
            yield f"{position}\t{verdict}\t{decision.rule}\t{decision.reason}"
