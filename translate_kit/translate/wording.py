"""A term put into a sentence: in its number and case, with the article that goes before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.languages.wording import wording
from translate_kit.translate.edits import Edit
from translate_kit.translate.headline import restyled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.bitext import Span
    from translate_kit.languages.wording import Indefinite, Wording
    from translate_kit.translate.headline import Style

__all__ = ["Slot", "article_for", "in_place", "plural_of", "put", "without_article"]

_BEFORE = re.compile(r"([^\W\d_]+)([ \u00a0]+)$")
_LONGEST = 16
"""Characters before a place that are looked at for an article."""
_NO_PLURAL = ("ss", "us", "sis", "xis", "itis")
"""Endings that only look like a plural."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a translation for a term.

    Args:
        text: the translation.
        place: the span of the words that the term replaces.
        language: BCP 47 tag of the translation.
        style: how the sentence writes its capitals, if it is a headline.
    """

    text: str
    place: Span
    language: str
    style: Style | None = None

    @property
    def old(self) -> str:
        """What stands there."""
        return self.text[slice(*self.place)]


def put(term: str, slot: Slot, *, plural: bool = False, exact: bool = False) -> Iterator[Edit]:
    """Yield the edits that put a term in the place of other words, the place itself last.

    Args:
        term: as the glossary has it.
        slot: where it goes.
        plural: whether the source says it is more than one.
        exact: whether the term has no other number.
    """
    facts = wording(slot.language)
    if not exact and (plural or _is_plural(slot.old, facts)):
        term = plural_of(term, slot.language)
    return in_place(_with_capitals(term, slot), slot)


def in_place(term: str, slot: Slot) -> Iterator[Edit]:
    """Yield the edits that put a term just as it is in the place of other words, itself last."""
    facts, start = wording(slot.language), slot.place[0]
    for possessive in facts.possessives:
        if _plain(slot.old).endswith(possessive) and not _plain(term).endswith(possessive):
            term += slot.old[-len(possessive) :]
    before = _BEFORE.search(slot.text[max(0, start - _LONGEST) : start])
    if before:
        word = before[1]
        if word.lower() in facts.determiners:
            term = without_article(term, slot.language)
        article = _agreeing(word, term, facts.indefinite) if facts.indefinite else word
        if article != word:
            at = start - len(before[0])
            yield Edit(at, at + len(word), article)
    yield Edit(*slot.place, term)


def without_article(term: str, language: str) -> str:
    """Return a term without the article that it begins with."""
    first, _, rest = term.partition(" ")
    return rest if rest and first.lower() in wording(language).articles else term


def _plain(text: str) -> str:
    return text.replace("’", "'")


def _with_capitals(term: str, slot: Slot) -> str:
    if slot.style == "upper":
        return restyled(term, "upper", slot.language)
    if slot.style == "title" and term.islower():
        return restyled(term, "title", slot.language)
    opens = not any(map(str.isalnum, slot.text[: slot.place[0]]))
    first = term.split(maxsplit=1)[0]
    if slot.old[:1].isupper() and (term.islower() or (opens and first.islower())):
        return term[0].upper() + term[1:]
    return term


def _head(term: str, facts: Wording) -> tuple[int, int]:
    """Return the span of the word that carries the number: the one before the first small word."""
    found = [match.span() for match in re.finditer(r"\S+", term)] or [(0, 0)]
    small = [n for n, (a, b) in enumerate(found) if n and term[a:b].lower() in facts.function]
    return found[small[0] - 1 if small else -1]


def _is_plural(text: str, facts: Wording) -> bool:
    """Whether words are a common noun in the plural, as far as their looks tell."""
    head = _plain(text[slice(*_head(text, facts))])
    for possessive in facts.possessives:
        head = head.removesuffix(possessive)
    if not facts.plurals or not head[1:].islower():
        return False
    return head.lower() in facts.irregular.values() or (
        head.endswith("s") and len(head) > 3 and not head.endswith(_NO_PLURAL)
    )


def plural_of(term: str, language: str) -> str:
    """Return the plural of a common noun; a name, or what is plural already, stays."""
    facts = wording(language)
    start, end = _head(term, facts)
    word = term[start:end]
    if not word.islower() or _is_plural(word, facts):
        return term
    plural = facts.irregular.get(word)
    if plural is None:
        ends = ((base, ending) for ending, base in facts.plurals if word.endswith(base))
        base, ending = next(ends, ("", ""))
        plural = word.removesuffix(base) + ending
    return term[:start] + plural + term[end:]


def _agreeing(word: str, term: str, indefinite: Indefinite) -> str:
    """Return a word, the other indefinite article if it is one and the term asks for that."""
    forms = {indefinite.plain, indefinite.before_vowel}
    if word.lower() not in forms:
        return word
    article = article_for(term, indefinite)
    if article == word.lower():
        return word
    return article.capitalize() if word[0].isupper() else article


def article_for(term: str, indefinite: Indefinite) -> str:
    """Return the form of the indefinite article that goes before a term."""
    word = term.split(maxsplit=1)[0] if term.split() else term
    lower = word.lower()
    if _is_spelled(word, indefinite.vowels):
        vowel = word[0] in indefinite.spelled
    elif lower.startswith(indefinite.sounds_vowel):
        vowel = True
    else:
        vowel = lower[:1] in indefinite.vowels and not lower.startswith(indefinite.sounds_consonant)
    return indefinite.before_vowel if vowel else indefinite.plain


def _is_spelled(word: str, vowels: str) -> bool:
    """Whether an acronym is said letter by letter: a short one, or one without a vowel."""
    letters = re.match(r"[A-Z]{2,}(?![a-z])", word)
    if letters is None:
        return False
    return len(letters[0]) <= 3 or not any(c.lower() in vowels for c in letters[0])
