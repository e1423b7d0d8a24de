"""The decision layer: rules, asked one after the other, until one of them decides.

The order goes from what is certain to what is likely:

1. *inside*: no white space follows, so the mark stands in a number, an address or a word, or
   a space was forgotten;
2. *frame*: list markers, brackets and quotations, which say what a mark can mean at all;
3. *small*: the next word is written small, so only what kind of mark it is matters;
4. *words*: a full stop behind an abbreviation, an initial or a number;
5. *last*: what is left is an end; for full stops Punkt has the last word.

A rule returns True (a sentence ends), False (it does not), or None (not my case). The first line
of its docstring is the reason ``--explain`` prints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.segment.rules import frame, inside, last, small, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate_kit.segment.candidates import Candidate

    Rule = Callable[[Candidate], bool | None]

__all__ = ["RULES", "decide"]

RULES: tuple[Rule, ...] = (*inside.RULES, *frame.RULES, *small.RULES, *words.RULES, *last.RULES)


def decide(candidate: Candidate) -> tuple[Rule, bool]:
    """Return the rule that decided about a candidate, and what it decided."""
    for rule in RULES:
        verdict = rule(candidate)
        if verdict is not None:
            return rule, verdict
    raise AssertionError("the last rule decides about everything")
