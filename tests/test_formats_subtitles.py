"""Subtitles: whole sentences for the model, every cue at its time, nothing taken for markup."""

from __future__ import annotations

import re

import pytest
from articles import SAMPLES, mirrored, rendered
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.bitext import Bitext
from translate_kit.document import Block, Document
from translate_kit.errors import FormatError, InputError, OptionError
from translate_kit.formats import Reading, read_document, write_bitexts
from translate_kit.formats.subtitles import LINE, MAX_CUES

TIMING = re.compile(r"^\d.*\d --> \d.*$", re.MULTILINE)


def srt(*cues: tuple[float, float, str]) -> str:
    return "\n".join(
        f"{n}\n{clock(start)} --> {clock(end)}\n{text}\n"
        for n, (start, end, text) in enumerate(cues, 1)
    )


def clock(seconds: float) -> str:
    whole = int(seconds)
    return f"00:{whole // 60:02}:{whole % 60:02},{round(seconds % 1 * 1000):03}"


def texts(data: str, name: str = "srt") -> list[str]:
    return [block.text for block in read_document(data.encode(), name, Reading()).blocks]


def shouted(data: str, name: str = "srt") -> str:
    return mirrored(data.encode(), name).decode()


def test_a_sentence_over_several_cues_is_one() -> None:
    data = srt((1, 2, "Harga beras"), (2.1, 3, "naik tajam."), (3.1, 4, "Stok aman."))
    assert texts(data) == ["Harga beras naik tajam.", "Stok aman."]


def test_a_pause_another_speaker_and_a_sound_end_a_block() -> None:
    data = srt(
        (1, 2, "Harga beras"), (9, 10, "naik"), (10, 11, "[musik]"), (11, 12, "- Ya\n- Tidak")
    )
    assert texts(data) == ["Harga beras", "naik", "[musik]", "- Ya", "- Tidak"]


def test_words_without_end_are_cut_after_some_cues() -> None:
    data = srt(*((n, n + 1, f"kata {n}") for n in range(1, 2 * MAX_CUES + 2)))
    assert [text.count("kata") for text in texts(data)] == [MAX_CUES, MAX_CUES, 1]


@pytest.mark.parametrize("name", ["wawancara.srt", "wawancara.vtt"])
def test_times_numbers_settings_and_notes_stay(name: str) -> None:
    before = (SAMPLES / name).read_text(encoding="utf-8")
    after = shouted(before, name.rpartition(".")[2])
    assert TIMING.findall(after) == TIMING.findall(before)
    for kept in ("STYLE\n::cue { color: white }\n\nNOTE Terjemahan belum diperiksa.", "satu\n"):
        assert (kept in after) == (kept in before)


def test_tags_and_voices_stay() -> None:
    assert shouted(srt((1, 2, "{\\an8}Harga <i>beras</i> naik."))).endswith(
        "{\\an8}HARGA <i>BERAS</i> NAIK.\n"
    )
    data = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Sri><c.a>Harga</c> naik &lt; 5.\n"
    assert shouted(data, "vtt").endswith("<v Sri><c.a>HARGA</c> NAIK &lt; 5.\n")


def test_windows_line_ends_and_cues_without_blank_lines() -> None:
    data = srt((1, 2, "Satu.\nDua."), (3, 4, "Tiga.")).replace("\n", "\r\n")
    assert shouted(data) == data.upper()
    dense = "1\n00:00:01,000 --> 00:00:02,000\nSatu.\n2\n00:00:03,000 --> 00:00:04,000\nDua.\n"
    assert texts(dense) == ["Satu.", "Dua."]
    assert shouted(dense) == dense.upper()


def test_long_lines_are_wrapped_in_even_lines() -> None:
    words = "kata " * 20
    text = shouted(srt((1, 9, f"Harga {words}naik.")))
    lines = text.splitlines()[2:]
    assert len(lines) == 3
    assert all(len(line) <= LINE for line in lines)


def test_every_cue_gets_words_though_the_translation_is_short() -> None:
    data = srt((1, 2, "Harga beras di pasar"), (2.1, 3, "naik tajam sekali hari ini."))
    again = mirrored(data.encode(), "srt", lambda _: "Rice rose.").decode()
    assert [line for line in again.splitlines() if line.isalpha() or "." in line[-1:]] == [
        *("Rice", "rose."),
    ]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<b>a", "(b)a"),
        ("00:01 --> 00:02", "00:01 -> 00:02"),
        ("{\\an8}", "(\\an8)"),
        ("a < b", "a < b"),
    ],
)
def test_a_translation_never_becomes_markup(words: str, shown: str) -> None:
    again = mirrored(srt((1, 2, "teks")).encode(), "srt", lambda _: words).decode()
    assert again.splitlines()[2] == shown


def test_both_languages_in_one_file() -> None:
    data = (SAMPLES / "wawancara.srt").read_bytes()
    bitext = rendered(read_document(data, "srt", Reading()))
    text = write_bitexts([bitext], "srt").decode()
    cues = text.split("\n\n")
    assert cues[1] == (
        "2\n00:00:03,600 --> 00:00:06,000\n"
        "kata pedagang di Pasar Induk Cipinang.\nKATA PEDAGANG DI PASAR INDUK CIPINANG."
    )
    assert cues[2].splitlines()[2:] == [
        *("- Apakah stok masih cukup?", "- Stok kami cukup sampai Desember."),
        *("- APAKAH STOK MASIH CUKUP?", "- STOK KAMI CUKUP SAMPAI DESEMBER."),
    ]
    vtt = write_bitexts([bitext], "vtt").decode()
    assert vtt.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:03.500\n")
    assert len(read_document(vtt.encode(), "vtt", Reading()).blocks) > 0
    assert write_bitexts([], "vtt") == b"WEBVTT\n\n"


def test_an_article_without_times_makes_no_subtitles() -> None:
    bitext = rendered(Document("id", (Block("paragraph", "Harga naik."),), source="a.txt"))
    with pytest.raises(OptionError, match=r"a\.txt has no times for SubRip"):
        write_bitexts([bitext], "srt")
    empty = Document("id", ())
    assert write_bitexts([Bitext(empty, empty, ())], "srt") == b""


def test_no_subtitles() -> None:
    with pytest.raises(FormatError, match="x: no cue"):
        read_document(b"Harga naik.\n", "srt", Reading(source="x"))
    with pytest.raises(FormatError, match="does not begin with WEBVTT"):
        read_document(srt((1, 2, "a")).encode(), "vtt", Reading(source="x"))


WORDS = st.text("ab .,-?<i>/{}\\&;\n", max_size=30)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 9), WORDS), min_size=1, max_size=6))
def test_any_cues_given_back_word_by_word_keep_times_and_words(
    cues: list[tuple[int, int, str]],
) -> None:
    data = srt(*((start, start + length, text) for start, length, text in cues))
    try:
        before = read_document(data.encode(), "srt", Reading())
        again = mirrored(data.encode(), "srt", str)
    except InputError:
        return
    assert TIMING.findall(again.decode()) == TIMING.findall(data)
    after = read_document(again, "srt", Reading())
    assert letters(after) == letters(before)


def letters(document: Document) -> str:
    """Return the letters and digits: what looks like a tag is changed so that it is none."""
    return "".join(filter(str.isalnum, "".join(block.text for block in document.blocks)))
