"""Plain text: an article as it comes, and the translation alone as it goes to the next program.

Written is what ``cat a.txt | translate-kit translate > b.txt`` is for: a block (title, paragraph,
item) a line in the order of the target, line ends inside a sentence turned into spaces, a blank
line between documents. No sentence is lost in silence: what has no translation stands in its
place as ``[untranslated: …]``.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from translate_kit.document import PLAIN, Block, Document
from translate_kit.files import decode
from translate_kit.formats.rows import is_untranslated, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import BeadText, Bitext
    from translate_kit.formats import Reading

__all__ = ["read_document", "write_bitexts"]


def read_document(data: bytes, reading: Reading) -> Document:
    """Read a text as one block, for `segment` to find its titles and paragraphs.

    Raises:
        OptionError: if the reading's encoding is unknown.
        InputError: if the bytes are no text, not text in that encoding, or empty.
    """
    text = decode(data, reading.encoding, reading.source)
    return Document(reading.language, (Block(PLAIN, text, offset=0),), source=reading.source)


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return the target texts, a block a line, a blank line between documents."""
    documents = ("".join(f"{line}\n" for line in _lines(bitext)) for bitext in bitexts)
    return "\n".join(documents).encode("utf-8")


def _lines(bitext: Bitext) -> Iterator[str]:
    blocks = bitext.target.blocks
    shown = 0
    for (place, _), parts in groupby(_pieces(bitext), key=lambda piece: piece[0]):
        if place is not None:
            yield from _without_sentences(blocks[shown:place])
            shown = place + 1
        yield " ".join(text for _, text in parts)
    yield from _without_sentences(blocks[shown:])


def _without_sentences(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if not block.sentences and block.text.strip():
            yield block.text.strip("\r\n")


def _pieces(bitext: Bitext) -> Iterator[tuple[tuple[int | None, int], str]]:
    """Yield texts with the line each goes to: a target block, or none and a source block."""
    rows = tuple(bitext.rows())
    owners = bitext.target.sentence_blocks
    sentences = tuple(_sentences(bitext.target))
    for row, place in zip(rows, _places(rows, owners), strict=True):
        if is_untranslated(row):
            line = (place, -1) if place is not None else (None, row.block)
            yield line, f"[untranslated: {one_line(row.source or row.target)}]"
        else:
            for number in row.bead.target:
                yield (owners[number], -1), sentences[number]


def _places(rows: Sequence[BeadText], owners: Sequence[int]) -> list[int | None]:
    """Return the target block of every bead; without a target, that of its source neighbours."""
    places = [owners[row.bead.target.start] if row.bead.target else None for row in rows]
    numbers = range(len(rows))
    for order, before in ((numbers, -1), (reversed(numbers), 1)):
        for n in order:
            if places[n] is None and 0 <= n + before < len(rows):
                neighbour = rows[n + before]
                places[n] = places[n + before] if neighbour.block == rows[n].block else None
    return places


def _sentences(document: Document) -> Iterator[str]:
    """Yield every sentence on one line, with the markup around it: a bullet stays a bullet."""
    for block in document.blocks:
        gaps = [one_line(gap) if gap.strip() else "" for gap in block.gaps()]
        for number, sentence in enumerate(block.sentences):
            after = gaps[-1] if number == len(block.sentences) - 1 else ""
            yield (gaps[number] + one_line(sentence.text) + after).strip()
