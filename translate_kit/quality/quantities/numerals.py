"""Numbers in digits and in words, read by the rules of a language's data."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.languages.quantities import Quantities
    from translate_kit.quality.tokens import Token

__all__ = ["VULGAR_FRACTIONS", "Number", "read_digits", "read_words"]

Number = int | Fraction

VULGAR_FRACTIONS = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
}
_LONGEST = 30  # digits; longer runs are codes, not amounts
_SPACES = str.maketrans("", "", "\u00a0\u2009\u202f")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")


def read_digits(text: str, facts: Quantities) -> tuple[Number, ...]:
    """Return what digits with marks may mean, the likeliest first; nothing if no number.

    A mark that groups thousands is believed (``1.400`` is 1,400 in Indonesian, 1.4 in English);
    only where the language's own reading makes no usual number, the other convention is tried.
    """
    text = text.translate(_SPACES)
    if len(text) > _LONGEST or ":" in text:
        return ()
    marks = {mark for mark in text if mark in ".,"}
    if not marks:
        return (int(text),)
    if len(marks) == 1:
        return _read_one_mark(text, marks.pop(), facts)
    decimal = "," if text.rfind(",") > text.rfind(".") else "."
    whole, _, tenths = text.rpartition(decimal)
    if not _GROUPED.fullmatch(whole) or decimal in whole:
        return ()
    return (_decimal(re.sub("[.,]", "", whole), tenths),)


def _read_one_mark(text: str, mark: str, facts: Quantities) -> tuple[Number, ...]:
    count = text.count(mark)
    whole, _, rest = text.partition(mark)
    grouped = int(text.replace(mark, "")) if _GROUPED.fullmatch(text) else None
    if grouped is not None and (mark == facts.group_mark or count > 1):
        return (grouped,)
    if count > 1:
        return ()
    if grouped is not None and mark == ",":
        # "1,500" in an Indonesian text: tenths end in no zeros, so a foreign hand grouped it
        return (_decimal(whole, rest), grouped)
    return (_decimal(whole, rest),)


def _decimal(whole: str, tenths: str) -> Number:
    value = Fraction(int(whole + tenths), 10 ** len(tenths))
    return value.numerator if value.denominator == 1 else value


class _Sum:
    """A number in words as far as it was read.

    Args:
        start: what digits before the first word said.
    """

    __slots__ = ("group", "low", "scale", "total", "unit")

    def __init__(self, start: Number | None) -> None:
        self.total: Number = 0
        self.group: Number = start or 0  # since the last scale
        self.unit = 0  # the part of the group that a multiplier would multiply
        self.low = 1000 if start is None else 0  # what is added now must be less than this
        self.scale = 10**18  # and what multiplies all, less than this

    def add(self, value: int) -> bool:
        """Take a cardinal below 100."""
        if value >= self.low:
            return False
        self.group += value
        self.unit = self.unit + value if self.low == 10 and self.unit else value
        self.low = 10 if value >= 20 and value % 10 == 0 else 1
        return True

    def teen(self) -> bool:
        """Take a word that adds ten to the unit before it."""
        if not 0 < self.unit < 10:
            return False
        self.group += 10
        self.unit += 10
        return True

    def multiply(self, factor: int) -> bool:
        """Take a word that multiplies the cardinal before it, or stands for itself."""
        if self.low == 1000:
            self.group = factor
        elif self.low == 0 and not self.total:  # digits: "4 puluh"
            self.group *= factor
        elif 0 < self.unit < (100 if factor == 100 else 10):
            self.group += self.unit * (factor - 1)
        else:
            return False
        self.unit = 0
        self.low = factor if factor in {10, 100} else 1
        return True

    def whole(self, value: int) -> bool:
        """Take one word for ten, a hundred, a thousand …."""
        if value >= 1000:
            return not self.group and self._close(value, 1)
        if value >= self.low:
            return False
        self.group += value
        self.unit = 0
        self.low = value if value == 100 else 1
        return True

    def raise_to(self, scale: int) -> bool:
        """Take a word that multiplies everything since the last scale, or stands for itself."""
        return self._close(scale, self.group if self.group or self.total else 1)

    def _close(self, scale: int, count: Number) -> bool:
        if scale >= self.scale or not count:
            return False
        self.total += count * scale
        self.group = self.unit = 0
        self.low, self.scale = 1000, scale
        return True


def read_words(
    tokens: Sequence[Token], index: int, facts: Quantities, start: Number | None = None
) -> tuple[Number | None, int]:
    """Read a number in words that begins at a token.

    Args:
        tokens: of the text.
        index: of the first word.
        facts: of the text's language.
        start: what digits before the first word said (``2,5`` before ``juta``).

    Returns:
        The value, or None if no number begins here, and the index after its last word.
    """
    value = _Sum(start)
    position = index
    while position < len(tokens):
        following = _after_joiner(tokens, index, position, facts) if position > index else index
        if following >= len(tokens):
            break
        word, first = tokens[following].lower, position == index
        if not _take(value, word, facts, start, first=first):
            break
        position = following + 1
    if position == index:
        return start, index
    return value.total + value.group, position


def _take(value: _Sum, word: str, facts: Quantities, start: Number | None, *, first: bool) -> bool:
    if word in facts.scales:
        return value.raise_to(facts.scales[word])
    if word in facts.multipliers:
        return value.multiply(facts.multipliers[word])
    if start is not None and not value.total:
        return False  # nothing but scales multiplies digits: "2 dua" are two numbers
    word = _cardinal_of(word, facts, first=first)
    if word in facts.cardinals:
        return value.add(facts.cardinals[word])
    if word in facts.wholes:
        return value.whole(facts.wholes[word])
    return word in facts.teens and value.teen()


def _cardinal_of(word: str, facts: Quantities, *, first: bool) -> str:
    """Take the prefix off an ordinal that opens a number: ``kesembilan belas`` is the 19th."""
    if first and word not in facts.cardinals:
        for prefix in facts.ordinal_prefixes:
            if word.startswith(prefix) and word[len(prefix) :] in facts.cardinals:
                return word[len(prefix) :]
    return word


def _after_joiner(tokens: Sequence[Token], first: int, position: int, facts: Quantities) -> int:
    """Step over ``and`` after a hundred and over the hyphen of ``twenty-five``."""
    previous, token = tokens[position - 1], tokens[position]
    if position + 1 >= len(tokens):
        return position
    following = tokens[position + 1]
    if token.text == "-":
        glued = previous.end == token.start and token.end == following.start
        return position + 1 if glued else position
    if token.lower not in facts.joiners:
        return position
    large = previous.lower in facts.multipliers or previous.lower in facts.scales
    if not large or following.lower not in facts.cardinals:
        return position
    beyond = tokens[position + 2].lower if position + 2 < len(tokens) else ""
    between = first > 0 and tokens[first - 1].lower in facts.between
    apart = beyond in facts.multipliers or (between and beyond in facts.scales)
    return position if apart else position + 1
