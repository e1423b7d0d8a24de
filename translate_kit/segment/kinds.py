"""What a unit of a news text is: title, byline, dateline, caption, heading, item, paragraph.

One function a kind, asked in the order of `KINDS`; each looks at the unit, and where it must at
its neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.segment.lines import Line, marker

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate_kit.languages.segmentation import LineMarks

__all__ = ["KINDS", "Place", "dateline_length", "kind_of"]

_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[^\W\d_]+")
_DATELINE = re.compile(
    r"(?=[^\W\d_])(?P<place>[^\s–—-][^–—\n]{1,60}?)\s?(?:--|[–—-])\s+(?=[\"“‘(]?[^\W\d_])"
)
_DOMAIN = re.compile(r"[A-Za-z0-9]+\.(?:com|co|id|co\.id|net|org|tv)\b", re.IGNORECASE)
_BARE_PLACE = 3
"""Words a dateline without agency or paper has at most."""

MAX_TITLE = 200
MAX_HEADING = 100
"""Characters."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and what is around it.

    Args:
        line: the unit.
        following: the next unit, if there is one.
        titled: a title or a paragraph stands before it.
        marks: how lines show what they are in this language.
    """

    line: Line
    following: Line | None
    titled: bool
    marks: LineMarks

    @property
    def text(self) -> str:
        """Return the unit's text."""
        return self.line.text


def _ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text[-12:]) is not None


def quote(place: Place) -> bool:
    """A line that begins with ``>``, as in mails."""
    return place.text.startswith(">")


def byline(place: Place) -> bool:
    """Who wrote it: *Penulis: …*, *By …*."""
    short = len(place.text) <= MAX_HEADING and not place.text.endswith(".")
    return short and place.text.lower().startswith(place.marks.byline)


def dateline(place: Place) -> bool:
    """Where and when, with nothing else: *Senin, 23 Oktober 2023, 10.30 WIB*."""
    if len(place.text) > MAX_HEADING or not _DATE.search(place.text):
        return False
    words = [word.lower() for word in _WORD.findall(place.text)]
    known = place.marks.dates | place.marks.agencies
    return sum(word not in known for word in words) <= 2


def caption(place: Place) -> bool:
    """What a picture shows: *Foto: …*, *… (Foto: Antara)*."""
    text = place.text.lower()
    return text.startswith(place.marks.caption) or any(
        credit in text[-60:] for credit in place.marks.credits
    )


def aside(place: Place) -> bool:
    """A reference to another article: *Baca juga: …*."""
    return place.text.lower().startswith(place.marks.aside)


def item(place: Place) -> bool:
    """An item of a list, by its bullet, number or letter."""
    return marker(place.text) > 0


def title(place: Place) -> bool:
    """The first line, if it does not end as a sentence does."""
    if place.titled or place.following is None or len(place.text) > MAX_TITLE:
        return False
    return not _ends_sentence(place.text) or place.text.endswith(("?", "!", "...", "…"))


def heading(place: Place) -> bool:
    """A short line without a final mark, above a longer text or a list."""
    if not place.titled or place.following is None or len(place.text) > MAX_HEADING:
        return False
    leads = marker(place.following.text) or len(place.following.text) > len(place.text)
    return bool(leads) and not _ends_sentence(place.text) and place.text[-1] not in ',"”'


KINDS: tuple[tuple[str, Callable[[Place], bool]], ...] = (
    ("quote", quote),
    ("item", item),
    ("byline", byline),
    ("dateline", dateline),
    ("caption", caption),
    ("aside", aside),
    ("title", title),
    ("heading", heading),
)


def kind_of(place: Place) -> str:
    """Return the kind of a unit; ``paragraph`` if it is nothing else."""
    return next((name for name, holds in KINDS if holds(place)), "paragraph")


def dateline_length(text: str, marks: LineMarks) -> int:
    """Return the length of the dateline a paragraph begins with, or 0.

    *JAKARTA, KOMPAS.com -*, *Jakarta (ANTARA) -*, *Liputan6.com, Jakarta -*: place, agency or
    paper, dash. White space behind the dash is not counted.
    """
    match = _DATELINE.match(text)
    if match is None:
        return 0
    place = match.group("place")
    words = _WORD.findall(_DOMAIN.sub("", place))
    small = [word.lower() for word in words]
    if not all(word[0].isupper() or word in marks.dates for word in words):
        return 0
    named = _DOMAIN.search(place) or not marks.agencies.isdisjoint(small)
    bare = bool(words) and len(words) <= _BARE_PLACE
    city = bare and (words[0].isupper() or marks.places.issuperset(small))
    return len(match.group().rstrip()) if named or city else 0
