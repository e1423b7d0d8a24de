"""Rules of the frame a mark stands in: list markers, brackets, quotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate_kit.segment.candidates import Candidate

__all__ = ["RULES", "closes_quotation"]

_QUOTES = frozenset("\"'”’»")
_FINAL = frozenset(".!?…")
_MARKER = re.compile(r"(?:\(?(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,5})\)?)$")
_LONGEST_MARKER = 24
"""Characters before the mark; looking no further keeps the scan linear."""

_SHORT_QUOTATION = 300
"""A longer one is no title and no slogan."""

_TITLE_WORDS = 9
"""A quoted title has at most as many words."""


def closes_quotation(c: Candidate) -> bool:
    """Tell whether a quotation closes with the mark."""
    return not _QUOTES.isdisjoint(c.trail)


def within_sentence(c: Candidate, position: int) -> bool:
    """Tell whether words of the sentence stand before a position."""
    return bool(c.passage.text[c.since : min(position, c.since + 8)].strip("\"'“‘ "))


def list_marker(c: Candidate) -> bool | None:
    """The number or letter of a list item, with nothing before it."""
    if c.start - c.since > _LONGEST_MARKER:
        return None
    before = c.passage.text[c.since : c.start].strip("\"'“‘«([*•⁃-–— ")
    return False if not before or _MARKER.match(before) else None


def marker_after_colon(c: Candidate) -> bool | None:
    """The number or letter of a list item in running text, behind a colon or semicolon."""
    if not c.stop or not _MARKER.match(c.word):
        return None
    left = c.passage.text[max(0, c.start - len(c.token) - 12) : c.start - len(c.token)].split()
    if left and left[-1] in c.passage.known.facts.binding:
        left.pop()
    return False if left and left[-1].endswith((":", ";")) else None


def punctuation_follows(c: Candidate) -> bool | None:
    """Punctuation that goes on with the sentence follows."""
    position = c.next + len(c.opening)
    following = c.passage.text[position : position + 1]
    return False if not c.after and following in ",;:)]}%/=+&|<>" else None


def bracketed_mark(c: Candidate) -> bool | None:
    """A mark alone in brackets: an omission or an aside, no end."""
    if c.word or not c.token.endswith(("(", "[")) or c.trail[:1] not in (")", "]"):
        return None
    return None if not _FINAL.isdisjoint(c.trail) else False


def whole_quotation(c: Candidate) -> bool | None:
    """Inside a quotation, and quotations are to stay whole."""
    if c.passage.options.split_quotations:
        return None
    return False if c.passage.pairs.quotation(c.end) else None


def embedded_quotation(c: Candidate) -> bool | None:
    """Inside a quoted title or slogan that is part of a longer sentence."""
    span = c.passage.pairs.quotation(c.end)
    if span is None or span[1] - span[0] > _SHORT_QUOTATION or span[0] <= c.since:
        return None
    before = c.passage.text[max(c.since, span[0] - 40) : span[0]].split()
    embedded = before and before[-1][-1].isalnum()
    reporting = c.passage.known.facts.reporting
    return False if embedded and before[-1].lower() not in reporting else None


def inside_brackets(c: Candidate) -> bool | None:
    """Inside brackets that stand within a sentence."""
    span = c.passage.pairs.bracket(c.end)
    if span is None:
        return None
    return False if within_sentence(c, span[0]) else None


def source_in_brackets(c: Candidate) -> bool | None:
    """Brackets behind a quotation, and the end behind them, name its source."""
    if not closes_quotation(c) or c.opening != "(":
        return None
    span = c.passage.pairs.bracket(c.next + 1)
    if span is None or not _FINAL.isdisjoint(c.passage.text[span[0] : span[1]]):
        return None
    return False if c.passage.text[span[1] : span[1] + 2].strip() in ("", ".") else None


def attribution(c: Candidate) -> bool | None:
    """The speaker of a quotation follows it."""
    if not closes_quotation(c):
        return None
    if c.after[:1].islower() or c.opening.startswith(("-", "–", "—")):
        return False
    return False if c.after.lower() in c.passage.known.facts.capital_attributions else None


def speaker_before_verb(c: Candidate) -> bool | None:
    """A name and a verb of saying follow an exclaimed or asked quotation."""
    if not closes_quotation(c) or c.stop or not c.after[:1].isupper():
        return None
    following = c.passage.text[c.next : c.next + 60].split()[:5]
    for count, word in enumerate(following):
        if word.strip(",.").lower() in c.passage.known.facts.attributions:
            return False if count else None
        if not word[:1].isupper() or word.lower() in c.passage.known.facts.openers:
            return None
    return None


def quoted_title(c: Candidate) -> bool | None:
    """A short quoted title inside a sentence ends in a mark of its own."""
    if not closes_quotation(c) or c.stop or c.passage.known.opens(c.after):
        return None
    span = c.passage.pairs.quotation(c.start)
    if span is None or span[0] <= c.since:
        return None
    if not c.passage.text[max(c.since, span[0] - 3) : span[0]].rstrip()[-1:].isalnum():
        return None
    inner = c.passage.text[span[0] + 1 : c.start]
    return False if len(inner.split()) <= _TITLE_WORDS and _FINAL.isdisjoint(inner) else None


RULES = (
    list_marker,
    marker_after_colon,
    punctuation_follows,
    bracketed_mark,
    whole_quotation,
    embedded_quotation,
    inside_brackets,
    source_in_brackets,
    attribution,
    speaker_before_verb,
    quoted_title,
)
