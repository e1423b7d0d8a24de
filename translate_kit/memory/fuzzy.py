"""Sentences that are nearly the same: what an editor wants to see beside a new one.

Two sentences are as similar as 1 minus their Levenshtein distance (characters put in, left out
or replaced) over the length of the longer one, both normalised as a memory's keys are. Case and
punctuation count. That is what translators' programs show as a percentage; the ratio of
insertions and deletions alone, which some libraries call similarity, is always higher.

Most sentences are ruled out without that distance: it is never smaller than what the lengths
differ by, nor than the number of characters that one sentence has and the other has not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from translate_kit.bitext import Match
from translate_kit.errors import OptionError
from translate_kit.memory.normal import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from translate_kit.bitext import Bitext
    from translate_kit.memory.store import Store

__all__ = ["Index", "check_limits", "with_matches"]

_KINDS = 32
"""Characters are counted by their last five bits: a letter, big or small, is one kind."""
_ROUNDING = 1e-9
_AT_ONCE = 5_000
_EDITED = frozenset({"model", "untranslated"})
"""Origins of beads that an editor has work with; the others have been checked by people."""


class Index:
    """Sentences and their translations, ready to be compared with many others.

    Args:
        pairs: normalised source and target; no source comes twice.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        ordered = sorted(pairs, key=lambda pair: (len(pair[0]), pair[0]))
        self._sources = [source for source, _ in ordered]
        self._targets = [target for _, target in ordered]
        self._lengths = np.fromiter(map(len, self._sources), np.int64, len(ordered))
        parts = [
            _counts(self._sources[start : start + _AT_ONCE])
            for start in range(0, len(ordered), _AT_ONCE)
        ]
        self._counts = np.concatenate(parts, axis=1) if parts else _counts([])

    def near(self, source: str, least: float, most: int) -> tuple[Match, ...]:
        """Return the most similar sentences, the best first, then by text.

        Args:
            source: any text.
            least: similarity they have at least.
            most: how many at most.
        """
        # a compiled module of a few milliseconds, and only where matches are asked for
        from rapidfuzz.distance import Levenshtein  # noqa: PLC0415
        from rapidfuzz.process import extract  # noqa: PLC0415

        wanted = normalised(source)
        places = self._candidates(wanted, least)
        found = extract(
            wanted,
            [self._sources[place] for place in places],
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=max(0.0, least - _ROUNDING),
            limit=None,
        )
        matches = [
            Match(
                text,
                self._targets[places[number]],
                _similarity(Levenshtein.distance(wanted, text), max(len(wanted), len(text))),
            )
            for text, _, number in found
        ]
        return _best(matches, most)

    def _candidates(self, wanted: str, least: float) -> list[int]:
        """Return the places of all sentences that may be as similar, and few others."""
        length = len(wanted)
        if not length:
            return []
        low = int(np.searchsorted(self._lengths, length * least - _ROUNDING, side="left"))
        high = int(np.searchsorted(self._lengths, length / least + _ROUNDING, side="right"))
        counts = _counts([wanted])[:, 0]
        lengths = self._lengths[low:high]
        added = np.zeros(high - low, np.int64)  # characters that only the other sentence has
        for kind in range(_KINDS):
            added += np.maximum(self._counts[kind, low:high], counts[kind]) - counts[kind]
        distances = added + np.maximum(length - lengths, 0)
        likely = distances <= (1 - least) * np.maximum(lengths, length) + _ROUNDING
        return [int(place) + low for place in np.flatnonzero(likely)]


def _counts(texts: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Return how many characters of each kind texts have, [kind, text], 255 at most."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    cells = np.repeat(np.arange(len(texts)) * _KINDS, lengths) + codes % _KINDS
    counts = np.bincount(cells.astype(np.int64), minlength=len(texts) * _KINDS)
    bounded = np.minimum(counts, 255).astype(np.uint8)
    return np.ascontiguousarray(bounded.reshape(-1, _KINDS).T)


def _similarity(distance: int, longer: int) -> float:
    """Return the similarity to four digits, rounded down: what differs is never 1."""
    return (longer - distance) * 10_000 // longer / 10_000


def _best(matches: Iterable[Match], most: int) -> tuple[Match, ...]:
    ordered = sorted(matches, key=lambda m: (-m.similarity, m.source, m.target))
    return tuple(dict.fromkeys(ordered))[:most]


def with_matches(bitext: Bitext, store: Store, least: float = 0.85, most: int = 3) -> Bitext:
    """Return a bitext with what is like its sentences in a translation memory.

    Args:
        bitext: any; beads that people made or a memory gave stay as they are.
        store: a memory; matches that beads have already, of another one say, stay if they are
            among the best.
        least: similarity that matches have at least.
        most: how many a bead has at most.

    Raises:
        OptionError: if the similarity is not in (0, 1] or no match is let in.
        InputError: if the memory is damaged.
        OutputError: if it stays locked.
    """
    check_limits(least, most)
    direction = (bitext.source.language, bitext.target.language)
    known: dict[str, tuple[Match, ...]] = {}
    beads = []
    for row in bitext.rows():
        bead = row.bead
        if row.source and bead.origin in _EDITED:
            if row.source not in known:
                known[row.source] = store.near(row.source, direction, least, most)
            bead = replace(bead, matches=_best((*bead.matches, *known[row.source]), most))
        beads.append(bead)
    return replace(bitext, beads=tuple(beads))


def check_limits(least: float, most: int) -> None:
    """Refuse limits that make no sense.

    Raises:
        OptionError: if the similarity is not in (0, 1] or no match is let in.
    """
    if not 0.0 < least <= 1.0:
        raise OptionError(f"similarity {least} is not above 0 and up to 1; give 0.85 say")
    if most < 1:
        raise OptionError(f"{most} matches are none; ask for one or more")
