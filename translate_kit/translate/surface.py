"""What a person would write around the words: quotation marks, end marks, the first capital.

The model's punctuation follows its training data; the article's own style is better. Each
rule proposes edits of the translation and never touches a letter or a digit except the first
letter's case. Edits keep count of offsets, so that word links stay on their words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Tidied", "tidy"]

Edit = tuple[int, int, str]
"""Start, end and replacement, in characters of the text before any edit."""

_CLOSERS = "\"'”’»)]"
_MARKS = ".!?…:;,"
_SPACE_BEFORE = re.compile(r"\s+(?=[,;:!?](?:\s|$)|\.(?:\s|$)|[)\]”])|(?<=[(\[“])\s+|\s{2,}")
_DOUBLE = re.compile('["“”„«»]')
_SENTENCE_ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class Tidied:
    """A text after its edits, and where its characters were."""

    text: str
    edits: tuple[Edit, ...] = ()

    def moved(self, offset: int) -> int:
        """Return where a character of the text before the edits stands now."""
        shift = 0
        for start, end, new in self.edits:
            if end <= offset:
                shift += len(new) - (end - start)
            elif start < offset:  # inside a replacement: its end
                return start + shift + len(new)
        return offset + shift


def tidy(source: str, target: str) -> Tidied:
    """Return the translation with the source's quotation and end marks.

    Args:
        source: a sentence.
        target: its translation as the model wrote it.
    """
    edits: list[Edit] = []
    for rule in RULES:
        for edit in rule(source, target):
            if all(edit[1] <= start or end <= edit[0] for start, end, _ in edits):
                edits.append(edit)
    edits.sort()
    parts, position = [], 0
    for start, end, new in edits:
        parts += [target[position:start], new]
        position = end
    return Tidied("".join((*parts, target[position:])), tuple(edits))


def _outer_space(_source: str, target: str) -> Iterable[Edit]:
    """No white space at either end."""
    left = len(target) - len(target.lstrip())
    right = len(target.rstrip())
    if left:
        yield 0, left, ""
    if left < right < len(target):
        yield right, len(target), ""


def _inner_space(_source: str, target: str) -> Iterable[Edit]:
    """One space between words, none before a comma."""
    body = target.rstrip()
    for match in _SPACE_BEFORE.finditer(body):
        if match.start() > 0 and body[: match.start()].strip():
            following = body[match.end()]
            joined = following in ",;:!?.)]”" or body[match.start() - 1] in "([“"
            yield match.start(), match.end(), "" if joined else " "


def _double_quotes(source: str, target: str) -> Iterable[Edit]:
    """Double quotation marks in the source's style, in English form for guillemets."""
    styles = [m.group() for m in _DOUBLE.finditer(source)]
    marks = [m for m in _DOUBLE.finditer(target) if not _is_inches(target, m.start())]
    if not styles or not marks:
        return
    # as many marks: each plays the part of its counterpart; else they take turns
    opens = [mark in "“„«" or (mark == '"' and not n % 2) for n, mark in enumerate(styles)]
    if len(opens) != len(marks):
        opens = [opens[0] == (n % 2 == 0) for n in range(len(marks))]
    straight = set(styles) == {'"'}
    for match, opening in zip(marks, opens, strict=True):
        wanted = '"' if straight else "“" if opening else "”"
        if match.group() != wanted:
            yield match.start(), match.end(), wanted


def _is_inches(text: str, at: int) -> bool:
    digit = at > 0 and text[at - 1].isdigit()
    return digit and text[at] == '"' and at + 1 < len(text) and text[at + 1] == " "


def _ellipsis(source: str, target: str) -> Iterable[Edit]:
    """Three dots as the source writes them."""
    if "…" in source and "..." not in source:
        for match in re.finditer(r"\.\.\.", target):
            yield match.start(), match.end(), "…"
    elif "..." in source and "…" not in source:
        for match in re.finditer("…", target):
            yield match.start(), match.end(), "..."


def _end_mark(source: str, target: str) -> Iterable[Edit]:
    """A full stop where the source ends with one, none after a headline without."""
    body = target.rstrip()
    if not body:
        return
    mark, inside = _ending(source.rstrip())
    given, closed = _ending(body)
    at = len(body) - len(closed)
    if mark and mark in _SENTENCE_ENDS and not given:
        at = at if inside else len(body)  # the mark stands before a closing quote
        yield at, at, mark
    elif not mark and given == "." and source[-1:].isalnum() and not _abbreviated(body):
        yield at - 1, at, ""


def _ending(text: str) -> tuple[str, str]:
    """Return the mark that a text ends with, if any, and the closing quotes after it."""
    end = len(text)
    while end and (text[end - 1] in _CLOSERS or text[end - 1].isspace()):
        end -= 1
    body, closed = text[:end], text[end:]
    if body.endswith("..."):
        return "...", closed
    return (body[-1:] if body[-1:] in _MARKS else ""), closed


def _abbreviated(text: str) -> bool:
    return bool(re.search(r"(?:\b\w\.\w|\b(?:etc|Inc|Ltd|Co|Jr|Sr))\.$", text))


def _first_capital(source: str, target: str) -> Iterable[Edit]:
    """A capital at the start where the source has one."""
    old = next((c for c in source if c.isalpha()), "")
    at = next((n for n, c in enumerate(target) if c.isalnum()), None)
    if at is not None and old.isupper() and target[at].islower():
        word = re.match(r"\w+", target[at:])
        capital = target[at].upper()
        reversible = len(capital) == 1 and capital.lower() == target[at]  # not so ß, µ
        if word and word.group().islower() and reversible:  # iPhone, eBay keep theirs
            yield at, at + 1, capital


RULES: tuple[Callable[[str, str], Iterable[Edit]], ...] = (
    _outer_space,
    _inner_space,
    _ellipsis,
    _double_quotes,
    _end_mark,
    _first_capital,
)
"""In order; where two would edit the same characters the earlier one does."""
