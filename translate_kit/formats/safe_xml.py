"""XML in and out without its traps.

Read: no entities but XML's own five, nothing fetched, no bottomless nesting. A document type
is let through, for TMX names one, but must declare no entities: these are what attacks by
size ("billion laughs") and by reading other files are made of.
Written: what XML 1.0 cannot hold never gets in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from translate_kit.errors import FormatError
from translate_kit.files import decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from translate_kit.formats import Reading

__all__ = ["FORBIDDEN", "attributes", "escape", "parse"]

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold in any form."""

_DEEPEST = 200
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_QUOTED = str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def escape(text: str) -> str:
    """Return text as XML character data; forbidden characters become U+FFFD."""
    return FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES)


def attributes(pairs: Iterable[tuple[str, str]]) -> str:
    """Return pairs as the attributes of a start tag, each after a space."""
    return "".join(f' {name}="{escape(value).translate(_QUOTED)}"' for name, value in pairs)


def parse(data: bytes, reading: Reading) -> Element:
    """Return the root element; names in a namespace are ``{uri}name``.

    Raises:
        OptionError: if the reading's encoding is unknown.
        FormatError: if it is no well-formed XML, declares or uses entities, or is nested more
            than 200 deep; the message has the line.
        InputError: if an encoding is given and the bytes are not text in it.
    """
    encoding = None
    if reading.encoding is not None:
        data, encoding = decode(data, reading.encoding, reading.source).encode("utf-8"), "utf-8"
    loader = _Loader(encoding)
    try:
        return loader.load(data)
    except (expat.ExpatError, ValueError, LookupError) as error:
        message = f"{reading.source}: cannot be read as XML: {error}"
        raise FormatError(message) from error


class _Loader:
    """Expat, which refuses what we do not want, feeding a tree."""

    def __init__(self, encoding: str | None) -> None:
        self._tree = TreeBuilder()
        self._depth = 0
        self._parser = expat.ParserCreate(encoding, "}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._tree.data
        self._parser.EntityDeclHandler = self._refuse_entity
        self._parser.SkippedEntityHandler = self._refuse_entity
        self._parser.ExternalEntityRefHandler = self._refuse_entity

    def load(self, data: bytes) -> Element:
        self._parser.Parse(data, True)  # noqa: FBT003  pyexpat takes no keywords
        return self._tree.close()

    def _start(self, name: str, pairs: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(f"nested deeper than {_DEEPEST}{self._place()}")
        self._tree.start(_named(name), {_named(key): value for key, value in pairs.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._tree.end(_named(name))

    def _refuse_entity(self, *_details: object) -> int:
        raise ValueError(f"entities are not allowed{self._place()}")

    def _place(self) -> str:
        return f": line {self._parser.CurrentLineNumber}"


def _named(name: str) -> str:
    return "{" + name if "}" in name else name
