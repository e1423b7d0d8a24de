"""Translation memories that articles are translated with: databases and bilingual files alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import translate_kit as tk
from translate_kit.cli import inputs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["named"]


def named(names: Sequence[str], direction: tuple[str, str], fuzzy: float | None) -> tk.Memories:
    """Return memories by their names; bilingual files are read here and now.

    Raises:
        OptionError: if the format of a file is not to be seen from its name.
        InputError: if a file cannot be read.
    """
    return tk.Memories(tuple(_source(name, direction) for name in names), direction, fuzzy)


def _source(name: str, direction: tuple[str, str]) -> str | Mapping[str, str]:
    if name != inputs.STDIN and tk.MemoryStore.recognises(name):
        return name
    return tk.Memory.of(inputs.bitexts_of(name, None, None), direction).entries
