"""The target document: the source's blocks with every sentence in translation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from translate_kit.document import Block, Document, Markup, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["target_document"]


def target_document(source: Document, texts: Sequence[str], language: str) -> Document:
    """Return the document in the other language, block by block as the source.

    Args:
        source: a segmented document.
        texts: for each of its sentences the translation; an empty one leaves no sentence.
        language: BCP 47 tag of the translation.

    Returns:
        Blocks without sentences (code, rules) as they are; in all others the translations with
        one space between them and the markup between the sentences where it was.
    """
    remaining = iter(texts)
    blocks = tuple(_target_block(block, remaining) for block in source.blocks)
    title = next(
        (
            new.text
            for old, new in zip(source.blocks, blocks, strict=True)
            if source.title is not None and old.text.strip() == source.title
        ),
        None,
    )
    return Document(language, blocks, title=title, source=source.source)


def _target_block(block: Block, texts: Iterator[str]) -> Block:
    if not block.sentences:
        return replace(block, offset=None)
    text = ""
    sentences: list[Sentence] = []
    markup: list[Markup] = []
    position = 0
    for sentence in block.sentences:
        text = _with_gap(block, (position, sentence.start), text, markup)
        position = sentence.end
        translation = next(texts)
        if translation:
            if text and not text[-1].isspace():
                text += " "
            sentences.append(Sentence(len(text), len(text) + len(translation)))
            text += translation
    text = _with_gap(block, (position, len(block.text)), text, markup)
    return Block(block.kind, text, tuple(sentences), tuple(markup), block.attributes)


def _with_gap(block: Block, gap: tuple[int, int], text: str, markup: list[Markup]) -> str:
    """Append the markup that stands between two sentences, white space around it included."""
    between = block.text[slice(*gap)]
    if not between.strip():
        return text
    shift = len(text) - gap[0]
    markup += [
        Markup(max(mark.start, gap[0]) + shift, min(mark.end, gap[1]) + shift, mark.name)
        for mark in block.markup
        if mark.start < gap[1] and gap[0] < mark.end
    ]
    return text + between
