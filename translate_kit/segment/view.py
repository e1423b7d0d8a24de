"""The text as the rules see it: one spelling of everything that only looks different.

Composed letters (NFC), one kind of space, ASCII marks for their full-width twins, and no
characters without width. Every character knows where it stands in the original, so that the
rules never meet those differences and offsets stay exact.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["View", "view"]

_IGNORED = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
"""Soft hyphen, zero-width spaces and joiners, direction marks, variation selectors."""

_SPACES = "\t\v\f\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_TWINS = {"！": "!", "？": "?", "．": ".", "。": ".", "｡": ".", "‼": "!", "⁇": "?", "⁈": "?"}
_TWINS |= {"⁉": "?", "؟": "?", "۔": ".", "।": ".", "‽": "?", "″": '"', "‟": "“", "❝": "“"}
_TWINS |= {"❞": "”", "＂": '"', "（": "(", "）": ")", "`": "'", "´": "'", "ʼ": "’", "′": "'"}

_IGNORABLE = re.compile(f"[{_IGNORED}]+")
_ODD = re.compile(f"[{_SPACES}{''.join(_TWINS)}]")
_TABLE = str.maketrans(
    _TWINS
    | {chr(code): " " for code in range(0x3001) if re.match(f"[{_SPACES}]", chr(code))}
    | {"\u2028": "\n", "\u2029": "\n", "\x85": "\n"}
)
_COMBINING = re.compile(
    r"[^\W_][\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u1ab0-\u1aff\u20d0-\u20ff]+"
)


@dataclass(frozen=True, slots=True)
class View:
    """A text made uniform.

    Args:
        text: the uniform text.
        origins: where each of its characters begins in the original, and at last the original's
            length; None where both texts have the same offsets.
    """

    text: str
    origins: tuple[int, ...] | None = None

    def origin(self, position: int) -> int:
        """Return the offset in the original of a position in ``text``."""
        return position if self.origins is None else self.origins[position]


def view(text: str) -> View:
    """Return the text as the rules see it, in time linear in its length."""
    origins: tuple[int, ...] | None = None
    if not unicodedata.is_normalized("NFC", text) or _IGNORABLE.search(text):
        text, origins = _compress(text)
    if _ODD.search(text):
        text = text.translate(_TABLE)
    return View(text, origins)


def _compress(text: str) -> tuple[str, tuple[int, ...]]:
    parts: list[str] = []
    origins: list[int] = []
    position = 0
    for match in re.finditer(f"{_COMBINING.pattern}|{_IGNORABLE.pattern}", text):
        parts.append(text[position : match.start()])
        origins.extend(range(position, match.start()))
        composed = unicodedata.normalize("NFC", _IGNORABLE.sub("", match.group()))
        parts.append(composed)
        origins.extend([match.start()] * len(composed))
        position = match.end()
    parts.append(text[position:])
    origins.extend(range(position, len(text) + 1))
    return "".join(parts), tuple(origins)
