"""Documents into blocks, blocks into sentences, with exact offsets."""

from __future__ import annotations

from translate_kit.segment.options import Decision, SegmentOptions
from translate_kit.segment.sentences import explain, split
from translate_kit.segment.structure import segment, segment_stream

__all__ = ["Decision", "SegmentOptions", "explain", "segment", "segment_stream", "split"]
