"""What makes two sentences the same to a memory, and two ways of translating the same."""

from __future__ import annotations

import json
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["context_digest", "normalised"]


def normalised(text: str) -> str:
    """Return a sentence in Unicode NFC, runs of white space as one space, none around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def context_digest(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the SHA-256 of all that decides how a machine renders a sentence, hexadecimal.

    Args:
        pairs: names and values, in any order: the model's digest, direction, decoding options,
            the glossary's digest, the version of what is done around the model …. Whatever is
            left out must not change a rendering.
    """
    told = json.dumps(sorted(pairs), ensure_ascii=True, separators=(",", ":"))
    return sha256(told.encode("ascii")).hexdigest()
