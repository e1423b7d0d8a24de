"""Candidate boundaries: every run of final marks, with what stands on both sides of it.

The scan goes forward only, and looks a bounded way to either side of a mark, so it takes time
linear in the length of the text whatever is in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.segment.pairs import Pairs, pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.languages.segmentation import Abbreviations
    from translate_kit.segment.knowledge import Knowledge
    from translate_kit.segment.options import SegmentOptions

__all__ = ["Candidate", "Passage", "Since", "candidates", "passage"]

_REACH = 80
"""How far we look for the word before a mark, and how long the next one may be."""

_EMOJI = "\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff"
_MARK = re.compile(rf"[.!?…]+(?: [.!?…]+(?=[ .!?…]|$))*|[{_EMOJI}]+")
_CLOSING = re.compile(rf"[)\]}}”’»*_.!?…]|\[\d{{1,3}}\]|[¹²³⁰-⁹]{{1,3}}| ?[{_EMOJI}]+")
_FOOTNOTE = re.compile(r"\d{1,2}(?= [\"“‘]?[A-Z])")
_FOUR_DOTS = ". . . ."
_OPENING = re.compile(r"(?:\. \. \. )?(?:[\"'“‘«„(\[{¿¡*_]|[-–—•·] ?){0,6} ?")
_BEFORE_WORD = re.compile(r"(?:.*(?:[\"“”‘«»„(\[{…!?;]|,(?=[^\W\d])))?['’*_/–—•-]*")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_SPACES = re.compile(r" *")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text that is segmented by itself, with what the rules ask about it."""

    text: str
    known: Knowledge
    pairs: Pairs
    options: SegmentOptions


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of final marks and its surroundings.

    Args:
        passage: where it stands.
        since: where the sentence began that would end here.
        start: of the marks.
        end: behind the marks and what closes with them (quotation marks, brackets, footnotes).
        next: where the next sentence would begin, its opening marks included.
        token: the characters before the marks back to white space.
        word: the last word of ``token``, without what opens before it.
        mark: the marks.
        trail: what closes with them.
        opening: opening marks of the next sentence.
        after: the next word, without them; empty if none follows at once.
        group: the class of abbreviations that ``word`` is in, if the mark is one full stop.
    """

    passage: Passage
    since: int
    start: int
    end: int
    next: int
    token: str
    word: str
    mark: str
    trail: str
    opening: str
    after: str
    group: Abbreviations | None

    @property
    def gap(self) -> bool:
        """Tell whether white space is before the next sentence."""
        return self.next > self.end

    @property
    def stop(self) -> bool:
        """Tell whether the mark is one full stop."""
        return self.mark == "."

    @property
    def behind(self) -> int:
        """Return the position behind the next word."""
        return self.next + len(self.opening) + len(self.after)


@dataclass(slots=True)
class Since:
    """Where the current sentence began: the one thing that changes during a scan."""

    position: int = 0


def passage(text: str, known: Knowledge, options: SegmentOptions) -> Passage:
    """Return the text as a passage."""
    return Passage(text, known, pairs(text), options)


def candidates(text: Passage, since: Since) -> Iterator[Candidate]:
    """Yield the candidates of a passage in order, but for the one at its end.

    Args:
        text: the passage.
        since: where the current sentence began; the caller moves it when one ends.
    """
    position, length = 0, len(text.text)
    while match := _MARK.search(text.text, position):
        candidate = _candidate(text, since.position, match)
        if candidate.next >= length:
            return
        yield candidate
        position = candidate.end


def _candidate(text: Passage, since: int, match: re.Match[str]) -> Candidate:
    string, start = text.text, match.start()
    reach = max(0, start - _REACH)
    token = string[max(reach, string.rfind(" ", reach, start) + 1) : start]
    word = token[_end(_BEFORE_WORD, token, 0) :]
    mark, stop = match.group(), match.end()
    end = _trail(text, stop, footnotes=mark == "." and len(word) > 3 and word.islower())
    if mark == _FOUR_DOTS and token and string[stop : stop + 1] == " ":
        # A full stop; the ellipsis behind it opens the next sentence.
        mark, stop, end = ".", start + 1, start + 1
    begin = _end(_SPACES, string, end)
    inner = _end(_OPENING, string, begin)
    after = _WORD.match(string, inner, inner + _REACH)
    return Candidate(
        passage=text,
        since=since,
        start=start,
        end=end,
        next=begin,
        token=token,
        word=word,
        mark=mark,
        trail=string[stop:end],
        opening=string[begin:inner],
        after=after.group() if after else "",
        group=text.known.abbreviation(word) if mark == "." else None,
    )


def _end(pattern: re.Pattern[str], string: str, position: int) -> int:
    match = pattern.match(string, position)
    return match.end() if match else position


def _trail(text: Passage, position: int, *, footnotes: bool) -> int:
    """Return the end of what closes with the marks that end at the position."""
    string = text.text
    if footnotes:
        position = _end(_FOOTNOTE, string, position)
    while position < len(string):
        following = position + (string[position] == " ")
        if string[following : following + 1] == '"':
            if following not in text.pairs.closing:
                break
            position = following + 1
        elif string[position] == "'" and not string[position + 1 : position + 2].isalnum():
            position += 1
        else:
            end = _end(_CLOSING, string, position)
            if end == position:
                break
            position = end
    return position
