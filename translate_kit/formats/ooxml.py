"""Office packages (docx, xlsx): zip files of XML parts, read within limits, written by hand.

No library stands between: the parts we write are few and plain, the same input gives the same
bytes (no clock, no random names), and what is read goes through `translate_kit.formats.safe_xml`.
Only parts that are asked for are unpacked, each at most `LARGEST_PART` bytes whatever its header
says, and `LARGEST_PACKAGE` together; macros, pictures and links to the outside are never touched.
"""

from __future__ import annotations

import posixpath
import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from translate_kit.errors import FormatError
from translate_kit.formats.safe_xml import attributes, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

    from translate_kit.formats import Reading

__all__ = [
    "LARGEST_PACKAGE",
    "LARGEST_PART",
    "MOST_PARTS",
    "XML",
    "Package",
    "pack",
    "relationships",
    "with_part",
]

LARGEST_PART = 32 * 1024 * 1024
"""Bytes a part may unpack to; a long book's text is a tenth of it."""

LARGEST_PACKAGE = 4 * LARGEST_PART
"""Bytes that all parts we read of a package may unpack to."""

MOST_PARTS = 10_000
"""Parts a package may have; a document with thousands of pictures has fewer."""

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PACKAGE_TYPE = "application/vnd.openxmlformats-package"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day a zip file can name
_BROKEN = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression that the standard library lacks
    RuntimeError,  # a part behind a password
    OSError,
    ValueError,
    KeyError,
)


class Package:
    """An office file that is being read.

    Args:
        data: the file.
        reading: its name stands in messages.

    Raises:
        FormatError: if it is no zip file or has more than `MOST_PARTS` parts.
    """

    def __init__(self, data: bytes, reading: Reading) -> None:
        self._reading = replace(reading, encoding=None)  # parts say their own
        if data.startswith(_OLD_OFFICE):
            advice = "save it without a password in the present format (.docx, .xlsx)"
            raise FormatError(f"{reading.source}: an old or protected office file; {advice}")
        try:
            self._zip = ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise FormatError(f"{reading.source}: no office file: {error}") from error
        self._left = LARGEST_PACKAGE
        self.names = frozenset(self._zip.namelist())
        if len(self._zip.infolist()) > MOST_PARTS:
            raise FormatError(f"{reading.source}: more than {MOST_PARTS} parts; not unpacked")

    def part(self, name: str) -> Element | None:
        """Return the root of a part, its names without namespaces; None if there is no such part.

        Raises:
            FormatError: if the part is too large, broken or no XML.
        """
        if name not in self.names:
            return None
        data = self.unpacked(name)
        root = parse(data, replace(self._reading, source=f"{self._reading.source}, {name}"))
        # Transitional and strict files differ in their namespaces alone.
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
            for key in [key for key in element.attrib if key.startswith("{")]:
                element.attrib.setdefault(key.rpartition("}")[2], element.attrib.pop(key))
        return root

    def unpacked(self, name: str) -> bytes:
        """Return a part as it is.

        Raises:
            FormatError: if it is broken, or larger than the limits.
        """
        limit = min(LARGEST_PART, self._left)
        try:
            with self._zip.open(name) as file:
                data = file.read(limit + 1)
        except _BROKEN as error:
            message = f"{self._reading.source}: {name} in it cannot be unpacked: {error}"
            raise FormatError(message) from error
        if len(data) > limit:
            message = f"{self._reading.source}: {name} in it is larger than the limits; refused"
            raise FormatError(message)
        self._left -= len(data)
        return data

    def entries(self) -> list[ZipInfo]:
        """Return the parts' entries, in the order of the file."""
        return self._zip.infolist()

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the parts that a part (``""``: the package) names, as kind and path by id.

        The kind is the last word of the relationship's type: ``styles``, ``worksheet``. What
        lies outside of the package is left out.
        """
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for entry in () if root is None else root.iter("Relationship"):
            if entry.get("TargetMode") != "External":
                kind = entry.get("Type", "").rpartition("/")[2]
                path = posixpath.normpath(posixpath.join("/", folder, entry.get("Target", "")))
                found[entry.get("Id", "")] = (kind, path.lstrip("/"))
        return found

    def main(self, kind: str) -> str:
        """Return the path of the main part.

        Args:
            kind: what to call the file where there is none.

        Raises:
            FormatError: if there is none.
        """
        for found, path in self.related("").values():
            if found == "officeDocument" and path in self.names:
                return path
        raise FormatError(f"{self._reading.source}: no {kind} file")


def pack(parts: Mapping[str, str], types: Mapping[str, str]) -> bytes:
    """Return a package of parts.

    Args:
        parts: XML texts by path.
        types: content types by path, without what is before the last dot of them all:
            ``wordprocessingml.document.main``; a part without one is plain XML.
    """
    overrides = "".join(
        f"<Override{attributes([('PartName', f'/{name}'), ('ContentType', _content(kind))])}/>"
        for name, kind in types.items()
    )
    content = (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_PACKAGE_TYPE}.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, text in {"[Content_Types].xml": content, **parts}.items():
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0  # the same on every system
            package.writestr(info, text.encode("utf-8"))
    return file.getvalue()


def with_part(package: bytes, name: str, data: bytes, reading: Reading) -> bytes:
    """Return a package with one part changed and every other as it was.

    Raises:
        FormatError: if a part is broken, or larger than the limits.
    """
    old = Package(package, reading)
    file = BytesIO()
    with ZipFile(file, "w") as new:
        for info in old.entries():
            new.writestr(info, data if info.filename == name else old.unpacked(info.filename))
    return file.getvalue()


def _content(kind: str) -> str:
    if kind == "core-properties":
        return f"{_PACKAGE_TYPE}.core-properties+xml"
    return f"application/vnd.openxmlformats-officedocument.{kind}+xml"


def relationships(targets: Iterable[tuple[str, str]]) -> str:
    """Return a part that names others, as pairs of kind and path; ids are ``rId1`` and on."""
    entries = []
    for number, (kind, path) in enumerate(targets, 1):
        metadata = kind == "core-properties"
        base = f"{_PACKAGE}/relationships/metadata" if metadata else _OFFICE
        pairs = [("Id", f"rId{number}"), ("Type", f"{base}/{kind}"), ("Target", path)]
        entries.append(f"<Relationship{attributes(pairs)}/>")
    body = "".join(entries)
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'
