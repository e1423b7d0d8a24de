"""Zip containers in without their traps: bombs, odd names, broken or locked entries.

Nothing is ever unpacked to disk, so that a name can lead nowhere; what is read is counted.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO

from translate_kit.errors import FormatError

__all__ = ["MAX_ENTRIES", "MAX_ENTRY", "MAX_TOTAL", "Container", "written"]

MAX_ENTRIES = 10_000
"""Files in a container."""
MAX_ENTRY = 32_000_000
"""Bytes of a file, unpacked."""
MAX_TOTAL = 256_000_000
"""Bytes of all files together, unpacked."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError),
)


class Container:
    """The files in a zip container, read once each and counted.

    Args:
        data: the container.
        source: name of the input for messages.

    Raises:
        FormatError: if it is no zip, or has too many files or one whose name leads out of it.
    """

    def __init__(self, data: bytes, source: str) -> None:
        self._source = source
        self._left = MAX_TOTAL
        self._known: dict[str, bytes] = {}
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise FormatError(f"{source}: no zip container, or a broken one: {error}") from error
        infos = self._zip.infolist()
        if len(infos) > MAX_ENTRIES:
            raise FormatError(f"{source}: more than {MAX_ENTRIES} files in it; refused")
        for info in infos:
            name = info.filename
            if name.startswith("/") or "\\" in name or ".." in name.split("/"):
                raise FormatError(f"{source}: the name {name!r} leads out of it; refused")
        self.names = tuple(info.filename for info in infos if not info.is_dir())

    def read(self, name: str) -> bytes:
        """Return a file's bytes.

        Raises:
            FormatError: if it is not there, broken, locked or larger than the limits.
        """
        if name not in self._known:
            limit = min(MAX_ENTRY, self._left)
            try:
                with self._zip.open(name) as file:
                    data = file.read(limit + 1)
            except KeyError as error:
                raise FormatError(f"{self._source}: {name!r} is not in it") from error
            except _BROKEN as error:
                raise FormatError(f"{self._source}: {name!r} cannot be read: {error}") from error
            if len(data) > limit:
                raise FormatError(f"{self._source}: {name!r} is larger than the limits; refused")
            self._left -= len(data)
            self._known[name] = data
        return self._known[name]

    def resolve(self, base: str, reference: str) -> str:
        """Return the name that a reference in another file means.

        Raises:
            FormatError: if it leads out of the container.
        """
        name = posixpath.normpath(posixpath.join(posixpath.dirname(base), reference))
        if name.startswith(("/", "..")):
            raise FormatError(f"{self._source}: {reference!r} leads out of the container; refused")
        return name


def written(files: list[tuple[str, bytes]]) -> bytes:
    """Return a container of these files, the same for the same files.

    The first is stored as it is, the others are compressed: EPUB wants it so.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        for number, (name, data) in enumerate(files):
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED
            info.external_attr = 0o644 << 16
            container.writestr(info, data)
    return buffer.getvalue()
