"""Names that change from language to language, and capitalised words that are no names.

Every word is in lower case. What a name means is written as its usual English form, so that
``mesir`` in one language and ``egyptian`` in another both lead to ``egypt``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from translate_kit.languages import facts

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Names", "known_names", "names", "read_meanings"]


@dataclass(frozen=True, slots=True)
class Names:
    """The facts of one language.

    Args:
        meanings: names, adjectives of places and acronyms, with the place or body they mean;
            only those that another language writes otherwise.
        titles: words that are capitalised in names of offices, bodies and places and are
            translated there (``Menteri``, ``University``).
        places: words that stand for the name of a place (``here``, ``negeri``).
        derivations: beginning and ending of words that the language makes of others (``ke`` …
            ``an``), which are no names either.
    """

    meanings: Mapping[str, frozenset[str]]
    titles: frozenset[str]
    places: frozenset[str] = frozenset()
    derivations: tuple[tuple[str, str], ...] = ()


def read_meanings(table: str) -> dict[str, frozenset[str]]:
    """Read a table of ``name:meaning`` entries; a name may stand in it more than once."""
    meanings: dict[str, frozenset[str]] = {}
    for entry in table.split():
        name, _, meaning = entry.partition(":")
        meanings[name] = meanings.get(name, frozenset()) | {meaning}
    return meanings


@cache
def known_names(code: str) -> frozenset[str]:
    """Return the names in this language, or in the common form, whose meaning we know.

    Raises:
        OptionError: if we have no data for the language.
    """
    table = names(code).meanings
    return frozenset(table).union(*table.values())


def names(code: str) -> Names:
    """Return what we know of names in this language (BCP 47 tag).

    Raises:
        OptionError: if we have no data for it.
    """
    data: Names = facts(code, "names")
    return data
