"""What a run knows from before: people's translations, machines' renderings, near matches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_kit.memory import Memory, Store, context_digest
from translate_kit.translate.codec import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.translate.sentences import Rendering

__all__ = ["NO_MEMORIES", "Memories", "OpenMemories"]


@dataclass(frozen=True, slots=True)
class Memories:
    """Translation memories, as they are named: to be opened by whoever uses them.

    Args:
        sources: paths of databases, and people's translations by normalised sentence; of two
            that know a sentence the later counts.
        direction: BCP 47 tags of source and target.
        fuzzy: similarity from which on a bead is given near matches; None gives none.
    """

    sources: tuple[str | Mapping[str, str], ...] = ()
    direction: tuple[str, str] = ("id", "en")
    fuzzy: float | None = None

    def open(self, context: str) -> OpenMemories:
        """Open them.

        Args:
            context: digest of all that a machine's rendering depends on beside the sentence.

        Raises:
            InputError: if a file is no memory.
            OutputError: if one cannot be made or opened.
        """
        return OpenMemories(self, context)

    def detached(self) -> Memories:
        """Return what another machine can use, which sees none of the files.

        Raises:
            InputError: if a file is no memory.
            OutputError: if one cannot be opened.
        """
        return replace(self, sources=tuple(self._entries(source) for source in self.sources))

    def _entries(self, source: str | Mapping[str, str]) -> Mapping[str, str]:
        if not isinstance(source, str):
            return source
        with Store(source) as store:
            return Memory.of(store.bitexts(self.direction), self.direction).entries


NO_MEMORIES = Memories()


class OpenMemories:
    """Memories in use by one process; asked by any of its threads.

    Args:
        named: which.
        context: see `Memories.open`.
    """

    def __init__(self, named: Memories, context: str) -> None:
        self._named = named
        self._context = context
        self._stores = [self._store(source) for source in named.sources]
        self._people = [store.memory(named.direction) for store in reversed(self._stores)]
        self._machines = [
            store
            for store, source in zip(self._stores, named.sources, strict=True)
            if isinstance(source, str)
        ]

    def _store(self, source: str | Mapping[str, str]) -> Store:
        if isinstance(source, str):
            return Store(source)
        store = Store(":memory:")
        store.add_pairs(source, self._named.direction)
        return store

    @property
    def fingerprint(self) -> str:
        """Digest of all that results depend on: people's translations, and whether they match."""
        digests = [store.fingerprint(self._named.direction) for store in self._stores]
        return context_digest((str(n), d) for n, d in enumerate((*digests, str(self._named.fuzzy))))

    def recall(self, sentence: str) -> str | None:
        """Return a person's translation of a sentence, or None."""
        found = (memory.recall(sentence) for memory in self._people)
        return next((text for text in found if text is not None), None)

    @property
    def cache(self) -> MachineMemory | None:
        """What machines rendered, where a database keeps it."""
        return MachineMemory(self._machines, self._context) if self._machines else None

    def matched(self, bitext: Bitext) -> Bitext:
        """Return the bitext with near matches, if these are wanted."""
        if self._named.fuzzy is None:
            return bitext
        # numpy: only where matches are asked for
        from translate_kit.memory.fuzzy import with_matches  # noqa: PLC0415

        for store in self._stores:
            bitext = with_matches(bitext, store, self._named.fuzzy)
        return bitext

    def close(self) -> None:
        """Close the files."""
        for store in self._stores:
            store.close()


@dataclass(frozen=True, slots=True)
class MachineMemory:
    """Machines' renderings in databases, for a stream: asked in order, told all.

    Args:
        stores: the databases.
        context: see `Memories.open`.
    """

    stores: Sequence[Store]
    context: str

    def recall(self, texts: Sequence[str]) -> dict[str, Rendering]:
        """Return the renderings that are known, by sentence."""
        found: dict[str, Rendering] = {}
        for store in self.stores:
            asked = [text for text in texts if text not in found]
            known = store.recall(asked, self.context)
            found.update((text, unpack(payload)) for text, payload in known.items())
        return found

    def remember(self, renderings: Mapping[str, Rendering]) -> None:
        """Keep renderings for later runs."""
        items: Iterable[tuple[str, bytes]] = [
            (text, pack(rendering)) for text, rendering in renderings.items()
        ]
        for store in self.stores:
            store.remember(items, self.context)
