"""The stages in their order, as the command line and most programs want them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.align import align
from translate_kit.document import PLAIN
from translate_kit.errors import EmptyInputError
from translate_kit.quality import estimate
from translate_kit.segment import SegmentOptions, segment
from translate_kit.translate import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate_kit.bitext import Bitext
    from translate_kit.document import Document
    from translate_kit.engine import Decoding
    from translate_kit.engine.runtime import Engine

__all__ = ["align_documents", "segment_document", "translate_document"]


def segment_document(document: Document, options: SegmentOptions | None = None) -> Document:
    """Return the document with blocks and sentences; one that has them stays as it is.

    Raises:
        EmptyInputError: if it holds no sentence.
        OptionError: if we have no data for its language.
    """
    pending = [b for b in document.blocks if b.kind == PLAIN or not b.sentences]
    segmented = segment(document, options or SegmentOptions()) if pending else document
    if not segmented.sentences:
        raise EmptyInputError(f"{document.source or 'the document'} holds no sentence")
    return segmented


def translate_document(
    document: Document,
    engine: Engine,
    decoding: Decoding | None = None,
    on_done: Callable[[int], None] | None = None,
) -> Bitext:
    """Segment a document if it is not yet, translate it and estimate the quality.

    Args:
        document: an article as `read_document` returns it.
        engine: from `load_engine`.
        decoding: how to search; None is the default.
        on_done: called with 1 for every part of a sentence that is ready.

    Raises:
        EmptyInputError: if it holds no sentence.
        EngineError: if the engine fails.
    """
    return translate(segment_document(document), engine, decoding, on_done)


def align_documents(source: Document, target: Document) -> Bitext:
    """Segment two documents if they are not yet, align them and estimate the quality.

    Raises:
        EmptyInputError: if one of them holds no sentence.
    """
    return estimate(align(segment_document(source), segment_document(target)))
