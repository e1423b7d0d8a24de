"""A run over many inputs: what is still to do, done by a runner, written, noted, reported."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from translate_kit.corpus.inputs import STDIN, form_of
from translate_kit.corpus.journal import (
    FOLDER_JOURNAL,
    Entry,
    Journal,
    digest_of,
    journal_of_file,
)
from translate_kit.corpus.tasks import NOTHING, Result, Tally, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translate_kit.bitext import Bitext
    from translate_kit.corpus.inputs import Named
    from translate_kit.corpus.outputs import Outputs

__all__ = ["Articles", "Report", "Run", "Runner", "journal_for"]

SMALL = 1 << 16
"""Bytes up to which a single input is not worth a journal: seconds of work."""


class Runner(Protocol):
    """What turns tasks into results: `translate_kit.corpus.stream.Stream`, or many of them."""

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield what comes of tasks, in their order."""


@dataclass(frozen=True, slots=True)
class Articles:
    """The inputs of a run.

    Args:
        inputs: in order.
        form: format of all of them; None goes by their names.
        language: BCP 47 tag of their text.
        encoding: a codec's name; None reads UTF-8, or what a byte order mark says.
    """

    inputs: tuple[Named, ...]
    form: str | None = None
    language: str = "id"
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an input, or of a part of one.

    Args:
        name: of the input.
        status: ``part`` while more is to come, ``done``, ``before`` if an earlier run did it,
            ``failed``, ``postponed`` where its files could not be written and it is tried again.
        error: why it failed.
        tally: of this part.
        written: files that are finished.
        bitexts: of this part, where `Making.kept` asks for them.
    """

    name: str
    status: Literal["part", "done", "before", "failed", "postponed"]
    error: str = ""
    tally: Tally = NOTHING
    written: tuple[Path, ...] = ()
    bitexts: tuple[Bitext, ...] = ()


@dataclass(slots=True)
class _Work:
    """What is to be noted of a task when it is done."""

    digest: str
    sentences: int = 0


@dataclass(slots=True)
class Run:
    """A run over many inputs.

    Args:
        articles: the inputs.
        outputs: where results go; None writes nothing.
        journal: of what is done; None for a run that cannot go on.
    """

    articles: Articles
    outputs: Outputs | None = None
    journal: Journal | None = None
    _before: deque[tuple[int, Report]] = field(default_factory=deque)
    _work: dict[int, _Work] = field(default_factory=dict)
    _failed: bool = False

    def reports(self, runner: Runner) -> Iterator[Report]:
        """Do what is to do, and yield what becomes of the inputs, in their order.

        Raises:
            OutputError: if a file or the journal cannot be written; what is done is kept.
            EngineError: if the engine fails.
            OptionError: if an input does not fit the options.
        """
        try:
            for result in runner.results(self._tasks()):
                yield from self._done_before(result.task.number)
                yield self._report(result)
            yield from self._done_before(len(self.articles.inputs))
            if self.outputs:
                self.outputs.close()
            if self.journal and not self._failed:
                self.journal.remove()
        finally:
            if self.outputs:
                self.outputs.discard()
            if self.journal:
                self.journal.close()

    def _tasks(self) -> Iterator[Task]:
        """Yield what is still to do."""
        for number, named in enumerate(self.articles.inputs):
            form = self.articles.form or form_of(named.name)
            task = Task(
                number,
                named.name,
                form,
                (),
                language=self.articles.language,
                encoding=self.articles.encoding,
            )
            places: Iterable[Path] = ()
            if self.outputs:
                formats, mirrored = self.outputs.formats_for(form)
                task = replace(task, formats=formats, mirrored=mirrored)
                places = self.outputs.places(task, named).values()
            digest = ""
            if self.journal and named.name != STDIN:
                digest = digest_of(named.name)
                entry = self.journal.find(named.name)
                if entry and entry.stands(digest, places):
                    found = tuple(places)
                    self._before.append((number, Report(named.name, "before", written=found)))
                    continue
            self._work[number] = _Work(digest)
            yield task

    def _done_before(self, number: int) -> Iterator[Report]:
        """Yield the reports of what needed no work and stands before a task."""
        while self._before and self._before[0][0] < number:
            yield self._before.popleft()[1]

    def _report(self, result: Result) -> Report:
        task = result.task
        work = self._work[task.number]
        work.sentences += result.tally.sentences
        written = self.outputs.take(result) if self.outputs else ()
        if result.error:
            self._failed = True
            return Report(task.name, "failed", result.error)
        if result.last:
            self._note(task, work, written)
            del self._work[task.number]
        status: Literal["part", "done"] = "done" if result.last else "part"
        return Report(task.name, status, "", result.tally, written, result.bitexts)

    def _note(self, task: Task, work: _Work, written: tuple[Path, ...]) -> None:
        if self.journal is None:
            return
        if work.digest and written and len(self.articles.inputs) > 1:
            outputs = tuple((str(path), digest_of(path)) for path in written)
            self.journal.note(Entry(task.name, work.digest, outputs, work.sentences))
        self.journal.forget()


def journal_for(articles: Articles, outputs: Outputs, settings: str) -> Journal | None:
    """Return the journal of a run; None where nothing is written, or little is to be lost.

    Args:
        articles: the inputs.
        outputs: where results go.
        settings: digest of all that results depend on beside the input.
    """
    if outputs.folder:
        path = outputs.folder / FOLDER_JOURNAL
    elif outputs.file:
        path = journal_of_file(outputs.file)
    else:
        return None
    alone = articles.inputs[0] if len(articles.inputs) == 1 else None
    if alone and alone.name != STDIN and not path.exists():
        try:
            if Path(alone.name).stat().st_size <= SMALL:
                return None
        except (OSError, ValueError):  # whoever reads it will say why it cannot be
            return None
    return Journal(path, settings)
