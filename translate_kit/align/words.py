"""Words as an aligner compares them: case folded, numbers in one form, cognates near each other."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["cognates", "stem", "tokens"]

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|\w+")

_SPELLINGS = str.maketrans({"c": "k", "q": "k", "y": "i", "z": "s", "v": "f", "ð": "d", "æ": "a"})
_LETTERS = (("ph", "f"), ("x", "ks"), ("þ", "th"), ("ß", "ss"))
SHORTEST = 4
"""Letters a word needs to count as a cognate: shorter ones look alike by chance."""

CROWD = 400
"""Words that may share a beginning; more of them are compared by a longer one."""


def tokens(text: str) -> list[str]:
    """Return the words of a text, in order: NFC, case folded, ``’`` as ``'``.

    Digits and letters come apart (``Rp11,9`` is two), and marks inside a number are left out, so
    that ``1.400`` meets ``1,400``.
    """
    folded = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    words = []
    for match in _WORD.finditer(folded):
        word = match.group()
        if word[0].isdigit():
            word = re.sub(r"[.,:/]", "", word)
        words.append(word)
    return words


def stem(word: str, letters: int) -> str:
    """Return the beginning of a word; numbers stay whole."""
    return word if word[0].isdigit() else word[:letters]


def cognates(
    source: Collection[str], target: Collection[str], least: float, beginning: int
) -> Iterator[tuple[str, str, float]]:
    """Yield words that look like forms of one word: ``ekonomi`` and ``economy``.

    Likeness is Dice's coefficient of letter pairs (Simard et al. 1992, "Using cognates to align
    sentences in bilingual corpora") after spelling differences between European loans are
    levelled.

    Args:
        source: distinct words.
        target: likewise.
        least: the smallest likeness, in (0, 1].
        beginning: letters that both must begin with.

    Yields:
        Source word, target word, likeness in [least, 1].
    """
    shelves: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for word, plain in _plain(target):
        pairs = _letter_pairs(plain)
        for length in (beginning, beginning + 2):
            shelves[plain[:length]].append((word, pairs))
    for word, plain in _plain(source):
        shelf = shelves.get(plain[:beginning], [])
        if len(shelf) > CROWD:
            shelf = shelves.get(plain[: beginning + 2], [])
        pairs = _letter_pairs(plain)
        for other, others in shelf:
            likeness = 2 * len(pairs & others) / (len(pairs) + len(others))
            if likeness >= least:
                yield word, other, likeness


def _plain(words: Collection[str]) -> Iterator[tuple[str, str]]:
    for word in sorted(words):
        if len(word) >= SHORTEST and not word[0].isdigit():
            letters = unicodedata.normalize("NFKD", word)
            plain = "".join(c for c in letters if not unicodedata.combining(c))
            for old, new in _LETTERS:
                plain = plain.replace(old, new)
            yield word, plain.translate(_SPELLINGS)


def _letter_pairs(word: str) -> set[str]:
    framed = f"^{word}"
    return {framed[n : n + 2] for n in range(len(framed) - 1)}
