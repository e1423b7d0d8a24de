"""The stages in their order, as the command line and most programs want them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from translate_kit.align import Translations, align, folded, link_pair
from translate_kit.document import PLAIN, Block, Sentence
from translate_kit.engine import Decoding
from translate_kit.errors import DirectionError, EmptyInputError
from translate_kit.languages import LANGUAGES
from translate_kit.quality import estimate
from translate_kit.quality.quantities.agreement import agree
from translate_kit.quality.side import Side
from translate_kit.segment import SegmentOptions, segment
from translate_kit.translate import second_opinion, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate_kit.bitext import Bead, Bitext, Span, WordLink
    from translate_kit.document import Document
    from translate_kit.engine.runtime import Engine
    from translate_kit.glossary import Glossary
    from translate_kit.translate import Remembers

_LONGEST = 400
"""Tokens of a sentence that is translated for the sake of comparing, at most."""

_LINE = re.compile(r"\S(?:[^\n\r]*\S)?")

__all__ = [
    "align_documents",
    "estimate_quality",
    "link_remembered",
    "link_words",
    "segment_document",
    "translate_document",
]


def segment_document(document: Document, options: SegmentOptions | None = None) -> Document:
    """Return the document with blocks and sentences; one that has them stays as it is.

    Raises:
        EmptyInputError: if it holds no sentence.
        OptionError: if we have no data for its language.
    """
    if options and options.presegmented and document.language not in LANGUAGES:
        return _by_lines(document)
    pending = [b for b in document.blocks if b.kind == PLAIN or not b.sentences]
    segmented = segment(document, options or SegmentOptions()) if pending else document
    if not segmented.sentences:
        raise EmptyInputError(f"{document.source or 'the document'} holds no sentence")
    return segmented


def _by_lines(document: Document) -> Document:
    """Take every line that is not empty as a sentence; this needs to know no language."""
    blocks = tuple(
        Block(
            "paragraph" if block.kind == PLAIN else block.kind,
            block.text,
            tuple(Sentence(*match.span()) for match in _LINE.finditer(block.text)),
            offset=block.offset,
        )
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def translate_document(
    document: Document,
    engine: Engine,
    decoding: Decoding | None = None,
    on_done: Callable[[int], None] | None = None,
    memory: Remembers | None = None,
    glossary: Glossary | None = None,
) -> Bitext:
    """Segment a document if it is not yet, translate it and estimate the quality.

    Args:
        document: an article as `read_document` returns it.
        engine: from `load_engine`.
        decoding: how to search; None is the default.
        on_done: called with 1 for every part of a sentence that is ready.
        memory: what people translated before; such sentences are not translated again, and
            their words are linked by reading.
        glossary: terms that the translations must have, from `read_glossary`.

    Raises:
        EmptyInputError: if it holds no sentence.
        EngineError: if the engine fails.
    """
    bitext = translate(segment_document(document), engine, decoding, on_done, memory, glossary)
    return link_remembered(bitext, engine)


def link_remembered(bitext: Bitext, engine: Engine) -> Bitext:
    """Return the bitext with word links in what came from a memory.

    Raises:
        EngineError: if the engine fails.
    """
    if all(bead.origin != "memory" for bead in bitext.beads):
        return bitext
    languages = (bitext.source.language, bitext.target.language)
    rows = [row for row in bitext.rows() if row.bead.origin == "memory"]
    pairs = [(row.source, row.target) for row in rows]
    found = iter(zip(pairs, _attentions(pairs, languages, engine), strict=True))
    beads: list[Bead] = []
    for bead in bitext.beads:
        if bead.origin == "memory":
            (source, target), attention = next(found)
            links = _linked(source, target, languages, attention)
            beads.append(replace(bead, links=links))
        else:
            beads.append(bead)
    return replace(bitext, beads=tuple(beads))


def align_documents(
    source: Document,
    target: Document,
    engine: Engine | None = None,
    on_done: Callable[[int], None] | None = None,
) -> Bitext:
    """Segment two documents if they are not yet, align them and estimate the quality.

    Args:
        source: a document as `read_document` returns it.
        target: its translation.
        engine: translates whichever of the two is in its source language, greedily, so that
            the translations can be compared, and links the words; None goes by the lexicon alone
            and links what the lexicon knows.
        on_done: called with 1 for every sentence that the engine is done with.

    Returns:
        A bitext with confidences, word links and quality; what there is to say against it, see
        `alignment_doubts`.

    Raises:
        EmptyInputError: if one of them holds no sentence.
        DirectionError: if the engine translates neither into the other's language.
        EngineError: if the engine fails.
    """
    source, target = segment_document(source), segment_document(target)
    translations = _translations(source, target, engine, on_done) if engine else None
    linked = link_words(align(source, target, translations), engine)
    judged = {source.language, target.language} <= set(LANGUAGES)
    return estimate(linked) if judged else linked


def _translations(
    source: Document, target: Document, engine: Engine, on_done: Callable[[int], None] | None
) -> Translations:
    """Translate the side that the engine can translate into the other's language."""
    ways = {
        (source.language, target.language): ("source", source),
        (target.language, source.language): ("target", target),
    }
    way = ways.get((engine.direction.source, engine.direction.target))
    if way is None:
        raise DirectionError(
            f"model {engine.model.name!r} translates {engine.direction}, the documents are"
            f" {source.language}-{target.language}; align without it (--lexical-only)"
        )
    side, document = way
    texts = [sentence.text for sentence in document.sentences]
    distinct = list(dict.fromkeys(texts))
    # what is longer than the model's table of positions is left to the lexicon
    short = [read for read in engine.tokenize(distinct) if len(read.tokens) <= _LONGEST]
    found = engine.search(short, Decoding(beam_size=1), on_done)
    known = {short[number].text: hypothesis.target.text for number, hypothesis in found}
    return Translations(side, [known.get(text, "") for text in texts])


def link_words(bitext: Bitext, engine: Engine | None = None) -> Bitext:
    """Return the bitext with word links in every bead that has both sides.

    Args:
        bitext: made by people or by `align_documents`; links that are there are made anew.
        engine: adds its attention under the given translation; None goes by the lexicon,
            numbers and names alone.

    Raises:
        EngineError: if the engine fails.
    """
    languages = (bitext.source.language, bitext.target.language)
    pairs = [(row.source, row.target) for row in bitext.rows()]
    attentions = _attentions(pairs, languages, engine) if engine else [None] * len(pairs)
    beads = tuple(
        replace(bead, links=_linked(source, target, languages, attention))
        for bead, (source, target), attention in zip(bitext.beads, pairs, attentions, strict=True)
    )
    return replace(bitext, beads=beads)


def _linked(
    source: str,
    target: str,
    languages: tuple[str, str],
    attention: list[list[float]] | None,
) -> tuple[WordLink, ...]:
    if not source or not target:
        return ()
    same: list[tuple[Span, Span]] = []
    if all(language in LANGUAGES for language in languages):
        sides = (Side(source, languages[0]), Side(target, languages[1]))
        matched = agree(*sides).matched
        same = [((one.start, one.end), (other.start, other.end)) for one, other in matched]
    return link_pair((source, languages[0]), (target, languages[1]), attention, same)


def _attentions(
    pairs: Sequence[tuple[str, str]], languages: tuple[str, str], engine: Engine
) -> list[list[list[float]] | None]:
    """Return attention between words, [target words, source words], None where there is none."""
    way = (engine.direction.source, engine.direction.target)
    turned = way == languages[::-1]
    if not turned and way != languages:
        return [None] * len(pairs)
    read = [pair[::-1] for pair in pairs] if turned else list(pairs)
    found: list[list[list[float]] | None] = []
    for given in engine.attend(read, Decoding()):
        source, target = given.source, given.target
        shares = folded((source.text, source.spans), (target.text, target.spans), given.attention)
        if not given.attention or not shares:
            found.append(None)
        else:
            found.append([list(row) for row in zip(*shares, strict=True)] if turned else shares)
    return found


def estimate_quality(
    bitext: Bitext,
    engine: Engine | None = None,
    on_done: Callable[[int], None] | None = None,
) -> Bitext:
    """Estimate the quality of translations, whoever made them.

    Args:
        bitext: two documents in languages we have data for.
        engine: is asked how likely it finds each translation and what it would say itself,
            which tells more; None goes by the two texts alone and takes a small part of the
            time.
        on_done: called with 1 for every sentence that the engine is done with.

    Raises:
        OptionError: if we have no data for one of the languages.
        DirectionError: if the engine translates in another direction.
        EngineError: if the engine fails.
    """
    return estimate(bitext, second_opinion(bitext, engine, on_done) if engine else None)
