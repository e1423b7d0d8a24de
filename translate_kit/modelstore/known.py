"""Models worth pulling: the table in ``known.toml``, as types."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate_kit.modelstore.folder import read_direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translate_kit.languages import Direction

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["KNOWN", "Known", "PublishedScore", "restriction"]


@dataclass(frozen=True, slots=True)
class PublishedScore:
    """What others measured on FLORES-200 devtest.

    Args:
        direction: that was measured.
        bleu: BLEU, 0 to 100.
        chrf: chrF, 0 to 100.
        source: who says so.
    """

    direction: Direction
    bleu: float
    chrf: float
    source: str


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the table.

    Args:
        name: what it is called here.
        hub: repository on the hub; empty where there is none.
        archive: address of an OPUS-MT ``.zip``; empty where ``hub`` is given.
        family: a row of `translate_kit.engine.FAMILIES`.
        directions: what it translates, of our languages.
        megabytes: on disk, about; 0 where unknown.
        licence: SPDX name.
        summary: why one would pick it.
        scores: published ones; may be empty.
    """

    name: str
    hub: str
    archive: str
    family: str
    directions: tuple[Direction, ...]
    megabytes: int
    licence: str
    summary: str
    scores: tuple[PublishedScore, ...]


def restriction(licence: str) -> str | None:
    """Return a notice for licences that forbid commercial use; None for others."""
    parts = licence.lower().replace("_", "-").split("-")
    if "nc" not in parts:
        return None
    return (
        f"licence {licence}: not for commercial use; who uses the model or its translations must"
        " keep to that"
    )


def _read(table: Mapping[str, Any]) -> dict[str, Known]:
    sources = table["sources"]
    known = {}
    for row in table["models"]:
        known[row["name"]] = Known(
            name=row["name"],
            hub=row.get("hub", ""),
            archive=row.get("archive", ""),
            family=row["family"],
            directions=tuple(map(read_direction, row["directions"])),
            megabytes=row.get("megabytes", 0),
            licence=row["licence"],
            summary=row["summary"],
            scores=tuple(
                PublishedScore(
                    read_direction(score["direction"]),
                    score["bleu"],
                    score["chrf"],
                    sources[score["source"]],
                )
                for score in row.get("scores", ())
            ),
        )
    return known


KNOWN: Mapping[str, Known] = _read(
    tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))
)
"""The table, by name."""
