"""Rules for a mark that no white space follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate_kit.segment.candidates import Candidate

__all__ = ["RULES", "is_address"]

_DOMAINS = frozenset(
    "com co id net org go ac sch or web tv info biz io ai me gov edu mil us uk my sg au jp de fr nl"
    " eu asia news online site xyz ly gl app dev".split()
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|www\.|[^@\s]+@[^@\s]*$", re.IGNORECASE)
_OPENING = "\"'“‘«(["
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.([a-z]{2,6})(?:[/:?#].*)?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[^\W\d_]{2,}[)\]”’\"']*$|\d[)\]”’\"']*$|[)\]%”’\"']$")


def is_address(token: str) -> bool:
    """Tell whether a token is a web or e-mail address or a domain name."""
    token = token.lstrip(_OPENING)
    if _ADDRESS.match(token):
        return True
    domain = _DOMAIN.match(token)
    return domain is not None and domain.group(1).lower() in _DOMAINS


def number(c: Candidate) -> bool | None:
    """A mark between digits belongs to a number, a time or a date."""
    if c.gap or c.opening or c.trail or not c.stop:
        return None
    return False if c.word[-1:].isdigit() and c.after[:1].isdigit() else None


def address(c: Candidate) -> bool | None:
    """A mark inside a web or e-mail address or a domain name."""
    if c.gap or c.opening:
        return None
    following = c.passage.text[c.next : c.next + 80].split(" ", 1)[0]
    if "@" in following or _ADDRESS.match(c.token.lstrip(_OPENING)):
        return False
    if c.stop and c.after.lower().split("-")[0] in _DOMAINS:
        return False
    return False if is_address(c.token) and not c.after[:1].isupper() else None


def forgotten_space(c: Candidate) -> bool | None:
    """A capital right behind a full word and its mark: the space was forgotten."""
    if c.gap or not c.after[:1].isupper():
        return None
    if len(c.after) > 1 and not c.after[1].islower():
        return None
    if c.stop and (c.group or "." in c.word or "/" in c.word):
        return None
    if not c.trail and not _SENTENCE_END.search(c.token):
        return None
    if not c.stop and set(c.mark) <= set(".…"):
        return c.passage.known.opens(c.after)
    known = c.passage.known.opens(c.after) or len(c.after) > 2
    return True if known and (len(c.word) > 2 or c.passage.known.punkt.common(c.word)) else None


def scripts_without_case(c: Candidate) -> bool | None:
    """Scripts without capitals and spaces: the mark ends a sentence."""
    if c.gap or not c.word or not c.after:
        return None
    left, right = c.word[-1], c.after[0]
    caseless = not (left.isdigit() or left.lower() != left.upper())
    return True if caseless and left.isalpha() and right.lower() == right.upper() else None


def inside_word(c: Candidate) -> bool | None:
    """No white space follows the mark."""
    return None if c.gap else False


RULES = (number, address, forgotten_space, scripts_without_case, inside_word)
