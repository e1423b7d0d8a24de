"""From what was named on a command line to a corpus."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from translate_kit.errors import InputError, OptionError
from translate_kit.evaluate.aligning import align_corpus, sentences_of
from translate_kit.evaluate.corpus import Corpus, Stream, check_lengths
from translate_kit.evaluate.models import ModelSettings, run_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate_kit.evaluate.corpus import System
    from translate_kit.evaluate.inputs import Input

__all__ = ["Gathering", "gather"]


@dataclass(frozen=True, slots=True)
class Gathering:
    """What to make a corpus of.

    Args:
        hypotheses: files with systems' outputs, the baseline first.
        references: files with references.
        source: file with sources, or None; a bilingual hypothesis brings its own.
        models: names or paths of models to translate the source with; they follow the files.
        settings: theirs.
        align: align the reference first; None does so where the segmentation of the outputs
            is not one of a test set: they come from a bilingual file, or a model translates an
            article (text in paragraphs).
    """

    hypotheses: tuple[Input, ...]
    references: tuple[Input, ...]
    source: Input | None = None
    models: tuple[str, ...] = ()
    settings: ModelSettings = field(default_factory=ModelSettings)
    align: bool | None = None


def gather(
    wanted: Gathering,
    on_model: Callable[[str, int], Callable[[int], None] | None] | None = None,
) -> Corpus:
    """Read the parts together, let models translate, and align if need be.

    Args:
        wanted: files and models.
        on_model: called with a model's name and the number of segments before it begins;
            returns what to call with the number of segments that have become ready.

    Raises:
        OptionError: if a model has no source, or several references would have to be aligned.
        InputError: if the parts differ in length and are not to be aligned.
        ModelError: if a model is missing or fails.
    """
    references = tuple(stream for given in wanted.references for stream in given.references)
    if not references:
        raise InputError("no reference in the files named with -r")
    sources = _sources(wanted)
    if wanted.models and sources is None:
        raise OptionError("a model translates a source: name it with -s")
    differ = _differ(wanted, references, sources)
    notes: tuple[str, ...] = ()
    if differ and wanted.source and wanted.source.is_article and not wanted.hypotheses:
        sources = sentences_of(wanted.source.text or "", _languages(wanted)[0], wanted.source.name)
        notes = (f"{sources.name} is an article: it was cut into {len(sources.lines)} sentences",)
    systems = [system for given in wanted.hypotheses for system in given.systems]
    if wanted.models and sources is not None:
        systems += _translated(wanted, sources, on_model)
    if not differ:
        return Corpus(tuple(systems), references, sources, _languages(wanted))
    corpus = align_corpus(systems, _single(wanted, references), sources, _languages(wanted))
    return _noted(corpus, notes)


def _languages(wanted: Gathering) -> tuple[str, str]:
    source, _, target = wanted.settings.direction.partition("-")
    return source, target


def _sources(wanted: Gathering) -> Stream | None:
    if wanted.source is not None:
        return wanted.source.sources
    return next((given.sources for given in wanted.hypotheses if given.bilingual), None)


def _differ(wanted: Gathering, references: tuple[Stream, ...], sources: Stream | None) -> bool:
    """Say whether the reference must be aligned first.

    Raises:
        InputError: if lengths differ and that is an error, before any model runs.
    """
    if wanted.align is not None and wanted.align:
        return True
    parts = [Stream(s.name, s.lines) for given in wanted.hypotheses for s in given.systems]
    counts = {len(part.lines) for part in (*parts, *filter(None, (sources,)))}
    if counts <= {len(references[0].lines)}:
        return False
    own = [given.bilingual for given in wanted.hypotheses]
    article = bool(wanted.models and wanted.source and wanted.source.is_article)
    if wanted.align is None and (all(own) if own else article):
        return True
    for part in parts:
        check_lengths(part, references[0])
    if sources is not None:
        check_lengths(sources, references[0], same_language=False)
    return False


def _translated(
    wanted: Gathering,
    sources: Stream,
    on_model: Callable[[str, int], Callable[[int], None] | None] | None,
) -> list[System]:
    systems = []
    for name in wanted.models:
        on_done = on_model(name, len(sources.lines)) if on_model else None
        systems.append(run_model(name, sources.lines, wanted.settings, on_done))
    return systems


def _single(wanted: Gathering, references: tuple[Stream, ...]) -> Stream:
    """Return the one reference that can be aligned, by sentences if it is an article."""
    if len(references) > 1:
        raise OptionError("only one reference can be aligned; name one with -r")
    given = wanted.references[0]
    if given.text is not None:
        return sentences_of(given.text, _languages(wanted)[1], given.name)
    return references[0]


def _noted(corpus: Corpus, notes: tuple[str, ...]) -> Corpus:
    return Corpus(
        corpus.systems,
        corpus.references,
        corpus.sources,
        corpus.languages,
        (*notes, *corpus.notes),
    )
