"""One text of a pair, read once for all signals and checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from translate_kit.languages.names import Names, known_names, names
from translate_kit.languages.words import Words, words
from translate_kit.quality.quantities import Quantity, find_quantities
from translate_kit.quality.repeats import repeated_runs
from translate_kit.quality.tokens import Token, spelling, stem, tokenize

__all__ = ["Side"]

_OPENERS = frozenset({*".!?:;\"“”‘'(—–-•…", "&quot;", "&#39;"})


@dataclass(frozen=True)
class Side:
    """One text of a pair.

    Args:
        text: its characters.
        language: BCP 47 tag of a language we have data for, without region.
    """

    text: str
    language: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words, numbers and signs."""
        return tokenize(self.text)

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The tokens that are words."""
        return tuple(token for token in self.tokens if token.is_word)

    @cached_property
    def openings(self) -> frozenset[int]:
        """Offsets of the tokens whose capital means nothing: first, or after a full stop, …."""
        before = (".", *(token.text for token in self.tokens))
        return frozenset(
            token.start
            for previous, token in zip(before, self.tokens, strict=False)
            if previous in _OPENERS
        )

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers, dates, times and money."""
        return find_quantities(self.tokens, self.language)

    @cached_property
    def repeats(self) -> tuple[tuple[Token, Token], ...]:
        """First and last word of every run of words that repeats the run before it."""
        return repeated_runs(self.words, self.text, self.facts.doubles)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every word in lower case, without a possessive."""
        return frozenset(stem(token.lower) for token in self.words)

    @cached_property
    def lowers(self) -> frozenset[str]:
        """Every word in lower case."""
        return frozenset(token.lower for token in self.words)

    @cached_property
    def spellings(self) -> frozenset[str]:
        """First letters of every word but the shortest, as borrowed words keep them."""
        words = self.lowers | self.stems
        return frozenset(spelling(word)[:4] for word in words if len(word) > 3)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """First letters of every longer word, as borrowed words keep them."""
        return frozenset(spelling(token.lower)[:5] for token in self.words if len(token.text) > 5)

    @cached_property
    def meanings(self) -> frozenset[str]:
        """What the names among the words mean, in the common form of all languages."""
        table = self.name_facts.meanings
        return frozenset(meaning for word in self.stems for meaning in table.get(word, (word,)))

    @property
    def places(self) -> bool:
        """Whether a word stands for the name of a place, as ``here`` does."""
        return not self.stems.isdisjoint(self.name_facts.places)

    def meanings_of(self, word: str) -> frozenset[str]:
        """Return what a name means, in the common form of all languages."""
        return self.name_facts.meanings.get(word, frozenset((word,)))

    def knows(self, name: str) -> bool:
        """Whether we know what a name (lower case, no possessive) means."""
        return name in known_names(self.language)

    @cached_property
    def name_facts(self) -> Names:
        """What we know of names in this language."""
        return names(self.language)

    @cached_property
    def facts(self) -> Words:
        """What the words of this language tell."""
        return words(self.language)
