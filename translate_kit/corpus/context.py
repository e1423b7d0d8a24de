"""What makes two machines' renderings of a sentence the same."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING

from translate_kit._version import __version__
from translate_kit.languages import Direction
from translate_kit.memory import context_digest
from translate_kit.modelstore import find_model
from translate_kit.translate.codec import VERSION

if TYPE_CHECKING:
    from translate_kit.corpus.tasks import Making

__all__ = ["rendering_context"]


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
        "glossary": making.glossary.digest if making.glossary else "",
        "model": model.digest,
        "shortlist": model.shortlist_digest,
        "tool": __version__,
        "version": VERSION,
    }
    return context_digest((name, str(value)) for name, value in pairs.items())
