"""What a mirrored file says in the place of each block: translation, marks and all.

A format that mirrors its input reads the original again, as it did for the document, and so has
its blocks and what is marked up in them; this module brings in the translation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_kit.errors import FormatError
from translate_kit.formats.marks import Mark, Marked, carry
from translate_kit.formats.rows import is_untranslated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import Bitext, WordLink

__all__ = ["translated"]

_UNTRANSLATED = ("[untranslated: ", "]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span of a source block and what stands for it: None where it has no translation."""

    start: int
    end: int
    target: str | None
    links: tuple[WordLink, ...] = ()


def translated(bitext: Bitext, originals: Sequence[Marked]) -> tuple[Marked | None, ...]:
    """Return for every block of the source its translation, or None for one to leave as it is.

    White space between sentences is one space, a line break between them stays; what is no
    language there (code at the end of a paragraph) stays too. A sentence without translation
    stands in its place as ``[untranslated: …]``, an added one behind the sentence before it.

    Args:
        bitext: a document and its translation.
        originals: the text and marks of each of the document's blocks, read again.

    Raises:
        FormatError: if the original is not what was translated.
    """
    texts = [block.text for block in bitext.source.blocks]
    if texts != [original.text for original in originals]:
        name = bitext.source.source or "the original"
        raise FormatError(f"{name} is not the file that was translated; translate it again")
    pieces = _pieces(bitext)
    return tuple(
        _assembled(original, pieces[number]) if number in pieces else None
        for number, original in enumerate(originals)
    )


def _pieces(bitext: Bitext) -> dict[int, list[_Piece]]:
    """Return the pieces of every source block that has sentences."""
    owners = bitext.source.sentence_blocks
    sentences = bitext.source.sentences
    found: dict[int, list[_Piece]] = {number: [] for number in owners}
    last: list[_Piece] = found[owners[0]] if owners else []
    place = sentences[0].start if owners else 0
    for row in bitext.rows():
        if not row.bead.source:  # an addition has no place of its own: behind what precedes it
            last.append(_Piece(place, place, row.target))
            continue
        first = owners[row.bead.source.start]
        for number in dict.fromkeys(owners[n] for n in row.bead.source):
            ours = [sentences[n] for n in row.bead.source if owners[n] == number]
            text = None if is_untranslated(row) else row.target if number == first else ""
            place = ours[-1].end
            last = found[number]
            last.append(_Piece(ours[0].start, place, text, row.bead.links * (number == first)))
    return found


def _assembled(original: Marked, pieces: Sequence[_Piece]) -> Marked:
    """Return a block's translation from its pieces and what stands between them."""
    text, marks = "", list[Mark]()
    position = 0

    def append(part: Marked) -> None:
        nonlocal text
        marks.extend(mark.moved(len(text)) for mark in part.marks)
        text += part.text

    for piece in pieces:
        append(_between(original.part(position, piece.start), first=not text))
        append(_rendered(original.part(piece.start, piece.end), piece))
        position = piece.end
    append(_between(original.part(position, len(original.text), closed=True), first=True))
    return Marked(text, tuple(_joined(text, marks)))


def _between(gap: Marked, *, first: bool) -> Marked:
    """Return what stands between two sentences: text and line breaks as they are, or a space."""
    if gap.text.strip() or "\n" in gap.text:
        return gap
    blank = "" if first else " "
    return Marked(blank, tuple(replace(m, start=0, end=0) for m in gap.marks if m.start == m.end))


def _rendered(source: Marked, piece: _Piece) -> Marked:
    if piece.target is None:
        before, after = _UNTRANSLATED
        marks = tuple(mark.moved(len(before)) for mark in source.marks)
        return Marked(before + source.text + after, marks)
    return carry(source, " ".join(piece.target.splitlines()), piece.links)


def _joined(text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    """Yield marks, those of one original that only white space parts made one again."""
    last: dict[int, Mark] = {}
    for mark in sorted(marks, key=lambda m: m.start):
        before = last.get(id(mark.payload)) if mark.start < mark.end else None
        if mark.start == mark.end:
            yield mark
        elif before and not text[before.end : mark.start].strip(" "):
            last[id(mark.payload)] = replace(before, end=max(before.end, mark.end))
        else:
            if before:
                yield before
            last[id(mark.payload)] = mark
    yield from last.values()
