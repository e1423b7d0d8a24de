"""EPUB: books read in order, given back whole, written in two languages; and traps refused."""

from __future__ import annotations

import struct
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from articles import SAMPLES, mirrored, rendered
from hypothesis import given, settings
from strategies import bitexts

from translate_kit.errors import FormatError
from translate_kit.formats import Reading, read_document, safe_zip, write_bitexts

if TYPE_CHECKING:
    from translate_kit.bitext import Bitext

BOOK = (SAMPLES / "pasar.epub").read_bytes()


def files(data: bytes) -> dict[str, bytes]:
    container = zipfile.ZipFile(BytesIO(data))
    return {name: container.read(name) for name in container.namelist()}


def packed(entries: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in entries.items():
            container.writestr(name, data)
    return buffer.getvalue()


def changed(name: str, old: bytes, new: bytes) -> bytes:
    entries = files(BOOK)
    assert old in entries[name]
    return packed({**entries, name: entries[name].replace(old, new)})


def refused(data: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words) as caught:
        read_document(data, "epub", Reading(source="x"))
    assert str(caught.value).startswith("x")


CHAPTER, PACKAGE = "OEBPS/bab 1.xhtml", "OEBPS/content.opf"


def test_every_other_file_of_a_mirrored_book_stays() -> None:
    before, after = files(BOOK), files(mirrored(BOOK, "epub"))
    assert list(after) == list(before)
    same = {name for name in before if before[name] == after[name]}
    assert set(before) - same == {CHAPTER, "OEBPS/bab2.xhtml", PACKAGE}
    assert b"<dc:language>en</dc:language>" in after[PACKAGE]
    first = zipfile.ZipFile(BytesIO(mirrored(BOOK, "epub"))).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_a_mirrored_chapter_is_well_formed_and_keeps_its_markup() -> None:
    after = files(mirrored(BOOK, "epub"))
    text = after[CHAPTER].decode()
    assert 'NAIK <em>10 PERSEN</em>. PEDAGANG <a id="x"/>MENGELUH, KATA' in text
    assert '<a href="bab2.xhtml">AHMAD FAUZI</a>.' in text
    assert 'xml:lang="en"' in text
    assert "<pre>harga = 14000</pre>" in text
    root = ET.fromstring(after["OEBPS/bab2.xhtml"])  # noqa: S314  (our own; it was no XML before)
    assert root.tag == "{http://www.w3.org/1999/xhtml}html"


@pytest.mark.parametrize("name", ["../luar.txt", "/etc/passwd", "a/../../b", "a\\b"])
def test_names_that_lead_out_of_the_book_are_refused(name: str) -> None:
    refused(packed({**files(BOOK), name: b"x"}), "leads out of it")


def test_references_that_lead_out_of_the_book_are_refused() -> None:
    refused(changed(PACKAGE, b"bab2.xhtml", b"../../bab2.xhtml"), "leads out of the container")
    refused(changed("META-INF/container.xml", b"OEBPS/content", b"/../c"), "leads out of")


def test_entities_and_bombs_are_refused() -> None:
    bomb = b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html'
    refused(changed(CHAPTER, b"<html", bomb), "entities are not allowed")
    refused(changed(PACKAGE, b"<package", b'<!DOCTYPE p [<!ENTITY a "b">]><package'), "entities")
    outside = b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html'
    refused(changed(CHAPTER, b"<html", outside), "entities are not allowed")


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    huge = b"<html>" + b" " * (safe_zip.MAX_ENTRY + 1)
    refused(changed(CHAPTER, b"<html", huge), "larger than the limits")
    monkeypatch.setattr(safe_zip, "MAX_TOTAL", 1000)
    refused(BOOK, "larger than the limits")
    monkeypatch.setattr(safe_zip, "MAX_ENTRIES", 3)
    refused(BOOK, "more than 3 files")


def test_an_entry_that_lies_about_its_size_is_cut_short() -> None:
    data = bytearray(changed(CHAPTER, b"<html", b"<html" + b" " * 100_000))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<L", data, at + 24, 10)
    with suppress(FormatError):
        assert read_document(bytes(data), "epub", Reading(source="x")).blocks


def test_nested_too_deep_is_refused() -> None:
    refused(changed(CHAPTER, b"<pre>", b"<div>" * 5000 + b"<pre>"), "nested deeper")


def test_a_chapter_named_twice_is_read_once_and_one_missing_is_named() -> None:
    document = read_document(BOOK, "epub", Reading())
    assert [block.text for block in document.blocks].count("Pasar Induk") == 1
    refused(changed(PACKAGE, b"bab2.xhtml", b"bab3.xhtml"), "'OEBPS/bab3.xhtml' is not in it")


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"x" * 100, packed({"a": b"b"})])
def test_no_book(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"^x"):
        read_document(data, "epub", Reading(source="x"))


# The bilingual book


def test_a_bilingual_book_has_source_and_translation_paragraph_by_paragraph() -> None:
    bitext = rendered(read_document((SAMPLES / "beras.html").read_bytes(), "html", Reading()))
    data = write_bitexts([bitext], "epub")
    document = read_document(data, "epub", Reading())
    texts = [block.text for block in document.blocks]
    titles = "Harga Beras Naik 10 Persen, Pedagang Mengeluh"
    assert texts[:2] == [titles, titles.upper()]
    assert texts.index("Stok Disebut Aman") + 1 == texts.index("STOK DISEBUT AMAN")
    entries = files(data)
    root = ET.fromstring(entries["book/chapter-1.xhtml"])  # noqa: S314  (our own output)
    languages = [p.get("lang") for p in root.iter("{http://www.w3.org/1999/xhtml}p")]
    assert languages[:2] == ["id", "en"]


@settings(deadline=None, max_examples=30)
@given(bitext=bitexts())
def test_any_bitext_makes_a_well_formed_book(bitext: Bitext) -> None:
    data = write_bitexts([bitext, bitext], "epub")
    for name, content in files(data).items():
        if name.endswith((".xhtml", ".opf", ".xml")):
            ET.fromstring(content)  # noqa: S314  (our own output)
    shown = "".join(files(data)["book/chapter-1.xhtml"].decode().split())
    assert files(data)["mimetype"] == b"application/epub+zip"
    assert shown.count('class="source"') <= len(bitext.source.sentences)
