"""WebVTT subtitles (``.vtt``): notes, styles, regions and settings stay as they are."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from translate_kit.errors import FormatError
from translate_kit.formats.subtitles import Style, bilingual, mirrored, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.document import Document
    from translate_kit.formats import Reading

__all__ = ["read_document", "write_bitexts", "write_documents"]


def _encoded(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_STYLE = Style(
    name="WebVTT",
    header="WEBVTT\n",
    numbered=False,
    comma=".",
    tags=re.compile(r"<[^<>\n]{0,200}>"),
    blank_ends=True,
    decoded=unescape,
    encoded=_encoded,
)
_SIGNATURE = re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|$)")


def read_document(data: bytes, reading: Reading) -> Document:
    """Read subtitles; see `translate_kit.formats.subtitles.read`.

    Raises:
        FormatError: if the file does not begin with ``WEBVTT``.
    """
    if reading.encoding is None and not _SIGNATURE.match(data):
        raise FormatError(
            f"{reading.source} does not begin with WEBVTT; is it SubRip (--from srt)?"
        )
    return read(data, reading, _STYLE)


def write_documents(bitexts: Sequence[Bitext], original: bytes, reading: Reading) -> bytes:
    """Return the subtitles in translation; see `translate_kit.formats.subtitles.mirrored`."""
    (bitext,) = bitexts
    return mirrored(bitext, original, reading, _STYLE)


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return subtitles in both languages; see `translate_kit.formats.subtitles.bilingual`."""
    return bilingual(bitexts, _STYLE)
