"""What people have translated before: used again where the same sentence comes again.

A memory is made of bilingual files. Only what a person wrote or corrected counts (origin
``human``): a machine's translation can be made again, and better later.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from translate_kit.bitext import Bitext

__all__ = ["Memory", "context_digest"]


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
            if (bitext.source.language, bitext.target.language) != direction:
                continue
            for row in bitext.rows():
                if row.bead.origin == "human" and row.source and row.target:
                    entries[_key(row.source)] = " ".join(row.target.split())
        return cls(entries)

    def recall(self, sentence: str) -> str | None:
        """Return the translation of a sentence, or None."""
        return self.entries.get(_key(sentence))


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def context_digest(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the SHA-256 of all that decides how a machine renders a sentence, hexadecimal.

    Args:
        pairs: names and values, in any order: the model's digest, direction, decoding options,
            the glossary's digest, the version of what is done around the model …. Whatever is
            left out must not change a rendering.
    """
    told = json.dumps(sorted(pairs), ensure_ascii=True, separators=(",", ":"))
    return sha256(told.encode("ascii")).hexdigest()
