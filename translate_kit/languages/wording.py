"""How words take their place in a sentence: endings, plurals, articles, function words.

Every word is in lower case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from translate_kit.languages import facts

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Indefinite", "Wording", "wording"]


@dataclass(frozen=True, slots=True)
class Indefinite:
    """The two forms of an indefinite article, and which sounds ask for the second.

    Args:
        plain: the form before a consonant.
        before_vowel: the form before a vowel.
        vowels: letters that a vowel is written with at the beginning of a word.
        sounds_consonant: beginnings that are written as a vowel and spoken as a consonant.
        sounds_vowel: beginnings that are the other way round.
        spelled: capitals whose names begin with a vowel, for acronyms that are spelled.
    """

    plain: str
    before_vowel: str
    vowels: str
    sounds_consonant: tuple[str, ...] = ()
    sounds_vowel: tuple[str, ...] = ()
    spelled: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The facts of one language.

    Args:
        enclitics: words written at the end of another, glued or behind a hyphen, with the fewest
            letters that must be left before a glued one: ``-nya`` 3.
        possessives: endings that say whose something is and make no other word: ``'s``.
        plurals: endings of the plural and what they replace, the longest first.
        irregular: singular and plural of words that follow no rule.
        derivations: endings that make of a name the word for what belongs to it (``Iranian``).
        inflects_within: whether a word inside an expression may be in the plural, too
            (``ministers of health``).
        doubled: whether a word said twice, with a hyphen between, is its plural.
        plural_before: words that make a plural of the one behind them.
        function: words that join others and belong to no term: articles, prepositions, pronouns.
        articles: articles, which may stand before a term and are no part of it.
        determiners: words that stand where an article would.
        indefinite: the indefinite article, if there is one that changes.
    """

    function: frozenset[str]
    enclitics: Mapping[str, int] = field(default_factory=dict)
    possessives: tuple[str, ...] = ()
    plurals: tuple[tuple[str, str], ...] = ()
    irregular: Mapping[str, str] = field(default_factory=dict)
    derivations: tuple[str, ...] = ()
    inflects_within: bool = False
    doubled: bool = False
    plural_before: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    indefinite: Indefinite | None = None


def wording(code: str) -> Wording:
    """Return how this language (BCP 47 tag) words things.

    Raises:
        OptionError: if we have no data for it.
    """
    data: Wording = facts(code, "wording")
    return data
