"""Where does a system lose? The corpus cut by what a segment is like, a score for each part.

A part's score is the corpus score of its segments. Aspects are read from the source, or from
the first reference where there is no source; the band is the system's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.bitext import BANDS
from translate_kit.evaluate.library import Statistics
from translate_kit.evaluate.results import SliceScore
from translate_kit.quality.denials import match_denials
from translate_kit.quality.names import match_names
from translate_kit.quality.side import Side
from translate_kit.segment.punkt import punkt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from translate_kit.evaluate.corpus import Corpus, System
    from translate_kit.evaluate.library import Metric
    from translate_kit.evaluate.results import Evaluation

    Parts = Mapping[str, Sequence[int]]

__all__ = ["ASPECTS", "slices"]

_LENGTHS = ((10, "up to 10 words"), (20, "11 to 20 words"), (30, "21 to 30 words"))
_LONGEST = "31 or more words"
_QUOTES = frozenset({'"', "“", "”", "„", "«", "»"})
_SHORT_WORD = 4  # letters; shorter words are rarely rare
_RESAMPLES = 300  # enough for an interval that is drawn, not quoted


def _length(side: Side) -> str:
    count = len(side.text.split())
    return next((name for most, name in _LENGTHS if count <= most), _LONGEST)


def _numbers(side: Side) -> str:
    return "with numbers" if side.quantities else "without numbers"


def _names(side: Side) -> str:
    count = match_names(side, side).found  # a text has all of its own names
    return ("without names", "one or two names")[min(count, 1)] if count < 3 else "three or more"


def _quotes(side: Side) -> str:
    return "with quotes" if any(t.text in _QUOTES for t in side.tokens) else "without quotes"


def _negation(side: Side) -> str:
    negators = match_denials(side, Side("", side.language)).lost  # nothing answers for any
    return "with negation" if negators else "without negation"


def _rare_words(side: Side) -> str:
    known = punkt(side.language).contexts
    rare = sum(
        word.text.islower() and len(word.text) >= _SHORT_WORD and word.lower not in known
        for word in side.words
    )
    return ("none", "one", "two")[rare] if rare < 3 else "three or more"


ASPECTS: dict[str, tuple[str, Callable[[Side], str], tuple[str, ...]]] = {
    "length": ("Length", _length, (*(name for _, name in _LENGTHS), _LONGEST)),
    "numbers": ("Numbers", _numbers, ("with numbers", "without numbers")),
    "names": ("Names", _names, ("without names", "one or two names", "three or more")),
    "quotes": ("Quotes", _quotes, ("with quotes", "without quotes")),
    "negation": ("Negation", _negation, ("with negation", "without negation")),
    "rare words": ("Rare words", _rare_words, ("none", "one", "two", "three or more")),
    "band": ("Estimated quality", lambda _: "", BANDS),
}
"""Name of an aspect, its title, the part of it that a text belongs to, and all its parts."""


def slices(
    evaluation: Evaluation, metric: Metric, statistics: Sequence[Statistics]
) -> Iterator[SliceScore]:
    """Yield the scores of every part of every aspect, system by system.

    Args:
        evaluation: of the whole corpus.
        metric: the primary metric.
        statistics: of every system by that metric.

    Raises:
        OptionError: if we have no data for the language of the text that is read.
    """
    shared = dict(_shared(evaluation.corpus))
    for system, mine in zip(evaluation.corpus.systems, statistics, strict=True):
        for aspect, parts in (*shared.items(), *_bands(system)):
            for part in ASPECTS[aspect][2]:
                if members := parts.get(part):
                    yield _slice(metric, mine, (system.name, aspect, part), members)


def _shared(corpus: Corpus) -> Iterator[tuple[str, Parts]]:
    read, language = (
        (corpus.sources, corpus.languages[0])
        if corpus.sources
        else (corpus.references[0], corpus.languages[1])
    )
    sides = [Side(line, language) for line in read.lines]
    for aspect, (_, part_of, names) in ASPECTS.items():
        parts: dict[str, list[int]] = {name: [] for name in names}
        for number, side in enumerate(sides):
            if side.text.strip() and (part := part_of(side)):
                parts[part].append(number)
        if any(parts.values()):
            yield aspect, parts


def _bands(system: System) -> Iterator[tuple[str, Parts]]:
    parts: dict[str, list[int]] = {}
    for number, quality in enumerate(system.qualities):
        if quality is not None:
            parts.setdefault(quality.band, []).append(number)
    if parts:
        yield "band", parts


def _slice(
    metric: Metric, statistics: Statistics, name: tuple[str, str, str], members: Sequence[int]
) -> SliceScore:
    inside = set(members)
    chosen = Statistics(statistics[number] for number in members)
    rest = Statistics(row for number, row in enumerate(statistics) if number not in inside)
    drawn = metric.resamples(chosen, _RESAMPLES if len(chosen) > 1 else 0)
    score = metric.score(name[0], chosen, drawn)
    lead = score.value - metric.value(rest) if rest else 0.0
    return SliceScore(*name, len(chosen), score.value, score.margin, lead)
