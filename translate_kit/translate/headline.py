"""Headlines in capitals: read them in small letters, write them in their own style.

A model sees few words in capitals during training and mangles them. A headline is therefore
translated twice, as it stands and in small letters; the likelier translation is taken, and
given the style of its source, which also gives names their capitals back.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from translate_kit.languages.casing import casing
from translate_kit.translate.trouble import trouble

if TYPE_CHECKING:
    from translate_kit.engine import Hypothesis

__all__ = ["Style", "lowered", "restyled", "style_of", "the_likelier"]

Style = Literal["upper", "title"]

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FEWEST = 3
"""Words a headline has at least: fewer may all be names."""
SHARE = 0.8
"""Of the words that title case would capitalise, how many must be."""


def style_of(text: str, language: str) -> Style | None:
    """Return how a headline writes its capitals; None if it is no headline in capitals."""
    words = [match.group() for match in _WORD.finditer(text)]
    if len(words) < FEWEST or text.rstrip().endswith("."):
        return None
    if sum(map(len, words)) > 2 * len(words) and all(word.isupper() for word in words):
        return "upper"
    small = casing(language).small
    big = [word for word in words if word not in small and len(word) > 1]
    capital = sum(word[0].isupper() for word in big)
    # a plain sentence about people and places has many capitals too, but a small verb somewhere
    return "title" if len(big) >= FEWEST and capital >= SHARE * len(big) else None


def lowered(text: str, style: Style) -> str | None:
    """Return the headline in small letters, its acronyms kept in title case.

    None where that would change the number of characters, on which word links depend.
    """

    def small(match: re.Match[str]) -> str:
        word = match.group()
        acronym = style == "title" and len(word) > 1 and word.isupper()
        return word if acronym else word.lower()

    text_in_small = _WORD.sub(small, text)
    return text_in_small if len(text_in_small) == len(text) else None


def restyled(text: str, style: Style, language: str) -> str:
    """Return a translation in the style of its headline, character for character."""
    if style == "upper":
        return "".join(_upper(c) for c in text)
    small = casing(language).small

    def title(match: re.Match[str]) -> str:
        word = match.group()
        keep = word in small and match.start() > 0
        return word if keep else _upper(word[0]) + word[1:]

    return _WORD.sub(title, text)


def _upper(character: str) -> str:
    capital = character.upper()
    return capital if len(capital) == 1 else character


def the_likelier(plain: Hypothesis, small: Hypothesis, style: Style, language: str) -> Hypothesis:
    """Return the better of a headline's two translations, in the headline's style."""
    if trouble(small) or (not trouble(plain) and plain.score >= small.score):
        return plain
    text = restyled(small.target.text, style, language)
    return replace(small, target=replace(small.target, text=text), alternatives=())
