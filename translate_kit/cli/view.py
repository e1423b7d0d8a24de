"""Source and translation side by side on the terminal, coloured by quality band."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import translate_kit as tk

__all__ = ["plain", "show"]

STYLES = {"good": "green", "check": "yellow", "poor": "red"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters could command the terminal, and directional ones hide text."""


def show(bitexts: Sequence[tk.Bitext]) -> None:
    """Print bitexts on standard output, wrapped to its width (100 columns off a terminal)."""
    # rich costs 0.1 s: only where something is drawn
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=100)
    for bitext in bitexts:
        table = Table(expand=True, show_lines=False, pad_edge=False, box=None, padding=(0, 1))
        table.add_column(bitext.source.language, ratio=1)
        table.add_column(bitext.target.language, ratio=1)
        table.add_column("quality", justify="right", no_wrap=True)
        block = None
        for row in bitext.rows():
            if block is not None and row.block != block:
                table.add_row("", "", "")
            block = row.block
            target = Text(plain(row.target) or "[untranslated]", style=_style(row.bead))
            heading = "bold" if row.kind in {"title", "heading"} else ""
            table.add_row(Text(plain(row.source), style=heading), target, _quality(row.bead))
        console.print(table)


def plain(text: str) -> str:
    """Return text on one line, without what could command a terminal."""
    return _CONTROL.sub("\ufffd", " ".join(text.split()))


def _style(bead: tk.Bead) -> str:
    if bead.origin == "untranslated" or bead.quality is None:
        return "red" if bead.origin == "untranslated" else ""
    return STYLES[bead.quality.band]


def _quality(bead: tk.Bead) -> str:
    if bead.quality is None:
        return ""
    kinds = ", ".join(dict.fromkeys(issue.kind for issue in bead.quality.issues))
    label = f"{bead.quality.band} {bead.quality.score:.2f}"
    return f"{label}\n{kinds}" if kinds else label
