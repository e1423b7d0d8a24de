"""Numbers, dates, times and money in a text: where they stand and what they may mean.

Both sides of a pair are read by the rules of their own language, so that ``Rp11,9 triliun`` and
``IDR 11.9 trillion`` come out with the same key. A text is read in linear time and nothing in
it is an error: what is no quantity is left out.

``numerals`` reads values, ``digits`` and ``spelled`` the quantities that begin with digits and
with words, ``growth`` what may follow a number, ``money`` its unit; ``agreement`` matches the
quantities of two texts.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from translate_kit.languages.quantities import quantities as language_facts
from translate_kit.quality.quantities.cursor import Cursor, Key, Quantity
from translate_kit.quality.quantities.digits import digits
from translate_kit.quality.quantities.numerals import VULGAR_FRACTIONS
from translate_kit.quality.quantities.spelled import ROMAN, roman, spelled
from translate_kit.quality.tokens import without_s

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.quality.tokens import Token

__all__ = ["Key", "Quantity", "find_quantities", "quantity_words"]


@cache
def quantity_words(language: str) -> frozenset[str]:
    """Return the words that a quantity may begin with, in lower case.

    Raises:
        OptionError: if we have no data for the language.
    """
    facts = language_facts(language)
    return frozenset().union(
        facts.cardinals,
        facts.multipliers,
        facts.scales,
        facts.wholes,
        facts.ordinals,
        facts.parts,
        facts.vague,
        facts.stand_ins,
        facts.months,
        facts.weekdays,
        VULGAR_FRACTIONS,
    )


def find_quantities(tokens: Sequence[Token], language: str) -> tuple[Quantity, ...]:
    """Return the quantities of a tokenized text, in order and apart.

    Args:
        tokens: of the whole text.
        language: BCP 47 tag of a language we have data for.

    Raises:
        OptionError: if we have no data for the language.
    """
    words = quantity_words(language)
    cursor = Cursor(tokens, language_facts(language))
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.is_number:
            index = digits(cursor, index)
        elif without_s(token.lower) in words:
            index = spelled(cursor, index)
        elif token.text in ROMAN:
            index = roman(cursor, index)
        else:
            index += 1
    return tuple(cursor.found)
