"""SubRip subtitles (``.srt``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate_kit.formats.subtitles import Style, bilingual, mirrored, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.document import Document
    from translate_kit.formats import Reading

__all__ = ["read_document", "write_bitexts", "write_documents"]

_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")


def _encoded(text: str) -> str:
    """Return a text that no player takes for tags or times: SubRip has no escapes."""
    return _TAG.sub(lambda tag: f"({tag.group()[1:-1]})", text).replace("-->", "->")


_STYLE = Style(
    name="SubRip",
    header="",
    numbered=True,
    comma=",",
    tags=_TAG,
    blank_ends=False,
    decoded=str,
    encoded=_encoded,
)


def read_document(data: bytes, reading: Reading) -> Document:
    """Read subtitles; see `translate_kit.formats.subtitles.read`."""
    return read(data, reading, _STYLE)


def write_documents(bitexts: Sequence[Bitext], original: bytes, reading: Reading) -> bytes:
    """Return the subtitles in translation; see `translate_kit.formats.subtitles.mirrored`."""
    (bitext,) = bitexts
    return mirrored(bitext, original, reading, _STYLE)


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return subtitles in both languages; see `translate_kit.formats.subtitles.bilingual`."""
    return bilingual(bitexts, _STYLE)
