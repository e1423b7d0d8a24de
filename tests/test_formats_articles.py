"""Every reader of articles: golden samples, files that mirror theirs, and files meant to hurt."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from articles import SAMPLES, form, mirrored, outline, rendered
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translate_kit.document import Block, Document
from translate_kit.errors import EmptyInputError, FormatError, InputError
from translate_kit.formats import (
    Reading,
    formats_with,
    read_document,
    read_documents,
    write_documents,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix not in (".blocks", ".mirror"))
MIRRORS = formats_with("mirror")
UPDATE = os.environ.get("UPDATE_CASES") == "1"
by_name = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
thorough = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def golden(path: Path, suffix: str, actual: str) -> None:
    """Compare with a golden file beside the sample; UPDATE_CASES=1 writes it."""
    expected = path.with_name(path.name + suffix)
    if UPDATE:
        expected.write_text(actual, encoding="utf-8", newline="")
    assert expected.read_bytes().decode("utf-8") == actual


def test_every_format_of_articles_but_plain_text_has_a_sample() -> None:
    assert {form(path) for path in FILES} == {*formats_with("document")} - {"text"}


@by_name
def test_blocks_and_sentences_of_the_samples(path: Path) -> None:
    documents = read_documents(path.read_bytes(), form(path), Reading(source=path.name))
    lines: list[str] = []
    for document in documents:
        lines += [f"{document.source}: {document.title!r}", *outline(document), ""]
    golden(path, ".blocks", "\n".join(lines))


@by_name
def test_samples_in_translation(path: Path) -> None:
    data = path.read_bytes()
    again = mirrored(data, form(path))
    if path.suffix in {".docx", ".epub"}:  # their own tests look inside
        assert again == mirrored(data, form(path))
    else:
        golden(path, ".mirror", again.decode("utf-8"))


@by_name
def test_a_mirrored_file_has_the_same_blocks(path: Path) -> None:
    data = path.read_bytes()
    before = read_documents(data, form(path), Reading())
    after = read_documents(mirrored(data, form(path)), form(path), Reading())
    assert [shape(document) for document in after] == [shape(document) for document in before]


def shape(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text.upper()) for block in document.blocks]


@by_name
def test_a_file_given_back_word_by_word_reads_the_same(path: Path) -> None:
    data = path.read_bytes()
    before = read_documents(data, form(path), Reading())
    assert read_documents(mirrored(data, form(path), str), form(path), Reading()) == before


@by_name
def test_another_file_than_the_one_translated_is_refused(path: Path) -> None:
    data, name = path.read_bytes(), form(path)
    (document, *_) = read_documents(data, name, Reading(source="x"))
    other = Document("id", (Block("paragraph", "Lain sama sekali."), *document.blocks), source="x")
    count = len(read_documents(data, name, Reading()))
    with pytest.raises(FormatError, match="x is not the file that was translated"):
        write_documents([rendered(other)] * count, name, data, Reading(source="x"))


@pytest.mark.parametrize("name", MIRRORS)
@pytest.mark.parametrize("data", [b"", b" \n", b"\n\n\t"])
def test_nothing_is_an_empty_input(name: str, data: bytes) -> None:
    with pytest.raises(InputError, match=r"^x"):
        read_documents(data, name, Reading(source="x"))


@pytest.mark.parametrize("name", [name for name in MIRRORS if name not in {"docx", "epub"}])
def test_noise_is_no_text(name: str) -> None:
    with pytest.raises(InputError, match=r"^x"):
        read_documents(bytes(range(256)) * 40, name, Reading(source="x"))


# Whatever the bytes


def _damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """A file with some stretches replaced by something else."""
    place = st.tuples(st.integers(0, len(data)), st.integers(0, 40), st.binary(max_size=8))

    def apply(places: Sequence[tuple[int, int, bytes]]) -> bytes:
        damaged = data
        for start, length, new in places:
            damaged = damaged[:start] + new + damaged[start + length :]
        return damaged

    return st.lists(place, min_size=1, max_size=4).map(apply)


@by_name
@thorough
@given(data=st.data())
def test_a_damaged_file_is_read_and_mirrored_or_refused_in_a_line(
    path: Path, data: st.DataObject
) -> None:
    whole = path.read_bytes()
    damaged = data.draw(st.one_of(st.binary(max_size=60), _damaged(whole)))
    complaint = "x"
    try:
        for document in read_documents(damaged, form(path), Reading(source="x")):
            assert all(block.text.strip() for block in document.blocks)
        mirrored(damaged, form(path))
    except InputError as error:
        complaint = str(error)
    assert complaint.startswith("x")
    assert len(complaint.splitlines()) == 1


# Files meant to hurt: an answer in bounded time, never a crash

DEEP = 100_000
HOSTILE: dict[str, list[bytes]] = {
    "md": [
        b">" * DEEP + b" a",
        b"- " * 20_000 + b"a",
        b"[" * DEEP + b"a",
        b"![" * DEEP,
        b"**a *b " * 20_000,
        b"`" * DEEP + b" a",
        b"".join(b"`" * n + b" " for n in range(400)),
        b"a" * 1_000_000,
        b"|a" * 2000 + b"|\n" + b"|-" * 2000 + b"|\n" + b"|x\n" * 20_000,
        b"<!--" * 20_000,
        b"a\n" * 50_000,
        b"---\n" * 10_000 + b"a",
        b"[a]: b\n" * 5_000 + b"[a]" * 5_000,
        b"&" * DEEP + b" \\" * DEEP,
    ],
    "html": [
        b"<div>" * DEEP + b"a",
        b"<b>" * 1000 + b"a",
        b"<p>" + b"a b " * 500_000,
        b"<p>a" * 30_000,
        b"<" * DEEP + b"p>a",
        b"<p>" + b"&amp;" * DEEP,
        b'<!DOCTYPE html [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><p>&c;</p>',
        b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a; teks</p>',
        b"<script type='application/ld+json'>" + b"[" * DEEP + b"</script><p>teks",
        b"<p>a<br>" + b"<br>" * 30_000,
        b"<table>" + b"<tr><td>a" * 10_000,
        b"<a href=x>" * 150 + b"a",
    ],
    "jsonl": [
        b'{"text": ' + b"[" * DEEP,
        b'{"text": "a", "b": ' + b"9" * 10_000 + b"}",
        b'{"text": "a", "b": 1e999}',
        b'{"text": "a", "b": NaN}',
        b'{"text": "' + b"a" * 1_000_000 + b'"}',
        b'{"text": "\\ud800"}',
        b"[1]\n",
        b'{"text": 1}',
    ],
    "srt": [
        b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<i>" * DEEP + b"a",
        b"1\n00:00:01,000 --> 00:00:02,000\n" + b"a " * 300_000,
        b"1\n00:00:01,000 --> 00:00:02,000\na\n" * 20_000,
        b"9" * DEEP + b":00:01,000 --> 00:00:02,000\na",
        b"a\n\n" * DEEP,
    ],
    "vtt": [
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<" * DEEP + b"a",
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"&lt;" * DEEP,
        b"WEBVTT\n\nNOTE " + b"a" * 1_000_000,
        b"1\n00:00:01,000 --> 00:00:02,000\na\n",
    ],
}
CASES = [(name, data) for name, files in HOSTILE.items() for data in files]


@pytest.mark.parametrize(
    ("name", "data"), CASES, ids=[f"{name}-{data[:20]!r}" for name, data in CASES]
)
def test_a_hostile_file_is_read_or_refused(name: str, data: bytes) -> None:
    try:
        documents = read_documents(data, name, Reading(source="x"))
        told = "".join(block.text for document in documents for block in document.blocks)
    except InputError as error:
        told = str(error)
        assert told.startswith("x")
        assert len(told.splitlines()) == 1
    assert told
    assert "root:" not in told, "no other file is read"


def test_a_page_or_article_without_text_is_empty() -> None:
    for name, data in (("md", b"![a](b)\n\n<!-- c -->\n"), ("html", b"<html><script>a</script>")):
        with pytest.raises(EmptyInputError):
            read_document(data, name, Reading())
