"""Sentence alignment: two documents to a bitext.

Passes over the same texts, each with what the one before taught: the words of both documents
(shipped lexicon, looks, and where there is no lexicon what model 1 learns from the beads
found so far, as hunalign's ``-realign`` does; Varga et al. 2005) and how long translations are.
With a machine translation of one side (Sennrich & Volk 2010, "MT-based sentence alignment for
OCR-generated parallel texts") its words are compared too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit._version import __version__
from translate_kit.bitext import Bead, Bitext, Provenance
from translate_kit.errors import EmptyInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.document import Document

__all__ = ["Translations", "align"]


@dataclass(frozen=True, slots=True)
class Translations:
    """Machine translations of one document's sentences into the other's language.

    Args:
        side: ``source`` or ``target``: which document was translated.
        texts: a translation for each of its sentences, empty where there is none.
    """

    side: str
    texts: Sequence[str]

    def __post_init__(self) -> None:
        """Refuse an unknown side."""
        if self.side not in {"source", "target"}:
            raise ValueError(f"side {self.side!r} is neither source nor target")


def align(source: Document, target: Document, translations: Translations | None = None) -> Bitext:
    """Align two segmented documents.

    Args:
        source: with at least one sentence.
        target: likewise.
        translations: of the sentences of one of them; None goes by the lexicon alone.

    Returns:
        Beads of up to four sentences on a side, 1-0 and 0-1 where a side has nothing to offer,
        each with its confidence; origin ``human``, no links. The provenance holds the measured
        ``similarity`` of the two, in [0, 1] (see `translate_kit.align.doubts`).

    Raises:
        EmptyInputError: if a document has no sentence.
        ValueError: if there is not a translation for every sentence.
    """
    from translate_kit.align import passes  # noqa: PLC0415 (numpy: translating needs none of it)

    for document in (source, target):
        if not document.sentences:
            raise EmptyInputError(f"{document.source or document.language}: no sentence to align")
    result = passes.align(source, target, translations)
    beads = tuple(
        Bead(bead.source, bead.target, origin="human", confidence=confidence)
        for bead, confidence in zip(result.beads, result.confidences, strict=True)
    )
    options = (("method", result.method), ("similarity", f"{result.similarity:.3f}"))
    made = Provenance(tool=f"translate-kit {__version__}", options=options)
    return Bitext(source, target, beads, made)
