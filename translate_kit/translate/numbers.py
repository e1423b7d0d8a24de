"""Numbers that the model changed, put back as the target language writes them.

Both sides are read by `translate_kit.quality.quantities`, so that only a quantity that is missing
in the translation is looked at, and a change is made only if the two sides agree better
afterwards. It goes where the word links say that the number became another one. What was lost
without a trace, or stands in a fraction, an ordinal or a date in words, stays as it is and is
flagged by the check ``number``.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from translate_kit.languages.quantities import quantities
from translate_kit.quality.quantities.agreement import agree
from translate_kit.quality.quantities.numerals import read_digits
from translate_kit.quality.side import Side
from translate_kit.translate.edits import Edit, edited
from translate_kit.translate.literals import literals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import Span
    from translate_kit.languages import Direction
    from translate_kit.languages.quantities import Quantities
    from translate_kit.quality.quantities import Quantity
    from translate_kit.translate.sentences import Rendering

__all__ = ["notation", "with_numbers"]

_DIGITS = re.compile(r"[0-9]+(?:[.,:][0-9]+)*")
_AMOUNT = re.compile(rf"(?P<digits>{_DIGITS.pattern})(?:[\s-]?(?P<scale>[^\W\d_]+))?")
_WORDS = re.compile(r"[^\W\d_]+")
_LONG = re.compile("[0-9]{4}")
_LONGEST = 12
"""Characters beside a number that are looked at."""
_FROM_SCALE = 10**6
"""From here on a round number in words is written with a scale: ``20 million``."""


def with_numbers(sentence: str, rendering: Rendering, direction: Direction) -> Rendering:
    """Return the rendering of a sentence with numbers that the model changed as they were.

    Args:
        sentence: as the article has it.
        rendering: its translation.
        direction: the languages of the two.
    """
    ours, theirs = quantities(direction.source), quantities(direction.target)
    if not rendering.text or _all_there(sentence, rendering.text, direction):
        return rendering
    source = Side(sentence, direction.source)
    kept = [literal.span for literal in literals(sentence)]
    agreement = agree(source, Side(rendering.text, direction.target))
    for quantity in agreement.missing:
        text = _written(sentence[quantity.start : quantity.end], quantity, ours, theirs)
        if text is None or _overlaps(quantity, kept):
            continue
        target = Side(rendering.text, direction.target)
        for other in _counterparts(quantity, rendering, source, target):
            edit = Edit(other.start, other.end, text, (quantity.start, quantity.end))
            tried = edited(rendering, [edit])
            better = agree(source, Side(tried.text, direction.target))
            if better.failed < agreement.failed:
                rendering, agreement = tried, better
                break
    return rendering


def _all_there(sentence: str, target: str, direction: Direction) -> bool:
    """Whether no number needs to be looked at: all are in digits and stand in the target."""
    ours, theirs = quantities(direction.source), quantities(direction.target)
    if digits := _DIGITS.findall(sentence):
        there = Counter(_DIGITS.findall(target))
        there.subtract(notation(found, ours, theirs) or "" for found in digits)
        if any(count < 0 for count in there.values()):
            return False
    words = _WORDS.findall(sentence.lower())
    if not _spelled(direction.source).isdisjoint(words):
        return False
    scales = Counter(ours.scales[word] for word in words if word in ours.scales)
    if scales:
        said = _WORDS.findall(target.lower())
        scales.subtract(theirs.scales[word] for word in said if word in theirs.scales)
    return not any(scales.values())


@cache
def _spelled(language: str) -> frozenset[str]:
    """Return the words that make a number of their own or of the one before them."""
    facts = quantities(language)
    larger = (word for word, value in facts.cardinals.items() if value > 1)
    return frozenset().union(facts.wholes, facts.multipliers, larger)


def notation(digits: str, ours: Quantities, theirs: Quantities) -> str | None:
    """Return digits with marks as the other language writes them; None if they are ambiguous.

    Args:
        digits: ``1.234,5``, ``2023``, ``9.30``.
        ours: the facts of their language.
        theirs: of the other one.
    """
    marks = {mark for mark in digits if mark in ".,:"}
    if not marks:
        return digits
    values = read_digits(digits, ours)
    if len(values) != 1:
        return None
    last = max(marks, key=digits.rfind)
    whole, tenths = digits.replace(last, ""), digits.rpartition(last)[2]
    grouped = len(marks) == 1 and len(tenths) == 3 and int(whole) == values[0] > 0
    decimal = "" if grouped else last
    return "".join(
        c if c.isdigit() else theirs.decimal_mark if c == decimal else theirs.group_mark
        for c in digits
    )


def _written(text: str, quantity: Quantity, ours: Quantities, theirs: Quantities) -> str | None:
    """Return a quantity as the target language writes it; None if that is not safe to say."""
    if quantity.kind == "time":
        clock = re.fullmatch("([0-9]+)[.:]([0-9]+)", text)
        return f"{clock[1]}{theirs.clock_mark}{clock[2]}" if clock else None
    amount = _AMOUNT.fullmatch(text)
    if amount:
        digits = notation(amount["digits"], ours, theirs)
        if digits is None or not amount["scale"]:
            return digits
        scale = _scale(ours.scales.get(amount["scale"].lower(), 0), theirs)
        return f"{digits} {scale}" if scale else None
    value = quantity.keys[0]
    cardinal = {*ours.cardinals, *ours.teens, *ours.multipliers, *ours.scales, *ours.wholes}
    if not isinstance(value, int) or not all(w.lower() in cardinal for w in text.split()):
        return None
    return _in_digits(value, theirs)


def _in_digits(value: int, facts: Quantities) -> str:
    for size in sorted(facts.scales.values(), reverse=True):
        if size >= _FROM_SCALE and value >= size and value % size == 0:
            return f"{value // size} {_scale(size, facts)}"
    grouped = f"{value:,}" if value >= 10_000 else str(value)
    return grouped.replace(",", facts.group_mark)


def _scale(size: int, facts: Quantities) -> str:
    return next((word for word, value in facts.scales.items() if value == size), "")


def _counterparts(
    quantity: Quantity, rendering: Rendering, source: Side, target: Side
) -> Iterator[Quantity]:
    """Yield what the translation may have in a number's stead, the likeliest first."""
    kept = [literal.span for literal in literals(target.text)]
    agreement = agree(source, target)
    right = [theirs for ours, theirs in agreement.matched if _linked(ours, theirs, rendering)]
    candidates = [
        other
        for other in target.quantities
        if not _overlaps(other, kept)
        and (isinstance(other.keys[0], int | Fraction) or _DIGITS.fullmatch(_text(other, target)))
        and _is_like(quantity, other, source, target)
        and not any(other is one for one in right)
    ]
    for other in candidates:
        if _linked(quantity, other, rendering):
            yield other
    if len(agreement.missing) == len(agreement.added) == 1 and agreement.added[0] in candidates:
        yield agreement.added[0]


def _text(quantity: Quantity, side: Side) -> str:
    return side.text[quantity.start : quantity.end]


def _overlaps(quantity: Quantity, spans: Sequence[Span]) -> bool:
    return any(quantity.start < end and start < quantity.end for start, end in spans)


def _linked(quantity: Quantity, other: Quantity, rendering: Rendering) -> bool:
    return any(
        s0 < quantity.end and quantity.start < s1 and t0 < other.end and other.start < t1
        for s0, s1, t0, t1 in rendering.links
    )


def _is_like(quantity: Quantity, other: Quantity, source: Side, target: Side) -> bool:
    """Whether two numbers stand alike: letters glued to them, and long ones in digits both."""
    digits = _text(quantity, source)
    if _LONG.match(digits) and not target.text[other.start].isdigit():
        return False  # a year never became a number in words
    before, after = _frame(quantity, source)
    their_before, their_after = _frame(other, target)
    money = before in quantities(source.language).currencies and (
        their_before in quantities(target.language).currencies
    )
    return after == their_after and (before == their_before or money)


def _frame(quantity: Quantity, side: Side) -> tuple[str, str]:
    before = side.text[max(0, quantity.start - _LONGEST) : quantity.start]
    after = side.text[quantity.end : quantity.end + _LONGEST]
    glued = re.search(r"[^\W\d_]+$", before), re.match(r"[^\W\d_]+", after)
    first, last = (match[0].lower() if match else "" for match in glued)
    return first, last
