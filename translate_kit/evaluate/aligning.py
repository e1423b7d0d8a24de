"""Where the reference has other segments than the systems: make them the same by alignment.

Beads of `translate_kit.align` join neighbouring segments until both sides say the same; they
become the segments that are scored. What one side alone has cannot be scored: it is left out,
and a note says how much that is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from translate_kit.document import PLAIN, Block, Document, Sentence
from translate_kit.errors import InputError
from translate_kit.evaluate.corpus import Corpus, Stream, System, check_lengths
from translate_kit.formats.rows import one_line
from translate_kit.pipeline import align_documents, segment_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import Bead

__all__ = ["align_corpus", "sentences_of"]


def sentences_of(text: str, language: str, name: str) -> Stream:
    """Return the sentences of an article.

    Raises:
        EmptyInputError: if it holds none.
        OptionError: if we have no data for its language.
    """
    article = segment_document(Document(language, (Block(PLAIN, text, offset=0),), source=name))
    return Stream(name, tuple(one_line(sentence.text) for sentence in article.sentences))


def align_corpus(
    systems: Sequence[System],
    reference: Stream,
    sources: Stream | None,
    languages: tuple[str, str],
) -> Corpus:
    """Return a corpus of segments on which systems and reference agree.

    Args:
        systems: all of the same number of segments.
        reference: one, of any number of segments.
        sources: of the systems' segments; without them the first system is aligned.
        languages: BCP 47 tags of source and target.

    Raises:
        InputError: if the systems differ in length, or nothing corresponds to the reference.
    """
    anchor = sources or Stream(systems[0].name, systems[0].lines)
    for system in systems:
        stream = Stream(system.name, system.lines)
        check_lengths(stream, anchor, same_language=sources is None)
    ours = [number for number, line in enumerate(anchor.lines) if line.strip()]
    theirs = [number for number, line in enumerate(reference.lines) if line.strip()]
    language = languages[0] if sources else languages[1]
    bitext = align_documents(
        _document([anchor.lines[n] for n in ours], language, anchor.name),
        _document([reference.lines[n] for n in theirs], languages[1], reference.name),
    )
    beads = [bead for bead in bitext.beads if bead.source and bead.target]
    if not beads:
        raise InputError(f"nothing in {reference.name} corresponds to {anchor.name}; check both")
    left = [[ours[n] for n in bead.source] for bead in beads]
    right = [[theirs[n] for n in bead.target] for bead in beads]
    return Corpus(
        tuple(_merged(system, left) for system in systems),
        (_joined(reference, right),),
        _joined(sources, left) if sources else None,
        languages,
        (_note(anchor, reference, bitext.beads),),
    )


def _document(lines: Sequence[str], language: str, name: str) -> Document:
    texts = [line.strip() for line in lines]
    blocks = tuple(Block("paragraph", text, (Sentence(0, len(text)),)) for text in texts)
    return Document(language, blocks, source=name)


def _joined(stream: Stream, groups: Sequence[Sequence[int]]) -> Stream:
    lines = tuple(" ".join(stream.lines[n] for n in group).strip() for group in groups)
    return replace(stream, lines=lines)


def _merged(system: System, groups: Sequence[Sequence[int]]) -> System:
    """Join a system's segments; an estimate of a part is none of the whole."""
    lines = _joined(Stream(system.name, system.lines), groups).lines
    known = system.qualities
    kept = tuple(known[group[0]] if known and len(group) == 1 else None for group in groups)
    return replace(system, lines=lines, qualities=kept if any(kept) else ())


def _note(anchor: Stream, reference: Stream, beads: Sequence[Bead]) -> str:
    matched = sum(bool(bead.source and bead.target) for bead in beads)
    ours = sum(len(bead.source) for bead in beads if not bead.target)
    theirs = sum(len(bead.target) for bead in beads if not bead.source)
    return (
        f"{reference.name} ({len(reference.lines)} segments) was aligned with {anchor.name}"
        f" ({len(anchor.lines)}) first: {matched} segments are scored; without counterpart and"
        f" left out are {ours} of {anchor.name} and {theirs} of {reference.name}"
    )
