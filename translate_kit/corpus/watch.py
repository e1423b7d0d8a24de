"""Articles translated as they arrive in a folder, for as long as it is watched.

Nothing in the folder is touched. The output's folder mirrors it; a file there is named after the
whole name of its article, ``a.md.html``, so that its name depends on nothing else: not on what
else there is, nor on what came first.

A journal in the output's folder knows what was made of which content. What is done, or has failed,
is not tried again until the article changes or other options ask for other results; what became
of the files that were written does not matter, for somebody may have taken them away or
corrected them. Where a file cannot be written the article is tried again after a pause.
"""

from __future__ import annotations

import os
import threading
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from translate_kit.corpus.arrivals import Arrivals
from translate_kit.corpus.inputs import form_of
from translate_kit.corpus.journal import Entry, Journal, digest_of
from translate_kit.corpus.outputs import Outputs, Wanted
from translate_kit.corpus.plan import Plan, rendering_context, runner_for
from translate_kit.corpus.run import Report
from translate_kit.corpus.tasks import NOTHING, Result, Tally, Task
from translate_kit.errors import InputError, OptionError, OutputError
from translate_kit.files import decode, write_atomically
from translate_kit.languages import Direction
from translate_kit.memory import context_digest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from translate_kit.corpus.arrivals import Arrival
    from translate_kit.corpus.inputs import Named
    from translate_kit.corpus.run import Runner
    from translate_kit.translate.sentences import Rendering

__all__ = ["WATCH_JOURNAL", "Watching", "watch_folder"]

WATCH_JOURNAL = ".translate-kit.watch"
"""Name of the journal; another than a run's, which removes its own when it is done."""

PROBE = ".translate-kit.probe"
PROBED = 1 << 18
"""Bytes that there must be room for before work goes on after a file could not be written."""

DOUBLED = 6
"""Times that the pause before another attempt at the same article is doubled, at most."""


@dataclass(frozen=True, slots=True)
class Watching:
    """What is watched, and what is written.

    Args:
        folder: where articles arrive.
        output: folder for what is written; may lie in the other, whose part it is not then.
        formats: to write.
        form: format of the articles; None goes by their names.
        encoding: a codec's name; None reads UTF-8, or what a byte order mark says.
        settle: seconds that a file must stay as it is to count as whole.
        poll: look through the folder again and again, for drives that do not tell of changes.
        once: do what is there, and end.
        pause: seconds until what could not be written is tried again; doubled each time.
    """

    folder: Path
    output: Path
    formats: tuple[str, ...] = ("html",)
    form: str | None = None
    encoding: str | None = None
    settle: float = 1.0
    poll: bool = False
    once: bool = False
    pause: float = 30.0


def watch_folder(watching: Watching, plan: Plan) -> Generator[Report, None, None]:
    """Translate what lies in a folder and what arrives there, until the iterator is closed.

    Args:
        watching: the folder, and what is written.
        plan: how it is done.

    Yields:
        What became of each article: ``done``, ``failed`` (not tried again until it changes) or
        ``postponed`` (its files cannot be written; it is tried again).

    Raises:
        OptionError: if the two folders or the options do not fit each other.
        InputError: if there is no such folder, or the journal is none.
        ModelError: if the model is missing or broken, or fails.
        OutputError: if the output's folder cannot be made, or another watch writes to it.
    """
    _check(watching)
    formats = tuple(dict.fromkeys(watching.formats))
    outputs = Outputs(Wanted(f"{watching.output}/", formats, whole_names=True), (), _emit_nothing)
    context = rendering_context(plan.making)
    arrivals = Arrivals(
        watching.folder,
        watching.output,
        settle=watching.settle,
        poll=watching.poll,
        once=watching.once,
    )
    path = watching.output / WATCH_JOURNAL
    with (
        _alone(watching.output),
        closing(Journal(path, _settings(watching, plan))) as journal,
        closing(_Kept(path, context)) as kept,
    ):
        language = Direction.parse(plan.making.direction).source
        watch = _Watch(watching, language, arrivals, outputs, journal)
        try:
            for report in watch.reports(runner_for(plan, kept)):
                if report.status == "done":
                    kept.forget()
                yield report
        finally:
            outputs.discard()


def _check(watching: Watching) -> None:
    folder, output = watching.folder, watching.output
    if not folder.is_dir():
        raise InputError(f"no folder {str(folder)!r} to watch; make it first or check the name")
    if output.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise OptionError(
            f"{str(output)!r} would be written to where articles arrive; name another folder"
        )
    if watching.encoding:
        with suppress(InputError):  # only whether there is such an encoding
            decode(b"x", watching.encoding, "")
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"cannot make the folder {str(output)!r}: {error.strerror}; name another"
        ) from error


def _settings(watching: Watching, plan: Plan) -> str:
    """Return the digest of what was asked for: with other options all is done anew.

    But not with another version of the model or of this package, so that an update does not
    write over a year's articles and what was corrected in them.
    """
    making = asdict(plan.making)
    del making["engine"], making["kept"]
    pairs = {
        **making,
        "encoding": watching.encoding,
        "form": watching.form,
        "formats": sorted(set(watching.formats)),
    }
    return context_digest((name, str(value)) for name, value in sorted(pairs.items()))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a folder; another watch is refused for as long as this process lives.

    Raises:
        OutputError: if somebody else holds it, or it cannot be opened.
    """
    import fcntl  # noqa: PLC0415 (POSIX, as this package is)

    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(
            f"cannot open the folder {str(folder)!r}: {error.strerror}; name another"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(
                f"another watch writes to {str(folder)!r}; end it, or name another folder"
            ) from error
        except OSError:  # a drive without locks
            pass
        yield
    finally:
        os.close(descriptor)


def _emit_nothing(_: bytes) -> None:
    """Take nothing: all goes to files."""


class _Kept:
    """Renderings of documents that are not done, in the journal as long as there is room."""

    def __init__(self, path: Path, context: str) -> None:
        self._journal = Journal(path, context)

    def recall(self, texts: Sequence[str]) -> Mapping[str, Rendering]:
        return self._journal.recall(texts)

    def remember(self, renderings: Mapping[str, Rendering]) -> None:
        with suppress(OutputError):  # they only save work
            self._journal.remember(renderings)

    def forget(self) -> None:
        with suppress(OutputError):
            self._journal.forget()

    def close(self) -> None:
        self._journal.close()


@dataclass(slots=True)
class _Work:
    """What is known of a task while it is open."""

    arrival: Arrival
    digest: str
    tally: Tally = NOTHING
    postponed: bool = False


class _Watch:
    """Ties arrivals, runner, outputs and journal together.

    Args:
        watching: the folder, and what is written.
        language: of the articles.
        arrivals: gives what is to do.
        outputs: where results go.
        journal: of what is done.
    """

    def __init__(
        self,
        watching: Watching,
        language: str,
        arrivals: Arrivals,
        outputs: Outputs,
        journal: Journal,
    ) -> None:
        self._watching = watching
        self._language = language
        self._arrivals = arrivals
        self._outputs = outputs
        self._journal = journal
        self._work: dict[int, _Work] = {}
        self._attempts: dict[str, tuple[int, str]] = {}
        self._trouble = threading.Event()

    def reports(self, runner: Runner) -> Iterator[Report]:
        """Do what arrives and yield what becomes of it."""
        with self._arrivals:
            for result in runner.results(self._tasks()):
                report = self._report(result)
                if report:
                    yield report

    # in, in the runner's thread

    def _tasks(self) -> Iterator[Task]:
        """Yield what is to do."""
        for number, arrival in enumerate(self._arrivals.arrivals()):
            if not self._has_room():
                return
            named = arrival.named
            digest = digest_of(named.name)
            entry = self._found(named)
            if entry and digest and entry.digest == digest:
                continue
            form = self._watching.form or form_of(named.name)
            formats, _ = self._outputs.formats_for(form)
            task = Task(
                number,
                named.name,
                form,
                formats,
                language=self._language,
                encoding=self._watching.encoding,
            )
            self._outputs.places(task, named)
            self._work[number] = _Work(arrival, digest)
            yield task

    def _found(self, named: Named) -> Entry | None:
        with suppress(OutputError):  # then it is done once more, which changes nothing
            return self._journal.find(named.place.as_posix())
        return None

    def _has_room(self) -> bool:
        """Wait while nothing can be written; return whether to go on."""
        while self._trouble.is_set():
            if self._can_write():
                self._trouble.clear()
            elif self._watching.once or not self._arrivals.rest(self._watching.pause):
                return False
        return True

    def _can_write(self) -> bool:
        probe = self._watching.output / PROBE
        try:
            write_atomically(probe, bytes(PROBED))
        except OutputError:
            return False
        with suppress(OSError):
            probe.unlink()
        return True

    # out

    def _report(self, result: Result) -> Report | None:
        """Write what came of a task or a part of one; return what is to be said of it."""
        number = result.task.number
        work = self._work[number]
        if result.last:
            del self._work[number]
        if work.postponed:
            return None
        try:
            return self._taken(result, work)
        except OutputError as error:
            self._outputs.drop(number)
            return self._postponed(work, str(error))

    def _taken(self, result: Result, work: _Work) -> Report | None:
        named = work.arrival.named
        work.tally = work.tally.plus(result.tally)
        written = self._outputs.take(result)
        # what changed or is gone since it was read comes again, or does not matter
        stands = result.last and work.arrival.stands
        if result.error and not stands:
            return None
        if stands and work.digest:
            outputs = tuple((self._place(path), digest_of(path)) for path in written)
            entry = Entry(named.place.as_posix(), work.digest, outputs, work.tally.sentences)
            self._journal.note(entry)
        if result.error:
            return Report(named.name, "failed", result.error)
        if not result.last:
            return None
        self._attempts.pop(named.name, None)
        return Report(named.name, "done", tally=work.tally, written=tuple(sorted(written)))

    def _place(self, path: Path) -> str:
        return path.relative_to(self._watching.output).as_posix()

    def _postponed(self, work: _Work, error: str) -> Report | None:
        """Have an article tried again; it is said once for each cause."""
        name = work.arrival.named.name
        work.postponed = True
        self._trouble.set()
        attempts, said = self._attempts.get(name, (0, ""))
        self._attempts[name] = (attempts + 1, error)
        if not self._watching.once:
            self._arrivals.again(work.arrival, self._watching.pause * 2 ** min(attempts, DOUBLED))
        return None if error == said else Report(name, "postponed", error)
