"""Names, and whether they stand on both sides.

A capitalised word inside a sentence is taken for a name unless the language's data know it as a
word of titles. It is found again if the other side has the same word, one that means the same
(``Mesir``, ``Egyptian``) or one spelled much alike (``Kalifornia``, ``California``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.quality.quantities import quantity_words
from translate_kit.quality.tokens import spelling, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.quality.side import Side
    from translate_kit.quality.tokens import Token

__all__ = ["NameMatch", "match_names"]

_ALIKE = 0.5  # share of letter pairs that two spellings of a name have in common
_COMPARED = 100  # names that one is compared with in spelling: no sentence has more
_DERIVED = 6  # letters; shorter words look derived by chance


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How the names of two texts correspond.

    Args:
        found: how many names of the source stand in the target.
        lost: those that do not.
        new: names of the target that the source does not explain.
    """

    found: int
    lost: tuple[Token, ...]
    new: tuple[Token, ...]


def match_names(source: Side, target: Side) -> NameMatch:
    """Look every name of one side up on the other."""
    ours, theirs = _candidates(source), _candidates(target)
    lost = [token for token in ours if not _stands_in(token, source, target, theirs)]
    all_ours = [token for token in source.words if token.text[0].isupper()]
    new = [token for token in theirs if not _stands_in(token, target, source, all_ours)]
    return NameMatch(
        len(ours) - len(lost),
        tuple(token for token in lost if not _is_title(token, source)),
        tuple(token for token in new if not _is_title(token, target)),
    )


def _candidates(side: Side) -> list[Token]:
    """Return the capitalised words whose capital says that they are names."""
    numbers = quantity_words(side.language)
    return [
        token
        for token in side.words
        if token.text[0].isupper()
        and len(token.text) > 1
        and token.start not in side.openings
        and token.lower not in numbers
        and "Ã" not in token.text  # read in the wrong encoding
    ]


def _is_title(token: Token, side: Side) -> bool:
    facts = side.name_facts
    word = stem(token.lower)
    if not facts.titles.isdisjoint((word, token.lower)) or word in side.facts.everyday:
        return True
    return len(word) > _DERIVED and any(
        word.startswith(beginning) and word.endswith(ending)
        for beginning, ending in facts.derivations
    )


def _stands_in(token: Token, side: Side, other: Side, names: Sequence[Token]) -> bool:
    word = stem(token.lower)
    if word in other.stems:
        return True
    if not side.meanings_of(word).isdisjoint(other.meanings):
        return True
    return any(_alike(word, stem(name.lower)) for name in names[:_COMPARED])


def _alike(one: str, other: str) -> bool:
    if one[0] != other[0] and spelling(one[0]) != spelling(other[0]):
        return False
    a, b = _letter_pairs(one), _letter_pairs(other)
    return bool(a and b) and 2 * len(a & b) >= _ALIKE * (len(a) + len(b))


def _letter_pairs(word: str) -> set[str]:
    plain = spelling(word)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}
