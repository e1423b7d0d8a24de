"""Files of SQLite with a write-ahead log, safe for processes and threads at once.

Every error of SQLite is made one of ours here, with its cause and what to do.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from translate_kit.errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["IN_PROCESS", "Database", "Kind", "holds_database"]

IN_PROCESS = ":memory:"
"""In place of a path: a database that ends with the process."""

_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is for.

    Args:
        name: for messages, ``memory``.
        application: a number that tells it from other programs' databases.
        schema: number of the tables' form; a file of a later one is refused.
        tables: the statements that make them.
    """

    name: str
    application: int
    schema: int
    tables: tuple[str, ...]


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


def holds_database(path: str | Path) -> bool:
    """Whether a file is a database of SQLite, whatever its name."""
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
        kind: what the file is for.
        create: make the file and its tables where there are none.
        timeout: seconds to wait while another process writes.

    Raises:
        InputError: if there is no such file, or it is of another kind.
        OutputError: if it cannot be made, opened or written, or stays locked.
    """

    def __init__(
        self, path: str | Path, kind: Kind, *, create: bool = True, timeout: float = 30.0
    ) -> None:
        self.path = str(path)
        self._kind = kind
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
        with self._lock, self._wrapped():
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
        with self._lock, self._wrapped():
            connection = self._current()
            # as a script, for a single statement would free a single page
            connection.executescript("PRAGMA incremental_vacuum")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @property
    def _called(self) -> str:
        return f"{self._kind.name} {self.path!r}"

    @contextmanager
    def _wrapped(self) -> Iterator[None]:
        """Make errors of SQLite ours."""
        try:
            yield
        except sqlite3.ProgrammingError:  # a mistake in this package
            raise
        except sqlite3.DatabaseError as error:
            said = str(error).lower()
            for words, kind, cause in _CAUSES:
                if words in said:
                    raise kind(f"{self._called}: {cause}") from error
            message = f"{self._called}: {error}; try a copy of it elsewhere"
            raise OutputError(message) from error

    def _current(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError(f"{self._called} is closed")
        if self._owner != os.getpid():
            # A forked process must neither use nor close what it inherited: SQLite's locks are
            # of the process that took them.
            self._inherited.append(self._connection)
            self._connection, self._owner = self._opened(), os.getpid()
        return self._connection

    def _opened(self) -> sqlite3.Connection:
        if self.path != IN_PROCESS:
            self._check_place()
        with self._wrapped(), ExitStack() as opened:
            connection = sqlite3.connect(
                self.path, timeout=self._timeout, isolation_level=None, check_same_thread=False
            )
            opened.callback(connection.close)
            connection.execute("PRAGMA synchronous = FULL")
            if not self._is_ours(connection):
                self._make(connection)
            opened.pop_all()  # it is sound, and stays open
        return connection

    def _check_place(self) -> None:
        """Refuse paths of which SQLite would only say that it cannot open them."""
        path = Path(self.path)
        if "\0" in self.path:
            raise InputError(f"{self._called}: a zero byte in the name; check the name")
        if path.is_dir():
            raise InputError(f"{self._called} is a folder; name a file in it")
        if path.exists():
            return
        if not self._create:
            raise InputError(f"no {self._called}; check the name")
        if not path.parent.is_dir():
            raise OutputError(f"{self._called}: its folder does not exist; make it first")

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
        if application != self._kind.application:
            raise InputError(f"{self.path!r} holds no {self._kind.name}; name another file")
        if schema > self._kind.schema:
            raise InputError(
                f"{self._called} is of schema {schema}, newer than {self._kind.schema};"
                " update translate-kit"
            )
        return True

    def _make(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # counts only in an empty file
        self._log_ahead(connection)
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have been quicker.
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in self._kind.tables:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {self._kind.application}")
            connection.execute(f"PRAGMA user_version = {self._kind.schema}")
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
