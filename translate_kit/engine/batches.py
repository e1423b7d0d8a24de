"""Batches of texts of similar length, cut by the texts alone.

Which texts share a batch can change an int8 result in its last digits, so the cut depends on
the input and the settings, never on the machine or on timing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["batches"]

SMALLEST = 256
PARTS = 4
"""A small input is cut into about four batches so that all cores have work."""


def batches(lengths: Sequence[int], most: int) -> list[list[int]]:
    """Return the numbers of the texts in each batch, the longest texts first.

    Args:
        lengths: tokens in each text.
        most: padded tokens in a batch; a text longer than that has a batch of its own.
    """
    most = min(most, max(SMALLEST, sum(lengths) // PARTS))
    order = sorted(range(len(lengths)), key=lambda n: (-lengths[n], n))
    cut: list[list[int]] = []
    for number in order:
        # sorted: the first text of a batch is its longest
        if not cut or lengths[cut[-1][0]] * (len(cut[-1]) + 1) > most:
            cut.append([])
        cut[-1].append(number)
    return cut
