"""How headlines are written: the type of that data."""

from __future__ import annotations

from dataclasses import dataclass

from translate_kit.languages import facts

__all__ = ["Casing", "casing"]


@dataclass(frozen=True, slots=True)
class Casing:
    """Capitals in a language's headlines.

    Args:
        small: words in small letters that stay so inside a headline in title case.
    """

    small: frozenset[str]


def casing(language: str) -> Casing:
    """Return a language's casing data.

    Raises:
        OptionError: if we have no data for that language.
    """
    data: Casing = facts(language, "casing")
    return data
