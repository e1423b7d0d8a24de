"""Code is never translated: after the model it stands in its sentence again as it was.

The model has read it among the words, for a sentence without it would be another sentence; what
it made of it is replaced, by the word links (`translate_kit.formats.marks`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from translate_kit.formats.marks import CODE, Mark, Marked, Restored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.document import Document
    from translate_kit.translate.sentences import Rendering

__all__ = ["protect"]


def protect(document: Document, renderings: Sequence[Rendering]) -> list[Rendering]:
    """Return the renderings of a document's sentences with the sentences' code in them.

    Args:
        document: segmented; code inside a sentence is markup of that name in its block.
        renderings: one a sentence.
    """
    return [
        _restored(sentence, rendering) if sentence.marks and rendering.text else rendering
        for sentence, rendering in zip(_marked(document), renderings, strict=True)
    ]


def _marked(document: Document) -> Iterator[Marked]:
    """Yield every sentence with the code that is marked in it."""
    for block in document.blocks:
        codes = [span for span in block.markup if span.name == CODE]
        for sentence in block.sentences:
            marks = tuple(
                Mark(code.start - sentence.start, code.end - sentence.start, CODE, object())
                for code in codes
                if sentence.start <= code.start and code.end <= sentence.end
            )
            yield Marked(sentence.text, marks)


def _restored(sentence: Marked, rendering: Rendering) -> Rendering:
    restored = Restored(sentence, rendering.text, rendering.links)
    issues = (
        replace(issue, target=restored.moved(issue.target)) if issue.target else issue
        for issue in rendering.issues
    )
    return replace(rendering, text=restored.text, links=restored.links(), issues=tuple(issues))
