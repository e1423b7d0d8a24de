"""Which sentences and which words of two texts correspond."""

from __future__ import annotations

from translate_kit.align.doubts import doubts, ladder
from translate_kit.align.links import folded, word_links, words
from translate_kit.align.pairs import link_pair
from translate_kit.align.sentences import Translations, align

__all__ = [
    "Translations",
    "align",
    "doubts",
    "folded",
    "ladder",
    "link_pair",
    "word_links",
    "words",
]
