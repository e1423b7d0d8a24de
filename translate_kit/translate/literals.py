"""Spans that are the same in every language: web addresses, e-mail addresses, @handles, #tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate_kit.bitext import Span

__all__ = ["Literal", "literals"]

_REST = r"[^\s<>\"“”‘’«»{}|\\^`]"
_DOMAINS = "com net org info edu gov mil int id co io tv me app biz asia"
"""Top-level domains that make an address of words with a dot between them. Others need a scheme."""

_LITERAL = re.compile(
    rf"(?P<address>(?<![\w@])(?:https?://|ftp://|www\.)(?=\w){_REST}+)"
    r"|(?P<mail>(?<![\w.+%-])[\w+%-]+(?:\.[\w+%-]+)*@(?:\w(?:[\w-]*\w)?\.)+[^\W\d_]{2,})"
    r"|(?P<host>(?<![\w@.#-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
    rf"(?:{'|'.join(_DOMAINS.split())})(?![\w@-])(?!\.\w)(?:/{_REST}*)?)"
    r"|(?P<handle>(?<![\w@])@(?!Rp\.?\s?\d)[^\W\d]\w*(?:\.\w+)*)"
    r"|(?P<tag>(?<![\w&#/])#(?=\d*[^\W\d_])\w+)",
    flags=re.IGNORECASE,
)
_HINT = re.compile(r"[@#]|://|www\.|\.[a-z]{2}", flags=re.IGNORECASE)
"""What every literal has in it; most sentences have none of it and need no closer look."""

_TRAILING = ".,;:!?'*…"
_BRACKETS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Literal:
    """A span that is never translated.

    Args:
        text: its characters.
        start: offset of the first one.
        kind: ``address``, ``mail``, ``host``, ``handle`` or ``tag``.
    """

    text: str
    start: int
    kind: str

    @property
    def span(self) -> Span:
        """Start and end in its text."""
        return self.start, self.start + len(self.text)


def literals(text: str) -> tuple[Literal, ...]:
    """Return the literals of a text in order; punctuation behind one is not part of it."""
    if not _HINT.search(text):
        return ()
    found = []
    for match in _LITERAL.finditer(text):
        kind = match.lastgroup or ""
        literal = _trimmed(match[0]) if kind in {"address", "host"} else match[0]
        found.append(Literal(literal, match.start(), kind))
    return tuple(found)


def _trimmed(address: str) -> str:
    """Take off the marks of the sentence, and brackets that were opened before the address."""
    counts = {mark: address.count(mark) for pair in _BRACKETS.items() for mark in pair}
    end = len(address)
    while end:
        last = address[end - 1]
        opening = _BRACKETS.get(last)
        unpaired = opening is not None and counts[last] > counts[opening]
        if last not in _TRAILING and not unpaired:
            break
        if opening is not None:
            counts[last] -= 1
        end -= 1
    return address[:end]
