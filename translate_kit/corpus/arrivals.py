"""Articles as they arrive in a folder: each given once it is whole, and again when it changes.

What lies in the folder is the truth. What the system tells of changes (watchfiles) only says
where to look at once; now and then everything is looked through, for the system forgets to tell
when much happens, and of network drives it tells nothing. A file counts as whole when its size
and times were the same in two looks a settle time apart, whether it was written slowly or
renamed into its place.
"""

from __future__ import annotations

import math
import os
import stat
import threading
import time
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from translate_kit.corpus.inputs import Named, is_article
from translate_kit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Self

__all__ = ["Arrival", "Arrivals"]

LOOK = 60.0
"""Seconds between two looks through everything where the system tells of changes."""

POLL = 1.0
"""The same where it does not."""

BUSY = 9
"""Times as long as a look took that the next is put off at least: of a large folder on a slow
drive a tenth of the time is enough."""

HEARKEN = 100
"""Milliseconds after which the listener sees that it is to end."""

GATHER = 400
"""Milliseconds of changes that are told together, at most."""


class Stamp(NamedTuple):
    """What changes when a file does. Times in nanoseconds."""

    size: int
    modified: int
    changed: int


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a file; None where there is none, or something that is no file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that was whole when it was last looked at.

    Args:
        named: the file.
        stamp: of that look.
    """

    named: Named
    stamp: Stamp

    @property
    def stands(self) -> bool:
        """Whether the file is there and has not changed."""
        return stamp_of(Path(self.named.name)) == self.stamp


@dataclass(frozen=True, slots=True)
class _Seen:
    """An article that may still be written: how it looked, and since when."""

    stamp: Stamp
    since: float


class Arrivals:
    """Gives the articles in a folder as they become whole; a context manager.

    Args:
        folder: looked through with all folders in it, but for hidden ones.
        keep_out: a folder of which nothing is given: the output's.
        settle: seconds that a file must stay as it is to count as whole.
        poll: do without what the system tells.
        once: give what is there, leave what changes meanwhile, and end.
    """

    def __init__(
        self, folder: Path, keep_out: Path, *, settle: float, poll: bool, once: bool
    ) -> None:
        self._folder = folder
        self._root = folder.resolve()
        self._keep_out = keep_out.resolve()
        self._settle = settle
        self._poll = poll
        self._once = once
        self._pending: dict[PurePath, _Seen] = {}
        self._given: dict[PurePath, Stamp] = {}
        self._next_look = math.inf
        self._end = threading.Event()
        # shared between threads from here on
        self._change = threading.Condition()
        self._heard: set[str] = set()
        self._later: dict[PurePath, float] = {}
        self._deaf = ""
        self._woken = False
        self._listener = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        """Begin to listen."""
        if not (self._poll or self._once):
            self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, wherever `arrivals` is waiting."""
        with self._change:
            self._end.set()
            self._change.notify_all()
        if self._listener.is_alive():
            self._listener.join()

    def arrivals(self) -> Iterator[Arrival]:
        """Yield each article that is whole, the oldest first, until the end.

        Raises:
            InputError: if the system cannot tell of changes.
        """
        self._look_everywhere()
        while not self._end.is_set():
            yield from self._whole()
            if self._once and not self._pending:
                return
            for path in self._wait():
                self._look_at(Path(path))
            if time.monotonic() >= self._next_look:
                self._look_everywhere()

    def again(self, arrival: Arrival, seconds: float) -> None:
        """Give an article again after a while, though it does not change. From any thread."""
        with self._change:
            self._later[arrival.named.place] = time.monotonic() + seconds
            self._woken = True
            self._change.notify_all()

    def rest(self, seconds: float) -> bool:
        """Wait; return whether it is not the end."""
        return not self._end.wait(seconds)

    # what is whole

    def _whole(self) -> Iterator[Arrival]:
        def age(place: PurePath) -> tuple[int, PurePath]:
            return self._pending[place].stamp.modified, place

        now = time.monotonic()  # one for all, that none overtakes an older one
        for place in sorted(self._pending, key=age):
            seen = self._pending[place]
            if now - seen.since < self._settle:
                continue
            del self._pending[place]
            if stamp_of(self._root / place) == seen.stamp:
                self._given[place] = seen.stamp
                yield Arrival(Named(str(self._folder / place), place), seen.stamp)
            elif not self._once:
                self._look(place)

    # looking

    def _look(self, place: PurePath) -> None:
        stamp = stamp_of(self._root / place)
        if stamp is None:
            self._forget(place)
        elif self._given.get(place) != stamp:
            seen = self._pending.get(place)
            if seen is None or seen.stamp != stamp:
                self._pending[place] = _Seen(stamp, time.monotonic())

    def _forget(self, place: PurePath) -> None:
        self._pending.pop(place, None)
        self._given.pop(place, None)

    def _look_at(self, path: Path) -> None:
        """Look at what something was heard of: a file, a folder, or what is no more."""
        above = (path, *path.parents)
        if path == self._root:
            self._look_everywhere()
        if path == self._root or self._root not in above or self._keep_out in above:
            return
        place = PurePath(path.relative_to(self._root))
        if is_article(place):
            self._look(place)
        for found in self._walk(path):
            self._look(found)

    def _look_everywhere(self) -> None:
        begun = time.monotonic()
        found = set(self._walk(self._root))
        for place in {*self._given, *self._pending} - found:
            self._forget(place)
        before = dict(self._pending)
        for place in found:
            self._look(place)
        now = time.monotonic()
        for place, seen in self._pending.items():
            if seen is not before.get(place):  # they settle together: the oldest comes first
                self._pending[place] = _Seen(seen.stamp, now)
        period = POLL if self._poll else LOOK
        self._next_look = math.inf if self._once else now + max(period, BUSY * (now - begun))

    def _walk(self, top: Path) -> Iterator[PurePath]:
        """Yield the articles in a folder; nothing for what is none or cannot be read."""
        if os.path.islink(top):  # noqa: PTH114 (this one never raises)
            return
        for name, folders, files in os.walk(top):
            here = Path(name)
            folders[:] = [
                folder
                for folder in folders
                if not folder.startswith(".") and here / folder != self._keep_out
            ]
            for file in files:
                place = PurePath((here / file).relative_to(self._root))
                if is_article(place):
                    yield place

    # listening

    def _wait(self) -> set[str]:
        """Wait until there is something to look at; return what was heard."""
        with self._change:
            self._change.wait_for(self._called, max(0.0, self._soonest() - time.monotonic()))
            if self._deaf:
                raise InputError(self._deaf)
            heard, self._heard, self._woken = self._heard, set(), False
            now = time.monotonic()
            due = [place for place, moment in self._later.items() if moment <= now]
            for place in due:
                del self._later[place]
        for place in due:
            self._given.pop(place, None)
            self._look(place)
        return heard

    def _called(self) -> bool:
        return bool(self._heard or self._woken or self._deaf or self._end.is_set())

    def _soonest(self) -> float:
        settled = (seen.since + self._settle for seen in self._pending.values())
        return min(self._next_look, *self._later.values(), *settled, threading.TIMEOUT_MAX)

    def _listen(self) -> None:
        """Hear what changes, in a thread of its own."""
        from watchfiles import watch  # noqa: PLC0415 (0.1 s, and only where there is a watch)

        changes = watch(
            self._root,
            watch_filter=None,
            debounce=GATHER,
            stop_event=self._end,
            rust_timeout=HEARKEN,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        try:
            next(changes, None)
            # all that came before there was somebody to hear it
            self._hear({str(self._root)})
            for some in changes:
                self._hear({path for _, path in some})
        except (OSError, RuntimeError) as error:  # the library raises both
            with self._change:
                self._deaf = (
                    f"cannot be told what changes in {str(self._folder)!r}: {error};"
                    " raise the system's limit, or look through it again and again with --poll"
                )
                self._change.notify_all()

    def _hear(self, paths: set[str]) -> None:
        if paths:
            with self._change:
                self._heard |= paths
                self._change.notify_all()
