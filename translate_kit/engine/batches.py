"""Batches of texts of equal length: what a text becomes depends on nothing but itself.

Texts of different lengths would be padded to the longest, and over padding int8 arithmetic
rounds differently: a sentence could come out otherwise in other company. In batches of one length
nothing is padded. Measured with CTranslate2 4.8 on processors: texts, scores and attention are
then the same, bit for bit, whether a sentence is translated alone or among thousands. So batches
may be cut as the moment wants, a run that was interrupted ends in the same bytes, and what was
translated before can be used again. It costs nothing where there are many sentences.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["batches"]


def batches(lengths: Sequence[int], most: int) -> list[list[int]]:
    """Return the numbers of the texts in each batch, the longest texts first.

    Args:
        lengths: tokens in each text.
        most: tokens in a batch; a text longer than that has a batch of its own.
    """
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for number, length in enumerate(lengths):
        alike[length].append(number)
    cut: list[list[int]] = []
    for length in sorted(alike, reverse=True):
        numbers = alike[length]
        parts = -(-len(numbers) // max(1, most // max(1, length)))
        # of equal size: a batch of what little is left over would cost more than its share
        step = -(-len(numbers) // parts)
        cut += [numbers[n : n + step] for n in range(0, len(numbers), step)]
    return cut
