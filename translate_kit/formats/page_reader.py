"""Reading our own page (`translate_kit.formats.html`) again, edited or not.

Texts are what stands in the elements of class ``text``; issues are the notes in the margin; all
else is in attributes ``data-tk-…`` of articles and rows. Pages that a browser saved read the
same. Other pages are refused: they are articles, not bilingual files. Lost are word links,
alternatives, matches, signals, options and zero characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from translate_kit.bitext import Issue
from translate_kit.errors import FormatError
from translate_kit.files import decode
from translate_kit.formats.properties import document_of, row_of

if TYPE_CHECKING:
    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading

__all__ = ["PREFIX", "read_bitexts"]

PREFIX = "data-tk-"
"""Begins the attributes that keep what a bead is."""

_LONE = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)  # elements without content have no end tag
_Attributes = list[tuple[str, str | None]]


@dataclass(slots=True)
class _Bead:
    """A row of the page: its properties, texts and notes (kind and message) as they come."""

    told: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    notes: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class _Article:
    told: dict[str, str]
    beads: list[_Bead] = field(default_factory=list)


def read_bitexts(data: bytes, reading: Reading) -> tuple[Bitext, ...]:
    """Read a page that `write_bitexts` made: a bitext for every article of it.

    Raises:
        OptionError: if the reading's encoding is unknown.
        FormatError: if it is no page of ours, or a property in it is broken; the message has
            the number of the row.
        InputError: if the bytes are no text or empty.
    """
    text = decode(data, reading.encoding, reading.source)
    page = _Page()
    try:
        page.feed(text)
        page.close()
    except AssertionError as error:  # how the standard library refuses <![nonsense
        raise FormatError(f"{reading.source}: cannot be read as HTML: {error}") from error
    if not page.articles:
        message = "no page of translate-kit, whose rows have source and target"
        raise FormatError(f"{reading.source}: {message}; read other pages as articles")
    number = 0
    bitexts = []
    try:
        for article in page.articles:
            rows = []
            for bead in article.beads:
                number += 1
                texts = (bead.texts.get("source", ""), bead.texts.get("target", ""))
                if any(text.strip() for text in texts):
                    rows.append(row_of(texts, bead.told, _issues(bead), number))
            bitexts.append(document_of(rows, article.told, reading))
    except ValueError as error:
        raise FormatError(f"{reading.source}, row {number}: {error}") from error
    return tuple(bitexts)


def _issues(bead: _Bead) -> list[Issue]:
    return [Issue(kind.removesuffix(":"), text.removeprefix(" ")) for kind, text in bead.notes]


class _Page(HTMLParser):
    """Collects articles and rows; ``_open`` holds the open elements from a row's cell inwards."""

    def __init__(self) -> None:
        super().__init__()
        self.articles: list[_Article] = []
        self._open: list[str] = []
        self._cell = ""
        self._text = 0  # how deep the element whose text is taken lies, 0 for none

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        told = {
            name.removeprefix(PREFIX): value or ""
            for name, value in attrs
            if name.startswith(PREFIX)
        }
        classes = (dict(attrs).get("class") or "").split()
        if tag == "article" and told:
            self.articles.append(_Article(told))
            self._cell, self._text = "", 0
        elif tag == "tr" and told and self.articles:
            self.articles[-1].beads.append(_Bead(told))
            self._open, self._cell, self._text = [], "", 0
        elif tag == "td" and self.articles and self.articles[-1].beads:
            self._open, self._text = [], 0
            self._cell = next((c for c in classes if c in {"source", "target", "notes"}), "")
        if tag not in _LONE:
            self._open.append(tag)
        if not self._text and self._cell and self._takes(tag, classes, attrs):
            self._text = len(self._open)

    def _takes(self, tag: str, classes: list[str], attrs: _Attributes) -> bool:
        """Whether an element's text is a bead's side, or a note, which it then begins."""
        if self._cell == "notes":
            begins = tag == "span" and "li" in self._open and dict(attrs).get("id") is not None
            if begins:
                self._bead().notes.append(["", ""])
            return begins
        return "text" in classes and self._cell not in self._bead().texts

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass
        if len(self._open) < self._text:
            self._text = 0
        if tag in {"td", "tr"}:
            self._cell = ""

    def handle_data(self, data: str) -> None:
        if not self._text:
            return
        if self._cell == "notes":
            named = "b" in self._open[self._text :]
            self._bead().notes[-1][0 if named else 1] += data
        elif self._cell:
            texts = self._bead().texts
            texts[self._cell] = texts.get(self._cell, "") + data

    def _bead(self) -> _Bead:
        return self.articles[-1].beads[-1]
