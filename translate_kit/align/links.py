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

ALONE = 1.01 - LINK
"""Share beside which there is no room for another: all together are at most one."""

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
    table = _between(source[1], target[1], attention, (source_words, target_words))
    if table is None:
        return ()
    alike: dict[str, set[int]] = {}
    for s, (start, end) in enumerate(source_words):
        if key := _key(source[0][start:end]):
            alike.setdefault(key, set()).add(s)
    best, most = table.argmax(axis=1).tolist(), table.max(axis=1).tolist()
    links: list[WordLink] = []
    for t, (start, end) in enumerate(target_words):
        key = _key(target[0][start:end]) if alike else None
        same = alike.get(key) if key else None
        if same is None and most[t] > ALONE:
            likely = [best[t]]  # nearly every word
        elif same is None and most[t] < BEST:
            continue
        else:
            likely = _likely(table[t].tolist(), same or set())
        links += [(*source_words[s], start, end) for s in likely]
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
    table = _between(source[1], target[1], attention, found)
    rows: list[list[float]] = [] if table is None else table.tolist()
    return rows


def _between(
    source: Sequence[Span],
    target: Sequence[Span],
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
    columns = _members(_owners(source, source_words), len(source_words))
    rows = _members(_owners(target, target_words), len(target_words))
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

    found = np.array(owners, dtype=np.intp)
    tokens = np.flatnonzero(found >= 0)
    table = np.zeros((len(owners), count))
    table[tokens, found[tokens]] = 1.0
    return table


def _owners(spans: Sequence[Span], word_spans: Sequence[Span]) -> list[int]:
    """For each token the word that most of its characters belong to, or -1 (both are in order)."""
    owners: list[int] = []
    first, count = 0, len(word_spans)
    for start, end in spans:
        while first < count and word_spans[first][1] <= start:
            first += 1
        best, overlap = -1, 0
        for number in range(first, count):
            begin, stop = word_spans[number]
            if begin >= end:
                break
            shared = min(end, stop) - max(start, begin)
            if shared > overlap:
                best, overlap = number, shared
            if stop >= end:
                break
        owners.append(best)
    return owners


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
    if best in alike or shares[best] > ALONE:
        return [best]
    return sorted((best, *(n for n, s in enumerate(shares) if s >= LINK and n != best)))
