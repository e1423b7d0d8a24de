"""Documents into blocks and sentences: the whole of `segment`."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from translate_kit.document import PLAIN, Block, Document, Markup
from translate_kit.languages.segmentation import segmentation
from translate_kit.segment.kinds import Place, dateline_length, kind_of
from translate_kit.segment.lines import SAMPLE, Layout, Line, layout, lines, marker, units
from translate_kit.segment.options import DEFAULT
from translate_kit.segment.sentences import boundaries, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translate_kit.document import Sentence
    from translate_kit.languages.segmentation import LineMarks
    from translate_kit.segment.options import SegmentOptions

__all__ = ["segment", "segment_stream"]

CODE = "code"
"""Kind of a block that is never segmented."""

_FRONT = frozenset(("byline", "dateline", "caption", "aside"))
"""Kinds that may stand above the title."""


def segment(document: Document, options: SegmentOptions = DEFAULT) -> Document:
    """Return the document with its structure found and its sentences marked.

    A ``plain`` block becomes its title, paragraphs, items and so on, each an exact slice of its
    text; only white space between them is dropped. Then every block with text gets its
    sentences. Blocks that have sentences, and code, stay as they are.

    Args:
        document: as a reader made it.
        options: how to segment.

    Raises:
        OptionError: if we have no data for the document's language.
    """
    found: list[Block] = []
    for block in document.blocks:
        if block.sentences or block.kind == CODE:
            found.append(block)
        elif block.kind == PLAIN and not block.markup:
            found.extend(_plain([block.text], document.language, options, block.offset))
        else:
            found.append(_with_sentences(block, document.language, options))
    return replace(document, blocks=tuple(found))


def segment_stream(
    pieces: Iterable[str], language: str, options: SegmentOptions = DEFAULT
) -> Iterator[Block]:
    """Yield the blocks of a plain text that arrives in pieces, with their sentences.

    The blocks are those `segment` makes of the whole text. Memory holds the first
    65,536 characters, then two paragraphs at a time.

    Args:
        pieces: the text, cut anywhere; an open file (``newline=""`` keeps offsets exact).
        language: BCP 47 tag.
        options: how to segment.

    Raises:
        OptionError: if we have no data for the language.
    """
    yield from _plain(pieces, language, options, 0)


def _plain(
    pieces: Iterable[str], language: str, options: SegmentOptions, offset: int | None
) -> Iterator[Block]:
    marks = segmentation(language).lines
    numbered = lines(pieces)
    first = list(_until(numbered, SAMPLE))
    whole = options.presegmented
    how = Layout(whole=True) if whole else layout("".join(text for _, text in first))
    found = units(chain(first, numbered), how)
    for block in map(_paragraph, found) if whole else _blocks(found, marks):
        start = None if offset is None or block.offset is None else block.offset + offset
        yield _with_sentences(replace(block, offset=start), language, options)


def _until(numbered: Iterator[tuple[int, str]], size: int) -> Iterator[tuple[int, str]]:
    for offset, text in numbered:
        yield offset, text
        if offset + len(text) >= size:
            return


def _paragraph(line: Line) -> Block:
    return Block("paragraph", line.text, offset=line.start)


def _blocks(found: Iterator[Line], marks: LineMarks) -> Iterator[Block]:
    titled = opened = False
    line = next(found, None)
    while line is not None:
        following = next(found, None)
        kind = kind_of(Place(line, following, titled, marks))
        markup = _markup(line, kind, None if opened else marks)
        yield Block(kind, line.text, markup=markup, offset=line.start)
        opened = opened or kind == "paragraph"
        titled = titled or kind not in _FRONT
        line = following


def _markup(line: Line, kind: str, marks: LineMarks | None) -> tuple[Markup, ...]:
    """Return a unit's markup: what is no language, and would only disturb its translation.

    ``marks`` are given where a dateline may stand. A model copies *JAKARTA, KOMPAS.com -* at
    best, and at worst translates the sentence behind it worse for it.
    """
    if kind == "item":
        return (Markup(0, len(line.text[: marker(line.text)].rstrip()), "bullet"),)
    if kind == "quote":
        return (Markup(0, len(line.text) - len(line.text.lstrip(">")), "quote"),)
    length = dateline_length(line.text, marks) if marks and kind == "paragraph" else 0
    return (Markup(0, length, "dateline"),) if length else ()


def _with_sentences(block: Block, language: str, options: SegmentOptions) -> Block:
    start, end = _language_span(block)
    positions = [
        p
        for p in boundaries(block.text, language, options)
        if start < p < end and not any(m.start < p < m.end for m in block.markup)
    ]
    spans = zip([start, *positions], [*positions, end], strict=True)
    trimmed = (s for begin, stop in spans if (s := trim(block.text, begin, stop)))
    return replace(block, sentences=tuple(s for s in trimmed if not _only_markup(s, block)))


def _only_markup(sentence: Sentence, block: Block) -> bool:
    return any(m.start <= sentence.start and sentence.end <= m.end for m in block.markup)


def _language_span(block: Block) -> tuple[int, int]:
    """Return the text without the markup that stands apart at its ends, as a bullet does."""
    text, start, end = block.text, 0, len(block.text)
    for span in sorted(block.markup, key=lambda m: m.start):
        if not text[start : span.start].strip() and text[span.end : span.end + 1].isspace():
            start = span.end
    for span in sorted(block.markup, key=lambda m: -m.end):
        apart = span.start > 0 and text[span.start - 1].isspace()
        if apart and span.start >= start and not text[span.end : end].strip():
            end = span.start
    return start, end
