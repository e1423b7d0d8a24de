"""What a glossary asks of the translation of a sentence, and what of it a translation has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_kit.glossary import Phrase, Phrases
from translate_kit.translate.headline import style_of
from translate_kit.translate.literals import literals
from translate_kit.translate.wording import without_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import Span, WordLink
    from translate_kit.glossary import Glossary, Match, Occurrence

__all__ = ["Demands", "Reading"]


@dataclass(frozen=True, slots=True)
class Demands:
    """What the translation of one sentence, or of a part of it, must have.

    Args:
        occurrences: the terms in it.
        language: BCP 47 tag of the translation.
        capitals: whether the sentence is all in capitals, so that none count.
    """

    occurrences: tuple[Occurrence, ...]
    language: str
    capitals: bool = False

    @classmethod
    def of(cls, text: str, glossary: Glossary) -> Demands:
        """Return what a glossary asks of the translation of a sentence.

        A term inside a web address or a handle is none.
        """
        source, target = glossary.direction
        found = glossary.found(text)
        if found:
            spans = [literal.span for literal in literals(text)]
            found = tuple(o for o in found if not any(o.start < b and a < o.end for a, b in spans))
        return cls(found, target, capitals=bool(found) and style_of(text, source) == "upper")

    def part(self, span: Span) -> Demands:
        """Return what is asked of the part of the sentence in this span."""
        inside = (o for o in self.occurrences if span[0] <= o.start and o.end <= span[1])
        return replace(self, occurrences=tuple(inside))

    def accepted(self, occurrence: Occurrence) -> tuple[Phrase, ...]:
        """Return what a term may become, the preferred form first, without an article."""
        term = occurrence.term
        kept = (occurrence.text, term.source) if term.keep else ()
        same = (Phrase(text, case=not self.capitals) for text in dict.fromkeys(kept))
        case = term.case and not self.capitals
        targets = (without_article(text, self.language) for text in term.targets)
        return (*same, *(Phrase(text, case, term.exact) for text in targets))

    def preferred(self, occurrence: Occurrence) -> str:
        """Return what a term shall become where a translation has none of what it may."""
        term = occurrence.term
        return occurrence.text if term.keep else term.targets[0]

    def refused(self, occurrence: Occurrence) -> tuple[Phrase, ...]:
        """Return what a term must not become."""
        term = occurrence.term
        case = term.case and not self.capitals
        phrases = (Phrase(text, case, term.exact) for text in term.forbidden)
        return tuple(phrase for phrase in phrases if phrase not in self.accepted(occurrence))

    def are_met(self, text: str) -> bool:
        """Whether a translation has every term at least once, and nothing that is forbidden."""
        reading = Reading(self, text)
        return not any(reading.lacks(o) or reading.wrong(o) for o in self.occurrences)


class Reading:
    """A translation with the phrases in it that its sentence's terms may and must not become."""

    def __init__(self, demands: Demands, text: str) -> None:
        self._demands = demands
        phrases = list(
            dict.fromkeys(
                phrase
                for occurrence in demands.occurrences
                for phrase in (*demands.accepted(occurrence), *demands.refused(occurrence))
            )
        )
        found = Phrases(phrases, demands.language, derived=True).found(text)
        self._matches = [(phrases[match.number], match) for match in found]

    def right(self, occurrence: Occurrence) -> list[Match]:
        """Return where what a term may become stands."""
        accepted = self._demands.accepted(occurrence)
        return [match for phrase, match in self._matches if phrase in accepted]

    def wrong(self, occurrence: Occurrence) -> list[Match]:
        """Return where what a term must not become stands."""
        refused = self._demands.refused(occurrence)
        return [match for phrase, match in self._matches if phrase in refused]

    def lacks(self, occurrence: Occurrence) -> bool:
        """Whether a term must become something and nothing of that is there."""
        return bool(self._demands.accepted(occurrence)) and not self.right(occurrence)

    def places(self, links: Sequence[WordLink]) -> dict[int, Span]:
        """Return for occurrences, by number, where their translation stands.

        A place is that of one occurrence: of the one it is linked to, else of the first without
        a link to anything, else of the first without a place.
        """
        places: dict[int, Span] = {}
        taken: set[Span] = set()
        occurrences = tuple(enumerate(self._demands.occurrences))
        bound = {
            n: any(_overlap((o.start, o.end), link[:2]) for link in links) for n, o in occurrences
        }
        for by_links in (True, False):
            for number, occurrence in sorted(occurrences, key=lambda pair: bound[pair[0]]):
                for match in self.right(occurrence) if number not in places else ():
                    span = match.start, match.end
                    if span in taken or (by_links and not _linked(occurrence, span, links)):
                        continue
                    places[number] = span
                    taken.add(span)
                    break
        return places


def _overlap(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _linked(occurrence: Occurrence, span: Span, links: Sequence[WordLink]) -> bool:
    source = occurrence.start, occurrence.end
    return any(_overlap(source, link[:2]) and _overlap(span, link[2:]) for link in links)
