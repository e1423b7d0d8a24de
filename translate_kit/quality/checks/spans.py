"""Passages that only one side has, and markup that got lost."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from translate_kit.bitext import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.quality.comparison import Comparison

__all__ = ["addition", "markup", "omission"]

_OMITTED, _ADDED = 5.5, 5.6
"""Weight from which a passage is reported: what 3 of 1,000 human references exceed."""

_SHOWN = 40  # characters of a passage in a message

_MARKUP = re.compile(
    r"</?[A-Za-z][\w:-]{0,30}(?:\s[^<>]{0,200})?/?>"  # <b>, </a>, <a href="…">
    r"|\{\w{0,30}\}|%(?:\d\$)?[sd](?!\w)"  # {name}, %s, %1$d
    r"|https?://[^\s<>\"“”’]{1,200}|www\.[^\s<>\"“”’]{1,200}"
    r"|(?<![\w.])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}"
    r"|\[\.\.\.\]|\[…\]|\*\*|`"
)
_TRAILING = ".,;:!?)]"  # signs of the sentence after an address


def omission(comparison: Comparison) -> Iterator[Issue]:
    """Yield the passage of the source that has no counterpart."""
    weight, (start, end) = comparison.omitted
    if weight >= _OMITTED:
        text = comparison.source.text[start:end]
        yield Issue("omission", f"nothing translates “{_short(text)}”", source=(start, end))


def addition(comparison: Comparison) -> Iterator[Issue]:
    """Yield the passage of the target that has no counterpart."""
    weight, (start, end) = comparison.added
    if weight >= _ADDED:
        text = comparison.target.text[start:end]
        yield Issue("addition", f"nothing in the source says “{_short(text)}”", target=(start, end))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1].rstrip()}…"


def markup(comparison: Comparison) -> Iterator[Issue]:
    """Yield tags, placeholders, addresses and marks of omission that only one side has."""
    ours, theirs = _marks(comparison.source.text), _marks(comparison.target.text)
    for text, start in _without(ours, theirs):
        message = f"“{_short(text)}” is not in the translation"
        yield Issue("markup", message, source=(start, start + len(text)))
    for text, start in _without(theirs, ours):
        message = f"“{_short(text)}” is not in the source"
        yield Issue("markup", message, target=(start, start + len(text)))


def _marks(text: str) -> list[tuple[str, int]]:
    return [
        (match[0].rstrip(_TRAILING) or match[0], match.start())
        if match[0][0] not in "[{"
        else (match[0], match.start())
        for match in _MARKUP.finditer(text)
    ]


def _without(ours: list[tuple[str, int]], theirs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return what of the one is not in the other, each as often as it is missing."""
    answers = Counter(_common(text) for text, _ in theirs)
    missing = []
    for text, start in ours:
        key = _common(text)
        if answers[key]:
            answers[key] -= 1
        else:
            missing.append((text, start))
    return missing


def _common(text: str) -> str:
    return text.lower().replace("…", "...").removeprefix("http://").removeprefix("https://")
