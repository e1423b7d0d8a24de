"""Translation memories that articles are translated with: databases and bilingual files alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import translate_kit as tk
from translate_kit.cli import inputs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["named"]


def named(values: Mapping[str, Any]) -> tk.Memories:
    """Return the memories that options name; bilingual files are read here and now.

    Args:
        values: of ``--memory``, ``--no-memory``, ``--fuzzy`` and ``--direction``.

    Raises:
        OptionError: if the options do not fit each other, or the format of a file is not to be
            seen from its name.
        InputError: if a file cannot be read.
    """
    names = () if values["no_memory"] else values["memory"]
    if values["fuzzy"] is not None and not names:
        raise tk.OptionError("--fuzzy needs a memory to look into; name it with --memory")
    source, _, target = values["direction"].lower().partition("-")
    direction = (source, target)
    return tk.Memories(
        tuple(_source(name, direction) for name in names), direction, values["fuzzy"]
    )


def _source(name: str, direction: tuple[str, str]) -> str | Mapping[str, str]:
    if name != inputs.STDIN and tk.MemoryStore.recognises(name):
        return name
    return tk.Memory.of(inputs.bitexts_of(name, None, None), direction).entries
