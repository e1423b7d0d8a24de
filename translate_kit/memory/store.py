"""A translation memory in a file that processes share: people's translations and machines'.

A machine's rendering of a sentence is bytes that mean something to who made them. It is used
again only for the same sentence, character by character, in the same context: the digest of
model, direction, options, glossary and whatever else decides it (`context_digest`). So a run
that finds renderings here gives the bytes of one that does not.

A person's translation is of a direction and a normalised sentence, whatever the machine, and
takes precedence; of two the newer counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import sha256
from typing import TYPE_CHECKING

from translate_kit.database import Database
from translate_kit.memory.people import Memory, bitext_of, human_pairs
from translate_kit.memory.rows import (
    add_machine,
    add_people,
    direction_of,
    drop_machine,
    machine_row,
    pairs_of,
    recalled,
    translated,
)
from translate_kit.memory.tables import KIND, is_memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from typing_extensions import Self

    from translate_kit.bitext import Bitext, Match
    from translate_kit.memory.fuzzy import Index
    from translate_kit.memory.rows import Direction

__all__ = ["Known", "Store", "StoreInfo"]

_CONTEXT = re.compile(r"[0-9a-f]{16,}")


@dataclass(frozen=True, slots=True)
class Known:
    """What a memory knows of some sentences.

    Args:
        human: people's translations by sentence.
        machine: payloads by sentence, of those that no person has translated.
    """

    human: Mapping[str, str]
    machine: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What is in a memory.

    Args:
        path: of the file.
        schema: number of the schema.
        size: in bytes.
        human: number of people's translations by direction, ``id-en``.
        machine: number of machines' renderings by context.
    """

    path: str
    schema: int
    size: int
    human: Mapping[str, int]
    machine: Mapping[str, int]


class Store:
    """A translation memory in an SQLite file, for several processes and threads at once.

    A context manager; every call is one transaction.

    Args:
        path: of the file; ``:memory:`` is a memory that ends with the process.
        create: make the file where there is none.
        timeout: seconds to wait while another process writes.

    Raises:
        InputError: if there is no such file and none is to be made, or it is no memory.
        OutputError: if it cannot be made, opened or written, or stays locked.
    """

    def __init__(self, path: str | Path, *, create: bool = True, timeout: float = 30.0) -> None:
        self._database = Database(path, KIND, create=create, timeout=timeout)
        self._fingerprints: dict[Direction, tuple[int, str]] = {}
        self._indexes: dict[Direction, tuple[int, Index]] = {}

    @staticmethod
    def recognises(path: str | Path) -> bool:
        """Whether a path names a memory of this kind: by its suffix, or by what is in the file."""
        return is_memory(path)

    @property
    def path(self) -> str:
        """The path of the file."""
        return self._database.path

    def __enter__(self) -> Self:
        """Return the memory itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self._database.close()

    # Machines

    def recall(self, sources: Sequence[str], context: str) -> dict[str, bytes]:
        """Return what was remembered of these very sentences in this context, by sentence.

        Raises:
            ValueError: if the context is no digest.
            InputError: if the file is damaged.
            OutputError: if it stays locked.
        """
        with self._database.transaction(write=False) as connection:
            return recalled(connection, sources, _checked(context))

    def remember(self, items: Iterable[tuple[str, bytes]], context: str) -> None:
        """Keep sentences with their payloads; what was kept of them in this context goes.

        Args:
            items: of sentences that are the same but for white space the last is kept.
            context: see `context_digest`.

        Raises:
            ValueError: if the context is no digest.
            OutputError: if the file cannot be written, or stays locked.
        """
        # all at hand before others are kept waiting
        rows = [machine_row(source, payload) for source, payload in items]
        if rows:
            with self._database.transaction(write=True) as connection:
                add_machine(connection, _checked(context), rows)

    def prune(self, keep: Iterable[str] = ()) -> int:
        """Forget what machines rendered in other contexts than these, and return how much.

        Raises:
            OutputError: if the file cannot be written, or stays locked.
        """
        kept = set(keep)
        with self._database.transaction(write=True) as connection:
            dropped = drop_machine(connection, kept)
        self._database.compact()
        return dropped

    # People

    def human(self, sources: Sequence[str], direction: Direction) -> dict[str, str]:
        """Return people's translations by sentence, of those sentences that have one.

        Raises:
            InputError: if the file is damaged.
            OutputError: if it stays locked.
        """
        with self._database.transaction(write=False) as connection:
            return translated(connection, sources, direction)

    def add_human(
        self,
        bitexts: Iterable[Bitext],
        direction: Direction | None = None,
        origin: str | None = None,
    ) -> int:
        """Keep what people translated (beads of origin ``human``); newer replaces older.

        Args:
            bitexts: any; beads of other origins are left out.
            direction: the only one that counts; None takes each bitext's own.
            origin: name of the file they are from; None takes the name of each source document.

        Returns:
            How many translations are new or changed.

        Raises:
            OutputError: if the file cannot be written, or stays locked.
        """
        gathered: defaultdict[Direction, dict[str, tuple[str, str]]] = defaultdict(dict)
        for bitext in bitexts:
            own = (bitext.source.language, bitext.target.language)
            if direction in (None, own):
                name = bitext.source.source or "" if origin is None else origin
                gathered[own].update((s, (t, name)) for s, t in human_pairs(bitext))
        if not any(gathered.values()):
            return 0
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        with self._database.transaction(write=True) as connection:
            return sum(
                add_people(connection, own, ((s, t, name, now) for s, (t, name) in rows.items()))
                for own, rows in gathered.items()
                if rows
            )

    def add_pairs(self, pairs: Mapping[str, str], direction: Direction, origin: str = "") -> int:
        """Keep people's translations by normalised sentence; newer replaces older.

        Returns:
            How many are new or changed.

        Raises:
            OutputError: if the file cannot be written, or stays locked.
        """
        return self.add_human([bitext_of(list(pairs.items()), direction)], direction, origin)

    def lookup(self, sources: Sequence[str], direction: Direction, context: str) -> Known:
        """Return all that is known of sentences at one moment; people take precedence.

        Raises:
            ValueError: if the context is no digest.
            InputError: if the file is damaged.
            OutputError: if it stays locked.
        """
        with self._database.transaction(write=False) as connection:
            human = translated(connection, sources, direction)
            others = [source for source in sources if source not in human]
            return Known(human, recalled(connection, others, _checked(context)))

    def memory(self, direction: Direction) -> Memory:
        """Return people's translations as a `Memory` that looks up what it is asked for."""
        return Memory(_Entries(self, direction))

    def fingerprint(self, direction: Direction) -> str:
        """Return a digest of people's translations in a direction, of their texts alone.

        Memories with the same translations have the same one, whatever their history.

        Raises:
            InputError: if the file is damaged.
            OutputError: if it stays locked.
        """
        with self._database.transaction(write=False) as connection:
            number, revision = direction_of(connection, direction)
            known = self._fingerprints.get(direction)
            if known is None or known[0] != revision:
                digest = sha256()
                for pair in pairs_of(connection, number):
                    for text in pair:
                        data = text.encode("utf-8")
                        digest.update(len(data).to_bytes(8, "big") + data)
                known = self._fingerprints[direction] = (revision, digest.hexdigest())
            return known[1]

    def near(
        self, source: str, direction: Direction, least: float = 0.85, most: int = 3
    ) -> tuple[Match, ...]:
        """Return people's translations of sentences like this one, the most alike first.

        Args:
            source: any text.
            direction: of the translations.
            least: similarity they have at least (`translate_kit.memory.fuzzy`).
            most: how many at most.

        Raises:
            OptionError: if the similarity is not in (0, 1] or no match is let in.
            InputError: if the file is damaged.
            OutputError: if it stays locked.
        """
        # numpy costs a tenth of a second: only where matches are asked for
        from translate_kit.memory.fuzzy import Index, check_limits  # noqa: PLC0415

        check_limits(least, most)
        with self._database.transaction(write=False) as connection:
            number, revision = direction_of(connection, direction)
            known = self._indexes.get(direction)
            if known is None or known[0] != revision:
                known = self._indexes[direction] = (revision, Index(pairs_of(connection, number)))
        return known[1].near(source, least, most)

    def bitexts(self, direction: Direction | None = None) -> tuple[Bitext, ...]:
        """Return people's translations, a bitext a direction, in the order of their texts.

        Raises:
            InputError: if the file is damaged.
            OutputError: if it stays locked.
        """
        with self._database.transaction(write=False) as connection:
            rows = connection.execute(
                "SELECT source, target, id FROM directions ORDER BY source, target"
            ).fetchall()
            found = (
                (own, list(pairs_of(connection, number)))
                for *own, number in rows
                if direction in (None, tuple(own))
            )
            return tuple(bitext_of(pairs, (own[0], own[1])) for own, pairs in found if pairs)

    def info(self) -> StoreInfo:
        """Return what is in the memory.

        Raises:
            InputError: if the file is damaged.
            OutputError: if it stays locked.
        """
        with self._database.transaction(write=False) as connection:
            pages, size = (
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "page_size")
            )
            human = connection.execute(
                "SELECT directions.source || '-' || directions.target, count(*)"
                " FROM human JOIN directions ON directions.id = direction GROUP BY 1 ORDER BY 1"
            )
            machine = connection.execute(
                "SELECT digest, count(*) FROM machine"
                " JOIN contexts ON contexts.id = context GROUP BY 1 ORDER BY 1"
            )
            return StoreInfo(self.path, KIND.schema, pages * size, dict(human), dict(machine))


class _Entries(Mapping[str, str]):
    """People's translations of a direction by normalised sentence, looked up one by one."""

    def __init__(self, store: Store, direction: Direction) -> None:
        self._store = store
        self._direction = direction

    def __getitem__(self, key: str) -> str:
        found = self._store.human([key], self._direction)
        return found[key]

    def __iter__(self) -> Iterator[str]:
        for bitext in self._store.bitexts(self._direction):
            yield from (row.source for row in bitext.rows())

    def __len__(self) -> int:
        return self._store.info().human.get("-".join(self._direction), 0)


def _checked(context: str) -> str:
    if not _CONTEXT.fullmatch(context):
        raise ValueError(f"context {context!r} is no digest; make one with context_digest")
    return context
