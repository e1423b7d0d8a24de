"""What a run over many inputs is made of: values that can be sent to another process or machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from translate_kit.engine import Decoding, EngineOptions
from translate_kit.files import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import Band, Bitext
    from translate_kit.glossary import Glossary

__all__ = ["NOTHING", "STREAMED", "Making", "Result", "Tally", "Task"]

STREAMED = frozenset({"text", "jsonl"})
"""Formats of which two files one after the other are a file of both."""


@dataclass(frozen=True, slots=True)
class Task:
    """An input to translate: the unit of work, of the journal and of retries.

    Args:
        number: its place in the run, from 0.
        name: of the file, or ``-`` for standard input.
        form: format it is read in.
        formats: formats to write.
        mirrored: whether it is also to be written in its own format, translation alone.
        language: BCP 47 tag of the text.
        encoding: a codec's name; None reads UTF-8, or what a byte order mark says.
        data: what is in the file, where it was read already.
        line: number of its first line, where the data are a part of the file.
        more: whether other parts follow.
    """

    number: int
    name: str
    form: str
    formats: tuple[str, ...]
    mirrored: bool = False
    language: str = "id"
    encoding: str | None = None
    data: bytes | None = None
    line: int = 1
    more: bool = False

    @property
    def called(self) -> str:
        """The name for messages and outputs, which is text even where a file's is not."""
        return "standard input" if self.name == "-" else as_text(self.name)


@dataclass(frozen=True, slots=True)
class Making:
    """What is made of an article: all that a result depends on beside the input and the model.

    Args:
        model: name or path; None is the shipped model.
        direction: as ``id-en``.
        engine: device, compute type, threads.
        decoding: how to search.
        judged: whether quality is estimated.
        abstain: leave out translations of this band or a worse one.
        glossary: terms that translations must have.
        kept: whether results carry their bitexts, to be looked at.
    """

    model: str | None = None
    direction: str = "id-en"
    engine: EngineOptions = field(default_factory=EngineOptions)
    decoding: Decoding = field(default_factory=Decoding)
    judged: bool = True
    abstain: Band | None = None
    glossary: Glossary | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over bitexts, for reports."""

    sentences: int = 0
    words: int = 0
    score: float = 0.0
    scored: int = 0
    check: int = 0
    poor: int = 0
    untranslated: int = 0

    @classmethod
    def of(cls, bitexts: Sequence[Bitext]) -> Tally:
        """Count bitexts."""
        rows = [row for bitext in bitexts for row in bitext.rows()]
        qualities = [row.bead.quality for row in rows if row.bead.quality]
        return cls(
            len(rows),
            sum(len(row.source.split()) for row in rows),
            sum(q.score for q in qualities),
            len(qualities),
            sum(q.band == "check" for q in qualities),
            sum(q.band == "poor" for q in qualities),
            sum(row.bead.origin == "untranslated" for row in rows),
        )

    def plus(self, other: Tally) -> Tally:
        """Return the sum of both."""
        names = self.__slots__
        return Tally(*(getattr(self, name) + getattr(other, name) for name in names))

    def line(self, seconds: float) -> str:
        """Return the summary: sentences, words, time, speed, quality, how many to check."""
        speed = self.words / max(seconds, 0.001)
        counts = f"{self.sentences} sentences, {self.words} words"
        return f"{counts} in {seconds:.1f} s ({speed:.0f} words/s){self._judgement}"

    @property
    def counts(self) -> str:
        """Sentences, words, quality, how many to check."""
        return f"{self.sentences} sentences, {self.words} words{self._judgement}"

    @property
    def _judgement(self) -> str:
        parts = [""]
        if self.scored:
            parts.append(f"mean quality {self.score / self.scored:.2f}")
            parts.append(f"{self.check} to check, {self.poor} poor")
        if self.untranslated:
            parts.append(f"{self.untranslated} untranslated")
        return "; ".join(parts)


NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a task, or of a part of one.

    Args:
        task: the task, without its data.
        outputs: format and bytes; of a `STREAMED` format those of this part, of others the whole.
        mirror: bytes of the input's own format, of this part where that is `STREAMED`.
        tally: of this part.
        last: whether this ends the task.
        error: why it failed; empty if it did not.
        bitexts: of this part, where `Making.kept` asks for them.
    """

    task: Task
    outputs: tuple[tuple[str, bytes], ...] = ()
    mirror: bytes | None = None
    tally: Tally = NOTHING
    last: bool = True
    error: str = ""
    bitexts: tuple[Bitext, ...] = ()
