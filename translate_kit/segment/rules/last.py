"""Rules for what is left: an end, if nothing speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.segment.rules.frame import closes_quotation

if TYPE_CHECKING:
    from translate_kit.segment.candidates import Candidate

__all__ = ["RULES", "full_stop"]

_DOTS = frozenset(". …")


def ellipsis(c: Candidate) -> bool | None:
    """An ellipsis ends a sentence before a capital that is no name's."""
    if c.mark in (".", "..") or not _DOTS.issuperset(c.mark) or closes_quotation(c):
        return None
    if not c.after[:1].isupper():
        return False
    if c.mark.count(".") > 3:
        return True
    if c.after in c.passage.known.facts.always_capital:
        return False
    return (
        c.passage.known.opens(c.after) or c.passage.text[c.behind : c.behind + 2].strip().islower()
    )


def exclaiming_name(c: Candidate) -> bool | None:
    """A name that ends in an exclamation mark, inside a longer name."""
    if "!" not in c.mark or c.word.lower() not in c.passage.known.facts.exclaiming:
        return None
    return None if c.passage.known.opens(c.after) else False


def emoji(c: Candidate) -> bool | None:
    """An emoji ends a sentence before a word that opens sentences."""
    return c.passage.known.opens(c.after) if ord(c.mark[0]) > ord("…") else None


def question_or_exclamation(c: Candidate) -> bool | None:
    """A question or an exclamation ends."""
    return True if not _DOTS.issuperset(c.mark) else None


def full_stop(c: Candidate) -> bool | None:
    """A full stop, decided by Punkt."""
    if not c.stop or c.trail:
        return True
    return c.passage.known.punkt.rule(c.word, c.after).boundary


RULES = (ellipsis, exclaiming_name, emoji, question_or_exclamation, full_stop)
