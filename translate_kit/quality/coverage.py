"""Which words of a text have a counterpart in its translation, by the shipped lexicon.

A word is explained by the best of its known translations that stands on the other side, as the
alignment score of Ueffing and Ney (2007, "Word-level confidence estimation for machine
translation") has it: the maximum of the lexicon probabilities instead of their sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from math import log
from typing import TYPE_CHECKING, NamedTuple

from translate_kit.languages.lexicons import lexicon
from translate_kit.quality.tokens import spelling, stem

if TYPE_CHECKING:
    from translate_kit.bitext import Span
    from translate_kit.quality.side import Side
    from translate_kit.quality.tokens import Token

__all__ = ["Coverage", "Stretch", "cover"]

_LEAST = 0.003  # share of a word that nothing explains; the lexicon's smallest is 0.04
_ALIKE = 0.3  # share of a word that stands on the other side in a like spelling
_BEGINNING = 5  # letters by which forms of one word are recognised
_FORM = 0.5  # what another form of a translation is worth
_FEW_WORDS = 4  # a shorter text is not judged by one word as if that were all

_LOST, _EVERYDAY_LOST, _UNKNOWN = 1.0, 0.7, 0.5
_FOUND, _EVERYDAY_FOUND = -1.5, -0.3


class Explained(NamedTuple):
    """A word and how well the other side explains it.

    Args:
        token: the word.
        share: the best probability in (0, 1] of a translation that stands there, 0 if none does,
            None for a word that the lexicon does not know and nothing there looks like.
        everyday: whether it is a function word or as frequent: its counterpart may well be
            none.
    """

    token: Token
    share: float | None
    everyday: bool


class Stretch(NamedTuple):
    """Neighbouring words of which hardly any has a counterpart.

    Args:
        weight: about the number of content words without counterpart, ≥ 0.
        span: the characters from the first to the last of them.
    """

    weight: float
    span: Span


@dataclass(frozen=True, slots=True)
class Coverage:
    """The words of one side.

    Args:
        words: all of them, in order.
    """

    words: tuple[Explained, ...]

    @property
    def mean_log_share(self) -> float:
        """Mean logarithm of the shares of the words known to the lexicon, in [-5.9, 0]."""
        known = [word.share for word in self.words if word.share is not None]
        return sum(log(max(share, _LEAST)) for share in known) / max(_FEW_WORDS, len(known))

    @property
    def stretch(self) -> Stretch:
        """The heaviest stretch without counterpart (Kadane's maximum subarray)."""
        best = Stretch(0.0, (0, 0))
        weight, start = 0.0, 0
        for word in self.words:
            if weight <= 0.0:
                weight, start = 0.0, word.token.start
            weight += _step(word)
            if weight > best.weight:
                best = Stretch(weight, (start, word.token.end))
        return best


def _step(word: Explained) -> float:
    if word.share is None:
        return _UNKNOWN
    if word.share:
        return _EVERYDAY_FOUND if word.everyday else _FOUND
    return _EVERYDAY_LOST if word.everyday else _LOST


class _Known(NamedTuple):
    """The translations of a word.

    Args:
        shares: with the probability of each, likeliest first.
        words: the translations alone.
        beginnings: of those that are long enough to be recognised by them.
    """

    shares: tuple[tuple[str, float], ...]
    words: frozenset[str]
    beginnings: frozenset[str]

    @classmethod
    def of(cls, shares: tuple[tuple[str, float], ...]) -> _Known:
        words = frozenset(word for word, _ in shares)
        return cls(shares, words, _beginnings(words))

    def best(self, there: frozenset[str], forms: frozenset[str]) -> float:
        """Return the greatest share of a translation that stands there, itself or a form of it."""
        if self.words.isdisjoint(there) and self.beginnings.isdisjoint(forms):
            return 0.0
        best = 0.0
        for other, share in self.shares:
            if share <= best:
                break
            if other in there:
                return share
            if share * _FORM > best and len(other) > _BEGINNING and other[:_BEGINNING] in forms:
                best = share * _FORM
        return best


def _beginnings(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:_BEGINNING] for word in words if len(word) > _BEGINNING)


def cover(ours: Side, theirs: Side) -> Coverage | None:
    """Explain the words of one side by those of the other; None without a lexicon for them."""
    if ours.language == theirs.language or lexicon(ours.language, theirs.language) is None:
        return None
    likeliest = partial(_likeliest, ours.language, theirs.language)
    there = theirs.lowers | theirs.stems
    forms = _beginnings(there)
    spellings = theirs.spellings
    explained = []
    for token in ours.words:
        word = token.lower
        known = likeliest(word) or likeliest(stem(word))
        share = known.best(there, forms) if known else 0.0
        if share < _ALIKE and (
            (len(word) > 3 and spelling(word)[:4] in spellings)
            or word in there
            or stem(word) in there
        ):
            share = _ALIKE
        everyday = word in ours.facts.everyday
        explained.append(Explained(token, share if known or share else None, everyday))
    return Coverage(tuple(explained))


@lru_cache(maxsize=1 << 16)
def _likeliest(source: str, target: str, word: str) -> _Known | None:
    """Return a word's translations with the greater of both probabilities; None without any."""
    found = (lexicon(source, target) or {}).get(word, ())
    shares = sorted(((other, max(a, b)) for other, a, b in found), key=lambda f: (-f[1], f[0]))
    return _Known.of(tuple(shares)) if shares else None
