"""Quality estimates of a corpus, and what its segments were worth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from translate_kit.quality import Pair, estimate_pair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.bitext import Quality
    from translate_kit.evaluate.corpus import Corpus, System

__all__ = ["estimated"]


def estimated(corpus: Corpus) -> Iterator[System]:
    """Yield the systems with an estimate a segment: their own, else one from the texts alone.

    Raises:
        OptionError: if we have no data for one of the languages.
    """
    for system in corpus.systems:
        known = system.qualities or (None,) * len(system.lines)
        sources = corpus.sources.lines if corpus.sources else ()
        qualities = tuple(
            quality or _estimate(source, line, corpus.languages)
            for source, line, quality in zip(sources, system.lines, known, strict=True)
        )
        yield replace(system, qualities=qualities)


def _estimate(source: str, target: str, languages: tuple[str, str]) -> Quality:
    return estimate_pair(Pair(source, target, *languages))
