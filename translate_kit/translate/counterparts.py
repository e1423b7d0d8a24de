"""What a term became in a translation, by the word links and the lexicon.

Word links from attention are rough at the edges: an article is linked to the name behind it, a
word of a name to the preposition before it. So small words neither begin nor end what is found,
words between and behind that say nothing else belong to it, and a word that also says something
else does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.align import words
from translate_kit.languages.lexicons import lexicon
from translate_kit.languages.wording import wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from translate_kit.bitext import Span, WordLink
    from translate_kit.languages import Direction

__all__ = ["Counterparts"]

_GAP = 2
"""Words at most between two that a term became."""

_KNOWN = 0.3
"""Share (`lexicon`, mean of both ways) from which a word is taken for another's translation,
whatever the links say."""

_SURE = 100
"""What a word that the lexicon knows counts for, in letters."""


class Counterparts:
    """The words of a translation, and which of them a span of the sentence became.

    Args:
        sentence: the source text.
        target: its translation.
        links: their word links.
        direction: the languages.
        headline: whether it is a headline, whose capitals make no names.
    """

    def __init__(
        self,
        sentence: str,
        target: str,
        links: Sequence[WordLink],
        direction: Direction,
        *,
        headline: bool = False,
    ) -> None:
        self._target, self._headline = target, headline
        self._words = words(target)
        self._function = wording(direction.target).function
        small = wording(direction.source).function
        self._lexicon = lexicon(direction.source, direction.target) or {}
        self._sources: list[list[Span]] = [
            [
                (s0, s1)
                for s0, s1, t0, t1 in links
                if t0 < end and start < t1 and sentence[s0:s1].lower() not in small
            ]
            for start, end in self._words
        ]
        self._source_words = [(span, sentence[slice(*span)].casefold()) for span in words(sentence)]

    def of(self, span: Span, wanted: str, taken: Collection[Span] = ()) -> Span | None:
        """Return the characters that a span of the sentence became, if they can be told.

        Args:
            span: of the sentence.
            wanted: what shall stand there: words of it beside the place belong to it already.
            taken: spans of the translation that are something else's.
        """
        free = [not _touches(word, taken) for word in self._words]
        own = [free[n] and self._is_own(n, span) for n in range(len(self._words))]
        runs = list(self._runs(own, free, span))
        if not runs:
            return None

        def weight(run: tuple[int, int]) -> int:
            return sum(
                len(self._text(n)) + _SURE * (self._shares(n, span)[0] >= _KNOWN)
                for n in range(run[0], run[1] + 1)
                if own[n]
            )

        first, last = self._with_neighbours(max(runs, key=weight), wanted, free, span)
        return self._words[first][0], self._words[last][1]

    def _text(self, number: int) -> str:
        return self._target[slice(*self._words[number])]

    def _is_function(self, number: int) -> bool:
        return self._text(number).lower() in self._function

    def _is_own(self, number: int, span: Span) -> bool:
        """Whether a word says the span and nothing else."""
        if self._is_function(number):
            return False
        inside, outside = self._shares(number, span)
        if outside >= _KNOWN and outside > inside:
            return False
        sources = self._sources[number]
        ours = [s for s in sources if s[0] < span[1] and span[0] < s[1]]
        return inside >= _KNOWN or (bool(ours) and len(ours) == len(sources))

    def _shares(self, number: int, span: Span) -> tuple[float, float]:
        """Return how well the lexicon explains a word by the span, and by the rest."""
        text = self._text(number).casefold()
        best = [0.0, 0.0]
        for (a, b), word in self._source_words:
            for other, there, here in self._lexicon.get(word, ()):
                if other == text:
                    outside = b <= span[0] or span[1] <= a
                    best[outside] = max(best[outside], (there * here) ** 0.5)
        return best[0], best[1]

    def _says_nothing_else(self, number: int, span: Span) -> bool:
        """Whether a word belongs to no content word outside the span."""
        return not self._is_alike(number, span) and all(
            a < span[1] and span[0] < b for a, b in self._sources[number]
        )

    def _is_alike(self, number: int, span: Span) -> bool:
        """Whether a word is written as one of the source outside the span: a name, a number."""
        text = self._text(number).casefold()
        return any(
            text == word and (b <= span[0] or span[1] <= a) for (a, b), word in self._source_words
        )

    def _beside(self, number: int, other: int) -> bool:
        """Whether only blanks or hyphens stand between two neighbours."""
        left, right = sorted((number, other))
        if left < 0 or right >= len(self._words):
            return False
        gap = self._target[self._words[left][1] : self._words[right][0]]
        return not gap.strip(" -\u00a0")

    def _runs(
        self, own: Sequence[bool], free: Sequence[bool], span: Span
    ) -> Iterator[tuple[int, int]]:
        """Yield first and last word of every stretch of own words with few others between."""
        first = last = None
        for number in (n for n, is_own in enumerate(own) if is_own):
            between = range(last + 1, number) if last is not None else range(0)
            together = (
                last is not None
                and len(between) <= _GAP
                and all(free[n] and self._says_nothing_else(n, span) for n in between)
                and all(self._beside(n, n + 1) for n in range(last, number))
            )
            if first is not None and last is not None and not together:
                yield first, last
            if not together:
                first = number
            last = number
        if first is not None and last is not None:
            yield first, last

    def _with_neighbours(
        self, run: tuple[int, int], wanted: str, free: Sequence[bool], span: Span
    ) -> tuple[int, int]:
        """Take in neighbours that are part of the name, or of what shall stand there."""
        first, last = run
        parts = {wanted[a:b].casefold() for a, b in words(wanted)} - self._function
        capital = self._text(first)[0].isupper() and not self._headline

        def belongs(number: int) -> bool:
            if not 0 <= number < len(self._words) or not free[number] or self._is_function(number):
                return False
            text = self._text(number)
            if text.casefold() in parts:
                return not self._is_alike(number, span)
            named = capital and text[0].isupper() and number > 0
            return named and self._says_nothing_else(number, span)

        for step in (1, -1):
            while True:
                edge = last if step > 0 else first
                near, far = edge + step, edge + 2 * step
                if self._beside(edge, near) and belongs(near):
                    edge = near
                elif (
                    self._beside(edge, near)
                    and self._beside(near, far)
                    and self._is_function(near)
                    and self._says_nothing_else(near, span)
                    and belongs(far)
                ):
                    edge = far
                else:
                    break
                first, last = (first, edge) if step > 0 else (edge, last)
        return first, last


def _touches(span: Span, spans: Collection[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)
