"""How large a run is: the settings that go together."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SCALES", "Scale"]


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The settings of a run.

    Args:
        pieces: of the vocabulary.
        shape: of the network, as `recipe.network.Shape.parse` reads it.
        tokens: padded target tokens in a batch.
        rate: learning rate of the first training; the second goes on with half of it.
        warmup: steps.
        minutes: of training in all, of which the first training takes 40 %.
        steps: of each training instead of minutes; 0 goes by minutes.
        longest: tokens of the longest sentence.
        lexicon_width: columns of the bilingual embeddings.
        lines: news sentences translated in each direction; 0 takes all.
        renamed: pairs with other names.
        threads: processor cores; 0 is PyTorch's choice.
    """

    pieces: int
    shape: str
    tokens: int
    rate: float
    warmup: int
    minutes: float = 0.0
    steps: int = 0
    longest: int = 110
    lexicon_width: int = 256
    lines: int = 0
    renamed: int = 60_000
    threads: int = 0


SCALES = {
    "cpu": Scale(
        pieces=16_000, shape="384,6,1536,6,2", tokens=3072, rate=1e-3, warmup=600, minutes=1200
    ),
    "gpu": Scale(
        pieces=16_000,
        shape="512,8,2048,8,2",
        tokens=32_768,
        rate=1.5e-3,
        warmup=800,
        minutes=16,
        longest=128,
    ),
    "tiny": Scale(
        pieces=600,
        shape="64,4,128,2,1",
        tokens=1536,
        rate=6e-3,
        warmup=40,
        steps=240,
        longest=60,
        lexicon_width=64,
        lines=300,
        renamed=300,
        threads=1,
    ),
}
"""``cpu``: twenty hours on two cores; ``gpu``: twenty minutes of one; ``tiny``: two minutes that
show that the pipeline works, for tests."""
