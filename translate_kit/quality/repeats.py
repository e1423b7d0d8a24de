"""Words that repeat those just before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.quality.tokens import Token

__all__ = ["repeated_runs"]

_LONGEST = 8  # words in a run


def repeated_runs(
    words: Sequence[Token], text: str, doubles: frozenset[str]
) -> tuple[tuple[Token, Token], ...]:
    """Return first and last word of every run of words that repeats the run just before it.

    Args:
        words: the words of the text, in order.
        text: the text.
        doubles: words in lower case that may stand twice.
    """
    lowers = [word.lower for word in words]
    found, index = [], 1
    while index < len(words):
        size = _repeated_size(lowers, index)
        if size and not _may_repeat(words[index - size : index + size], text, doubles):
            found.append((words[index], words[index + size - 1]))
            index += size
        else:
            index += 1
    return tuple(found)


def _repeated_size(lowers: Sequence[str], index: int) -> int:
    """Return how many words from here on repeat as many before; 0 if none."""
    word = lowers[index]
    for size in range(1, min(_LONGEST, index, len(lowers) - index) + 1):
        if lowers[index - size] != word:
            continue  # spares most of the slices
        if lowers[index - size : index] == lowers[index : index + size]:
            return size
    return 0


def _may_repeat(run: Sequence[Token], text: str, doubles: frozenset[str]) -> bool:
    """Whether a run of words that stands twice may be meant.

    ``had had``, ``bye-bye``, ``2 (a … a``, and the end of one sentence at the beginning of the
    next.
    """
    middle = len(run) // 2
    before, after = run[middle - 1], run[middle]
    between = text[before.end : after.start]
    if after.text[0].isupper() and not before.text[0].isupper() and between.strip():
        return True
    if any(character.isalnum() for character in between):
        return True  # a number stands between
    single = len(after.text) == 1 or between == "-" or after.lower in doubles
    return middle == 1 and single
