"""Rules for a full stop behind an abbreviation, an initial or a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate_kit.segment.rules.inside import is_address

if TYPE_CHECKING:
    from translate_kit.languages.segmentation import Follow
    from translate_kit.segment.candidates import Candidate

__all__ = ["RULES"]

_DOTTED = re.compile(r"(?:[^\W\d_]{1,4}\.)+[^\W\d_]{1,5}$")
_ROMAN_OR_LETTER = re.compile(r"(?:[IVXLC]+|[A-Z]|[A-Z]{1,3}\d.*)$")
_SHORT = 40
"""Characters; looking no further back keeps the scan linear."""

_LONG_WORD = 7
"""Letters from which a word is hardly an abbreviation."""

_VOWELS = frozenset("aeiouyAEIOUY")


def _follow(c: Candidate, follow: Follow) -> bool:
    return c.group is not None and c.group.follow == follow


def _clock(c: Candidate) -> bool:
    return c.group is not None and c.group.name == "clock"


def _degree(word: str) -> bool:
    return _DOTTED.match(word) is not None and len(word.rsplit(".", 1)[-1]) > 1


def _previous(c: Candidate) -> str:
    begin = c.start - len(c.token)
    left = c.passage.text[max(c.since, begin - 40) : begin].split()
    return left[-1] if left else ""


def _next_abbreviates(c: Candidate) -> bool:
    position = c.next + len(c.opening)
    following = c.passage.text[position : position + 20].split(" ", 1)[0].rstrip(",")
    if not following.endswith("."):
        dotted = _DOTTED.match(following) is not None and not is_address(following)
        return dotted or following[1:2] == "/"
    word = following[:-1]
    group = c.passage.known.abbreviation(word)
    return _DOTTED.match(word) is not None or (group is not None and group.follow == "capital")


def alone_in_brackets(c: Candidate) -> bool | None:
    """A short word alone in brackets is an abbreviation: *(Purn.)*, *(ret.)*."""
    short = c.word.isalpha() and len(c.word) < _LONG_WORD and c.token == f"({c.word}"
    if not short or not c.stop or c.trail != ")" or c.start - len(c.token) == c.since:
        return None
    return c.after.lower() in c.passage.known.facts.openers and c.after[:1].isupper()


def name_follows(c: Candidate) -> bool | None:
    """An abbreviation that belongs to the name behind it."""
    if not _follow(c, "name"):
        return None
    return c.after[:1].isupper() and c.after.lower() in c.passage.known.facts.openers


def number_follows(c: Candidate) -> bool | None:
    """An abbreviation before its number."""
    if not _follow(c, "number"):
        return None
    numeral = c.after[:1].isdigit() or _ROMAN_OR_LETTER.match(c.after) is not None
    return False if numeral or c.opening == "(" else None


def document_number(c: Candidate) -> bool | None:
    """Part of a document's number that has stops inside."""
    goes_on = c.after[:1].isdigit() or c.passage.text[c.behind : c.behind + 1] in (".", "/", "-")
    if not c.stop or c.opening or not c.after or not goes_on:
        return None
    group = c.passage.known.abbreviation(_previous(c).rstrip("."))
    numeral = c.word[:1].isdigit() or _ROMAN_OR_LETTER.match(c.word) is not None
    return False if numeral and group is not None and group.follow == "number" else None


def label_before_number(c: Candidate) -> bool | None:
    """A label before its number, with a full stop that ends nothing."""
    if not c.stop or not c.after[:1].isdigit():
        return None
    return False if c.word.lower() in c.passage.known.facts.number_labels else None


def brackets_explain(c: Candidate) -> bool | None:
    """Brackets behind an abbreviation explain it."""
    if not c.stop or not c.opening.startswith("("):
        return None
    short = c.group is not None or _DOTTED.match(c.word) is not None
    return False if short and not is_address(c.token) else None


def time_of_day_first(c: Candidate) -> bool | None:
    """A time of day alone makes no sentence."""
    if not _clock(c):
        return None
    before = c.passage.text[c.since : c.start] if c.start - c.since < _SHORT else ""
    return False if 0 < len(before.split()) <= 3 else None


def clock_before_title(c: Candidate) -> bool | None:
    """A time of day ends a sentence before a title."""
    if not _clock(c):
        return None
    following = c.passage.known.abbreviation(c.after)
    return True if following is not None and following.name == "title" else None


def opener_follows(c: Candidate) -> bool | None:
    """An abbreviation that ends a sentence only before a word that opens sentences."""
    if not _follow(c, "opener"):
        return None
    return c.after[:1].isupper() and c.passage.known.opens(c.after)


def function_word_follows(c: Candidate) -> bool | None:
    """An abbreviation that ends a sentence only before a word like *the* or *he*."""
    if not _follow(c, "function"):
        return None
    return c.after[:1].isupper() and c.after.lower() in c.passage.known.facts.openers


def capital_follows(c: Candidate) -> bool | None:
    """An abbreviation that ends a sentence before a capital."""
    if not _follow(c, "capital"):
        return None
    if c.trail[:1] == ")":
        return c.passage.known.opens(c.after)
    return c.after[:1].isupper() and not _next_abbreviates(c)


def degree_behind_name(c: Candidate) -> bool | None:
    """A degree behind a name and a comma ends a sentence before a capital."""
    if c.group is None or c.group.name != "degree" or not _previous(c).endswith(","):
        return None
    return c.after[:1].isupper() and not c.opening.startswith("(") and not _next_abbreviates(c)


def dotted(c: Candidate) -> bool | None:
    """An abbreviation with stops inside: a degree, a land, initials."""
    short = c.word.rsplit("-", 1)[-1]
    if not c.stop or not _DOTTED.match(short) or is_address(c.token):
        return None
    if not c.after[:1].isupper() or _next_abbreviates(c):
        return False
    if _degree(c.word):
        return True
    return c.passage.known.never_names(c.after) and c.passage.known.begins_often(c.after)


def labelled_letter(c: Candidate) -> bool | None:
    """A single letter that is the name of a group, a class, a vitamin."""
    if not c.stop or len(c.word) != 1 or not c.word.isalpha():
        return None
    before = _previous(c).lower()
    labelled = before in c.passage.known.facts.labels or before.isdigit()
    return True if labelled and c.after[:1].isupper() and len(c.after) > 1 else None


def initial(c: Candidate) -> bool | None:
    """The initial of a name, unless a word that opens sentences follows."""
    if not c.stop or len(c.word) != 1 or not c.word.isalpha():
        return None
    if not c.after[:1].isupper() or not (c.word.isupper() and c.start - len(c.token) > c.since):
        return False
    begins = len(c.after) > 1 and c.passage.known.never_names(c.after)
    if _previous(c)[:1].isupper():
        return begins and c.passage.known.begins_often(c.after)
    return begins


def without_vowels(c: Candidate) -> bool | None:
    """A short word without vowels is an abbreviation nobody has listed."""
    short = c.stop and 1 < len(c.word) < 5 and c.word.isalpha() and c.word[1:].islower()
    if not short or not _VOWELS.isdisjoint(c.word) or c.passage.known.punkt.common(c.word):
        return None
    if _previous(c)[-1:].isdigit():
        return None  # a unit
    return c.after[:1].isupper() and c.passage.known.opens(c.after)


RULES = (
    time_of_day_first,
    clock_before_title,
    brackets_explain,
    labelled_letter,
    alone_in_brackets,
    name_follows,
    number_follows,
    document_number,
    label_before_number,
    degree_behind_name,
    opener_follows,
    function_word_follows,
    capital_follows,
    dotted,
    initial,
    without_vowels,
)
