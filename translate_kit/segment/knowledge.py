"""What the rules ask about a language, ready for quick answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from translate_kit.languages.segmentation import segmentation
from translate_kit.segment.punkt import Punkt, punkt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translate_kit.languages.segmentation import Abbreviations, Segmentation

__all__ = ["Knowledge", "knowledge"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A language's facts and Punkt's parameters, with an index of the abbreviations."""

    facts: Segmentation
    punkt: Punkt
    index: Mapping[str, Abbreviations]

    def abbreviation(self, word: str) -> Abbreviations | None:
        """Return the class of an abbreviation, given without its last full stop."""
        group = self._lookup(word)
        return group if group or "-" not in word else self._lookup(word.rsplit("-", 1)[1])

    def _lookup(self, word: str) -> Abbreviations | None:
        group = self.index.get(word)
        if group is not None or len(word) == 1:
            return group
        group = self.index.get(word.lower())
        acronym = len(word) > 1 and word.isalpha() and word.isupper()
        return None if group is not None and acronym and group.follow != "number" else group

    def opens(self, word: str) -> bool:
        """Tell whether a capital on this word speaks for a new sentence."""
        return word.lower() in self.facts.openers or self.punkt.opens(word)

    def begins_often(self, word: str) -> bool:
        """Tell whether sentences often begin with the word."""
        return word.lower() in self.facts.openers or word.lower() in self.punkt.starters

    def never_names(self, word: str) -> bool:
        """Tell whether the word is in no names: a capital on it begins a sentence."""
        return word.lower() in self.facts.openers or self.punkt.common(word)


@cache
def knowledge(language: str) -> Knowledge:
    """Return what we know of a language, put together once.

    Raises:
        OptionError: if we have no data for that language.
    """
    facts = segmentation(language)
    index = {word: group for group in facts.abbreviations for word in group.words}
    return Knowledge(facts, punkt(language), index)
