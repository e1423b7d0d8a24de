"""Where a sentence that is too long for a model may be cut: the type of that data."""

from __future__ import annotations

from dataclasses import dataclass

from translate_kit.languages import facts

__all__ = ["Clauses", "clauses"]


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clause boundaries of a language.

    Args:
        conjunctions: lower-case words that begin a clause.
        openers: lower-case words that a sentence often begins with and that are no names: they
            lose their capital where two parts are joined.
    """

    conjunctions: frozenset[str]
    openers: frozenset[str]


def clauses(language: str) -> Clauses:
    """Return a language's clause data.

    Raises:
        OptionError: if we have no data for that language.
    """
    data: Clauses = facts(language, "clauses")
    return data
