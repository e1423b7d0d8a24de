"""What is scored: systems' outputs, references and, where known, sources, segment by segment."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import Quality

__all__ = ["Corpus", "Run", "Stream", "System"]

_WORD = re.compile(r"\w+")
_SHOWN = 40  # characters of a line in a message


@dataclass(frozen=True, slots=True)
class Run:
    """What a model's translation of the corpus cost.

    Args:
        load_seconds: from the start of loading until the model could translate.
        seconds: for translating all.
        segments: how many were translated.
        source_characters: in them.
        target_tokens: in their translations, in the model's own pieces.
        peak_memory: bytes resident at most in the process that did it; None if not known.
    """

    load_seconds: float
    seconds: float
    segments: int
    source_characters: int
    target_tokens: int
    peak_memory: int | None = None

    def rate(self, amount: int) -> float:
        """Return an amount per second of translating."""
        return amount / max(self.seconds, 1e-9)


@dataclass(frozen=True, slots=True)
class System:
    """A system's output.

    Args:
        name: as it is called in tables.
        lines: a translation a segment; an empty one is scored as such.
        qualities: an estimate a segment if they came with the output, else empty.
        signature: how it was made, as pairs that join the metrics' signatures.
        run: what it cost, if we made it.
    """

    name: str
    lines: tuple[str, ...]
    qualities: tuple[Quality | None, ...] = ()
    signature: tuple[tuple[str, str], ...] = ()
    run: Run | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """Lines with the name of where they came from, for messages."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything of one evaluation; segment ``i`` of all parts says the same.

    Args:
        systems: the first is the baseline that the others are compared with.
        references: sets of references.
        sources: source texts, or None.
        languages: BCP 47 tags of source and target.
        notes: what happened on the way here that a reader of the scores must know.

    Raises:
        InputError: if there is nothing to score, two systems share a name, or the parts differ
            in length; the message names the place where they part.
    """

    systems: tuple[System, ...]
    references: tuple[Stream, ...]
    sources: Stream | None = None
    languages: tuple[str, str] = ("id", "en")
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse parts that do not belong together."""
        if not self.systems or not self.references or not self.references[0].lines:
            raise InputError("nothing to score: give hypotheses and references, a segment a line")
        for name, count in Counter(system.name for system in self.systems).items():
            if count > 1:
                raise InputError(f"two systems are called {name!r}; name each file once")
        first, *others = self.references
        for other in others:
            check_lengths(other, first)
        for system in self.systems:
            check_lengths(Stream(system.name, system.lines), first)
        if self.sources is not None:
            check_lengths(self.sources, first, same_language=False)

    @property
    def segments(self) -> int:
        """How many segments there are."""
        return len(self.references[0].lines)


def check_lengths(one: Stream, reference: Stream, *, same_language: bool = True) -> None:
    """Refuse two streams of different length.

    Args:
        one: a system's output, a source or a second reference.
        reference: what it is measured by.
        same_language: whether words of both can be compared to find where they part.

    Raises:
        InputError: naming the first place without counterpart and, if words tell, the line
            from which on the two no longer correspond.
    """
    mine, theirs = len(one.lines), len(reference.lines)
    if mine == theirs:
        return
    place = _parting(one.lines, reference.lines) if same_language else None
    parted = ""
    if place is not None and place + 1 < min(mine, theirs):
        text = one.lines[place][:_SHOWN]
        parted = f"; they seem to part at line {place + 1} ({text!r} in {one.name})"
    longer = one if mine > theirs else reference
    raise InputError(
        f"{one.name} has {mine} lines but {reference.name} has {theirs}{parted}:"
        f" line {min(mine, theirs) + 1} of {longer.name} has no counterpart;"
        " correct the files, or use --align if they are articles"
    )


def _parting(one: Sequence[str], other: Sequence[str]) -> int | None:
    """Return the line from which on a shift by the surplus fits better than no shift.

    Lines of the longer stream are taken as missing from the shorter at one place; that place
    is where the words in common are most.
    """
    swapped = len(one) > len(other)
    short, long = (other, one) if swapped else (one, other)
    surplus = len(long) - len(short)
    words = [set(map(str.lower, _WORD.findall(line))) for line in long]
    straight, shifted = [0.0], [0.0]
    for number, line in enumerate(short):
        mine = set(map(str.lower, _WORD.findall(line)))
        straight.append(straight[-1] + _overlap(mine, words[number]))
        shifted.append(shifted[-1] + _overlap(mine, words[number + surplus]))
    gains = [before + shifted[-1] - after for before, after in zip(straight, shifted, strict=True)]
    best = max(range(len(gains)), key=lambda place: (gains[place], place))
    return best if gains[best] > straight[-1] else None


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))
