"""What moved each score, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import translate_kit as tk
from translate_kit.cli.view import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["as_json", "as_text"]

_LEAST = 0.005  # smaller effects are not shown to people


def as_text(bitexts: Sequence[tk.Bitext]) -> str:
    """Return a paragraph for each sentence: score, texts, issues, then signals by effect."""
    found = ((row, bitext.direction) for bitext in bitexts for row in bitext.rows())
    return "".join("\n".join(_lines(row, direction)) + "\n\n" for row, direction in found)


def _lines(row: tk.BeadText, direction: str) -> Iterator[str]:
    quality = row.bead.quality
    if quality is None:
        return
    yield f"{quality.score:.2f} {quality.band}"
    yield f"  source  {plain(row.source)}"
    yield f"  target  {plain(row.target)}"
    for issue in quality.issues:
        yield f"  issue   {issue.kind}: {plain(issue.message)}"
    for one in tk.explain_quality(quality, direction):
        if abs(one.effect) >= _LEAST:
            name = one.signal.replace("_", " ")
            yield f"  {one.effect:+.2f}   {name} {one.value:g} (typical {one.typical:g})"


def as_json(bitexts: Sequence[tk.Bitext]) -> str:
    """Return a line for each sentence, with every signal."""
    records = (
        _record(row, bitext.direction)
        for bitext in bitexts
        for row in bitext.rows()
        if row.bead.quality
    )
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _record(row: tk.BeadText, direction: str) -> dict[str, object]:
    quality = row.bead.quality
    if quality is None:
        raise ValueError("a bead without quality has nothing to explain")
    return {
        "source": row.source,
        "target": row.target,
        "score": quality.score,
        "band": quality.band,
        "issues": [
            {
                "kind": issue.kind,
                "message": issue.message,
                "source": issue.source,
                "target": issue.target,
            }
            for issue in quality.issues
        ],
        "signals": [
            {
                "name": one.signal,
                "value": one.value,
                "typical": one.typical,
                "effect": one.effect,
            }
            for one in tk.explain_quality(quality, direction)
        ],
    }
