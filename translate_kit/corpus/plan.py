"""How a run is done: with which engine, memory and journal."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

from translate_kit._version import __version__
from translate_kit.corpus.run import Run, journal_for
from translate_kit.corpus.stream import Helpers, Stream
from translate_kit.corpus.tasks import Making
from translate_kit.engine import load_engine
from translate_kit.languages import Direction
from translate_kit.memory import context_digest
from translate_kit.modelstore import find_model
from translate_kit.translate.codec import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translate_kit.corpus.outputs import Outputs
    from translate_kit.corpus.run import Articles, Report, Runner
    from translate_kit.corpus.stream import Cache
    from translate_kit.engine.runtime import Engine
    from translate_kit.translate import Remembers

__all__ = ["Plan", "rendering_context", "runner_for", "translate_articles"]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is done.

    Args:
        making: what is made of each article.
        memory: what people translated before.
        on_read: called with the number of sentences of each document that is read.
        on_done: called with the number of parts of sentences that have become ready.
    """

    making: Making = field(default_factory=Making)
    memory: Remembers | None = None
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
    journal = None
    if outputs:
        journal = journal_for(articles, outputs, _settings(articles, outputs, plan))
    runner = runner_for(plan, *((journal,) if journal else ()))
    yield from Run(articles, outputs, journal).reports(runner)


def runner_for(plan: Plan, *caches: Cache) -> Runner:
    """Return what turns tasks into results as a plan says.

    Args:
        plan: how it is done.
        caches: what knows renderings of earlier runs.
    """
    making = plan.making

    def load() -> Engine:
        return load_engine(making.model, making.direction, making.engine)

    return Stream(load, making, Helpers(plan.memory, caches, plan.on_read, plan.on_done))


def rendering_context(making: Making) -> str:
    """Return the digest of all that the rendering of a sentence depends on beside its text.

    Raises:
        ModelError: if there is no such model.
    """
    model = find_model(making.model, Direction.parse(making.direction))
    pairs = {
        **{f"decoding.{name}": value for name, value in asdict(making.decoding).items()},
        "ctranslate2": version("ctranslate2"),
        "compute_type": making.engine.compute_type,
        "device": making.engine.device,
        "direction": making.direction,
        "model": model.digest,
        "tool": __version__,
        "version": VERSION,
    }
    return context_digest((name, str(value)) for name, value in pairs.items())


def _settings(articles: Articles, outputs: Outputs, plan: Plan) -> str:
    """Return the digest of all that the files of a run depend on beside the inputs."""
    making = plan.making
    pairs = {
        "abstain": making.abstain,
        "encoding": articles.encoding,
        "form": articles.form,
        "judged": making.judged,
        "language": articles.language,
        "outputs": outputs.described,
        "renderings": rendering_context(making),
    }
    return context_digest((name, str(value)) for name, value in pairs.items())
