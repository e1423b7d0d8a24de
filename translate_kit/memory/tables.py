"""The tables of a memory, and what names one."""

from __future__ import annotations

from pathlib import Path

from translate_kit.database import Kind, holds_database

__all__ = ["KIND", "is_memory"]

_SUFFIXES = frozenset({".db", ".sqlite", ".sqlite3", ".tkm"})

_TRIGGER = """
    CREATE TRIGGER human_{event} AFTER {event} ON human BEGIN
        UPDATE directions SET revision = revision + 1 WHERE id = {row}.direction;
    END
"""
_TABLES = (
    # ``revision`` goes up with every change of a direction's human rows, whoever makes it, so
    # that what was computed of them is known to be stale.
    """
    CREATE TABLE directions (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        UNIQUE (source, target)
    )
    """,
    """
    CREATE TABLE human (
        direction INTEGER NOT NULL REFERENCES directions,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        origin TEXT NOT NULL,
        changed TEXT NOT NULL,
        PRIMARY KEY (direction, source)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE contexts (
        id INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE
    )
    """,
    # The key is a digest of the normalised source; the source is compared as it was asked for.
    """
    CREATE TABLE machine (
        id INTEGER PRIMARY KEY,
        context INTEGER NOT NULL REFERENCES contexts,
        key BLOB NOT NULL,
        source BLOB NOT NULL,
        payload BLOB NOT NULL,
        UNIQUE (context, key)
    )
    """,
    _TRIGGER.format(event="INSERT", row="NEW"),
    _TRIGGER.format(event="UPDATE", row="NEW"),
    _TRIGGER.format(event="DELETE", row="OLD"),
)

KIND = Kind(
    name="memory",
    application=0x746B6D31,  # "tkm1"
    schema=1,
    tables=_TABLES,
)


def is_memory(path: str | Path) -> bool:
    """Whether a path names a memory in SQLite: by its suffix, or by what is in the file."""
    return Path(path).suffix.lower() in _SUFFIXES or holds_database(path)
