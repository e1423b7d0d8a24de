"""The last hand on a sentence's translation: what must not change, and what must be so called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.translate.demands import NO_DEMANDS, Demands
from translate_kit.translate.names import with_names
from translate_kit.translate.numbers import with_numbers
from translate_kit.translate.terms import with_terms
from translate_kit.translate.verbatim import with_literals

if TYPE_CHECKING:
    from translate_kit.languages import Direction
    from translate_kit.translate.sentences import Rendering

__all__ = ["finished"]


def finished(
    sentence: str, rendering: Rendering, direction: Direction, demands: Demands = NO_DEMANDS
) -> Rendering:
    """Return a rendering with the sentence's literals, numbers and names, and the terms asked for.

    Args:
        sentence: as the article has it.
        rendering: its translation as the model made it.
        direction: the languages of the two.
        demands: what a glossary asks of the translation.
    """
    rendering = with_literals(sentence, rendering, direction.target)
    rendering = with_numbers(sentence, rendering, direction)
    rendering = with_names(sentence, rendering, direction)
    return with_terms(sentence, rendering, demands, direction)
