"""A quantity in a text, and what readers of quantities share while they read one text."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from translate_kit.quality.quantities.money import unit_around
from translate_kit.quality.tokens import without_s

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.languages.quantities import Quantities
    from translate_kit.quality.tokens import Token

__all__ = ["Cursor", "Key", "Quantity"]

Key = int | Fraction | tuple[str, int | str]
"""A value, or a named one: ``("month", 10)``, ``("clock", 570)``, ``("code", "g20")``."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, date or time in a text.

    Args:
        start: offset of its first character.
        end: offset after its last.
        keys: what it may mean, the likeliest first.
        kind: ``number``, ``date`` or ``time``.
        required: whether the other side must have its like; one that is not (``one``, ``both``,
            ``Sept``) may still answer for its like.
        unit: ``%`` or a currency's code where one stands beside it.
    """

    start: int
    end: int
    keys: tuple[Key, ...]
    kind: str = "number"
    required: bool = True
    unit: str | None = None


@dataclass(slots=True)
class Cursor:
    """The tokens of a text and the quantities found in it so far.

    Args:
        tokens: of the whole text.
        facts: of its language.
        found: grows as `note` is called.
    """

    tokens: Sequence[Token]
    facts: Quantities
    found: list[Quantity] = field(default_factory=list)

    def lower(self, index: int) -> str:
        """Return a token in lower case, without ``'s``; nothing where there is no token."""
        if not 0 <= index < len(self.tokens):
            return ""
        return without_s(self.tokens[index].lower)

    def glued(self, index: int) -> bool:
        """Whether a token stands at its predecessor, with no white space between."""
        tokens = self.tokens
        return 0 < index < len(tokens) and tokens[index - 1].end == tokens[index].start

    def skip_hyphen(self, index: int) -> int:
        """Return the index after a hyphen between two words; the index itself if there is none."""
        hyphen = self.lower(index) == "-" and self.glued(index) and self.glued(index + 1)
        return index + 1 if hyphen else index

    def note(
        self, first: int, after: int, keys: Sequence[Key], *, kind: str = "number", ask: bool = True
    ) -> int:
        """Note a quantity made of the tokens from `first` to before `after`.

        Returns:
            The index after it and its unit.
        """
        unit, after_unit = unit_around(self.tokens, first, after, self.facts)
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        self.found.append(Quantity(start, end, tuple(dict.fromkeys(keys)), kind, ask, unit))
        return after_unit
