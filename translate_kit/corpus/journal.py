"""What a run over many inputs has done, so that the same command goes on after anything.

An input is done when its row says so, with the digest of what was read, of all that the result
depends on (`fingerprint`), and of every file that was written: a row is believed only while all
of these still hold. It is written after the files are in their place, so that a kill at any
moment costs at most the work on the inputs that were open. Of long documents the renderings are
kept as well until the document is done.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from translate_kit.database import Database, Kind
from translate_kit.errors import InputError
from translate_kit.files import as_text, read_pieces
from translate_kit.translate.codec import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from translate_kit.translate.sentences import Rendering

__all__ = ["FOLDER_JOURNAL", "Entry", "Journal", "digest_of", "journal_of_file"]

FOLDER_JOURNAL = ".translate-kit.journal"
"""Name of the journal in a folder of outputs."""

_KIND = Kind(
    name="journal",
    application=0x746B6A31,  # "tkj1"
    schema=1,
    tables=(
        """
        CREATE TABLE inputs (
            name TEXT PRIMARY KEY,
            settings TEXT NOT NULL,
            digest TEXT NOT NULL,
            outputs TEXT NOT NULL,
            sentences INTEGER NOT NULL
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE renderings (
            settings TEXT NOT NULL,
            source BLOB NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (settings, source)
        )
        """,
    ),
)
_AT_ONCE = 500

MANY = 4096
"""Renderings from which on they are dropped when a document is done."""


def journal_of_file(path: Path) -> Path:
    """Return where the journal of a run lies that writes one file."""
    return path.with_name(f".{path.name}.translate-kit.journal")


def digest_of(path: Path | str) -> str:
    """Return the SHA-256 of a file; nothing where it cannot be read.

    Whoever reads it for its content will say why it cannot be.
    """
    digest = sha256()
    try:
        for piece in read_pieces(path):
            digest.update(piece)
    except InputError:
        return ""
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """An input that is done.

    Args:
        name: as the run named it.
        digest: SHA-256 of what was read.
        outputs: files that were written, each with its SHA-256.
        sentences: that it holds.
    """

    name: str
    digest: str
    outputs: tuple[tuple[str, str], ...]
    sentences: int

    def stands(self, digest: str, places: Iterable[Path]) -> bool:
        """Whether nothing has changed: the input, where outputs go, and what is in them."""
        if not digest or digest != self.digest:
            return False
        if {path for path, _ in self.outputs} != {str(place) for place in places}:
            return False
        return all(digest_of(path) == written for path, written in self.outputs)


class Journal:
    """The journal of a run, in a file that is made when there is something to write.

    Args:
        path: of the file.
        settings: digest of all that results depend on beside the input.

    Raises:
        InputError: if the file is there and no journal.
        OutputError: if it cannot be opened or written.
    """

    def __init__(self, path: Path, settings: str) -> None:
        self.path = path
        self._settings = settings
        self._database: Database | None = None
        self._kept = 0
        if path.exists():
            self._opened()

    def _opened(self) -> Database:
        if self._database is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._database = Database(self.path, _KIND)
        return self._database

    def find(self, name: str) -> Entry | None:
        """Return what is known of an input under these settings."""
        if self._database is None:
            return None
        with self._database.transaction(write=False) as connection:
            row = connection.execute(
                "SELECT digest, outputs, sentences FROM inputs WHERE name = ? AND settings = ?",
                (as_text(name), self._settings),
            ).fetchone()
        if row is None:
            return None
        outputs = tuple((path, digest) for path, digest in json.loads(row[1]))
        return Entry(name, row[0], outputs, row[2])

    def note(self, entry: Entry) -> None:
        """Note that an input is done, its files being in their place."""
        row = (
            as_text(entry.name),
            self._settings,
            entry.digest,
            json.dumps(entry.outputs),
            entry.sentences,
        )
        with self._opened().transaction(write=True) as connection:
            connection.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?)", row)

    # what a stream asks of a cache

    def recall(self, texts: Sequence[str]) -> dict[str, Rendering]:
        """Return the renderings of sentences of long documents that were not done."""
        found: dict[str, Rendering] = {}
        if self._database is None:
            return found
        with self._database.transaction(write=False) as connection:
            for start in range(0, len(texts), _AT_ONCE):
                some = [_encoded(text) for text in texts[start : start + _AT_ONCE]]
                places = ", ".join("?" * len(some))
                rows = connection.execute(
                    "SELECT source, payload FROM renderings"  # noqa: S608 (question marks)
                    f" WHERE settings = ? AND source IN ({places})",
                    (self._settings, *some),
                )
                found.update((_decoded(source), unpack(payload)) for source, payload in rows)
        return found

    def remember(self, renderings: Mapping[str, Rendering]) -> None:
        """Keep renderings of a long document until it is done."""
        if not renderings:
            return
        rows = [
            (self._settings, _encoded(text), pack(rendering))
            for text, rendering in renderings.items()
        ]
        with self._opened().transaction(write=True) as connection:
            connection.executemany("INSERT OR REPLACE INTO renderings VALUES (?, ?, ?)", rows)
        self._kept += len(rows)

    def forget(self) -> None:
        """Drop renderings, once there are many: a document they may be kept for is done.

        Some are of documents that are still open; to render these again costs less than to
        know of every sentence whose it is.
        """
        if self._database is None or self._kept < MANY:
            return
        with self._database.transaction(write=True) as connection:
            connection.execute("DELETE FROM renderings")
        self._database.compact()
        self._kept = 0

    def close(self) -> None:
        """Close the file."""
        if self._database:
            self._database.close()
            self._database = None

    def remove(self) -> None:
        """Close the file and remove it: the run is done and nothing is to be known later."""
        self.close()
        for end in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
