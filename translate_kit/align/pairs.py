"""Word links between a text and a translation made by people.

What can be known of two words is added up: the attention a model pays under the given
translation (forced decoding; Garg et al. 2019), the lexicon, equal letters, equal quantities,
equal names, and that translations keep to the order. Words that are each other's best are
linked first (competitive linking, Melamed 2000, "Models of Translational Equivalence among
Words"), then neighbours of links are drawn in (after grow-diag-final-and, Koehn et al. 2003,
"Statistical Phrase-Based Translation").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.align.links import words
from translate_kit.align.words import cognates, tokens
from translate_kit.languages import LANGUAGES
from translate_kit.languages.lexicons import lexicon
from translate_kit.languages.names import names
from translate_kit.languages.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import Span, WordLink

__all__ = ["link_pair"]

SURE = 0.25
"""Score from which words that are each other's best are linked."""

NEAR = 0.34
"""Score from which a word is linked beside a link of its neighbour."""

ORDER = 0.2
"""What standing at the same relative place adds, at most."""

SAME = 2.0
"""Score of the same number, date or name: nothing outweighs it."""

LETTERS = 0.6
"""Score of words that are written almost alike, times how nearly."""

LEXICON = 2.0
"""Weight of the lexicon, whose values are geometric means of both probabilities."""

PART = 0.5
"""Share of the greater probability that counts at least: a word that is part of an expression
(``rumah`` of ``rumah sakit``, hospital) is likely in one direction only."""

Matrix = list[list[float]]
"""[target words][source words]"""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, its place, its parts as the lexicon knows them, and what it means for sure."""

    span: Span
    parts: tuple[str, ...]
    keys: frozenset[object]

    @classmethod
    def of(cls, text: str, span: Span, language: str) -> _Word:
        parts = tuple(tokens(text[slice(*span)]))
        return cls(span, parts, frozenset(_keys(text[slice(*span)], parts, language)))


def link_pair(
    source: tuple[str, str],
    target: tuple[str, str],
    attention: Sequence[Sequence[float]] | None = None,
    same: Sequence[tuple[Span, Span]] = (),
) -> tuple[WordLink, ...]:
    """Return the links between the words of a text and of its translation.

    Args:
        source: the text and its language (BCP 47 tag).
        target: the translation and its language.
        attention: [target words, source words] share of each target word's attention, words as
            `translate_kit.align.links.words` finds them; None without a model.
        same: places in both texts that are known to mean the same: numbers, dates.

    Returns:
        Character spans of linked words, in the order of the target.
    """
    ours = [_Word.of(source[0], span, source[1]) for span in words(source[0])]
    theirs = [_Word.of(target[0], span, target[1]) for span in words(target[0])]
    if not ours or not theirs:
        return ()
    scores = _scores(ours, theirs, (source[1], target[1]), attention)
    for here, there in same:
        for s in _within(ours, here):
            for t in _within(theirs, there):
                scores[t][s] += SAME
    chosen = _linked(scores)
    return tuple((*ours[s].span, *theirs[t].span) for t, s in sorted(chosen))


def _within(found: Sequence[_Word], span: Span) -> list[int]:
    return [n for n, word in enumerate(found) if word.span[0] < span[1] and span[0] < word.span[1]]


def _keys(text: str, parts: Sequence[str], language: str) -> Iterator[object]:
    """Yield what a word means in any language: a number, a month, a name."""
    digits = [part for part in parts if part[0].isdigit()]
    yield from (part.lstrip("0") or "0" for part in digits)
    if language in LANGUAGES:
        facts, known = quantities(language), names(language)
        for word in parts:
            if word in facts.cardinals:
                yield str(facts.cardinals[word])
            if word in facts.months:
                yield ("month", facts.months[word])
            if word in facts.weekdays:
                yield ("day", facts.weekdays[word])
            yield from (("name", meaning) for meaning in known.meanings.get(word, ()))
    if text[0].isupper() or (not digits and len(text) > 1 and text.isupper()):
        plain = text.casefold().removesuffix("'s").removesuffix("’s")
        yield ("name", plain)


def _scores(
    source: Sequence[_Word],
    target: Sequence[_Word],
    languages: tuple[str, str],
    attention: Sequence[Sequence[float]] | None,
) -> Matrix:
    scores = [[0.0] * len(source) for _ in target]
    for (s, t), share in _dictionary(source, target, languages).items():
        scores[t][s] += LEXICON * share
    for t, word in enumerate(target):
        for s, other in enumerate(source):
            if attention is not None:
                scores[t][s] += attention[t][s]
            if not word.keys.isdisjoint(other.keys):
                scores[t][s] += SAME
            if scores[t][s] > 0:
                apart = abs((s + 0.5) / len(source) - (t + 0.5) / len(target))
                scores[t][s] += ORDER * max(0.0, 1 - 4 * apart)
    return scores


def _dictionary(
    source: Sequence[_Word], target: Sequence[_Word], languages: tuple[str, str]
) -> dict[tuple[int, int], float]:
    """Return for pairs of words how likely the one becomes the other, by lexicon or looks."""
    places: dict[str, list[int]] = {}
    for t, word in enumerate(target):
        for part in word.parts:
            places.setdefault(part, []).append(t)
    known = lexicon(*languages) or {}
    found: dict[tuple[int, int], float] = {}
    ours: dict[str, list[int]] = {}
    for s, word in enumerate(source):
        for part in word.parts:
            ours.setdefault(part, []).append(s)
            for other, there, here in known.get(part, ()):
                share = max((there * here) ** 0.5, PART * max(there, here))
                for t in places.get(other, ()):
                    found[s, t] = max(found.get((s, t), 0.0), share)
    for part, other, near in cognates(list(ours), list(places), 0.6, 2):
        for s in ours[part]:
            for t in places[other]:
                found[s, t] = max(found.get((s, t), 0.0), LETTERS * near)
    return found


def _linked(scores: Matrix) -> set[tuple[int, int]]:
    """Choose links, as pairs of target and source word."""
    targets, sources = len(scores), len(scores[0])
    order = sorted(
        (
            (scores[t][s], -t, -s)
            for t in range(targets)
            for s in range(sources)
            if scores[t][s] > 0
        ),
        reverse=True,
    )
    chosen: set[tuple[int, int]] = set()
    taken: tuple[set[int], set[int]] = (set(), set())
    for score, t, s in ((score, -t, -s) for score, t, s in order):
        if score >= SURE and t not in taken[0] and s not in taken[1]:
            chosen.add((t, s))
            taken[0].add(t)
            taken[1].add(s)
    firm = {(t, s) for t, s in chosen if scores[t][s] >= SAME}
    fixed = ({t for t, _ in firm}, {s for _, s in firm})
    for score, t, s in ((score, -t, -s) for score, t, s in order):
        lonely = (t not in taken[0]) != (s not in taken[1])
        open_ = t not in fixed[0] and s not in fixed[1]
        beside = {(t, s - 1), (t, s + 1), (t - 1, s), (t + 1, s)} & chosen
        if lonely and (score >= SAME or (score >= NEAR and open_ and beside)):
            chosen.add((t, s))
            taken[0].add(t)
            taken[1].add(s)
    return chosen
