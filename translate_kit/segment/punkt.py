"""Punkt: what news has taught about words, and nltk's decision where that is in doubt.

The parameters are text files of `translate_kit.languages`, in the layout of nltk's own
``punkt_tab``, trained with ``models/recipe/punkt.py`` after Kiss & Strunk (2006), "Unsupervised
Multilingual Sentence Boundary Detection". Two of their heuristics are a look into a table and
answered here; nltk is imported only when a word is in Punkt's list of abbreviations or
collocations, so that most runs never wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from translate_kit.languages.segmentation import punkt_files

__all__ = ["Punkt", "Ruling", "punkt"]

_MIDDLE_UPPER = 1 << 2
_ANY_LOWER = 1 << 4 | 1 << 5 | 1 << 6
"""nltk's flags of orthographic context."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Punkt's answer about a full stop: whether a sentence ends, and the heuristic it used."""

    boundary: bool
    reason: str


@dataclass(frozen=True)
class Punkt:
    """The parameters of one language.

    Args:
        abbreviations: word types, lower case, without their last full stop.
        collocations: word types that belong together although a full stop is between them.
        starters: word types that often begin sentences.
        contexts: for a word type the contexts it is seen in, nltk's flags.
    """

    abbreviations: frozenset[str]
    collocations: frozenset[tuple[str, ...]]
    starters: frozenset[str]
    contexts: dict[str, int]

    def opens(self, word: str) -> bool:
        """Tell whether a capital on this word speaks for a new sentence.

        It does when the word is often a sentence's first, or is written small in
        mid-sentence and hardly ever large (Kiss & Strunk's orthographic heuristic).
        """
        kind = word.lower()
        if kind in self.starters:
            return True
        context = self.contexts.get(kind, 0)
        return bool(context & _ANY_LOWER) and not context & _MIDDLE_UPPER

    def common(self, word: str) -> bool:
        """Tell whether the word is one that news writes small: no name, no abbreviation."""
        context = self.contexts.get(word.lower(), 0)
        return bool(context & _ANY_LOWER) and not context & _MIDDLE_UPPER

    def rule(self, word: str, after: str) -> Ruling:
        """Decide about a full stop between two words.

        Args:
            word: before the full stop, without it.
            after: the next word.
        """
        kind = word.lower()
        doubtful = kind in self.abbreviations or (kind, after.lower()) in self.collocations
        if not doubtful and (len(kind) != 1 or not kind.isalpha()):
            return Ruling(boundary=True, reason="no known abbreviation")
        return self._ask(word, after)

    @cached_property
    def _tokenizer(self) -> Any:
        from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer  # noqa: PLC0415

        parameters = PunktParameters()
        parameters.abbrev_types = set(self.abbreviations)
        parameters.collocations = set(self.collocations)
        parameters.sent_starters = set(self.starters)
        parameters.ortho_context.update(self.contexts)
        return PunktSentenceTokenizer(parameters)

    def _ask(self, word: str, after: str) -> Ruling:
        for decision in self._tokenizer.debug_decisions(f"{word}. {after}"):
            return Ruling(bool(decision["break_decision"]), str(decision["reason"]))
        return Ruling(boundary=True, reason="no candidate of Punkt's")


@cache
def punkt(language: str) -> Punkt:
    """Return a language's parameters, read once.

    Raises:
        OptionError: if we have no data for that language.
    """
    folder = punkt_files(language)

    def rows(name: str) -> list[str]:
        return (folder / name).read_text(encoding="utf-8").splitlines()

    contexts = (row.split("\t") for row in rows("ortho_context.tab"))
    return Punkt(
        frozenset(rows("abbrev_types.txt")),
        frozenset(tuple(row.split("\t")) for row in rows("collocations.tab")),
        frozenset(rows("sent_starters.txt")),
        {word: int(flags) for word, flags in contexts},
    )
