"""The engine: a model in CTranslate2, its tokens, its search.

``decoding`` holds what is asked and answered, ``families`` the table of model families,
``runtime`` the seam to CTranslate2. Importing this package imports none of the libraries;
`load_engine` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.engine.decoding import Decoding, EngineOptions, Hypothesis
from translate_kit.engine.families import FAMILIES

if TYPE_CHECKING:
    from translate_kit.engine.runtime import Engine as Engine

__all__ = ["FAMILIES", "Decoding", "EngineOptions", "Hypothesis", "load_engine"]


def load_engine(
    model: str | None = None, direction: str = "id-en", options: EngineOptions | None = None
) -> Engine:
    """Load a model; see `translate_kit.engine.runtime.load_engine`."""
    from translate_kit.engine import runtime  # noqa: PLC0415 (imports CTranslate2)

    return runtime.load_engine(model, direction, options)
