"""What people have translated before: used again where the same sentence comes again.

Only what a person wrote or corrected counts (origin ``human``): a machine's translation can be
made again, and better later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.bitext import Bead, Bitext
from translate_kit.document import Block, Document, Sentence
from translate_kit.memory.normal import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Memory", "bitext_of", "human_pairs"]


@dataclass(frozen=True, slots=True)
class Memory:
    """Human translations of sentences.

    Args:
        entries: translation by normalised source sentence: Unicode NFC, runs of white space as
            one space.
    """

    entries: Mapping[str, str]

    @classmethod
    def of(cls, bitexts: Iterable[Bitext], direction: tuple[str, str]) -> Memory:
        """Gather what people translated in one direction; of two translations the last counts.

        Args:
            bitexts: any; those between other languages are left out.
            direction: BCP 47 tags of source and target.
        """
        entries: dict[str, str] = {}
        for bitext in bitexts:
            if (bitext.source.language, bitext.target.language) == direction:
                entries.update(human_pairs(bitext))
        return cls(entries)

    def recall(self, sentence: str) -> str | None:
        """Return the translation of a sentence, or None."""
        return self.entries.get(normalised(sentence))


def human_pairs(bitext: Bitext) -> Iterator[tuple[str, str]]:
    """Yield what people translated in a bitext: the normalised source and the target in a line."""
    for row in bitext.rows():
        if row.bead.origin == "human":
            source, target = normalised(row.source), " ".join(row.target.split())
            if source and target:
                yield source, target


def bitext_of(pairs: Sequence[tuple[str, str]], direction: tuple[str, str]) -> Bitext:
    """Return pairs as a bitext of people's work: a paragraph and a bead for each."""
    sides = tuple(
        Document(
            language,
            tuple(
                Block("paragraph", pair[side], (Sentence(0, len(pair[side])),)) for pair in pairs
            ),
        )
        for side, language in enumerate(direction)
    )
    beads = (Bead(range(n, n + 1), range(n, n + 1), "human") for n in range(len(pairs)))
    return Bitext(sides[0], sides[1], tuple(beads))
