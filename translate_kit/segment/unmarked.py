"""Boundaries that no mark makes: blank lines, items of a list in one line, lost full stops."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.languages.segmentation import Segmentation

__all__ = ["unmarked"]

_BLANK_LINE = re.compile(r"\n[ \n]*\n\s*")
_FIRST = re.compile(r"\s*([•⁃‣◦▪●]?) ?(?:(1|a|i)(\.\)|[.)])(?= ?\S)|(?=\S))")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def unmarked(text: str, facts: Segmentation) -> list[tuple[int, str, str]]:
    """Return the places where a sentence begins without a mark: position, rule, reason."""
    found = [(m.end(), "blank_line", "A blank line") for m in _BLANK_LINE.finditer(text)]
    found += [(position, "list_item", "The next item of a list") for position in _items(text)]
    reason = "A function word with a capital in mid-sentence: a full stop was lost"
    found += [(position, "lost_stop", reason) for position in _lost_stops(text, facts)]
    return sorted(c for c in found if c[0] < len(text))


def _lost_stops(text: str, facts: Segmentation) -> Iterator[int]:
    """Headlines run into their text, and printers lose full stops.

    On half a million lines of news 35 of the 40 places this finds are the beginning of a
    sentence; the others are behind words that bind, which are left out here.
    """
    if not facts.resuming:
        return
    for match in _resuming(facts.resuming).finditer(text):
        before = text[max(0, match.start() - 30) : match.start()].split()
        plain = before and (before[-1].islower() or before[-1].isdigit())
        if plain and before[-1] not in facts.binding:
            yield match.start()


@cache
def _resuming(words: frozenset[str]) -> re.Pattern[str]:
    choice = "|".join(sorted(word.capitalize().replace("_", " ") for word in words))
    return re.compile(rf"(?<=[a-z0-9]{{2}}[ \n])(?:{choice})(?=,? [a-z])")


def _items(text: str) -> Iterator[int]:
    """Yield where the second item and those after it begin, if the text begins with a first one.

    Capital letters are no labels here: *A. Rachman dan B. Susanto* are people.
    """
    first = _FIRST.match(text)
    if first is None or not (first.group(1) or first.group(2)):
        return
    bullet, label, closing = first.groups()
    position = first.end()
    for following in _labels(label) if label else iter(lambda: "", None):
        label_shape = re.escape(f"{following}{closing or ''}")
        shape = re.compile(rf"\s{re.escape(bullet)} ?{label_shape} ?(?=[^\W_])")
        match = shape.search(text, position)
        if match is None:
            return
        yield match.start() + 1
        position = match.end()


def _labels(first: str) -> Iterator[str]:
    if first == "1":
        yield from (str(n) for n in range(2, 1000))
    else:
        yield from _ROMAN[1:] if first == "i" else _ALPHABET[1:]
