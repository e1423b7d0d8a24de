"""Rules for a next word that is written small."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate_kit.segment.candidates import Candidate

__all__ = ["RULES"]

_DOTS = frozenset(". …")
_CLOSING = frozenset(")]%”’")
"""Nothing that ends in one of these is an abbreviation."""

_MARKER_LENGTH = 3
"""A number of at most as many characters may be the label of an item."""


def _goes_on(c: Candidate) -> bool:
    word = c.after.lower()
    return word in c.passage.known.facts.continuations or word in c.passage.known.facts.attributions


def mixed_case_name(c: Candidate) -> bool | None:
    """A name that begins small (iPhone, eBay) may begin a sentence."""
    if not c.after[:1].islower() or c.after[1:].islower() or not c.after[1:2].isupper():
        return None
    return c.group is None


def ellipsis_goes_on(c: Candidate) -> bool | None:
    """A small word behind an ellipsis goes on with the sentence."""
    dots = not c.stop and _DOTS.issuperset(c.mark)
    return False if dots and c.after[:1].islower() else None


def dash_goes_on(c: Candidate) -> bool | None:
    """A small word behind a dash goes on with the sentence."""
    return False if c.after[:1].islower() and c.opening[:1] in tuple("-–—") else None


def bracket_goes_on(c: Candidate) -> bool | None:
    """A small word behind brackets goes on with the sentence."""
    return False if c.after[:1].islower() and c.trail[:1] in (")", "]") else None


def question_before_small(c: Candidate) -> bool | None:
    """A question ends, although the next sentence begins small."""
    if not c.after[:1].islower() or "?" not in c.mark:
        return None
    return not _goes_on(c)


def exclamation_before_small(c: Candidate) -> bool | None:
    """An exclamation ends before a small word, but a name with an exclamation mark does not."""
    if not c.after[:1].islower() or "!" not in c.mark:
        return None
    name = c.word.lower() in c.passage.known.facts.exclaiming
    return c.word[:1].islower() and not name and not _goes_on(c)


def small_after_stop(c: Candidate) -> bool | None:
    """A full stop behind a plain word ends a sentence, although the next begins small."""
    if not c.after[:1].islower():
        return None
    if c.word[-1:] in _CLOSING or (c.word[-1:].isdigit() and len(c.word) > _MARKER_LENGTH):
        return True
    plain = c.word.isalpha() and (c.passage.known.punkt.common(c.word) or len(c.word) > 5)
    return plain and c.group is None


RULES = (
    mixed_case_name,
    ellipsis_goes_on,
    dash_goes_on,
    bracket_goes_on,
    question_before_small,
    exclamation_before_small,
    small_after_stop,
)
