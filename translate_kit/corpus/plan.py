"""How a run is done: with which engine, memory and journal."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from translate_kit.corpus.context import rendering_context
from translate_kit.corpus.remembering import NO_MEMORIES, Memories
from translate_kit.corpus.run import Run, journal_for
from translate_kit.corpus.stream import Helpers, Stream
from translate_kit.corpus.tasks import Making
from translate_kit.engine import load_engine
from translate_kit.memory import context_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translate_kit.corpus.outputs import Outputs
    from translate_kit.corpus.remembering import OpenMemories
    from translate_kit.corpus.run import Articles, Report, Runner
    from translate_kit.corpus.stream import Cache

__all__ = ["Plan", "runner_for", "translate_articles"]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is done.

    Args:
        making: what is made of each article.
        memories: what was translated before.
        jobs: workers to spread the work over: processes of this machine, or actors of a cluster; 0
            takes one process, or all the cluster has room for.
        runner: ``local``, or ``ray`` for the cluster that RAY_ADDRESS names.
        on_read: called with the number of sentences of each document that is read.
        on_done: called with the number of parts of sentences that have become ready.
    """

    making: Making = field(default_factory=Making)
    memories: Memories = NO_MEMORIES
    jobs: int = 0
    runner: Literal["local", "ray"] = "local"
    on_read: Callable[[int], None] | None = None
    on_done: Callable[[int], None] | None = None


def translate_articles(articles: Articles, outputs: Outputs | None, plan: Plan) -> Iterator[Report]:
    """Translate articles, as many as there are; see `translate_kit.corpus.run.Run`.

    What an earlier run of the same articles with the same settings has done is not done again.

    Args:
        articles: the inputs.
        outputs: where results go; None leaves them in the reports.
        plan: how it is done.

    Raises:
        OptionError: if an input does not fit the options.
        ModelError: if the model is missing or broken, or fails.
        OutputError: if a file or the journal cannot be written; what is done is kept.
    """
    memories = plan.memories.open(rendering_context(plan.making))
    try:
        journal = None
        if outputs:
            settings = _settings(articles, outputs, plan, memories.fingerprint)
            journal = journal_for(articles, outputs, settings)
        with runner_for(plan, memories, journal) as runner:
            yield from Run(articles, outputs, journal).reports(runner)
    finally:
        memories.close()


@contextmanager
def runner_for(
    plan: Plan, memories: OpenMemories, journal: Cache | None = None
) -> Iterator[Runner]:
    """Give what turns tasks into results as a plan says.

    Args:
        plan: how it is done.
        memories: those of the plan.
        journal: what knows renderings of a run that was interrupted.

    Raises:
        OptionError: if Ray is asked for and not installed.
        EngineError: if there is no cluster.
    """
    making = plan.making
    caches = tuple(cache for cache in (memories.cache, journal) if cache)
    helpers = Helpers(memories, caches, plan.on_read, plan.on_done)
    if plan.runner == "local" and plan.jobs <= 1:
        yield Stream(
            lambda: load_engine(making.model, making.direction, making.engine), making, helpers
        )
        return
    # Ray and worker processes: only where many machines or processes are asked for
    from translate_kit.corpus import workers  # noqa: PLC0415
    from translate_kit.corpus.dispatch import Dispatcher  # noqa: PLC0415

    if plan.runner == "ray":
        own = _with_threads(making, making.engine.threads or 1)
        with workers.RayCluster(own.engine.threads) as cluster:
            count = plan.jobs or cluster.workers
            yield Dispatcher(cluster.hire(own, plan.memories.detached()), count)
        return
    share = max(1, workers.available_cores() // plan.jobs)
    own = _with_threads(making, making.engine.threads or share)
    yield Dispatcher(lambda: workers.ProcessWorker(own, plan.memories), plan.jobs)


def _with_threads(making: Making, threads: int) -> Making:
    return replace(making, engine=replace(making.engine, threads=threads))


def _settings(articles: Articles, outputs: Outputs, plan: Plan, memories: str) -> str:
    """Return the digest of all that the files of a run depend on beside the inputs."""
    making = plan.making
    pairs = {
        "abstain": making.abstain,
        "encoding": articles.encoding,
        "form": articles.form,
        "judged": making.judged,
        "language": articles.language,
        "memories": memories,
        "outputs": outputs.described,
        "renderings": rendering_context(making),
    }
    return context_digest((name, str(value)) for name, value in pairs.items())
