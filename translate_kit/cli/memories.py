"""Translation memories that an article is translated with: databases and bilingual files alike."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

import click

import translate_kit as tk
from translate_kit.cli import inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["opened", "recalling", "with_matches"]


def opened(names: Sequence[str], direction: tuple[str, str]) -> tuple[tk.MemoryStore, ...]:
    """Open memories for as long as the command runs; a bilingual file is read into one of its own.

    Raises:
        OptionError: if the format of a file is not to be seen from its name.
        InputError: if a file cannot be read.
        OutputError: if a database cannot be made or opened.
    """
    return tuple(_opened(name, direction) for name in names)


def _opened(name: str, direction: tuple[str, str]) -> tk.MemoryStore:
    if name != inputs.STDIN and tk.MemoryStore.recognises(name):
        store = tk.MemoryStore(name)
        click.get_current_context().call_on_close(store.close)
        return store
    bitexts = inputs.bitexts_of(name, None, None)
    store = tk.MemoryStore(":memory:")
    click.get_current_context().call_on_close(store.close)
    store.add_human(bitexts, direction)
    return store


def recalling(stores: Sequence[tk.MemoryStore], direction: tuple[str, str]) -> tk.Memory | None:
    """Return people's translations of several memories as one; the last that has one counts."""
    found: list[Any] = [store.memory(direction).entries for store in reversed(stores)]
    return tk.Memory(ChainMap(*found)) if found else None


def with_matches(
    bitext: tk.Bitext, stores: Sequence[tk.MemoryStore], least: float | None
) -> tk.Bitext:
    """Return a bitext with the best matches of several memories; as it is where none are wanted."""
    for store in stores if least is not None else ():
        bitext = tk.with_matches(bitext, store, least or 0.0)
    return bitext
