"""Cleaning of a line: the same text, without what only its way here added."""

from __future__ import annotations

import html
import re
import unicodedata

__all__ = ["clean"]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd]")
"""Soft hyphens, zero-width and direction marks, and the sign for a byte that was no text."""

_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return a line in NFC, entities resolved, without control characters, single-spaced."""
    if _ENTITY.search(text):
        text = html.unescape(text)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if not text.isprintable():  # most lines are, and this is quick to see
        text = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return _SPACES.sub(" ", text).strip()
