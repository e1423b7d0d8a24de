"""Words that deny, and whether each has its like on the other side."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.languages.words import Words
    from translate_kit.quality.side import Side
    from translate_kit.quality.tokens import Token

__all__ = ["Denials", "match_denials"]


@dataclass(frozen=True, slots=True)
class Denials:
    """Denials without counterpart.

    Args:
        lost: negators of the source that nothing in the target answers for.
        new: negators of the target that nothing in the source asks for.
    """

    lost: tuple[Token, ...]
    new: tuple[Token, ...]


def match_denials(source: Side, target: Side) -> Denials:
    """Count the denials of both sides against each other.

    A negator (``tidak``, ``not``) needs a denial of any kind on the other side; a word that
    holds a denial (``unable``, ``gagal``) may answer for one and asks for none, since the other
    language may well say the same without.
    """
    ours, theirs = _denials(source), _denials(target)
    return Denials(
        _surplus(ours[0], theirs[0] + theirs[1], source, target),
        _surplus(theirs[0], ours[0] + ours[1], target, source),
    )


def _denials(side: Side) -> tuple[list[Token], list[Token]]:
    """Return the negators, and the words that hold a denial."""
    facts, tokens = side.facts, side.tokens
    negators: list[Token] = []
    others: list[Token] = []
    for index, token in enumerate(tokens):
        word = token.lower
        if word in facts.negators or word.endswith(facts.negator_endings):
            following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
            before = tokens[index - 1].lower if index else ""
            if word in facts.numbering and (following == "." or following.isdigit()):
                continue  # "No. 11"
            soft = following in facts.softeners or before in facts.softeners_before
            soft = soft or "-" in {following, before}  # "no-one", "jangan-jangan"
            (others if soft else negators).append(token)
        elif _holds_denial(word, facts):
            others.append(token)
    return negators, others


def _holds_denial(word: str, facts: Words) -> bool:
    if word in facts.denials or word.endswith(facts.denial_endings):
        return True
    return word.startswith(facts.denial_prefixes) and not word.startswith(facts.denial_exceptions)


def _surplus(
    negators: Sequence[Token], answers: Sequence[Token], side: Side, other: Side
) -> tuple[Token, ...]:
    """Return as many negators as lack an answer: those farthest from any, by relative place."""
    surplus = len(negators) - len(answers)
    if surplus <= 0:
        return ()
    places = sorted(token.start / len(other.text) for token in answers)

    def distance(token: Token) -> float:
        place = token.start / len(side.text)
        after = bisect_left(places, place)
        return min((abs(place - near) for near in places[max(0, after - 1) : after + 1]), default=1)

    lonely = sorted(negators, key=distance, reverse=True)[:surplus]
    return tuple(sorted(lonely, key=lambda token: token.start))
