"""The passes of `align`: words, corridor, evidence, search, and again with what was learned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from translate_kit.align.anchors import anchors, chain
from translate_kit.align.corridor import Corridor, through
from translate_kit.align.evidence import Evidence, evidence
from translate_kit.align.model1 import Training, links
from translate_kit.align.scores import Lengths, Weights, moves, weights
from translate_kit.align.search import Found, search
from translate_kit.align.similarity import similarity, trust
from translate_kit.align.table import Likeness, Shares, add_shares, stemmed, table_of
from translate_kit.align.words import stem, tokens
from translate_kit.languages import LANGUAGES
from translate_kit.languages.lexicons import lexicon
from translate_kit.languages.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.align.sentences import Translations
    from translate_kit.document import Document

__all__ = ["Result", "align", "correspond"]

LETTERS = 6
"""Beginnings of words that are learned from two documents alone: forms of a word teach together."""

ROUNDS = 3
"""Passes for a language pair without a lexicon."""

TRAINING = Training(rounds=5, diagonal=4.0, discount=0.9)
TRUE_LENGTH = 10
"""1-1 beads from which on the documents' own ratio of lengths is believed."""

PARAGRAPH = 1.2
"""Sentences a paragraph, on the mean, from which on a document is said to have paragraphs."""

LESSON = 2_000_000
"""Word pairs to learn from, at most."""

MET = 0.1
"""Probability, the greater of both directions, from which a word is explained by another."""

FAINT = 0.03
"""Probability, the greater of both directions, below which nothing was learned."""

NONE = (0.0, 0.0)

COMPANY = 0.15
"""Anchors a sentence, of the shorter one, that passages need to be each other's translation."""

ALIKE = Likeness(number=0.5, same=0.5, short=0.5, cognate=0.3, least=0.55, beginning=3)
"""A machine translation and a human one use the same language, so looks count for more."""

Words = list[list[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """Beads with confidences in [0, 1], the similarity in [0, 1], and how they were found."""

    beads: tuple[Found, ...]
    confidences: tuple[float, ...]
    similarity: float
    method: str


@dataclass(frozen=True, slots=True)
class _Channel:
    """Words of both sides that may be compared, with a table between them."""

    source: Words
    target: Words
    table: Shares

    @classmethod
    def of(
        cls, source: Words, target: Words, languages: tuple[str, str], likeness: Likeness
    ) -> _Channel:
        distinct = [{word for sentence in words for word in sentence} for words in (source, target)]
        return cls(source, target, table_of(distinct[0], distinct[1], languages, likeness))

    def stems(self, letters: int) -> _Channel:
        cut = [[[stem(w, letters) for w in s] for s in side] for side in (self.source, self.target)]
        return _Channel(cut[0], cut[1], stemmed(self.table, letters))

    def evidence(self, null: float, corridor: Corridor) -> Evidence:
        return evidence(self.source, self.target, self.table, null, corridor)


def align(
    source: Document,
    target: Document,
    translations: Translations | None,
    fitted: Weights | None = None,
) -> Result:
    """Align; see `translate_kit.align.sentences.align`; ``fitted`` stands in for our weights."""
    sides = [[tokens(s.text) for s in document.sentences] for document in (source, target)]
    languages = (source.language, target.language)
    known = lexicon(*languages) is not None
    first = _Channel.of(sides[0], sides[1], languages, Likeness())
    base = first if known else first.stems(LETTERS)
    chosen = fitted or weights("lexicon" if known else "learned")
    extra = [] if translations is None else [_translated(sides, translations, languages)]
    weighed = [(base, chosen.words), *((channel, chosen.translation) for channel in extra)]
    corridor, evidences = _prepared(weighed, chosen)
    lengths = _lengths(source, target)
    starts = (_starts(source), _starts(target))
    rounds = 2 if known else ROUNDS
    beads: list[Found] = []
    for turn in range(rounds):
        last = turn == rounds - 1
        beads = search(corridor, moves(corridor, evidences, lengths, chosen), sure=last)
        if not last:
            lengths = replace(lengths, ratio=_ratio(beads, lengths), starts=starts)
            lengths = replace(lengths, agreement=_agreement(beads, starts))
            weighed[0] = (replace(base, table=_learned(base, beads, known=known)), chosen.words)
            evidences.clear()  # a large corridor fits into memory once
            corridor, evidences = _prepared(weighed, chosen)
    measured = similarity(first.source, first.target, first.table, languages, beads)
    method = "lexicon" if known else "learned"
    return Result(
        tuple(beads),
        tuple(round(bead.sure * trust(measured), 4) for bead in beads),
        measured,
        method if translations is None else f"{method}+model",
    )


def _prepared(
    channels: Sequence[tuple[_Channel, float]], chosen: Weights
) -> tuple[Corridor, list[tuple[Evidence, float]]]:
    """Return where to search, by anchors of the first channel, and the evidence of all there."""
    first = channels[0][0]
    found = anchors(first.source, first.target, first.table)
    corridor = through(chain(found), len(first.source), len(first.target))
    return corridor, [(each.evidence(chosen.null, corridor), weight) for each, weight in channels]


def _translated(
    sides: Sequence[Words], translations: Translations, languages: tuple[str, str]
) -> _Channel:
    ours = 0 if translations.side == "source" else 1
    read = [tokens(text) for text in translations.texts]
    if len(read) != len(sides[ours]):
        raise ValueError(f"{len(read)} translations for {len(sides[ours])} sentences")
    tongue = languages[1 - ours]
    pair = (read, sides[1]) if ours == 0 else (sides[0], read)
    return _Channel.of(*pair, (tongue, tongue), ALIKE)


def _lengths(source: Document, target: Document) -> Lengths:
    counts = [
        np.array([len(s.text) for s in document.sentences], float) for document in (source, target)
    ]
    tongues = [document.language for document in (source, target)]
    if all(tongue in LANGUAGES for tongue in tongues):
        ratio = words(tongues[1]).length / words(tongues[0]).length
    else:  # texts may be incomplete: no ratio that no pair of languages has
        ratio = float(np.clip(counts[1].sum() / counts[0].sum(), 0.6, 1.6))
    return Lengths(counts[0], counts[1], ratio)


def _starts(document: Document) -> frozenset[int]:
    """Return the sentences that begin a paragraph; nothing where lines are all there is."""
    owners = document.sentence_blocks
    begins = [n for n, block in enumerate(owners) if not n or owners[n - 1] != block]
    if len(begins) < 2 or len(owners) < PARAGRAPH * len(begins):
        return frozenset()
    return frozenset(begins)


def _agreement(beads: Sequence[Found], starts: tuple[frozenset[int], frozenset[int]]) -> float:
    """Return how far both documents' paragraphs begin together, in [0, 1], 0 if by chance."""
    met = sum(
        bead.source.start in starts[0] and bead.target.start in starts[1]
        for bead in beads
        if bead.source and bead.target
    )
    total = len(starts[0]) + len(starts[1])
    return max(0.0, 4 * met / total - 1) if total else 0.0


def _ratio(beads: Sequence[Found], lengths: Lengths) -> float:
    pairs = [bead for bead in beads if len(bead.source) == len(bead.target) == 1]
    if len(pairs) < TRUE_LENGTH:
        return lengths.ratio
    ours = lengths.source[[bead.source.start for bead in pairs]].sum()
    theirs = lengths.target[[bead.target.start for bead in pairs]].sum()
    return float(theirs / ours)


def _learned(base: _Channel, beads: Sequence[Found], *, known: bool) -> Shares:
    """Return the table with what the beads teach; with a lexicon, about what it cannot explain."""
    pairs = []
    for bead in beads:
        here = [word for number in bead.source for word in base.source[number]]
        there = [word for number in bead.target for word in base.target[number]]
        pairs.append(_unexplained(here, there, base.table) if known else (here, there))
    size = sum(len(here) * len(there) for here, there in pairs)
    step = 1 + size // LESSON  # evenly thinned out: memory grows with the product
    table = dict(base.table)
    learned = links(pairs[::step], TRAINING)
    likely = ((a, b, *both) for (a, b), both in learned.items() if max(both) >= FAINT)
    add_shares(table, likely)
    return table


def _unexplained(
    source: Sequence[str], target: Sequence[str], table: Shares
) -> tuple[list[str], list[str]]:
    """Return the words of a bead that have no translation in it."""
    met = [(a, b) for a in set(source) for b in set(target) if max(table.get((a, b), NONE)) >= MET]
    ours, theirs = {a for a, _ in met}, {b for _, b in met}
    return [w for w in source if w not in ours], [w for w in target if w not in theirs]


def correspond(source: Sequence[str], target: Sequence[str], languages: tuple[str, str]) -> bool:
    """Tell whether two passages have anchors enough to be one another's translation."""
    sides = [[tokens(text) for text in texts] for texts in (source, target)]
    channel = _Channel.of(sides[0], sides[1], languages, Likeness())
    found = chain(anchors(channel.source, channel.target, channel.table))
    return len(found) >= COMPANY * min(len(source), len(target))
