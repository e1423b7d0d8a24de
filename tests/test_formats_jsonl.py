"""JSON Lines: nothing is lost, and whoever edits a file is told what is wrong with which line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import bitexts

from translate_kit.bitext import Bitext, Provenance
from translate_kit.document import Document
from translate_kit.errors import EmptyInputError, FormatError
from translate_kit.formats import Reading, jsonl, read_bitexts, write_bitexts

NEWS = (Path(__file__).parent / "cases" / "formats" / "news.jsonl").read_text(encoding="utf-8")
HEADER, *BEADS = (json.loads(line) for line in NEWS.splitlines())


def read(*records: dict[str, Any]) -> tuple[Bitext, ...]:
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    return read_bitexts(data, "jsonl", Reading(source="news.jsonl"))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(bitexts(), min_size=1, max_size=2))
def test_every_bitext_comes_back_equal_and_every_file_byte_by_byte(documents: list[Bitext]) -> None:
    data = write_bitexts(documents, "jsonl")
    again = read_bitexts(data, "jsonl", Reading())
    assert list(again) == documents
    assert write_bitexts(again, "jsonl") == data


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(bitexts())
def test_every_line_is_a_line_to_any_program(bitext: Bitext) -> None:
    lines = list(jsonl.lines(bitext))
    assert len(lines) == 1 + len(bitext.beads)
    assert "".join(lines).splitlines() == [line.removesuffix("\n") for line in lines]


def test_the_header_says_how_a_file_was_made() -> None:
    made = Provenance("translate-kit 0.1.0", "id-en", "0f3c" * 16, (("beam_size", "4"),))
    (bitext,) = read(HEADER, *BEADS)
    assert bitext.provenance == made
    assert (bitext.source.language, bitext.target.language) == ("id", "en")
    assert bitext.source.source == "beras.txt"


def test_a_file_without_beads_is_documents_without_sentences() -> None:
    document = Document("id", (), "Judul", "a.txt")
    bitext = Bitext(document, replace(document, language="en"), ())
    data = write_bitexts([bitext, bitext], "jsonl")
    assert read_bitexts(data, "jsonl", Reading()) == (bitext, bitext)


# Foreign files, and ours after a filter or an editor


def test_source_and_target_are_enough() -> None:
    (bitext,) = read(
        {"source": " Satu. ", "target": "One."}, {"source": "Dua."}, {"target": "Three."}
    )
    rows = list(bitext.rows())
    assert [(row.source, row.target, row.block) for row in rows] == [
        ("Satu.", "One.", 0),
        ("Dua.", "", 1),
        ("", "Three.", 1),
    ]
    assert {row.bead.origin for row in rows} == {"human"}
    assert bitext.source == Document("id", bitext.source.blocks, source="news.jsonl")


def test_lines_of_one_block_are_one_paragraph() -> None:
    (bitext,) = read(
        {"source": "Satu.", "target": "One.", "block": 7},
        {"source": "Dua.", "target": "Two.", "block": 7},
        {"source": "Tiga.", "target": "Three.", "block": 9, "kind": "item"},
    )
    assert [(b.kind, b.text) for b in bitext.target.blocks] == [
        ("paragraph", "One. Two."),
        ("item", "Three."),
    ]


def test_blank_lines_and_windows_line_ends_are_no_matter() -> None:
    data = b'\r\n{"source": "Satu.", "target": "One."}\r\n\r\n{"source": "Dua."}'
    (bitext,) = read_bitexts(data, "jsonl", Reading())
    assert [row.source for row in bitext.rows()] == ["Satu.", "Dua."]


def test_lines_that_were_picked_out_are_read_without_the_header() -> None:
    (bitext,) = read(
        *(bead for bead in BEADS if bead["quality"] and bead["quality"]["band"] == "poor")
    )
    assert [row.source for row in bitext.rows()] == [BEADS[2]["source"], BEADS[3]["source"]]
    assert len(bitext.source.sentences) == 3


def test_a_translation_may_be_edited_in_the_file() -> None:
    edited = {**BEADS[1], "target": "Rice prices rose, the minister said.", "origin": "human"}
    (bitext,) = read(HEADER, BEADS[0], edited, *BEADS[2:])
    assert bitext.target.blocks[1].text.startswith("Rice prices rose, the minister said. “This")


# What is wrong is said with its line


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("{", "no JSON at character 1"),
        ("[]", 'an object with "source" and "target" expected'),
        ("{}", 'neither "source" nor "target" has text'),
        ('{"source": " "}', 'neither "source" nor "target" has text'),
        ('{"source": 1}', '"source" is int, str or null expected'),
        ('{"source": "a", "origin": "robot"}', "unknown origin 'robot'"),
        ('{"source": "a", "block": true}', '"block" is bool, int or null expected'),
        ('{"source": "a", "links": [[0, 1]]}', r"\[0, 1\] is not 4 whole numbers"),
        ('{"source": "a", "quality": {"score": 0.5}}', '"band" is missing, str expected'),
        ('{"source": "a", "quality": {"score": 2, "band": "good"}}', "2.0 is not in"),
        ('{"source": "a", "quality": {"score": NaN, "band": "good"}}', "NaN is no JSON number"),
        ('{"source": "a", "alternatives": ["b"]}', '"alternatives" holds str, dict expected'),
        ('{"source": "a", "source_range": [0, 2]}', "of 2 sentences, the text of 1"),
        (r'{"source": "a\ud800"}', "half a character"),
        ('{"translate_kit": 2}', "schema 2 is newer than 1; update translate-kit"),
        ("[" * 100_000, "recursion|nested|no JSON"),
    ],
)
def test_a_bad_line_is_named(line: str, cause: str) -> None:
    data = f'{{"source": "Satu.", "target": "One."}}\n{line}\n'.encode()
    with pytest.raises(FormatError, match=rf"^x\.jsonl, line 2: .*({cause})"):
        read_bitexts(data, "jsonl", Reading(source="x.jsonl"))


@pytest.mark.parametrize(
    ("beads", "cause"),
    [
        (BEADS[:-1], 'fewer sentences than "blocks" in the header has; are lines missing?'),
        ([*BEADS, BEADS[-1]], 'more sentences than "blocks" in the header has; are lines added?'),
        ([*BEADS[:2], {**BEADS[2], "links": [[0, 99, 0, 1]]}, *BEADS[3:]], "leaves its bead"),
    ],
)
def test_lines_that_do_not_fit_their_header_are_refused(
    beads: list[dict[str, Any]], cause: str
) -> None:
    with pytest.raises(FormatError) as caught:
        read(HEADER, *beads)
    assert str(caught.value).startswith("news.jsonl, document from line 1: ")
    assert cause in str(caught.value)


def test_a_text_that_the_layout_contradicts_is_refused() -> None:
    changed = {**BEADS[2], "source": BEADS[2]["source"].replace("\n", "–")}
    with pytest.raises(FormatError, match=r"news\.jsonl, line 4: the text is not what"):
        read(HEADER, *BEADS[:2], changed, *BEADS[3:])


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(EmptyInputError):
        read_bitexts(b"\n", "jsonl", Reading())
