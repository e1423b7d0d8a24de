"""Settings of the segmenter, and what it says about a candidate boundary."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT", "Decision", "SegmentOptions"]


@dataclass(frozen=True, slots=True)
class SegmentOptions:
    """How to segment.

    Args:
        split_quotations: sentences inside a quotation are sentences of their own.
        presegmented: every line that is not empty is a sentence.
    """

    split_quotations: bool = True
    presegmented: bool = False


DEFAULT = SegmentOptions()


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one candidate boundary.

    Args:
        position: where the next sentence would begin, in characters of the text.
        boundary: whether it does.
        rule: name of the rule that decided.
        reason: why, for people.
    """

    position: int
    boundary: bool
    rule: str
    reason: str
