"""Cutting a sentence that is too long for the model at its clauses.

The parts are spans of the sentence, in order, with nothing but white space between them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate_kit.languages.clauses import clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate_kit.bitext import Span

__all__ = ["cut_to_fit", "halve"]

_GAP = re.compile(r"\s+")
_STRONG, _COMMA, _SPACE = ";:–—", ",", 0.0
_CENTRE = 3.0
"""What a cut at either end of the text costs against one in its middle; a semicolon gains 2,
a comma 1, a conjunction 1."""


def halve(text: str, language: str) -> tuple[Span, Span] | None:
    """Return the two parts of a text at its best clause boundary near the middle.

    None if the text is a single word of at most one character.
    """
    conjunctions = clauses(language).conjunctions
    best: tuple[float, Span, Span] | None = None
    for gap in _GAP.finditer(text):
        if gap.start() == 0 or gap.end() == len(text):
            continue
        word = text[gap.end() :].split(maxsplit=1)[0] if gap.end() + 40 > len(text) else ""
        word = word or text[gap.end() : gap.end() + 40].split(maxsplit=1)[0]
        gain = _strength(text[gap.start() - 1], word.lower() in conjunctions)
        gain -= _CENTRE * abs(gap.start() / len(text) - 0.5) * 2
        if best is None or gain > best[0]:
            best = (gain, (0, gap.start()), (gap.end(), len(text)))
    if best is None:  # one long word: an address, a run of signs
        middle = len(text) // 2
        return ((0, middle), (middle, len(text))) if middle else None
    return best[1], best[2]


def _strength(before: str, conjunction: bool) -> float:  # noqa: FBT001 (private, one caller)
    gain = 1.0 if conjunction else _SPACE
    if before in _STRONG:
        gain += 2.0
    elif before in _COMMA:
        gain += 1.0
    return gain


def cut_to_fit(
    text: str, language: str, count: Callable[[Sequence[str]], list[int]], limit: int
) -> tuple[Span, ...]:
    """Return spans of the text that each make at most ``limit`` tokens.

    Args:
        text: one sentence.
        language: its BCP 47 tag.
        count: gives the number of tokens of each of some texts.
        limit: tokens a part may have, at least 2.
    """
    done: list[Span] = []
    waiting = [(0, len(text))]
    while waiting:
        start, end = waiting.pop()
        parts = halve(text[start:end], language) if count([text[start:end]])[0] > limit else None
        if parts is None:
            done.append((start, end))
        else:
            waiting += [(start + a, start + b) for a, b in reversed(parts)]
    return tuple(done)
