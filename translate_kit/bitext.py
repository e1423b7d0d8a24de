"""Two documents that say the same, and which sentences correspond.

`translate` and `align` make a `Bitext`, `estimate` decorates its beads, every writer
consumes one and every bilingual reader returns one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translate_kit.document import Document

__all__ = [
    "BANDS",
    "ORIGINS",
    "Alternative",
    "Band",
    "Bead",
    "BeadText",
    "Bitext",
    "Issue",
    "Match",
    "Origin",
    "Provenance",
    "Quality",
    "Span",
    "WordLink",
]

Span = tuple[int, int]
"""Start and end (exclusive) in characters of one side of a bead (`Document.span_text`)."""

WordLink = tuple[int, int, int, int]
"""A source word and a target word that correspond: source start, end, target start, end."""

Band = Literal["good", "check", "poor"]
Origin = Literal["model", "memory", "human", "untranslated"]
BANDS: tuple[Band, ...] = get_args(Band)
ORIGINS: tuple[Origin, ...] = get_args(Origin)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in a bead that a reader should look at, with its place on either side.

    Args:
        kind: ``number``, ``date``, ``negation``, ``name``, ``omission``, ``addition``,
            ``repetition``, ``untranslated``, ``language``, ``length``, ``quote``, ``markup``,
            ``split``, ``glossary``, ….
        message: one line for people.
        source: where in the source text, if it has a place there.
        target: where in the target text, likewise.

    Raises:
        ValueError: if the kind is empty or a span is backwards or negative.
    """

    kind: str
    message: str
    source: Span | None = None
    target: Span | None = None

    def __post_init__(self) -> None:
        """Refuse a nameless issue and impossible spans."""
        if not self.kind:
            raise ValueError("an issue has a kind")
        for span in (self.source, self.target):
            if span is not None and not 0 <= span[0] <= span[1]:
                raise ValueError(f"issue {self.kind} has an impossible span {span}")


@dataclass(frozen=True, slots=True)
class Quality:
    """What we expect of a bead's translation.

    Args:
        score: in [0, 1]; the estimate of the sentence's chrF++ / 100 against a professional
            reference.
        band: ``good``, ``check`` or ``poor``.
        issues: what to look at, in order of their place.
        signals: the named measurements behind the score.

    Raises:
        ValueError: if the score leaves [0, 1], the band is unknown or a signal is not finite.
    """

    score: float
    band: Band
    issues: tuple[Issue, ...] = ()
    signals: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a score out of range, an unknown band, a signal that is no number."""
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"quality score {self.score} is not in [0, 1]")
        if self.band not in BANDS:
            raise ValueError(f"unknown quality band {self.band!r}")
        for name, value in self.signals:
            if not isfinite(value):
                raise ValueError(f"signal {name} is {value}")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another translation of a bead's source, with its score (mean log-probability, ≤ 0).

    Raises:
        ValueError: if the score is not finite.
    """

    text: str
    score: float

    def __post_init__(self) -> None:
        """Refuse a score that is no number: no file could hold it."""
        if not isfinite(self.score):
            raise ValueError(f"score of an alternative is {self.score}")


@dataclass(frozen=True, slots=True)
class Match:
    """What people once translated and is like a bead's source: for an editor to look at.

    Args:
        source: the sentence of then.
        target: its translation.
        similarity: of the two sources, in [0, 1]; 1 says that they are the same.

    Raises:
        ValueError: if a text is empty or the similarity leaves [0, 1].
    """

    source: str
    target: str
    similarity: float

    def __post_init__(self) -> None:
        """Refuse a match of nothing and a similarity out of range."""
        if not self.source or not self.target:
            raise ValueError("a match has a source and a target")
        if not 0.0 <= self.similarity <= 1.0:
            raise ValueError(f"similarity {self.similarity} is not in [0, 1]")


@dataclass(frozen=True, slots=True)
class Bead:
    """Neighbouring source sentences and the neighbouring target sentences that render them.

    Args:
        source: sentence numbers in the source document; may be empty (an insertion).
        target: sentence numbers in the target document; may be empty (a deletion, or a
            sentence left untranslated).
        origin: who wrote the target side.
        links: word correspondences, character spans within the bead's two texts.
        quality: the estimate, once there is one.
        alternatives: other translations, best first.
        confidence: probability, in [0, 1], that these sentences correspond and no others; None
            where nobody had to find out.
        matches: what is like it in a translation memory, most alike first.

    Raises:
        ValueError: if both sides are empty, a range has a step, the origin is unknown, or the
            confidence is no probability.
    """

    source: range
    target: range
    origin: Origin = "model"
    links: tuple[WordLink, ...] = ()
    quality: Quality | None = None
    alternatives: tuple[Alternative, ...] = ()
    confidence: float | None = None
    matches: tuple[Match, ...] = ()

    def __post_init__(self) -> None:
        """Refuse ranges that are not contiguous and beads of nothing."""
        for side in (self.source, self.target):
            if side.step != 1 or not 0 <= side.start <= side.stop:
                raise ValueError(f"a bead holds neighbouring sentences, not {side}")
        if not self.source and not self.target:
            raise ValueError("a bead has a source or a target")
        if self.origin not in ORIGINS:
            raise ValueError(f"unknown origin {self.origin!r}")
        if self.confidence is not None and not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not in [0, 1]")


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a bitext was made: enough to make it again.

    Args:
        tool: program and version, ``translate-kit 0.1.0``.
        model: the model's name, or None for an alignment without one.
        digest: SHA-256 of the model's weights, hexadecimal.
        options: decoding and batch settings as sorted pairs of strings.
    """

    tool: str = ""
    model: str | None = None
    digest: str | None = None
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BeadText:
    """A bead with its two texts and its place, as writers want it.

    Args:
        bead: the bead itself.
        source: text of the source side, empty for an insertion.
        target: text of the target side, empty for a deletion.
        block: number of the block the bead belongs to (of the source; of the target where the
            source side is empty).
        kind: that block's kind.
    """

    bead: Bead
    source: str
    target: str
    block: int
    kind: str


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents and the beads that join them.

    Raises:
        ValueError: unless the beads cover every sentence of both sides once and in order, and
            links and issues lie within their beads' texts.
    """

    source: Document
    target: Document
    beads: tuple[Bead, ...]
    provenance: Provenance = Provenance()

    def __post_init__(self) -> None:
        """Check coverage, order and spans."""
        _check_cover("source", (bead.source for bead in self.beads), len(self.source.sentences))
        _check_cover("target", (bead.target for bead in self.beads), len(self.target.sentences))
        for row in self.rows():
            _check_spans(row)

    @property
    def direction(self) -> str:
        """The languages, as `direction_of` writes them."""
        return direction_of(self.source.language, self.target.language)

    def rows(self) -> Iterator[BeadText]:
        """Yield every bead with its texts, in order."""
        sources = self.source.span_texts(bead.source for bead in self.beads)
        targets = self.target.span_texts(bead.target for bead in self.beads)
        source_blocks = self.source.sentence_blocks
        target_blocks = self.target.sentence_blocks
        for bead, source, target in zip(self.beads, sources, targets, strict=True):
            if bead.source:
                block = source_blocks[bead.source.start]
                kind = self.source.blocks[block].kind
            else:
                block = target_blocks[bead.target.start]
                kind = self.target.blocks[block].kind
            yield BeadText(bead, source, target, block, kind)

    def with_qualities(self, qualities: Iterable[Quality | None]) -> Bitext:
        """Return the bitext with these estimates, one a bead.

        Raises:
            ValueError: if there are not as many estimates as beads.
        """
        beads = tuple(
            replace(bead, quality=quality)
            for bead, quality in zip(self.beads, qualities, strict=True)
        )
        return replace(self, beads=beads)


def direction_of(source: str, target: str) -> str:
    """Return two BCP 47 tags as a direction without regions: ``id-ID`` and ``en`` are ``id-en``."""
    return "-".join(tag.partition("-")[0].lower() for tag in (source, target))


def _check_cover(side: str, ranges: Iterable[range], count: int) -> None:
    position = 0
    for span in ranges:
        if span.start != position:
            raise ValueError(f"{side} sentence {position} expected, bead begins at {span.start}")
        position = span.stop
    if position != count:
        raise ValueError(f"beads cover {position} of {count} {side} sentences")


def _check_spans(row: BeadText) -> None:
    source, target = len(row.source), len(row.target)
    for s0, s1, t0, t1 in row.bead.links:
        if not (0 <= s0 < s1 <= source and 0 <= t0 < t1 <= target):
            raise ValueError(f"word link {(s0, s1, t0, t1)} leaves its bead")
    for issue in row.bead.quality.issues if row.bead.quality else ():
        for span, length in ((issue.source, source), (issue.target, target)):
            if span is not None and span[1] > length:
                raise ValueError(f"issue {issue.kind} at {span} leaves its bead")
