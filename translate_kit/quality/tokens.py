"""Words, numbers and signs of a text, with their places.

Tokens are small on purpose: ``ke-18`` is three of them and ``G20`` two, so that what belongs
together is decided where it is known. Every pattern here reads a text in linear time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Token", "spelling", "stem", "tokenize", "without_s"]

_SPELLING = str.maketrans(
    {"y": "i", "j": "i", "c": "k", "q": "k", "v": "f", "z": "s", "x": "ks", "h": None}
)
_GENITIVES = ("'s", "’s")
_POSSESSIVES = (*_GENITIVES, "nya")

_TOKEN = re.compile(
    r"&(?:\#(?:3[489]|6[02]|160)|amp|apos|gt|lt|nbsp|quot);"  # an escaped character is one sign
    r"|[0-9]+(?:[.,:][0-9]+|[\u00a0\u2009\u202f][0-9]{3}(?![0-9]))*"  # 1.400,5  9:30  1 400
    r"|(?:[^\W\d_]\.)+[^\W\d_](?![^\W\d_])"  # a.m  U.S
    r"|[^\W\d_]+(?:(?:['’]|&\#39;)[^\W\d_]+)*"  # words, with an apostrophe inside
    r"|[^\s]"
)


class Token(NamedTuple):
    """A word, a number or one sign.

    Args:
        text: its characters.
        lower: the same in lower case.
        start: offset of the first character.
        end: offset after the last.
    """

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return "0" <= self.text[0] <= "9"

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a text into tokens; white space between them is left out."""
    return tuple(
        Token(match[0], match[0].lower().replace("&#39;", "'"), *match.span())
        for match in _TOKEN.finditer(text)
    )


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Take the possessive off a word in lower case."""
    for ending in _POSSESSIVES:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)]
    return word


def without_s(word: str) -> str:
    """Take ``'s`` off a word."""
    return word[:-2] if word.endswith(_GENITIVES) else word


@lru_cache(maxsize=1 << 14)
def spelling(word: str) -> str:
    """Return a word in lower case without what languages that borrow spell each their own way."""
    return word.translate(_SPELLING)
