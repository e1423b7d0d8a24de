"""Bitexts that wait for the end of their input: a few in memory, more in a temporary file."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, overload

from translate_kit.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.bitext import Bitext

__all__ = ["Spool"]

IN_MEMORY = 1000
"""Beads that are held; what comes after them is written down."""


class Spool(Sequence["Bitext"]):
    """A sequence of bitexts that grows at its end, and is read from its beginning.

    The file has no name, so that whatever ends the process, nothing is left. What is unpickled is
    what this process pickled.
    """

    def __init__(self) -> None:
        self._held: list[Bitext] = []
        self._beads = 0
        self._file: IO[bytes] | None = None
        self._places: list[int] = []

    def append(self, bitext: Bitext) -> None:
        """Add a bitext.

        Raises:
            OutputError: if the disk of temporary files is full.
        """
        self._beads += len(bitext.beads)
        if self._beads <= IN_MEMORY or not self._held:
            self._held.append(bitext)
            return
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the spool)
            self._places.append(self._file.seek(0, 2))
            pickle.dump(bitext, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise OutputError(
                f"cannot put off what is to be written: {error.strerror or error}; make room in"
                f" {tempfile.gettempdir()!r}, or set TMPDIR"
            ) from error

    @overload
    def __getitem__(self, index: int) -> Bitext: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Bitext]: ...
    def __getitem__(self, index: int | slice) -> Bitext | Sequence[Bitext]:
        """Return a bitext, or several as a list."""
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        if number < len(self._held):
            return self._held[number]
        if self._file is None:
            raise IndexError(index)
        self._file.seek(self._places[number - len(self._held)])
        bitext: Bitext = pickle.load(self._file)  # noqa: S301 (our own, from a file without name)
        return bitext

    def __len__(self) -> int:
        """Return how many bitexts there are."""
        return len(self._held) + len(self._places)

    def __iter__(self) -> Iterator[Bitext]:
        """Yield the bitexts, one at a time in memory."""
        return (self[number] for number in range(len(self)))

    def close(self) -> None:
        """Drop everything."""
        self._held, self._places, self._beads = [], [], 0
        if self._file:
            self._file.close()
            self._file = None
