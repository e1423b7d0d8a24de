"""Tasks to many workers, in this machine's processes or a cluster's, and results in order.

A worker takes loads, some tasks at a time, and has at most two, so that it never waits and little
is lost with it. When a worker dies its loads go to others, cut into single tasks, so that an input
that kills workers is found, and reported as failed after `TRIES`. No more loads are on their way
than workers can soon take, however slow the oldest is: memory is bounded.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from translate_kit.corpus.reading import whole
from translate_kit.corpus.tasks import STREAMED, Result, Task
from translate_kit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Dispatcher", "Worker", "WorkerLostError", "loads"]

LOAD = 1 << 16
"""Bytes of input in a load, about: some hundred sentences, seconds of work."""

MOST_TASKS = 64
"""Tasks in a load."""

IN_HAND = 2
"""Loads a worker has at a time."""

AHEAD = 4
"""Loads for each worker that may be out or waiting for an older one to come back."""

TRIES = 3


class WorkerLostError(Exception):
    """A worker died; what it had in hand was not done."""


class Worker(Protocol):
    """Does tasks somewhere else, one load after another."""

    def submit(self, tasks: Sequence[Task]) -> Future[list[Result]]:
        """Start on a load as soon as the loads before it are done.

        Raises:
            WorkerLostError: if the worker is dead.
        """

    def outcome(self, future: Future[list[Result]]) -> list[Result]:
        """Return the results of a load that is done.

        Raises:
            WorkerLostError: if the worker died over it.
            TranslateKitError: what the work raised.
        """

    def close(self) -> None:
        """Let the worker go, whatever it is doing."""


@dataclass(slots=True, eq=False)
class _Load:
    """Tasks that travel together, and what came of them."""

    tasks: tuple[Task, ...]
    tries: int = 0
    done: list[Result] | None = None


@dataclass(slots=True, eq=False)
class _Post:
    """A worker and what it has in hand."""

    worker: Worker
    hand: dict[Future[list[Result]], _Load] = field(default_factory=dict)


class Dispatcher:
    """Spreads tasks over workers; a runner for `translate_kit.corpus.run.Run`.

    Args:
        hire: starts a worker.
        workers: how many to have.
    """

    def __init__(self, hire: Callable[[], Worker], workers: int) -> None:
        self._hire = hire
        self._workers = workers
        self._posts: list[_Post] = []
        self._again: deque[_Load] = deque()
        self._order: deque[_Load] = deque()
        self._failed: set[int] = set()

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield what comes of tasks, in their order; see `Stream.results`.

        Raises:
            ModelError: if an engine cannot be loaded, or fails.
        """
        coming = loads(tasks)
        more = True
        try:
            while more or self._order:
                more = self._hand_out(coming) if more else False
                self._hand_out_again()
                while self._order and self._order[0].done is not None:
                    yield from self._still_wanted(self._order.popleft().done or ())
                if any(post.hand for post in self._posts):
                    self._take_in()
        finally:
            for post in self._posts:
                post.worker.close()
            self._posts = []

    def _still_wanted(self, results: Iterable[Result]) -> Iterator[Result]:
        """Leave out what comes of the later parts of an input that has failed."""
        for result in results:
            if result.task.number not in self._failed:
                yield result
            if result.error:
                self._failed.add(result.task.number)

    def _hand_out(self, coming: Iterator[_Load]) -> bool:
        """Give loads to workers that have a hand free; False once there are no more."""
        while len(self._order) < AHEAD * self._workers and not self._again:
            post = self._free()
            if post is None:
                break
            load = next(coming, None)
            if load is None:
                return False
            self._order.append(load)
            self._give(post, load)
        return True

    def _hand_out_again(self) -> None:
        while self._again and (post := self._free()):
            self._give(post, self._again.popleft())

    def _free(self) -> _Post | None:
        """Return the worker with least in hand, if it can take a load; hire while there are few."""
        post = min(self._posts, key=lambda post: len(post.hand), default=None)
        if (post is None or post.hand) and len(self._posts) < self._workers:
            post = _Post(self._hire())
            self._posts.append(post)
        return post if post and len(post.hand) < IN_HAND else None

    def _give(self, post: _Post, load: _Load) -> None:
        try:
            post.hand[post.worker.submit(load.tasks)] = load
        except WorkerLostError:
            self._lost(post)
            self._again.appendleft(load)

    def _take_in(self) -> None:
        """Wait until a load comes back, done or not."""
        wait([future for post in self._posts for future in post.hand], return_when=FIRST_COMPLETED)
        for post in tuple(self._posts):
            for future in [future for future in post.hand if future.done()]:
                try:
                    post.hand[future].done = post.worker.outcome(future)
                except WorkerLostError:
                    self._lost(post)
                    break
                del post.hand[future]

    def _lost(self, post: _Post) -> None:
        """Give what a dead worker had in hand to others."""
        post.worker.close()
        if post in self._posts:
            self._posts.remove(post)
        for load in post.hand.values():
            load.tries += 1
            if load.tries >= TRIES:
                load.done = [_failed(task) for task in load.tasks]
            else:
                self._again.extend(self._cut(load))
        post.hand.clear()

    def _cut(self, load: _Load) -> list[_Load]:
        """Put single tasks in the place of a load, so that only the one at fault fails."""
        if len(load.tasks) == 1:
            return [load]
        single = [_Load((task,), load.tries) for task in load.tasks]
        at = self._order.index(load)
        self._order.rotate(-at)
        self._order.popleft()
        self._order.extendleft(reversed(single))
        self._order.rotate(at)
        return single


def _failed(task: Task) -> Result:
    error = f"{task.called}: {TRIES} workers died over it; translate it by itself, without --jobs"
    return Result(replace(task, data=None), error=error)


def loads(tasks: Iterable[Task]) -> Iterator[_Load]:
    """Yield tasks with their data, some at a time; a feed is cut between its lines."""
    held: list[Task] = []
    size = 0
    for task in tasks:
        for part in _parts(task):
            held.append(part)
            size += len(part.data or b"")
            if size >= LOAD or len(held) >= MOST_TASKS:
                yield _Load(tuple(held))
                held, size = [], 0
    if held:
        yield _Load(tuple(held))


def _parts(task: Task) -> Iterator[Task]:
    """Read a task's input; cut it where its parts can be written one after the other."""
    try:
        data = whole(task)
    except InputError:
        yield task  # whoever reads it says why it cannot be
        return
    streams = task.form == "jsonl" and set(task.formats) <= STREAMED and task.encoding is None
    if not streams or len(data) <= 2 * LOAD:
        yield replace(task, data=data)
        return
    start, line = 0, 1
    while start < len(data):
        end = data.find(b"\n", start + LOAD) + 1 or len(data)
        yield replace(task, data=data[start:end], line=line, more=end < len(data))
        line += data.count(b"\n", start, end)
        start = end
