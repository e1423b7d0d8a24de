"""Compare two model folders side by side: is the candidate good enough to ship?

    python -m recipe.compare --ships models/id-en --candidate OUT/ct2 --dev FLORES_DEV

Never ship weaker: a candidate passes if in every direction that the shipped model has it is
better in BLEU and chrF++ and keeps names and links, each within a small tolerance. Leaves with
5 if it does not pass. Who ships it all the same names each loss with --accept, in quotation
marks and as it is named here ("en-id names kept"); the record keeps what was accepted. Compared
on development data, which models are chosen on; a model that passes is then judged on held-out
data, and by reading.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recipe.evaluate import model_path
from recipe.measure import Development, Measures, measure
from recipe.program import Recorded, option, run
from translate_kit import ModelError, QualityError, open_model

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Options", "compare", "table", "verdict"]

ALL = ("id-en", "en-id")
TOLERANCE = {"names": 0.005, "links": 0.005}
"""Shares of names kept and of links right that a better translation may lose: about three
sentences of a thousand, what int8 rounding moves."""


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is compared on what."""

    ships: Path = option("model folder that ships now", read=Path)
    candidate: Path = option("model folder that might", read=Path)
    dev: Path = option("folder with id.txt and en.txt", read=Path)
    directions: tuple[str, ...] = option(
        "of the candidate; those of its model.toml if left out", (), read=str, many=True
    )
    lines: int = option("lines of dev; 0 takes all", 0)
    accept: tuple[str, ...] = option(
        "losses that are known and accepted, as 'en-id names kept'", (), read=str, many=True
    )


def _values(found: Measures) -> list[tuple[str, str, float, float]]:
    """Return (name, text, value, tolerance) of all that counts; of each, more is better."""
    rows = [
        (name, f"{value:.1f}", value, 0.0)  # a score may not fall at all
        for name, value, _ in found.scores
    ]
    shares = (
        ("names kept", found.names, TOLERANCE["names"]),
        ("names linked", found.name_links[1], TOLERANCE["links"]),
        ("numbers linked", found.number_links[1], TOLERANCE["links"]),
        ("names, attention alone", found.name_links[0], TOLERANCE["links"]),
        ("numbers, attention alone", found.number_links[0], TOLERANCE["links"]),
    )
    return rows + [(name, str(share), share.value, tolerance) for name, share, tolerance in shares]


def verdict(ships: Measures | None, candidate: Measures) -> list[str]:
    """Return what the candidate is worse in; nothing if it may ship.

    Args:
        ships: of the shipped model; None if it has not this direction.
        candidate: of the other.
    """
    if ships is None:
        return []
    rows = zip(_values(ships), _values(candidate), strict=True)
    return [name for (name, _, old, slack), (_, _, new, _) in rows if new < old - slack]


def table(ships: Measures | None, candidate: Measures) -> list[str]:
    """Return lines to print: both models' figures, then the signatures that repeat them."""
    old = [text for _, text, _, _ in _values(ships)] if ships else []
    rows = _values(candidate)
    lines = [f"{candidate.direction:26}{'ships':>26}{'candidate':>26}"]
    for number, (name, text, _, _) in enumerate(rows):
        lines.append(f"{name:26}{old[number] if old else '-':>26}{text:>26}")
    for found in (ships, candidate):
        if found:
            lines.append(found.signature)
            lines += [f"  {name} {text}" for name, _, text in found.scores]
    return lines


def _directions(folder: Path) -> Sequence[str]:
    directions = open_model(folder).directions
    return [str(direction) for direction in directions] or ALL


def compare(options: Options) -> dict[str, Any]:
    """Print both models' figures for each direction.

    Raises:
        ModelError: if the candidate lacks a direction that ships.
        QualityError: if it is worse in anything.
    """
    data = Development.read(options.dev, options.lines)
    ours = _directions(options.ships)
    theirs = options.directions or _directions(options.candidate)
    if missing := sorted(set(ours) - set(theirs)):
        raise ModelError(f"the candidate does not translate {', '.join(missing)}, which ships")
    worse: list[str] = []
    for direction in theirs:
        known = direction in ours
        old = measure(model_path(options.ships), direction, data) if known else None
        new = measure(model_path(options.candidate), direction, data)
        print("\n".join(table(old, new)), end="\n\n")
        worse += [f"{direction} {name}" for name in verdict(old, new)]
    if refused := [loss for loss in worse if loss not in options.accept]:
        raise QualityError(f"the candidate is worse in {', '.join(refused)}; do not ship it")
    return {"verdict": "the candidate is better", "accepted": worse}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, compare))
