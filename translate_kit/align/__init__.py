"""Which sentences and which words of two texts correspond."""

from __future__ import annotations

from translate_kit.align.links import word_links, words
from translate_kit.align.sentences import align

__all__ = ["align", "word_links", "words"]
