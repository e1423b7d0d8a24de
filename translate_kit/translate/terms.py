"""Terms of a glossary, enforced in the translation of a sentence.

Three steps, each only for what the one before left open:

1. A translation that has its terms, in whatever number and case, stays as it is.
2. Among the translations that a wider beam finds, the best one that has them all is taken
   (`choose`, for many sentences at once).
3. What the word links say a term became is replaced by the glossary's word (`with_terms`).

What is not met after that, and what the glossary forbids and still stands there, is an issue
``glossary``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_kit.bitext import Alternative, Issue
from translate_kit.translate.counterparts import Counterparts
from translate_kit.translate.demands import Demands, Reading
from translate_kit.translate.edits import Edit, edited
from translate_kit.translate.headline import restyled, style_of
from translate_kit.translate.literals import literals
from translate_kit.translate.trouble import trouble
from translate_kit.translate.wording import Slot, in_place, put

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import Span
    from translate_kit.engine import Decoding, Hypothesis
    from translate_kit.engine.runtime import Engine
    from translate_kit.glossary import Occurrence
    from translate_kit.languages import Direction
    from translate_kit.translate.headline import Style
    from translate_kit.translate.sentences import Rendering

__all__ = ["Piece", "choose", "with_terms"]

WIDE = 8
"""Beam of the search for a translation that has the terms."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a part of one, translated.

    Args:
        hypothesis: what the engine made of it.
        demands: what the glossary asks of it.
        style: of the headline that it is, if the engine has read it in small letters.
    """

    hypothesis: Hypothesis
    demands: Demands
    style: Style | None = None

    @property
    def is_lacking(self) -> bool:
        """Whether another translation may be better."""
        if not self.demands.occurrences or trouble(self.hypothesis):
            return False
        return not self.demands.are_met(self.hypothesis.target.text)

    def first_that_meets(self, found: Hypothesis, language: str) -> Alternative | None:
        """Return the best of a search's translations that has the terms, as it was found."""
        best = Alternative(found.target.text, found.score)
        for one in (best, *found.alternatives):
            if self.demands.are_met(self._styled(one.text, language)):
                return one
        return None

    def instead(self, read: Hypothesis, score: float, language: str, most: int) -> Hypothesis:
        """Return another hypothesis, with this one first among at most so many alternatives."""
        text = self._styled(read.target.text, language)
        old = Alternative(self.hypothesis.target.text, self.hypothesis.score)
        others = [one for one in (old, *self.hypothesis.alternatives) if one.text != text]
        target = replace(read.target, text=text)
        return replace(read, target=target, score=score, alternatives=tuple(others[:most]))

    def _styled(self, text: str, language: str) -> str:
        return restyled(text, self.style, language) if self.style else text


def choose(pieces: Sequence[Piece], engine: Engine, decoding: Decoding) -> list[Hypothesis]:
    """Return hypotheses that have their terms, as far as a wider beam finds them.

    Args:
        pieces: translations with what is asked of them.
        engine: translates again what lacks a term, all of it at once.
        decoding: how the hypotheses were found.

    Raises:
        EngineError: if the engine fails.
    """
    chosen = [piece.hypothesis for piece in pieces]
    lacking = [number for number, piece in enumerate(pieces) if piece.is_lacking]
    if not lacking:
        return chosen
    language = engine.direction.target
    beam = max(WIDE, decoding.beam_size)
    wide = replace(decoding, beam_size=beam, alternatives=beam - 1)
    again = engine.translate([chosen[number].source.text for number in lacking], wide)
    better = {
        number: found
        for number, hypothesis in zip(lacking, again, strict=True)
        if (found := pieces[number].first_that_meets(hypothesis, language))
    }
    pairs = [(chosen[number].source.text, found.text) for number, found in better.items()]
    attended = engine.attend(pairs, decoding)
    for (number, found), read in zip(better.items(), attended, strict=True):
        if read.attention and not trouble(read):
            piece, most = pieces[number], decoding.alternatives
            chosen[number] = piece.instead(read, found.score, language, most)
    return chosen


def with_terms(
    sentence: str, rendering: Rendering, demands: Demands, direction: Direction
) -> Rendering:
    """Return the rendering of a sentence with the terms that a glossary asks for.

    Args:
        sentence: as the article has it.
        rendering: its translation.
        demands: what the glossary asks of it.
        direction: the languages of the two.
    """
    if not demands.occurrences or not rendering.text:
        return rendering
    edits = list(_edits(sentence, rendering, demands, direction))
    rendering = edited(rendering, edits)
    issues = tuple(_issues(sentence, rendering, demands))
    return replace(rendering, issues=(*rendering.issues, *issues)) if issues else rendering


def _edits(
    sentence: str, rendering: Rendering, demands: Demands, direction: Direction
) -> Iterator[Edit]:
    """Yield what puts a term in the place of what it became."""
    text = rendering.text
    places = Reading(demands, text).places(rendering.links)
    taken = [*places.values(), *(literal.span for literal in literals(text))]
    style = style_of(sentence, direction.source)
    counterparts = Counterparts(
        sentence, text, rendering.links, direction, headline=style is not None
    )
    for number, occurrence in enumerate(demands.occurrences):
        if number in places or not demands.accepted(occurrence):
            continue
        term = demands.preferred(occurrence)
        span = occurrence.start, occurrence.end
        place = counterparts.of(span, term, taken)
        if place is None:
            continue
        slot = Slot(text, place, direction.target, style)
        if occurrence.term.keep:
            edits = list(in_place(term, slot))
        else:
            exact = occurrence.term.exact
            edits = list(put(term, slot, plural=occurrence.plural, exact=exact))
        taken += [(edit.start, edit.end) for edit in edits]
        yield from edits[:-1]
        yield replace(edits[-1], source=span)


def _issues(sentence: str, rendering: Rendering, demands: Demands) -> Iterator[Issue]:
    """Yield what the translation still lacks, and what it has and must not."""
    reading = Reading(demands, rendering.text)
    for occurrence in demands.occurrences:
        span = occurrence.start, occurrence.end
        term = sentence[slice(*span)]
        if reading.lacks(occurrence):
            wanted = demands.preferred(occurrence)
            message = f"“{term}” is “{wanted}” in the glossary, which the translation has not"
            yield Issue("glossary", message, span)
        for match in reading.wrong(occurrence):
            place = match.start, match.end
            if _is_of_another(occurrence, place, rendering):
                continue
            wrong = rendering.text[slice(*place)]
            yield Issue("glossary", f"the glossary forbids “{wrong}” for “{term}”", span, place)


def _is_of_another(occurrence: Occurrence, place: Span, rendering: Rendering) -> bool:
    """Whether the links say that a word of the translation is that of other words alone."""
    sources = [(s0, s1) for s0, s1, t0, t1 in rendering.links if t0 < place[1] and place[0] < t1]
    ours = (s0 < occurrence.end and occurrence.start < s1 for s0, s1 in sources)
    return bool(sources) and not any(ours)
