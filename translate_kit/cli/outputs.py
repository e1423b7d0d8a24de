"""Where the bytes of data go."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import translate_kit as tk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["outputs_for", "write_stdout"]


def write_stdout(data: bytes) -> None:
    """Write bytes to standard output and see them off."""
    rest = memoryview(data)
    while rest:  # under PYTHONUNBUFFERED the stream is raw and may take only a part
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def outputs_for(
    values: Mapping[str, Any], names: Sequence[str], default: str = "jsonl"
) -> tk.Outputs:
    """Return where ``-o`` and ``--to`` send bitexts, and in which format where nothing is said.

    Raises:
        OptionError: if they do not fit each other or the inputs.
    """
    wanted = tk.Wanted(values["output"], tuple(values["formats"]), default=default)
    return tk.Outputs(wanted, [tk.Named.of(name) for name in names], write_stdout)
