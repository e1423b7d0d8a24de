"""What words of one language become in another, as probabilities estimated from parallel text."""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Lexicon", "lexicon"]

Lexicon = "Mapping[str, tuple[tuple[str, float, float], ...]]"
"""For a word its translations, each with the probability of the translation given the word and
of the word given the translation, both in (0, 1]. Words are case folded."""

_STEPS = 2
"""Digits an octave: 9 stands for 1, 7 for a half."""

_SHARE = {str(level): 2.0 ** ((level - 9) / _STEPS) for level in range(10)}


@cache
def lexicon(source: str, target: str) -> Mapping[str, tuple[tuple[str, float, float], ...]] | None:
    """Return what source words become in the target language, None where we have no table.

    Args:
        source: BCP 47 tag.
        target: likewise; either order of a pair will do.
    """
    forward = files(__package__).joinpath(f"{source}-{target}.txt.xz")
    if forward.is_file():
        return _Table(lzma.decompress(forward.read_bytes()).decode("utf-8"))
    if not files(__package__).joinpath(f"{target}-{source}.txt.xz").is_file():
        return None
    backward = lexicon(target, source)
    return _Turned(backward) if isinstance(backward, _Table) else None


class _Table(Mapping[str, tuple[tuple[str, float, float], ...]]):
    """Lines ``word<TAB>translation 97 translation 53 …``, two digits of level each.

    A line is read when its word is asked for: a text has few of all words.
    """

    def __init__(self, text: str) -> None:
        self.lines = dict(line.split("\t", 1) for line in text.splitlines())

    def __getitem__(self, word: str) -> tuple[tuple[str, float, float], ...]:
        parts = self.lines[word].split(" ")
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return tuple((other, _SHARE[d[0]], _SHARE[d[1]]) for other, d in pairs)

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


class _Turned(Mapping[str, tuple[tuple[str, float, float], ...]]):
    """A table the other way round."""

    def __init__(self, table: _Table) -> None:
        self._table = table
        self._words: dict[str, list[str]] = {}
        for word, line in table.lines.items():
            for other in line.split(" ")[::2]:
                self._words.setdefault(other, []).append(word)

    def __getitem__(self, word: str) -> tuple[tuple[str, float, float], ...]:
        return tuple(
            (other, back, there)
            for other in self._words[word]
            for found, there, back in self._table[other]
            if found == word
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)
