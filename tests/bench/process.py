"""A command, watched: when its first sentence comes, when it ends, what it takes."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["READY", "Run", "busy_seconds", "run", "surroundings"]

ROOT = Path(__file__).resolve().parents[2]
READY = b"# ready\n"
"""A line that says: loaded, now I begin to translate."""

HEADER = b'{"translate_kit"'
_STAT = Path("/proc/stat")


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took.

    Args:
        seconds: from its start to its end.
        ready: from its start until it said that it had loaded; 0 if it does not say so.
        first: from its start until the first sentence could be read.
        processor: seconds of processor time, its children's included.
        memory: bytes that were resident at most, in the largest of its processes.
        others: processor cores that other programs kept busy meanwhile.
        sentences: lines that came out and are no header.
        stopped: whether it was ended at the time limit.
    """

    seconds: float
    ready: float
    first: float
    processor: float
    memory: int
    others: float
    sentences: int
    stopped: bool


def surroundings() -> dict[str, str]:
    """Return the environment of a measured process: ours, without what slows a start.

    Compiled modules are kept, as an installation keeps them.
    """
    left = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPROFILEIMPORTTIME"}
    kept = {name: value for name, value in os.environ.items() if name not in left}
    kept["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    return kept


def busy_seconds() -> float | None:
    """Return the processor time that the machine has spent on anything, since it started."""
    if not _STAT.is_file():
        return None
    numbers = [int(word) for word in _STAT.read_text(encoding="ascii").split()[1:9]]
    return (sum(numbers) - numbers[3] - numbers[4]) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _on(cores: int) -> Iterator[None]:
    """Let what is started in the body use so many processor cores, as one allots containers."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(ours)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, ours)


def run(command: Sequence[str], cores: int, limit: float) -> Run:
    """Run a command to its end, or to the limit in seconds.

    Raises:
        RuntimeError: if it fails; the message ends with what it said.
    """
    busy = busy_seconds()
    with tempfile.TemporaryFile() as complaints:
        with _on(cores):
            start = time.perf_counter()
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=surroundings(),
            )
        over = threading.Event()
        alarm = threading.Timer(limit, _end, (process.pid, over))
        alarm.start()
        ready, first, last, sentences = _watch(process, start)
        _, status, usage = os.wait4(process.pid, 0)
        end = last if over.is_set() else time.perf_counter()
        alarm.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode and not over.is_set():
            complaints.seek(0)
            said = complaints.read()[-2000:].decode(errors="replace")
            raise RuntimeError(f"{' '.join(command)} failed:\n{said}")
    processor = usage.ru_utime + usage.ru_stime
    after = busy_seconds()
    others = 0.0
    if busy is not None and after is not None:
        others = max(0.0, after - busy - processor) / (time.perf_counter() - start)
    return Run(
        seconds=end - start,
        ready=ready,
        first=first,
        processor=processor,
        memory=usage.ru_maxrss * 1024,
        others=others,
        sentences=sentences,
        stopped=over.is_set(),
    )


def _end(pid: int, over: threading.Event) -> None:
    over.set()
    os.kill(pid, signal.SIGKILL)


def _watch(process: subprocess.Popen[bytes], start: float) -> tuple[float, float, float, int]:
    """Read what comes and tell when it was ready, when the first and the last sentence came."""
    ready = first = 0.0
    last, sentences = start, 0
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            if line == READY:
                ready = time.perf_counter() - start
            elif not line.startswith(HEADER):
                last = time.perf_counter()
                first = first or last - start
                sentences += 1
    return ready, first, last, sentences
