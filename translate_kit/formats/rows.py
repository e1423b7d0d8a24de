"""What readers and writers of bilingual files share: a bead as a row, and rows as a bitext."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from translate_kit.bitext import BANDS, ORIGINS, Bead, Bitext, Quality
from translate_kit.document import Block, Document, Markup, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.bitext import BeadText, Issue, Origin, Provenance, Span

__all__ = [
    "Row",
    "blocks_of",
    "is_untranslated",
    "one_line",
    "paragraphs",
    "to_bitext",
    "to_origin",
    "to_quality",
    "to_rows",
]


@dataclass(frozen=True, slots=True)
class Row:
    """A bead as a file gives it, before its sentences have numbers.

    Args:
        source: text of the source side, empty for an insertion.
        target: text of the target side, empty for a deletion.
        block: rows next to each other with the same number belong to one paragraph.
        kind: that block's kind.
        bead: all else that is known of it; its ranges count for their lengths alone.
        cuts: the sentences in either text; where there are none the text is one sentence.
    """

    source: str
    target: str
    block: int
    kind: str
    bead: Bead
    cuts: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())

    def text(self, side: int) -> str:
        """Return the text of the source (0) or the target (1)."""
        return (self.source, self.target)[side]

    def sentences(self, side: int) -> tuple[Span, ...]:
        """Return the sentences of the source (0) or the target (1) as spans of its text."""
        whole = ((0, len(self.text(side))),) if self.text(side) else ()
        return self.cuts[side] or whole


def to_rows(bitext: Bitext) -> Iterator[Row]:
    """Yield the beads of a bitext as rows that know where their sentences part."""
    sources, targets = _places(bitext.source), _places(bitext.target)
    for row in bitext.rows():
        cuts = (_cuts(row.bead.source, sources), _cuts(row.bead.target, targets))
        yield Row(row.source, row.target, row.block, row.kind, row.bead, cuts)


def _places(document: Document) -> list[tuple[int, int, int]]:
    """Return block, start and end of every sentence."""
    return [(n, s.start, s.end) for n, block in enumerate(document.blocks) for s in block.sentences]


def _cuts(sentences: range, places: Sequence[tuple[int, int, int]]) -> tuple[Span, ...]:
    """Return where sentences lie in their common `Document.span_text`."""
    cuts: list[Span] = []
    for number in sentences:
        block, start, end = places[number]
        begin = 0
        if cuts:
            before, _, stop = places[number - 1]
            begin = cuts[-1][1] + (start - stop if before == block else 1)
        cuts.append((begin, begin + end - start))
    return tuple(cuts)


def to_bitext(
    rows: Sequence[Row], source: Document, target: Document, provenance: Provenance
) -> Bitext:
    """Return a bitext of rows: the inverse of `Bitext.rows`.

    Args:
        rows: in reading order.
        source: language, title and name; its blocks are made of the rows unless it has some.
        target: likewise.
        provenance: how the bitext was made, as far as the file says.

    Raises:
        ValueError: if the rows are no bitext, a link that leaves its bead say.
    """
    documents = tuple(
        document if document.blocks else replace(document, blocks=tuple(blocks_of(rows, side)))
        for side, document in enumerate((source, target))
    )
    return Bitext(documents[0], documents[1], tuple(_beads(rows)), provenance)


def _beads(rows: Iterable[Row]) -> Iterator[Bead]:
    source = target = 0
    for row in rows:
        sources = range(source, source + len(row.sentences(0)))
        targets = range(target, target + len(row.sentences(1)))
        yield replace(row.bead, source=sources, target=targets)
        source, target = sources.stop, targets.stop


def blocks_of(rows: Iterable[Row], side: int) -> Iterator[Block]:
    """Yield the blocks that rows tell of: one a number, its texts joined by a space."""
    for (_, kind), group in groupby(rows, key=lambda row: (row.block, row.kind)):
        text = ""
        sentences: list[Sentence] = []
        for row in group:
            if row.text(side):
                text += " " if text else ""
                begin = len(text)
                sentences += [Sentence(begin + a, begin + b) for a, b in row.sentences(side)]
                text += row.text(side)
        if text:
            yield Block(kind, text, tuple(sentences), tuple(_between(text, sentences)))


def _between(text: str, sentences: Iterable[Sentence]) -> Iterator[Markup]:
    """Yield what stands between sentences and is not blank: it can only be markup."""
    position = 0
    for start, end in [*((s.start, s.end) for s in sentences), (len(text), len(text))]:
        if text[position:start].strip():
            yield Markup(position, start, "markup")
        position = end


def to_origin(name: str | None) -> Origin:
    """Return the origin of that name; a bead whose file tells of none was made by people."""
    return next((origin for origin in ORIGINS if origin == name), "human")


def to_quality(score: str | None, band: str | None, issues: Iterable[Issue] = ()) -> Quality | None:
    """Return the quality that a file spells out, or None if it lacks score or band.

    Raises:
        ValueError: if the score is no number in [0, 1] or the band is unknown.
    """
    if not score or not band:
        return None
    known = next((known for known in BANDS if known == band), None)
    if known is None:
        raise ValueError(f"unknown band {band!r}; known are {', '.join(BANDS)}")
    return Quality(float(score), known, tuple(issues))


def paragraphs(bitext: Bitext) -> Iterator[int]:
    """Yield for every bead the number of the paragraph it is shown in, counted from 0.

    The source's blocks decide; an insertion joins the paragraph before it unless it begins a
    target block.
    """
    owners = (bitext.source.sentence_blocks, bitext.target.sentence_blocks)
    last: list[int | None] = [None, None]  # blocks of the last sentences so far
    number = -1
    for bead in bitext.beads:
        sides = (bead.source, bead.target)
        leading = 0 if bead.source else 1
        begins = owners[leading][sides[leading].start] != last[leading]
        number += begins or number < 0
        yield number
        for side, sentences in enumerate(sides):
            if sentences:
                last[side] = owners[side][sentences[-1]]


def is_untranslated(row: BeadText) -> bool:
    """Whether a bead has no translation to show: readers of the target must be told."""
    return row.bead.origin == "untranslated" or not row.target


def one_line(text: str) -> str:
    """Return a text with every line end, and the white space around it, as one space."""
    lines = text.splitlines()
    return " ".join(line.strip() for line in lines) if len(lines) > 1 else text
