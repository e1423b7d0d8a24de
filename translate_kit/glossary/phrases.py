"""Words and expressions found in a text, also with the endings their language hangs on them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from translate_kit.languages.wording import wording
from translate_kit.languages.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.languages.wording import Wording


__all__ = ["Match", "Phrase", "Phrases", "folded", "is_wordless"]

_TOKEN = re.compile(r"[\w\u0300-\u036f]+(?:['’ʼ][\w\u0300-\u036f]+)*|[^\w\s]")
_MARKS = str.maketrans("’ʼ‘‑–", "'''--")
_HYPHEN = "-"
_NAME = 4
"""Letters that a name has at least of which another word is made."""
_NAMES = "@#"
"""Signs before a word that make another name of it: a handle, a tag."""


class Phrase(NamedTuple):
    """What is looked for.

    Args:
        text: one or more words.
        case: whether capitals count.
        exact: whether it is found without endings only.
    """

    text: str
    case: bool = False
    exact: bool = False


class Match(NamedTuple):
    """Where a phrase stands in a text.

    Args:
        number: of the phrase.
        start: offset of its first character.
        end: offset after its last word, endings included.
        text: the characters without endings that make no other word (``-nya``, ``'s``).
        plural: whether the words around it say that it is more than one.
    """

    number: int
    start: int
    end: int
    text: str
    plural: bool = False


class _Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] == "_"


class _Form(NamedTuple):
    """What a token may be: its word without an ending, and how many characters of it that is."""

    word: str
    length: int


def folded(text: str) -> str:
    """Return a word as it is compared: composed, case folded, with plain apostrophes."""
    return _plain(text).casefold()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_MARKS)


def _tokens(text: str) -> list[_Token]:
    return [_Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]


class Phrases:
    """Phrases of one language, looked for all at once.

    Args:
        phrases: in any order; of several that fit a place the longest is found, then the one
            without an ending, the one whose capitals fit, the first.
        language: BCP 47 tag of a language we have data for.
        derived: whether a word that is made of a name counts, too (``Iranian`` for ``Iran``).
    """

    def __init__(self, phrases: Sequence[Phrase], language: str, *, derived: bool = False) -> None:
        self._phrases = [(phrase, [t.text for t in _tokens(phrase.text)]) for phrase in phrases]
        self._facts = wording(language)
        self._language, self._derived = language, derived
        self._begins: dict[str, list[int]] = {}
        for number, (_, parts) in enumerate(self._phrases):
            if parts:
                self._begins.setdefault(folded(parts[0]), []).append(number)

    def found(self, text: str) -> tuple[Match, ...]:
        """Return where phrases stand, in order and apart from each other."""
        tokens = _tokens(text)
        matches: list[Match] = []
        index = 0
        while index < len(tokens):
            best = max(self._at(text, tokens, index), default=None)
            if best is None:
                index += 1
                continue
            match = best[-1]
            matches.append(match)
            while index < len(tokens) and tokens[index].start < match.end:
                index += 1
        return tuple(matches)

    def _at(
        self, text: str, tokens: Sequence[_Token], index: int
    ) -> Iterator[tuple[int, int, bool, int, Match]]:
        """Yield what begins at a token, with what makes one better than another."""
        token = tokens[index]
        if _glued(tokens, index) and tokens[index - 1].text in _NAMES:
            return
        forms = (form.word for form in self._forms(token.text))
        candidates = dict.fromkeys(n for form in forms for n in self._begins.get(form, ()))
        for number in candidates:
            last = index + len(self._phrases[number][1]) - 1
            length = self._fits(tokens, index, number) if last < len(tokens) else None
            if length is None or _goes_on(tokens, last):
                continue
            bare = length == len(tokens[last].text)
            end, plural = self._tail(tokens, last, single=last == index)
            before = folded(tokens[index - 1].text) if index else ""
            plural = plural or before in self._facts.plural_before
            phrase = self._phrases[number][0]
            if phrase.exact and (not bare or end > tokens[last].end or _repeats(tokens, index)):
                continue
            core = text[token.start : tokens[last].start + length]
            match = Match(number, token.start, end, core, plural)
            yield end, length, phrase.case, -number, match

    def _fits(self, tokens: Sequence[_Token], index: int, number: int) -> int | None:
        """Return how much of the last token a phrase takes that begins here; None if it differs."""
        phrase, parts = self._phrases[number]
        length = 0
        for place, part in enumerate(parts):
            token = tokens[index + place]
            inflected = place == len(parts) - 1 or self._facts.inflects_within
            forms = self._forms(token.text) if inflected and not phrase.exact else ()
            length = _length(token.text, part, forms, case=phrase.case)
            if not length:
                return None
        return length

    def _forms(self, token: str) -> tuple[_Form, ...]:
        return _forms(token, self._language, derived=self._derived)

    def _tail(self, tokens: Sequence[_Token], last: int, *, single: bool) -> tuple[int, bool]:
        """Return where a match ends with what hangs on by a hyphen, and if the word is doubled."""
        end, plural = tokens[last].end, False
        while last + 2 < len(tokens) and _glued(tokens, last + 1, last + 2):
            word = folded(tokens[last + 2].text)
            if tokens[last + 1].text != _HYPHEN or not tokens[last + 2].is_word:
                break
            again = {form.word for form in self._forms(tokens[last + 2].text)}
            twice = self._facts.doubled and single and folded(tokens[last].text) in again
            if not twice and word not in self._facts.enclitics:
                break
            plural = plural or twice
            last, single = last + 2, False
            end = tokens[last].end
        return end, plural


@lru_cache(maxsize=16_384)  # words come again and again
def _forms(token: str, language: str, *, derived: bool) -> tuple[_Form, ...]:
    """Return what a token may be, first itself."""
    facts, word = wording(language), folded(token)
    forms = [_Form(word, len(token))]
    if word[-1].isalpha():
        for form in forms:  # grows: one ending may stand behind another
            forms += _without_ending(form, facts, words(language).everyday)
    forms += [one for form in forms for one in _singular(form, facts)]
    if derived and token[0].isupper():
        forms += [
            form._replace(word=form.word[: -len(ending)])
            for form in forms
            for ending in facts.derivations
            if form.word.endswith(ending) and len(form.word) >= len(ending) + _NAME
        ]
    return tuple(forms)


def _without_ending(form: _Form, facts: Wording, everyday: frozenset[str]) -> Iterator[_Form]:
    if form.word not in everyday:  # masalah, akhirnya
        for ending, least in facts.enclitics.items():
            if form.word.endswith(ending) and len(form.word) >= least + len(ending):
                yield _Form(form.word[: -len(ending)], form.length - len(ending))
    for ending in facts.possessives:
        if form.word.endswith(ending) and len(form.word) > len(ending):
            yield _Form(form.word[: -len(ending)], form.length - len(ending))


def _singular(form: _Form, facts: Wording) -> Iterator[_Form]:
    for singular, plural in facts.irregular.items():
        if form.word == plural:
            yield form._replace(word=singular)
    for ending, base in facts.plurals:
        if form.word.endswith(ending) and len(form.word) > len(ending) + 1:
            yield form._replace(word=form.word[: len(form.word) - len(ending)] + base)


def _length(token: str, part: str, forms: Sequence[_Form], *, case: bool) -> int:
    """Return how many characters of a token a word takes; 0 if it is another word."""
    if (_plain(token) == _plain(part)) if case else (folded(token) == folded(part)):
        return len(token)
    wanted = folded(part)
    for form in forms[1:]:
        same = not case or _plain(token[: len(part)]) == _plain(part)
        if form.word == wanted and same:
            return form.length
    return 0


def _glued(tokens: Sequence[_Token], *indices: int) -> bool:
    """Whether each of these tokens stands at the one before it."""
    return all(
        0 < index < len(tokens) and tokens[index - 1].end == tokens[index].start
        for index in indices
    )


def _repeats(tokens: Sequence[_Token], index: int) -> bool:
    """Whether a word is the second half of a doubled one."""
    if not _glued(tokens, index - 1, index) or tokens[index - 1].text != _HYPHEN:
        return False
    return folded(tokens[index - 2].text) == folded(tokens[index].text)


def _goes_on(tokens: Sequence[_Token], last: int) -> bool:
    """Whether a name goes on behind a word: ``COVID-19``, ``redaksi@…``."""
    if not tokens[last].is_word or not _glued(tokens, last + 1, last + 2):
        return False
    sign, following = tokens[last + 1].text, tokens[last + 2].text
    return sign == "@" or (sign == _HYPHEN and following[0].isdigit())


def is_wordless(text: str) -> bool:
    """Whether there is no letter and no digit to look for."""
    return not any(token.is_word for token in _tokens(text))
