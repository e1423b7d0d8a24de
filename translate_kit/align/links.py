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
    if not source_words:
        return ()
    alike: dict[str | None, set[int]] = {None: set()}
    for s, span in enumerate(source_words):
        if key := _key(source[0][slice(*span)]):
            alike.setdefault(key, set()).add(s)
    links: list[WordLink] = []
    for span, shares in zip(target_words, folded(source, target, attention), strict=True):
        likely = _likely(shares, alike.get(_key(target[0][slice(*span)]), set()))
        links += [(*source_words[s], *span) for s in likely]
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
    source_words, target_words = words(source[0]), words(target[0])
    if not source_words or not target_words:
        return []
    import numpy as np  # noqa: PLC0415 (a tenth of a second, and who has attention has it)

    columns = _members(_owners(source[1], source_words), len(source_words))
    rows = _members(_owners(target[1], target_words), len(target_words))
    size = min(len(attention), len(rows))
    if not size:
        return [[0.0] * len(source_words) for _ in target_words]
    shares = np.array(attention[:size], dtype=np.float64)[:, : len(columns)]
    rows = rows[:size]
    folded = rows.T @ shares @ columns[: shares.shape[1]]
    found: list[list[float]] = (folded / np.maximum(rows.sum(axis=0), 1.0)[:, None]).tolist()
    return found


def _members(owners: Sequence[int | None], count: int) -> npt.NDArray[np.float64]:
    """Return ones where a token belongs to a word: [tokens, words]."""
    import numpy as np  # noqa: PLC0415

    table = np.zeros((len(owners), count))
    for token, owner in enumerate(owners):
        if owner is not None:
            table[token, owner] = 1.0
    return table


def _owners(spans: Sequence[Span], word_spans: Sequence[Span]) -> list[int | None]:
    """For each token the word that most of its characters belong to (both are in order)."""
    owners: list[int | None] = []
    first = 0
    for start, end in spans:
        while first < len(word_spans) and word_spans[first][1] <= start:
            first += 1
        best, overlap = None, 0
        for number in range(first, len(word_spans)):
            if word_spans[number][0] >= end:
                break
            shared = min(end, word_spans[number][1]) - max(start, word_spans[number][0])
            if shared > overlap:
                best, overlap = number, shared
        owners.append(best)
    return owners


def _key(word: str) -> str | None:
    """What two words must share to be written alike: digits without separators, or a name.

    None for words in small letters, which are alike by chance: ``air`` is water.
    """
    if any(c.isdigit() for c in word):
        return "".join(c for c in word if c.isdigit())
    return word if word[0].isupper() else None


def _likely(shares: Sequence[float], alike: set[int]) -> list[int]:
    best = shares.index(max(shares))
    most = shares[best] + SAME * (best in alike)
    for n in sorted(alike):
        if shares[n] + SAME > most or (shares[n] + SAME == most and n < best):
            best, most = n, shares[n] + SAME
    if most < BEST:
        return []
    # where a word stands in both texts alike, that is its counterpart and nothing else is; and
    # beside a large share there is no room for another, for all together are at most one
    if best in alike or shares[best] > 1.01 - LINK:
        return [best]
    return sorted((best, *(n for n, s in enumerate(shares) if s >= LINK and n != best)))
