"""What words of one language become in another, as probabilities estimated from parallel text."""

from __future__ import annotations

import lzma
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Lexicon", "lexicon"]

Lexicon = "Mapping[str, tuple[tuple[str, float, float], ...]]"
"""For a word its translations, each with the probability of the translation given the word and
of the word given the translation, both in (0, 1]. Words are case folded."""

_STEPS = 2
"""Digits an octave: 9 stands for 1, 7 for a half."""


@cache
def lexicon(source: str, target: str) -> Mapping[str, tuple[tuple[str, float, float], ...]] | None:
    """Return what source words become in the target language, None where we have no table.

    Args:
        source: BCP 47 tag.
        target: likewise; either order of a pair will do.
    """
    forward = files(__package__).joinpath(f"{source}-{target}.txt.xz")
    if forward.is_file():
        return _read(lzma.decompress(forward.read_bytes()).decode("utf-8"))
    if not files(__package__).joinpath(f"{target}-{source}.txt.xz").is_file():
        return None
    backward = lexicon(target, source)
    turned: dict[str, list[tuple[str, float, float]]] = {}
    for word, found in (backward or {}).items():
        for other, there, back in found:
            turned.setdefault(other, []).append((word, back, there))
    return {word: tuple(found) for word, found in turned.items()}


def _read(text: str) -> dict[str, tuple[tuple[str, float, float], ...]]:
    """Read lines of ``word<TAB>translation 97 translation 53 …``, two digits of level each."""
    share = {str(level): 2.0 ** ((level - 9) / _STEPS) for level in range(10)}
    table = {}
    for line in text.splitlines():
        word, _, rest = line.partition("\t")
        parts = rest.split(" ")
        pairs = zip(parts[::2], parts[1::2], strict=True)
        table[word] = tuple((other, share[d[0]], share[d[1]]) for other, d in pairs)
    return table
