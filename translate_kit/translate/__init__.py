"""A segmented document and an engine make a bitext.

``clauses`` cuts what is too long, ``trouble`` knows a hypothesis that went wrong, ``surface``
tidies quotation and end marks, ``verbatim`` and ``numbers`` bring addresses and numbers back,
``terms`` what a glossary asks for, ``sentences`` puts these together, ``protect`` brings code back
as it was, ``assemble`` makes the target document. ``opinion`` asks an engine about translations
it did not make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from translate_kit._version import __version__
from translate_kit.bitext import Bead, Bitext, Provenance
from translate_kit.engine import Decoding
from translate_kit.quality import Evidence, estimate, is_calibrated
from translate_kit.translate.abstain import without_band
from translate_kit.translate.assemble import target_document
from translate_kit.translate.opinion import second_opinion
from translate_kit.translate.protect import protect
from translate_kit.translate.sentences import Rendering, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from translate_kit.bitext import Origin
    from translate_kit.document import Document
    from translate_kit.engine.runtime import Engine
    from translate_kit.glossary import Glossary

__all__ = [
    "Remembers",
    "bitext_of",
    "remembered",
    "second_opinion",
    "translate",
    "without_band",
]


class Remembers(Protocol):
    """What knows human translations: `translate_kit.memory`'s classes do."""

    def recall(self, sentence: str) -> str | None:
        """Return the translation of a sentence, or None."""


def translate(
    document: Document,
    engine: Engine,
    decoding: Decoding | None = None,
    on_done: Callable[[int], None] | None = None,
    memory: Remembers | None = None,
    glossary: Glossary | None = None,
) -> Bitext:
    """Translate a segmented document: a bead for every sentence, with links and quality.

    Args:
        document: in the engine's source language, as `segment` returns it.
        engine: a loaded model.
        decoding: how to search; None is the default.
        on_done: called with 1 for every part of a sentence that is ready.
        memory: what people translated before; such sentences are not translated again.
        glossary: terms that the translations must have; what they have not is an issue
            ``glossary``.

    Returns:
        A bitext in which a sentence the model could not render has an empty target and the
        origin ``untranslated``.

    Raises:
        EngineError: if the engine fails.
    """
    decoding = decoding or Decoding()
    texts = dict.fromkeys(sentence.text for sentence in document.sentences)
    known = remembered(texts, memory) if memory else {}
    asked = [text for text in texts if text not in known]
    known.update(zip(asked, render(asked, engine, decoding, on_done, glossary), strict=True))
    return bitext_of(document, known, engine, decoding, glossary=glossary)


def remembered(texts: Iterable[str], memory: Remembers) -> dict[str, Rendering]:
    """Return renderings of the sentences that somebody translated before, by sentence."""
    found = ((text, memory.recall(text)) for text in texts)
    return {text: Rendering(known, 0.0, remembered=True) for text, known in found if known}


def bitext_of(
    document: Document,
    known: Mapping[str, Rendering],
    engine: Engine,
    decoding: Decoding,
    *,
    judged: bool = True,
    glossary: Glossary | None = None,
) -> Bitext:
    """Return a document with the renderings of its sentences.

    Args:
        document: segmented.
        known: the rendering of every sentence, by its text.
        engine: what rendered them.
        decoding: how it searched.
        judged: whether to estimate the quality of every bead.
        glossary: what it was asked for.
    """
    renderings = protect(document, [known[sentence.text] for sentence in document.sentences])
    target = target_document(
        document, [rendering.text for rendering in renderings], engine.direction.target
    )
    provenance = _provenance(engine, decoding, glossary)
    bitext = Bitext(document, target, _beads(renderings), provenance)
    if not judged:
        return bitext
    return estimate(bitext, [_evidence(rendering, engine) for rendering in renderings])


def _origin(rendering: Rendering) -> Origin:
    if rendering.remembered:
        return "memory"
    return "model" if rendering.text else "untranslated"


def _beads(renderings: Sequence[Rendering]) -> tuple[Bead, ...]:
    beads = []
    position = 0
    for number, rendering in enumerate(renderings):
        end = position + bool(rendering.text)
        beads.append(
            Bead(
                source=range(number, number + 1),
                target=range(position, end),
                origin=_origin(rendering),
                links=rendering.links,
                alternatives=rendering.alternatives,
            )
        )
        position = end
    return tuple(beads)


def _provenance(engine: Engine, decoding: Decoding, glossary: Glossary | None) -> Provenance:
    terms = (("glossary", glossary.digest),) if glossary else ()
    options = (*decoding.pairs(), *engine.provenance, ("direction", str(engine.direction)), *terms)
    return Provenance(
        tool=f"translate-kit {__version__}",
        model=engine.model.name,
        digest=engine.model.digest,
        options=tuple(sorted(options)),
    )


def _evidence(rendering: Rendering, engine: Engine) -> Evidence | None:
    """Tell what the search knows; scores of a model that was not calibrated mean nothing."""
    if rendering.remembered:
        return None
    known = is_calibrated(engine.model.digest, str(engine.direction))
    return Evidence(
        score=rendering.score if known else None,
        token_log_probabilities=rendering.token_log_probabilities,
        issues=rendering.issues,
    )
