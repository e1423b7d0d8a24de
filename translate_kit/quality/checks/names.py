"""Names that got lost or were exchanged."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from translate_kit.bitext import Issue
from translate_kit.quality.tokens import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.quality.comparison import Comparison

__all__ = ["name"]

_SHORTEST = 4  # letters of a name whose loss is worth an issue


def name(comparison: Comparison) -> Iterator[Issue]:
    """Yield names that are lost or new.

    A name is worth an issue if another one came in its stead, or if we know what it means and
    so would know it again.
    """
    match = comparison.names
    lost = [t for t in match.lost if len(t.text) >= _SHORTEST and not t.text.isupper()]
    new = [t for t in match.new if len(t.text) >= _SHORTEST or (t.text.isupper() and lost)]
    for missing, added in zip_longest(lost, new):
        if missing and added:
            message = f"“{missing.text}” is not in the translation, which has “{added.text}”"
            yield Issue("name", message, (missing.start, missing.end), (added.start, added.end))
        elif missing and comparison.source.knows(missing.lower) and not comparison.target.places:
            message = f"“{missing.text}” is not in the translation"
            yield Issue("name", message, source=(missing.start, missing.end))
        elif added and comparison.target.knows(stem(added.lower)) and not comparison.source.places:
            message = f"“{added.text}” is not in the source"
            yield Issue("name", message, target=(added.start, added.end))
