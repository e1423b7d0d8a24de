"""Web addresses, e-mail addresses, @handles and #tags, character for character in the translation.

The model has read them among the words and mostly copies them, but drops or doubles letters of
long ones. Afterwards each of them stands in the translation again as it is in the sentence:

- what the model made of it, known by the word links and by its looks, is replaced;
- where nothing is, it is put at the end of the sentence, before the full stop, in brackets, and an
  issue ``markup`` says so;
- a sentence that is nothing else stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING

from translate_kit.align import words
from translate_kit.bitext import Issue
from translate_kit.languages.wording import wording
from translate_kit.translate.edits import Edit, edited
from translate_kit.translate.literals import literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translate_kit.bitext import Span
    from translate_kit.translate.literals import Literal
    from translate_kit.translate.sentences import Rendering

__all__ = ["with_literals"]

_CHUNK = re.compile(r"\S+")
_OPENING = "([{<«“\"'‘"
_CLOSING = ")]}>»”\"'’.,;:!?…"
_ENDS = " \t\n.!?…\"'”’»)]"

ALIKE = 0.75
"""Likeness (`difflib`'s ratio) from which characters are what the model made of a literal."""
_LONGEST = 2000

LIKE = 0.4
"""Likeness from which they are if the word links say so, too."""


def with_literals(sentence: str, rendering: Rendering, language: str) -> Rendering:
    """Return the rendering of a sentence with the sentence's literals in it.

    Args:
        sentence: as the article has it.
        rendering: its translation.
        language: BCP 47 tag of the translation.
    """
    wanted = literals(sentence)
    if not wanted:
        return rendering
    if not _has_words(sentence, wanted):
        links = tuple((*literal.span, *literal.span) for literal in wanted)
        return replace(rendering, text=sentence, links=links, issues=())
    if not rendering.text:
        return rendering
    for literal in _missing(wanted, rendering.text):
        place = _Search(literal, wanted, rendering, wording(language).function).place()
        if place:
            tried = edited(rendering, [Edit(*place, literal.text, literal.span)])
            if len(_missing(wanted, tried.text)) < len(_missing(wanted, rendering.text)):
                rendering = tried
                continue
        rendering = _at_the_end(literal, rendering)
    return rendering


def _has_words(text: str, among: Sequence[Literal]) -> bool:
    rest = list(text)
    for literal in among:
        rest[slice(*literal.span)] = " " * len(literal.text)
    return any(map(str.isalnum, rest))


def _missing(wanted: Iterable[Literal], target: str) -> list[Literal]:
    """Return the literals that a text has not, or not as often."""
    there = Counter(literal.text for literal in literals(target))
    missing = []
    for literal in wanted:
        if there[literal.text]:
            there[literal.text] -= 1
        else:
            missing.append(literal)
    return missing


@dataclass(frozen=True)
class _Search:
    """What a translation has in the place of a literal."""

    literal: Literal
    wanted: Sequence[Literal]
    rendering: Rendering
    function: frozenset[str]

    def place(self) -> Span | None:
        """Return the span of the translation that became of the literal."""
        alike = [self._likeness(n, n) for n in range(len(self._chunks))]
        at = max(range(len(alike)), key=alike.__getitem__, default=None)
        if at is not None:
            least = LIKE if _touches(self._chunks[at], self._linked) else ALIKE
            if alike[at] >= least:
                return self._widened(at)
        return self._only_linked()

    @cached_property
    def _right(self) -> list[Span]:
        """Where literals of the sentence stand as they should."""
        names = {other.text for other in self.wanted}
        return [one.span for one in literals(self.rendering.text) if one.text in names]

    @cached_property
    def _chunks(self) -> list[Span]:
        """What stands between blanks, without the punctuation around it."""
        target = self.rendering.text
        cores = (_core(target, match.span()) for match in _CHUNK.finditer(target))
        return [core for core in cores if core and not _touches(core, self._right)]

    @cached_property
    def _linked(self) -> set[Span]:
        """Words of the translation that the literal is linked to, small words left out."""
        target = self.rendering.text
        return {
            (t0, t1)
            for s0, s1, t0, t1 in self.rendering.links
            if self._is_ours((s0, s1)) and target[t0:t1].lower() not in self.function
        }

    @cached_property
    def _only_ours(self) -> set[Span]:
        """Those of them that are linked to nothing else."""
        return self._linked - {
            (t0, t1) for s0, s1, t0, t1 in self.rendering.links if not self._is_ours((s0, s1))
        }

    def _is_ours(self, source: Span) -> bool:
        return _touches(source, [self.literal.span])

    def _likeness(self, first: int, last: int) -> float:
        text = self.rendering.text[self._chunks[first][0] : self._chunks[last][1]]
        joined, literal = "".join(text.split()).lower(), self.literal.text.lower()
        if len(joined) + len(literal) > _LONGEST:  # comparing takes the square of it
            return 0.0
        return SequenceMatcher(None, joined, literal, autojunk=False).ratio()

    def _widened(self, at: int) -> Span:
        """Return a chunk with those beside it that belong to a literal cut in pieces."""
        first = last = at
        likeness = self._likeness(first, last)
        while True:
            tries = [(first - 1, last)] * self._beside(first - 1)
            tries += [(first, last + 1)] * self._beside(last)
            better = max(((self._likeness(*one), one) for one in tries), default=(0.0, (0, 0)))
            if better[0] > likeness:
                likeness, (first, last) = better
            elif self._beside(last, marks="") and self._is_only_ours(self._chunks[last + 1]):
                last += 1
            else:
                return self._chunks[first][0], self._chunks[last][1]

    def _beside(self, number: int, marks: str = ".:") -> bool:
        """Whether only blanks, or also these marks, stand between a chunk and the next one."""
        if not 0 <= number < len(self._chunks) - 1:
            return False
        gap = self.rendering.text[self._chunks[number][1] : self._chunks[number + 1][0]]
        return gap.strip(marks).isspace()

    def _is_only_ours(self, chunk: Span) -> bool:
        within = [word for word in words(self.rendering.text) if _touches(word, [chunk])]
        return bool(within) and all(word in self._only_ours for word in within)

    def _only_linked(self) -> Span | None:
        """Return the words that the literal alone was translated by, if they stand together."""
        if not self._only_ours:
            return None
        start = min(start for start, _ in self._only_ours)
        end = max(end for _, end in self._only_ours)
        if not self._is_only_ours((start, end)) or _touches((start, end), self._right):
            return None
        sign = self.literal.text[0]
        if sign in "@#" and self.rendering.text[:start].endswith(sign):
            start -= 1
        return start, end


def _core(text: str, span: Span) -> Span | None:
    """Return a chunk without the punctuation around it."""
    start, end = span
    while start < end and text[start] in _OPENING:
        start += 1
    while start < end and text[end - 1] in _CLOSING:
        end -= 1
    return (start, end) if start < end else None


def _touches(span: Span, spans: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)


def _at_the_end(literal: Literal, rendering: Rendering) -> Rendering:
    """Put a literal that has no place before the last full stop, and say so."""
    at = len(rendering.text.rstrip(_ENDS))
    space = " " if at else ""
    if any(bracket in literal.text for bracket in "()[]"):
        opening, closing = space, " " if rendering.text[at:] else ""
    else:
        opening, closing = f"{space}(", ")"
    pieces = [(opening, None), (literal.text, literal.span), (closing, None)]
    rendering = edited(rendering, [Edit(at, at, text, source) for text, source in pieces])
    start = at + len(opening)
    message = f"“{literal.text}” had no place in the translation: it stands at the end"
    issue = Issue("markup", message, literal.span, (start, start + len(literal.text)))
    return replace(rendering, issues=(*rendering.issues, issue))
