"""Word links from attention between subwords.

The attention of a head trained towards word alignments (Garg et al. 2019, "Jointly learning
to align and translate") says for each target subword where in the source it comes from. It is
folded to words: summed over a source word's pieces, averaged over a target word's pieces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from translate_kit.bitext import Span, WordLink

__all__ = ["folded", "word_links", "words"]

WORD = re.compile(r"\w+(?:[-'’.,:/]\w+)*")
"""Letters and digits with single joints inside: ``al-Nakhala``, ``1.400``, ``Rp11,9``, ``9:30``."""

LINK = 0.35
"""Share of a target word's attention that a source word needs for a link beside the best one."""

BEST = 0.2
"""Share that the best source word needs; below it the target word has no counterpart."""

SAME = 0.5
"""Added where both words are written alike: names and numbers stand beside other names and
numbers, and attention alone sometimes links a number to the month beside it."""


def words(text: str) -> list[Span]:
    """Return the spans of the words in a text, punctuation left out."""
    return [match.span() for match in WORD.finditer(text)]


def word_links(
    source: tuple[str, Sequence[Span]],
    target: tuple[str, Sequence[Span]],
    attention: Sequence[Sequence[float]],
) -> tuple[WordLink, ...]:
    """Return the links between the words of a source and of its translation.

    Args:
        source: the source text and the characters each source token stands for.
        target: likewise of the translation.
        attention: [target tokens, source tokens]; more rows or columns than tokens are ignored.

    Returns:
        Character spans of linked words, in the order of the target.
    """
    source_words, target_words = words(source[0]), words(target[0])
    table = _between(source, target, attention, (source_words, target_words))
    if table is None:
        return ()
    alike: dict[str, set[int]] = {}
    for s, (start, end) in enumerate(source_words):
        if key := _key(source[0][start:end]):
            alike.setdefault(key, set()).add(s)
    best, most = table.argmax(axis=1).tolist(), table.max(axis=1).tolist()
    likely = [[s] if share >= BEST else [] for s, share in zip(best, most, strict=True)]
    for t, s in zip(*(found.tolist() for found in (table >= LINK).nonzero()), strict=True):
        if s != best[t]:
            likely[t] = sorted((*likely[t], s))
    links: list[WordLink] = []
    for t, (start, end) in enumerate(target_words):
        key = _key(target[0][start:end]) if alike else None
        same = alike.get(key) if key else None
        found = _likely(table[t].tolist(), same) if same else likely[t]
        links += [(*source_words[s], start, end) for s in found]
    return tuple(links)


def folded(
    source: tuple[str, Sequence[Span]],
    target: tuple[str, Sequence[Span]],
    attention: Sequence[Sequence[float]],
) -> list[list[float]]:
    """Return attention between words: [target words, source words], empty without any of either.

    Args:
        source: the source text and the characters each source token stands for.
        target: likewise of the translation.
        attention: [target tokens, source tokens]; more rows or columns than tokens are ignored.
    """
    found = (words(source[0]), words(target[0]))
    table = _between(source, target, attention, found)
    rows: list[list[float]] = [] if table is None else table.tolist()
    return rows


def _between(
    source: tuple[str, Sequence[Span]],
    target: tuple[str, Sequence[Span]],
    attention: Sequence[Sequence[float]],
    found: tuple[Sequence[Span], Sequence[Span]],
) -> npt.NDArray[np.float64] | None:
    """Fold attention between tokens of two texts to their words: [target words, source words].

    Nothing where there are no words on either side.
    """
    if not all(found):
        return None
    import numpy as np  # noqa: PLC0415 (a tenth of a second, and who has attention has it)

    source_words, target_words = found
    columns = _members(_owners(source[1], source_words, len(source[0])), len(source_words))
    rows = _members(_owners(target[1], target_words, len(target[0])), len(target_words))
    size = min(len(attention), len(rows))
    if not size:
        return np.zeros((len(target_words), len(source_words)))
    shares = np.array(attention[:size], dtype=np.float64)[:, : len(columns)]
    rows = rows[:size]
    table = rows.T @ shares @ columns[: shares.shape[1]]
    means: npt.NDArray[np.float64] = table / np.maximum(rows.sum(axis=0), 1.0)[:, None]
    return means


def _members(owners: Sequence[int], count: int) -> npt.NDArray[np.float64]:
    """Return ones where a token belongs to a word: [tokens, words]."""
    import numpy as np  # noqa: PLC0415

    table = np.zeros((len(owners), count + 1))
    table[np.arange(len(owners)), owners] = 1.0  # -1, no word, is the column that is left out
    return table[:, :count]


def _owners(spans: Sequence[Span], word_spans: Sequence[Span], length: int) -> list[int]:
    """For each token the word that most of its characters belong to, or -1."""
    of = [-1] * length
    for number, (start, end) in enumerate(word_spans):
        of[start:end] = [number] * (end - start)
    owners: list[int] = []
    for start, end in spans:
        if start >= end:
            owners.append(-1)
            continue
        owner, size = of[end - 1], end - start
        # nearly every token is within one word, but for the space before it
        if size > 1 and (owner < 0 or (of[start] != owner and of[start + 1] != owner)):
            owner = _owner(of[start:end])
        owners.append(owner)
    return owners


def _owner(words_of_characters: Sequence[int]) -> int:
    """Return the word that comes oftenest, the first of those; -1 if there is none."""
    found = [word for word in words_of_characters if word >= 0]
    return max(dict.fromkeys(found), key=found.count, default=-1)


def _key(word: str) -> str | None:
    """What two words must share to be written alike: digits without separators, or a name.

    None for words in small letters, which are alike by chance: ``air`` is water.
    """
    if word[0].isupper() or not word.isalpha():
        digits = "".join(filter(str.isdigit, word))
        return digits or (word if word[0].isupper() else None)
    return None


def _likely(shares: Sequence[float], alike: set[int]) -> list[int]:
    best = shares.index(max(shares))
    most = shares[best] + SAME * (best in alike)
    for n in sorted(alike):
        if shares[n] + SAME > most or (shares[n] + SAME == most and n < best):
            best, most = n, shares[n] + SAME
    if most < BEST:
        return []
    # where a word stands in both texts alike, that is its counterpart and nothing else is
    if best in alike:
        return [best]
    return sorted((best, *(n for n, s in enumerate(shares) if s >= LINK and n != best)))
