"""The last hand on translations: what must not change, and what must be so called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.translate.names import with_names
from translate_kit.translate.numbers import with_numbers
from translate_kit.translate.terms import with_terms
from translate_kit.translate.verbatim import with_literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translate_kit.languages import Direction
    from translate_kit.translate.demands import Demands
    from translate_kit.translate.sentences import Rendering

__all__ = ["finished"]


def finished(
    sentences: Sequence[str],
    renderings: Iterable[Rendering],
    direction: Direction,
    demands: Sequence[Demands] = (),
) -> list[Rendering]:
    """Return renderings with their sentences' literals, numbers and names, and the terms asked for.

    One step after another for all of them: each finds its code and data in the processor's cache.

    Args:
        sentences: as the article has them.
        renderings: their translations as the model made them.
        direction: the languages of the two.
        demands: what a glossary asks of each translation; none if there is no glossary.
    """
    made = [
        with_literals(s, r, direction.target) for s, r in zip(sentences, renderings, strict=True)
    ]
    made = [with_numbers(s, r, direction) for s, r in zip(sentences, made, strict=True)]
    made = [with_names(s, r, direction) for s, r in zip(sentences, made, strict=True)]
    if not demands:
        return made
    asked = zip(sentences, made, demands, strict=True)
    return [with_terms(s, r, wanted, direction) for s, r, wanted in asked]
