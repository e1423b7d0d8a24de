"""An input to segmented documents, part by part, as far as its format allows.

A feed comes article by article, a plain text in parts of some hundred sentences; other formats
are read whole, for their structure stands at the end of the file or all over it.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.document import Document
from translate_kit.errors import EmptyInputError
from translate_kit.files import PIECE, decode_pieces, read_bytes, read_pieces
from translate_kit.formats import Reading, read_documents
from translate_kit.segment import segment, segment_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translate_kit.corpus.tasks import Task
    from translate_kit.document import Block

__all__ = ["PART", "Part", "parts", "reading_of", "whole"]

PART = 1000
"""Sentences in a part of a plain text: a longer text is several documents, so that memory is
bounded; a shorter one is one, as anywhere else."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segmented document of an input.

    Args:
        document: with sentences.
        original: what `write_documents` needs to mirror this part; empty where the format is
            mirrored as a whole.
        goes_on: whether it continues the text of the part before.
    """

    document: Document
    original: bytes = b""
    goes_on: bool = False


def reading_of(task: Task) -> Reading:
    """Return how a task's input is read."""
    return Reading(source=task.called, language=task.language, encoding=task.encoding)


def whole(task: Task) -> bytes:
    """Return all of a task's input.

    Raises:
        InputError: if it cannot be read.
    """
    if task.data is not None:
        return task.data
    return sys.stdin.buffer.read() if task.name == "-" else read_bytes(task.name)


def parts(task: Task) -> Iterator[Part]:
    """Yield the documents of a task's input, in order, segmented.

    Raises:
        InputError: if it cannot be read or holds no sentence; of what is read part by part,
            after the parts before the place.
        OptionError: if the encoding is unknown or there are no data for the language.
    """
    if task.form == "text":
        yield from _text(task)
        return
    if task.form == "jsonl":
        from translate_kit.formats.feed import stream  # noqa: PLC0415 (only for feeds)

        yield from _filled(stream(_pieces(task), reading_of(task), task.line), task)
        return
    documents = read_documents(whole(task), task.form, reading_of(task))
    yield from _filled(((document, b"") for document in documents), task)


def _filled(found: Iterable[tuple[Document, bytes]], task: Task) -> Iterator[Part]:
    """Segment articles; one of many may be without a sentence, but not all of them."""
    filled = False
    for document, original in found:
        segmented = segment(document)
        filled = filled or bool(segmented.sentences)
        yield Part(segmented, original)
    if not filled:
        raise EmptyInputError(f"{task.called} holds no sentence")


def _pieces(task: Task) -> Iterator[bytes]:
    if task.data is not None:
        return iter((task.data,))
    if task.name != "-":
        return read_pieces(task.name)
    # what has arrived, not what fills a buffer: an article is translated when it is there
    # (and past the buffer, whose lock a reader that waits would hold when the program ends)
    return iter(lambda: os.read(sys.stdin.fileno(), PIECE), b"")


def _text(task: Task) -> Iterator[Part]:
    """Yield a plain text in parts that end between blocks."""
    pieces = decode_pieces(_pieces(task), task.encoding, task.called)
    held: list[Block] = []
    sentences, number = 0, 0
    for block in segment_stream(pieces, task.language):
        if sentences >= PART:
            yield _part(held, task, number)
            held, sentences, number = [], 0, number + 1
        held.append(block)
        sentences += len(block.sentences)
    if not sentences and not number:
        raise EmptyInputError(f"{task.called} holds no sentence")
    if held:
        yield _part(held, task, number)


def _part(blocks: list[Block], task: Task, number: int) -> Part:
    document = Document(task.language, tuple(blocks), source=task.called)
    return Part(document, goes_on=number > 0)
