"""What an engine thinks of translations that somebody else made."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

from translate_kit.engine import Decoding
from translate_kit.errors import DirectionError
from translate_kit.quality import Evidence, is_calibrated
from translate_kit.translate.sentences import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate_kit.bitext import BeadText, Bitext
    from translate_kit.engine.runtime import Engine

__all__ = ["second_opinion"]

_GREEDY = Decoding(beam_size=1)
"""The search for what the model would say: it costs half and is as good to compare with."""


def second_opinion(
    bitext: Bitext, engine: Engine, on_done: Callable[[int], None] | None = None
) -> list[Evidence | None]:
    """Ask a model how likely it finds each translation, and what it would say itself.

    A translation that this model made, as the bitext's provenance says, is only scored: to
    compare it with itself would flatter it.

    Args:
        bitext: two documents.
        engine: translates from the one's language into the other's.
        on_done: called with 1 for every part of a sentence that is translated.

    Returns:
        Evidence for each bead; None where a side is empty or there is no translation.

    Raises:
        DirectionError: if the engine translates in another direction.
        EngineError: if the engine fails.
    """
    if bitext.direction != str(engine.direction):
        raise DirectionError(
            f"model {engine.model.name!r} translates {engine.direction}, the file is"
            f" {bitext.direction}; estimate without it (--fast)"
        )
    ours = bitext.provenance.digest == engine.model.digest and is_calibrated(
        engine.model.digest, bitext.direction
    )
    rows = tuple(bitext.rows())
    asked = [row for row in rows if _can_be_asked(row)]
    pairs = list(dict.fromkeys((row.source, row.target) for row in asked))
    scores = dict(zip(pairs, engine.score_pairs(pairs, _GREEDY), strict=True))
    others = [row.source for row in asked if not (ours and row.bead.origin == "model")]
    sources = list(dict.fromkeys(others))
    said = dict(zip(sources, render(sources, engine, _GREEDY, on_done), strict=True))
    found: list[Evidence | None] = []
    for row in rows:
        values = scores.get((row.source, row.target), ())
        mean = min(0.0, fmean(values)) if values else None
        if not _can_be_asked(row):
            found.append(None)
        elif ours and row.bead.origin == "model":
            found.append(Evidence(engine.search_score(values) if values else None))
        else:
            own = said[row.source]
            found.append(Evidence(mean, values, reference=own.text, reference_score=own.score))
    return found


def _can_be_asked(row: BeadText) -> bool:
    has_both = bool(row.source.strip() and row.target.strip())
    return has_both and row.bead.origin != "untranslated"
