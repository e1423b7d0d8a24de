"""What a reader should know of a bilingual document before reading it, in one place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from statistics import fmean
from typing import TYPE_CHECKING, Literal, get_args

from translate_kit.formats.rows import is_untranslated, one_line
from translate_kit.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import BeadText, Bitext, Provenance

__all__ = ["ESTIMATE", "STATES", "State", "Summary", "language_name", "state_of", "summarize"]

State = Literal["good", "check", "poor", "untranslated", "unrated"]
"""A band, or what a bead is that has none to show."""

STATES: tuple[State, ...] = get_args(State)

ESTIMATE = (
    "Quality is an estimate made by software from the text alone, not a judgement by a reader: "
    "a sentence marked good can still be wrong."
)
"""What stands beside every score that people read."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A document in numbers.

    Args:
        title: the best title there is, never empty.
        name: what the source was read from, or the title if that is not known.
        languages: names of both.
        sentences: how many beads.
        mean: mean score of the beads that have one, or None.
        states: how many beads there are of each state that occurs, in the order of `STATES`.
        model: name and short digest, or None.
        tool: program and version, may be empty.
    """

    title: str
    name: str
    languages: tuple[str, str]
    sentences: int
    mean: float | None
    states: tuple[tuple[State, int], ...]
    model: str | None
    tool: str

    @property
    def to_check(self) -> int:
        """How many beads a reader should look at."""
        return sum(n for state, n in self.states if state not in {"good", "unrated"})


def summarize(bitext: Bitext) -> Summary:
    """Return what to know of a bitext."""
    rows = tuple(bitext.rows())
    counts = Counter(map(state_of, rows))
    scores = [row.bead.quality.score for row in rows if row.bead.quality]
    title = _title(bitext, rows)
    return Summary(
        title,
        bitext.source.source or title,
        (language_name(bitext.source.language), language_name(bitext.target.language)),
        len(rows),
        fmean(scores) if scores else None,
        tuple((state, counts[state]) for state in STATES if counts[state]),
        _model(bitext.provenance),
        bitext.provenance.tool,
    )


def state_of(row: BeadText) -> State:
    """Return a bead's band; what has no translation is `untranslated` whatever its band."""
    if is_untranslated(row):
        return "untranslated"
    return row.bead.quality.band if row.bead.quality else "unrated"


def language_name(code: str) -> str:
    """Return a language's English name, or its code if we have no data for it."""
    return LANGUAGES[code].capitalize() if code in LANGUAGES else code


def _title(bitext: Bitext, rows: Sequence[BeadText]) -> str:
    titled = [row.target or row.source for row in rows if row.kind == "title"][:1]
    file = PurePath(bitext.source.source).stem if bitext.source.source else None
    named = (bitext.target.title, *titled, bitext.source.title, file)
    found = (one_line(name).strip() for name in named if name)
    return next(filter(None, found), "Translation")


def _model(made: Provenance) -> str | None:
    if made.model is None:
        return None
    return f"{made.model}@{made.digest[:8]}" if made.digest else made.model
