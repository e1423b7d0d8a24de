"""Which quantities of one side answer for which of the other."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.quality.quantities.cursor import Key, Quantity
    from translate_kit.quality.tokens import Token

__all__ = ["Agreement", "Reading", "agree"]


class Reading(Protocol):
    """A text with its words and quantities."""

    @property
    def text(self) -> str:
        """Its characters."""

    @property
    def words(self) -> Sequence[Token]:
        """Its words."""

    @property
    def quantities(self) -> Sequence[Quantity]:
        """What it says of numbers, dates and money."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Quantities of two texts, matched.

    Args:
        matched: pairs that mean the same.
        missing: asked for by the source, answered by nothing in the target.
        added: asked for by the target, said by nothing in the source.
    """

    matched: tuple[tuple[Quantity, Quantity], ...]
    missing: tuple[Quantity, ...]
    added: tuple[Quantity, ...]

    @property
    def asked(self) -> int:
        """How many quantities needed a counterpart."""
        met = sum(source.required or target.required for source, target in self.matched)
        return met + max(len(self.missing), len(self.added))

    @property
    def failed(self) -> int:
        """How many of those found none; a changed number counts once."""
        return max(len(self.missing), len(self.added))


def agree(source: Reading, target: Reading) -> Agreement:
    """Match the quantities of two texts by what they may mean.

    The likeliest meanings are matched first, then any, each in order of the text. A text that
    says a number twice where the other says it once has said nothing wrong: what is left over
    is forgiven if its value stands on the other side at all, or its very word does (a title
    that was not translated).
    """
    matched: list[tuple[Quantity, Quantity]] = []
    ours, theirs = list(source.quantities), list(target.quantities)
    for depth in (1, None):  # how many of the meanings count
        offers = _Offers(theirs, depth)
        left = []
        for quantity in ours:
            partner = offers.take(quantity.keys[:depth])
            if partner is None:
                left.append(quantity)
            else:
                matched.append((quantity, partner))
        ours, theirs = left, offers.left()
    missing = _unsaid(ours, source, target)
    added = _unsaid(theirs, target, source)
    return Agreement(tuple(matched), missing, added)


class _Offers:
    """Quantities that wait for their like, found by meaning; those that need one go first."""

    def __init__(self, quantities: Sequence[Quantity], depth: int | None) -> None:
        self._quantities = quantities
        self._taken = [False] * len(quantities)
        self._waiting: dict[Key, deque[int]] = {}
        order = sorted(range(len(quantities)), key=lambda n: not quantities[n].required)
        for number in order:
            for key in quantities[number].keys[:depth]:
                self._waiting.setdefault(key, deque()).append(number)

    def take(self, keys: Sequence[Key]) -> Quantity | None:
        """Return one that means one of these, and offer it no more."""
        for key in keys:
            waiting = self._waiting.get(key)
            while waiting:
                number = waiting.popleft()
                if not self._taken[number]:
                    self._taken[number] = True
                    return self._quantities[number]
        return None

    def left(self) -> list[Quantity]:
        """Return those that were not taken, in order."""
        pairs = zip(self._quantities, self._taken, strict=True)
        return [quantity for quantity, taken in pairs if not taken]


def _unsaid(free: Sequence[Quantity], side: Reading, other: Reading) -> tuple[Quantity, ...]:
    unsaid = [quantity for quantity in free if quantity.required]
    if not unsaid:
        return ()
    said = {key for quantity in other.quantities for key in quantity.keys}
    words = {token.text for token in other.words}
    return tuple(
        quantity
        for quantity in unsaid
        if said.isdisjoint(quantity.keys) and side.text[quantity.start : quantity.end] not in words
    )
