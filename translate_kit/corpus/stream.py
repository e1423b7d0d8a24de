"""Many documents through one engine: read ahead, rendered together, out in order.

Three things go on at once. A reader segments documents a little ahead of the engine. Flights,
two at a time so that the engine never waits for the next, carry the sentences of as many
documents as are there to the engine; a sentence that was on an earlier flight, or that a
cache knows, is not sent again. And documents leave in the order of the input as soon as the
last of their sentences has landed.

What shares a flight depends on the moment and does not matter: a rendering depends on its
sentence alone (`translate_kit.engine.batches`). Memory holds a bounded number of sentences.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from translate_kit.corpus.finish import Finisher
from translate_kit.corpus.reading import parts, whole
from translate_kit.corpus.tasks import STREAMED, Result, Task
from translate_kit.errors import InputError
from translate_kit.translate import Remembers, remembered
from translate_kit.translate.sentences import Rendering, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.corpus.reading import Part
    from translate_kit.corpus.tasks import Making
    from translate_kit.engine.runtime import Engine

__all__ = ["Cache", "Helpers", "Knows", "Stream"]

FLIGHT = 1536
"""Sentences on a flight, at most: enough for full batches of every length."""

FIRST, GROWTH = 64, 8
"""Sentences on the first flight, so that something leaves soon, and how much larger a flight may
be than the largest before."""

FLIGHTS = 2

AHEAD = 3 * FLIGHT
"""Sentences read and not yet out, at most, but for one document that has more."""

RECENT = 2 * FLIGHT
"""Renderings kept for sentences that come again, as a newspaper's standing phrases do."""


class Cache(Protocol):
    """What knows renderings of earlier runs, for the same model and settings."""

    def recall(self, texts: Sequence[str]) -> Mapping[str, Rendering]:
        """Return the renderings that are known, by sentence."""

    def remember(self, renderings: Mapping[str, Rendering]) -> None:
        """Keep renderings for later."""


class Knows(Remembers, Protocol):
    """A memory that also knows what is nearly the same."""

    def matched(self, bitext: Bitext) -> Bitext:
        """Return a bitext with near matches."""


@dataclass(frozen=True, slots=True)
class Helpers:
    """What a stream may use beside the engine.

    Args:
        memory: what people translated before; comes first, and decorates bitexts.
        caches: asked in order; told of everything new while its flight is still on its way.
        on_read: called with the number of sentences of each document that is read.
        on_done: called with the number of parts of sentences that have become ready.
    """

    memory: Knows | None = None
    caches: tuple[Cache, ...] = ()
    on_read: Callable[[int], None] | None = None
    on_done: Callable[[int], None] | None = None


class _StoppedError(Exception):
    """The stream was closed while a flight was on its way."""


@dataclass(slots=True, eq=False)
class _Slot:
    """Where the rendering of a sentence will be."""

    rendering: Rendering | None = None


@dataclass(slots=True, eq=False)
class _Item:
    """A part of a task, or its end."""

    task: Task
    part: Part | None = None
    error: str = ""
    slots: dict[str, _Slot] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.part.document.sentences) if self.part else 0

    @property
    def ready(self) -> bool:
        return all(slot.rendering is not None for slot in self.slots.values())


class Stream:
    """Translates tasks with one engine. Serves one run at a time.

    Args:
        load: gives the engine for the direction of ``making``; called once there is something to
            translate, while that is being read.
        making: what is made of each document.
        helpers: memory, caches and who is told of progress.
    """

    def __init__(
        self, load: Callable[[], Engine], making: Making, helpers: Helpers | None = None
    ) -> None:
        self._load = load
        self._loading: Future[Engine] | None = None
        self._making = making
        self._helpers = helpers or Helpers()
        self._change = threading.Condition()
        self._recent: OrderedDict[str, _Slot] = OrderedDict()
        self._waiting: deque[tuple[str, _Slot]] = deque()
        self._arrived: deque[_Item] = deque()
        self._open: deque[_Item] = deque()
        self._flying: dict[Future[dict[str, Rendering]], list[tuple[str, _Slot]]] = {}
        self._landed: deque[Future[dict[str, Rendering]]] = deque()
        self._rendered: deque[dict[str, Rendering]] = deque()
        self._ahead = 0
        self._room = FIRST
        self._over = self._stopped = False
        self._failure: BaseException | None = None

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield what comes of tasks, in their order; a task that fails does not end the run.

        Args:
            tasks: read no further than memory allows; may wait for more to come.

        Raises:
            ModelError: if the engine cannot be loaded, or fails.
            OptionError: if an encoding is unknown.
        """
        finisher = Finisher(self._engine, self._making, self._helpers.memory)
        with self._running(tasks) as pool:
            while True:
                with self._change:
                    self._change.wait_for(self._something_to_do)
                    arrived, landed = list(self._arrived), list(self._landed)
                    rendered = list(self._rendered)
                    for taken in (self._arrived, self._landed, self._rendered):
                        taken.clear()
                    over = self._over
                self._remember(rendered)
                for flight in landed:
                    self._unload(flight)
                for item in arrived:
                    self._schedule(item)
                self._take_off(pool)
                if self._open and self._open[0].ready:
                    yield from self._finished(self._open.popleft(), finisher)
                elif over and not self._open and not arrived:
                    return

    def _something_to_do(self) -> bool:
        head = bool(self._open) and self._open[0].ready
        ended = self._over and not self._open
        came = self._arrived or self._landed or self._rendered
        return bool(came or head or ended or self._can_fly())

    def _can_fly(self) -> bool:
        """Whether sentences wait and the engine is there: until then more of them come together."""
        loaded = self._loading is not None and self._loading.done()
        return loaded and bool(self._waiting) and len(self._flying) < FLIGHTS

    def _wake(self, _: object) -> None:
        with self._change:
            self._change.notify_all()

    @contextmanager
    def _running(self, tasks: Iterable[Task]) -> Iterator[ThreadPoolExecutor]:
        """Read and fly while the body runs; whatever ends it, nothing is left running."""
        # a daemon: it may be waiting for standard input when the program wants to end
        pool = ThreadPoolExecutor(FLIGHTS)
        reader = threading.Thread(target=self._read, args=(tasks, pool), daemon=True)
        try:
            reader.start()
            yield pool
            if self._failure:
                raise self._failure
        finally:
            with self._change:
                self._stopped = True
                self._change.notify_all()
            pool.shutdown(wait=True, cancel_futures=True)

    # reading, in a thread of its own

    def _read(self, tasks: Iterable[Task], pool: ThreadPoolExecutor) -> None:
        try:
            for task in tasks:
                if self._loading is None:
                    self._loading = pool.submit(self._load)
                    self._loading.add_done_callback(self._wake)
                self._read_task(task)
        except _StoppedError:
            return
        except BaseException as error:  # noqa: BLE001 (raised again where results are taken)
            self._failure = error
        finally:
            with self._change:
                self._over = True
                self._change.notify_all()

    def _read_task(self, task: Task) -> None:
        slim = replace(task, data=None)
        try:
            if task.mirrored and task.form not in STREAMED:
                # mirrored with the bytes that were read, whatever becomes of the file
                task = slim = replace(task, data=whole(task))
            for part in parts(task):
                self._offer(_Item(slim, part))
        except InputError as error:
            self._offer(_Item(slim, error=str(error)))
        else:
            self._offer(_Item(slim))

    def _offer(self, item: _Item) -> None:
        with self._change:
            self._change.wait_for(
                lambda: self._stopped or not self._ahead or self._ahead + item.size <= AHEAD
            )
            if self._stopped:
                raise _StoppedError
            self._ahead += item.size
            self._arrived.append(item)
            self._change.notify_all()
        if self._helpers.on_read and item.size:
            self._helpers.on_read(item.size)

    def _engine(self) -> Engine:
        """Wait for the engine: to be called only when something was read."""
        if self._loading is None:
            raise ValueError("no task was read")
        return self._loading.result()

    # sentences to the engine and back

    def _schedule(self, item: _Item) -> None:
        """Find a rendering for every sentence, or send the sentence for one."""
        self._open.append(item)
        if item.part is None:
            return
        texts = dict.fromkeys(sentence.text for sentence in item.part.document.sentences)
        unknown: list[str] = []
        for text in texts:
            slot = self._recent.get(text)
            if slot is None:
                unknown.append(text)
                slot = _Slot()
            self._recent[text] = item.slots[text] = slot
            self._recent.move_to_end(text)
        known = self._recalled(unknown)
        for text in unknown:
            slot = item.slots[text]
            slot.rendering = known.get(text)
            if slot.rendering is None:
                self._waiting.append((text, slot))
        while len(self._recent) > RECENT:
            self._recent.popitem(last=False)

    def _recalled(self, texts: Sequence[str]) -> dict[str, Rendering]:
        memory = self._helpers.memory
        known = remembered(texts, memory) if memory else {}
        for cache in self._helpers.caches:
            known.update(cache.recall([text for text in texts if text not in known]))
        return known

    def _remember(self, rendered: Sequence[dict[str, Rendering]]) -> None:
        for cache in self._helpers.caches:
            for found in rendered:
                cache.remember(found)

    def _take_off(self, pool: ThreadPoolExecutor) -> None:
        while self._can_fly():
            size = min(self._room, FLIGHT, len(self._waiting))
            self._room = min(FLIGHT, max(self._room, GROWTH * size))
            load = [self._waiting.popleft() for _ in range(size)]
            flight = pool.submit(self._fly, [text for text, _ in load])
            self._flying[flight] = load
            flight.add_done_callback(self._land)

    def _fly(self, texts: list[str]) -> dict[str, Rendering]:
        making = self._making
        keep = self._keep if self._helpers.caches else None
        found = render(texts, self._engine(), making.decoding, self._told, making.glossary, keep)
        return dict(zip(texts, found, strict=True))

    def _keep(self, found: dict[str, Rendering]) -> None:
        """Leave what was rendered for the caches, which are used where results are taken."""
        with self._change:
            self._rendered.append(found)
            self._change.notify_all()

    def _told(self, count: int) -> None:
        if self._stopped:
            raise _StoppedError
        if self._helpers.on_done and count:
            self._helpers.on_done(count)

    def _land(self, flight: Future[dict[str, Rendering]]) -> None:
        with self._change:
            self._landed.append(flight)
            self._change.notify_all()

    def _unload(self, flight: Future[dict[str, Rendering]]) -> None:
        load = self._flying.pop(flight)
        found = flight.result()
        for text, slot in load:
            slot.rendering = found[text]

    # out

    def _finished(self, item: _Item, finisher: Finisher) -> Iterator[Result]:
        with self._change:
            self._ahead -= item.size
            self._change.notify_all()
        if item.error:
            yield finisher.failed(item.task, item.error)
        elif item.part is None:
            yield finisher.ended(item.task)
        else:
            known = {text: slot.rendering for text, slot in item.slots.items() if slot.rendering}
            yield finisher.made(item.task, item.part, known)
