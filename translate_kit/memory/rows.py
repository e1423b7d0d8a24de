"""Rows of a memory's tables, inside a transaction: what `translate_kit.memory.store` asks for."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any

from translate_kit.memory.normal import normalised

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Sequence

__all__ = [
    "Direction",
    "add_machine",
    "add_people",
    "direction_of",
    "drop_machine",
    "machine_row",
    "pairs_of",
    "recalled",
    "translated",
]

Direction = tuple[str, str]
"""BCP 47 tags of source and target."""

_AT_ONCE = 500
"""Values in one query; old versions of SQLite take 999."""


# Machines


def machine_row(source: str, payload: bytes) -> tuple[bytes, bytes, bytes]:
    """Return key, source and payload as they are kept."""
    return _key(source), _encoded(source), payload


def add_machine(
    connection: sqlite3.Connection, context: str, rows: Iterable[tuple[bytes, bytes, bytes]]
) -> None:
    """Keep rows of `machine_row`, in place of those with their keys."""
    connection.execute(
        "INSERT INTO contexts (digest) VALUES (?) ON CONFLICT DO NOTHING", (context,)
    )
    number = _context(connection, context)
    connection.executemany(
        "INSERT INTO machine (context, key, source, payload) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (context, key)"
        " DO UPDATE SET source = excluded.source, payload = excluded.payload",
        ((number, *row) for row in rows),
    )


def recalled(
    connection: sqlite3.Connection, sources: Sequence[str], context: str
) -> dict[str, bytes]:
    """Return payloads by source, of those that were kept character by character, in order."""
    number = _context(connection, context)
    if number is None:
        return {}
    asked: defaultdict[bytes, list[str]] = defaultdict(list)
    for source in dict.fromkeys(sources):
        asked[_key(source)].append(source)
    query = "SELECT key, source, payload FROM machine WHERE context = ? AND key IN"
    found = {
        source: payload
        for key, kept, payload in _selected(connection, query, number, asked)
        for source in asked[key]
        if _encoded(source) == kept
    }
    return {source: found[source] for source in sources if source in found}


def drop_machine(connection: sqlite3.Connection, kept: Collection[str]) -> int:
    """Drop the rows of all contexts but these and return how many they were."""
    contexts = connection.execute("SELECT id, digest FROM contexts").fetchall()
    gone = [(number,) for number, digest in contexts if digest not in kept]
    dropped = connection.executemany("DELETE FROM machine WHERE context = ?", gone).rowcount
    connection.executemany("DELETE FROM contexts WHERE id = ?", gone)
    return max(0, dropped)


def _context(connection: sqlite3.Connection, context: str) -> int | None:
    row = connection.execute("SELECT id FROM contexts WHERE digest = ?", (context,)).fetchone()
    return row and int(row[0])


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _key(source: str) -> bytes:
    return sha256(_encoded(normalised(source))).digest()[:16]


# People


def add_people(
    connection: sqlite3.Connection,
    direction: Direction,
    rows: Iterable[tuple[str, str, str, str]],
) -> int:
    """Keep source, target, origin and time of each; return how many are new or changed."""
    connection.execute(
        "INSERT INTO directions (source, target) VALUES (?, ?) ON CONFLICT DO NOTHING", direction
    )
    number, _ = direction_of(connection, direction)
    return connection.executemany(
        "INSERT INTO human (direction, source, target, origin, changed) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (direction, source) DO UPDATE"
        " SET target = excluded.target, origin = excluded.origin, changed = excluded.changed"
        " WHERE target IS NOT excluded.target",
        ((number, *row) for row in rows),
    ).rowcount


def translated(
    connection: sqlite3.Connection, sources: Sequence[str], direction: Direction
) -> dict[str, str]:
    """Return people's translations by source as it was asked for, in order."""
    number, _ = direction_of(connection, direction)
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for source in dict.fromkeys(sources):
        key = normalised(source)
        if _encoded(key) == key.encode("utf-8", "replace"):  # half a character was never kept
            asked[key].append(source)
    query = "SELECT source, target FROM human WHERE direction = ? AND source IN"
    found = {
        source: target
        for key, target in _selected(connection, query, number, asked)
        for source in asked[key]
    }
    return {source: found[source] for source in sources if source in found}


def direction_of(connection: sqlite3.Connection, direction: Direction) -> tuple[int, int]:
    """Return number and revision of a direction; zeros of one that has never been."""
    row = connection.execute(
        "SELECT id, revision FROM directions WHERE source = ? AND target = ?", direction
    ).fetchone()
    return (row[0], row[1]) if row else (0, 0)


def pairs_of(connection: sqlite3.Connection, number: int) -> Iterator[tuple[str, str]]:
    """Yield source and target of every row of a direction, in the order of their sources."""
    yield from connection.execute(
        "SELECT source, target FROM human WHERE direction = ? ORDER BY source", (number,)
    )


def _selected(
    connection: sqlite3.Connection, query: str, number: int, keys: Iterable[bytes | str]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query that ends in IN, for however many keys."""
    rest = iter(keys)
    while some := list(islice(rest, _AT_ONCE)):
        places = ", ".join("?" * len(some))
        yield from connection.execute(f"{query} ({places})", (number, *some))
