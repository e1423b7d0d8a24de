"""Workers of two kinds: processes of this machine, and actors of a Ray cluster.

Either loads the model once and does one load of tasks after another.
"""

from __future__ import annotations

import os
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from translate_kit.corpus.context import rendering_context
from translate_kit.corpus.dispatch import WorkerLostError
from translate_kit.corpus.remembering import NO_MEMORIES, Memories
from translate_kit.corpus.stream import Helpers, Stream
from translate_kit.engine import load_engine
from translate_kit.errors import EngineError, OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from typing_extensions import Self

    from translate_kit.corpus.tasks import Making, Result, Task
    from translate_kit.engine.runtime import Engine

__all__ = ["ProcessWorker", "RayCluster", "RayWorker", "Workbench", "available_cores"]


class Workbench:
    """What a worker has: the settings and, once it is needed, the engine.

    Args:
        making: what is made of each document.
        memories: what was translated before.
    """

    def __init__(self, making: Making, memories: Memories | None = None) -> None:
        self._making = making
        self._memories = (memories or NO_MEMORIES).open(rendering_context(making))
        self._engine: Engine | None = None

    def work(self, tasks: Sequence[Task]) -> list[Result]:
        """Do a load."""
        cache = self._memories.cache
        helpers = Helpers(self._memories, (cache,) if cache else ())
        stream = Stream(self._loaded, self._making, helpers)
        return _joined(stream.results(tasks), tasks)

    def _loaded(self) -> Engine:
        if self._engine is None:
            making = self._making
            self._engine = load_engine(making.model, making.direction, making.engine)
        return self._engine


def _joined(results: Iterable[Result], tasks: Sequence[Task]) -> list[Result]:
    """Return results in which the end of a part of an input is not the end of the input."""
    ends = iter(tasks)
    found = []
    for result in results:
        ended = next(ends) if result.last else None
        goes_on = ended is not None and ended.more and not result.error
        found.append(replace(result, last=result.last and not goes_on))
    return found


_bench: Workbench | None = None
"""Of this process, where it is a worker."""


def _set_up(making: Making, memories: Memories) -> None:
    global _bench  # noqa: PLW0603 (a process of a pool has no other place)
    _bench = Workbench(making, memories)


def _work(tasks: Sequence[Task]) -> list[Result]:
    if _bench is None:
        raise ValueError("this process is no worker")
    return _bench.work(tasks)


class ProcessWorker:
    """A process of this machine.

    Args:
        making: what is made of each document; its threads are this worker's.
        memories: what was translated before.
    """

    def __init__(self, making: Making, memories: Memories | None = None) -> None:
        # its own pool of one: a process that dies takes no other with it. Spawned, for
        # CTranslate2 does not survive a fork.
        self._pool = ProcessPoolExecutor(
            1,
            mp_context=get_context("spawn"),
            initializer=_set_up,
            initargs=(making, memories or NO_MEMORIES),
        )

    def submit(self, tasks: Sequence[Task]) -> Future[list[Result]]:
        """Start on a load."""
        try:
            return self._pool.submit(_work, tuple(tasks))
        except BrokenProcessPool as error:
            raise WorkerLostError from error

    def outcome(self, future: Future[list[Result]]) -> list[Result]:
        """Return the results of a load that is done."""
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise WorkerLostError from error

    def close(self) -> None:
        """End the process."""
        for process in (self._pool._processes or {}).values():  # noqa: SLF001 (nothing public ends it)
            process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _ray() -> Any:
    try:
        import ray  # noqa: PLC0415 (the extra "ray", half a second)
    except ImportError as error:
        raise OptionError(
            "--engine ray needs Ray; install with: pip install 'translate-kit[ray]'"
        ) from error
    return ray


class RayCluster:
    """Connects to the cluster that RAY_ADDRESS names, or else to one on this machine.

    Args:
        cores: of each worker.

    Raises:
        OptionError: if Ray is not installed.
        EngineError: if there is no cluster at that address.
    """

    def __init__(self, cores: int) -> None:
        self._ray = _ray()
        self._cores = cores
        self._ours = not self._ray.is_initialized()

    def __enter__(self) -> Self:
        """Connect."""
        if self._ours:
            try:
                self._ray.init(logging_level="ERROR", log_to_driver=False, include_dashboard=False)
            except (ConnectionError, RuntimeError, ValueError) as error:
                reason = str(error).splitlines()[0]
                raise EngineError(
                    f"no Ray cluster: {reason}; check RAY_ADDRESS, or start one with 'ray start'"
                ) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cluster."""
        if self._ours:
            self._ray.shutdown()

    @property
    def workers(self) -> int:
        """How many workers the cluster has room for now."""
        free: Mapping[str, float] = self._ray.available_resources()
        return max(1, int(free.get("CPU", 1)) // self._cores)

    def hire(self, making: Making, memories: Memories) -> Callable[[], RayWorker]:
        """Return what starts a worker."""
        actor = self._ray.remote(Workbench).options(num_cpus=self._cores, max_restarts=0)
        return lambda: RayWorker(self._ray, actor.remote(making, memories))


class RayWorker:
    """An actor somewhere in a cluster.

    Args:
        ray: the module.
        actor: a handle to a `Workbench`.
    """

    def __init__(self, ray: Any, actor: Any) -> None:
        self._ray = ray
        self._actor = actor

    def submit(self, tasks: Sequence[Task]) -> Future[list[Result]]:
        """Start on a load."""
        found: Future[list[Result]] = self._actor.work.remote(tuple(tasks)).future()
        return found

    def outcome(self, future: Future[list[Result]]) -> list[Result]:
        """Return the results of a load that is done."""
        try:
            return future.result()
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from error
        except self._ray.exceptions.RayError as error:  # the actor or its node is gone
            raise WorkerLostError from error

    def close(self) -> None:
        """End the actor."""
        self._ray.kill(self._actor)


def available_cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
