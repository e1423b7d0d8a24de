"""The file of a memory: SQLite with a write-ahead log, safe for processes and threads at once.

Every error of SQLite is made one of ours here, with its cause and what to do.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from translate_kit.errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["IN_PROCESS", "SCHEMA", "Database", "is_database"]

IN_PROCESS = ":memory:"
"""In place of a path: a memory that ends with the process."""

SCHEMA = 1
"""Of the tables below; a file of a later one is refused, one of an earlier would be brought up."""

_APPLICATION = 0x746B6D31  # "tkm1": tells our files from other programs' databases
_MAGIC = b"SQLite format 3\0"
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

_BROKEN = "it is damaged; bring back a copy of it, or move it away to begin a new one"
_CAUSES: tuple[tuple[str, type[InputError | OutputError], str], ...] = (
    ("not a database", InputError, "it is no SQLite database; name another file"),
    ("malformed", InputError, _BROKEN),
    ("decode to utf-8", InputError, _BROKEN),
    ("is full", OutputError, "the disk is full; make room and do it again"),
    ("disk i/o", OutputError, "the disk failed or is full; look after it and do it again"),
    (
        "readonly",
        OutputError,
        "it can only be read; change its permissions and its folder's, or copy it elsewhere",
    ),
    (
        "unable to open",
        OutputError,
        "no permission to read and write there; change the permissions, or choose another place",
    ),
    ("locked", OutputError, "another program keeps it locked; end that one and do it again"),
)
"""What SQLite says (Python 3.10 gives no codes), our class for it, the cause and the next step."""


def is_database(path: str | Path) -> bool:
    """Whether a path names a memory in SQLite: by its suffix, or by what is in the file."""
    if Path(path).suffix.lower() in _SUFFIXES:
        return True
    try:
        if not Path(path).is_file():  # what is read from a pipe is gone
            return False
        with Path(path).open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):  # whoever reads it will say why it cannot be
        return False


class Database:
    """A connection and its transactions; one at a time, whatever thread asks.

    Args:
        path: of the file, or `IN_PROCESS`.
        create: make the file and its tables where there are none.
        timeout: seconds to wait while another process writes.

    Raises:
        InputError: if there is no such file, or it is no memory.
        OutputError: if it cannot be made, opened or written, or stays locked.
    """

    def __init__(self, path: str | Path, *, create: bool, timeout: float) -> None:
        self.path = str(path)
        self._create = create
        self._timeout = timeout
        self._lock = threading.RLock()
        self._inherited: list[sqlite3.Connection] = []
        self._owner = os.getpid()
        self._connection: sqlite3.Connection | None = self._opened()

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with self._lock:
            if self._connection is not None and self._owner == os.getpid():
                self._connection.close()
            self._connection = None

    @contextmanager
    def transaction(self, *, write: bool) -> Iterator[sqlite3.Connection]:
        """Give a connection: what is read is of one moment, what is written is there whole.

        Raises:
            InputError: if the file is damaged.
            OutputError: if it cannot be written, or stays locked.
        """
        with self._lock, _wrapped(self.path):
            connection = self._current()
            connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    with suppress(sqlite3.Error):  # what went wrong before is what counts
                        connection.execute("ROLLBACK")

    def compact(self) -> None:
        """Give the room of what was deleted back to the disk, as far as others allow.

        Raises:
            OutputError: if the file cannot be written, or stays locked.
        """
        with self._lock, _wrapped(self.path):
            connection = self._current()
            # as a script, for a single statement would free a single page
            connection.executescript("PRAGMA incremental_vacuum")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _current(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError(f"memory {self.path!r} is closed")
        if self._owner != os.getpid():
            # A forked process must neither use nor close what it inherited: SQLite's locks are
            # of the process that took them.
            self._inherited.append(self._connection)
            self._connection, self._owner = self._opened(), os.getpid()
        return self._connection

    def _opened(self) -> sqlite3.Connection:
        if self.path != IN_PROCESS:
            self._check_place()
        with _wrapped(self.path):
            connection = sqlite3.connect(
                self.path, timeout=self._timeout, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA synchronous = FULL")
                if not self._is_ours(connection):
                    self._make(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    def _check_place(self) -> None:
        """Refuse paths of which SQLite would only say that it cannot open them."""
        path = Path(self.path)
        if "\0" in self.path:
            raise InputError(f"memory {self.path!r}: a zero byte in the name; check the name")
        if path.is_dir():
            raise InputError(f"memory {self.path!r} is a folder; name a file in it")
        if path.exists():
            return
        if not self._create:
            raise InputError(f"no memory {self.path!r}; check the name")
        if not path.parent.is_dir():
            raise OutputError(f"memory {self.path!r}: its folder does not exist; make it first")

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        """Whether the tables are there.

        Raises:
            InputError: if the file is another program's, of a later schema, or empty and not to
                be filled.
        """
        connection.execute("BEGIN")
        application, schema, tables = (
            connection.execute(query).fetchone()[0]
            for query in (
                "PRAGMA application_id",
                "PRAGMA user_version",
                "SELECT count(*) FROM sqlite_master",
            )
        )
        connection.execute("COMMIT")
        if not tables and self._create:
            return False
        if application != _APPLICATION:
            raise InputError(f"{self.path!r} holds no translation memory; name another file")
        if schema > SCHEMA:
            raise InputError(
                f"memory {self.path!r} is of schema {schema}, newer than {SCHEMA};"
                " update translate-kit"
            )
        return True

    def _make(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # counts only in an empty file
        self._log_ahead(connection)
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have been quicker.
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in _TABLES:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")

    def _log_ahead(self, connection: sqlite3.Connection) -> None:
        """Turn the write-ahead log on; for this SQLite does not wait for others by itself."""
        deadline = time.monotonic() + self._timeout
        while not _in_log_mode(connection, last=time.monotonic() > deadline):
            time.sleep(0.01)


def _in_log_mode(connection: sqlite3.Connection, *, last: bool) -> bool:
    """Whether the log could be turned on, or need not be; False while others are at the file."""
    try:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
    except sqlite3.OperationalError as error:
        if last or "locked" not in str(error):
            raise
        return False
    return True


@contextmanager
def _wrapped(path: str) -> Iterator[None]:
    """Make errors of SQLite ours."""
    try:
        yield
    except sqlite3.ProgrammingError:  # a mistake in this package
        raise
    except sqlite3.DatabaseError as error:
        said = str(error).lower()
        for words, kind, cause in _CAUSES:
            if words in said:
                raise kind(f"memory {path!r}: {cause}") from error
        raise OutputError(f"memory {path!r}: {error}; try a copy of it elsewhere") from error
