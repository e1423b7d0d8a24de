"""The parts below the rules: the uniform view, pairs of quotation marks, lines, kinds, data."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.languages import LANGUAGES
from translate_kit.languages.segmentation import segmentation
from translate_kit.segment.kinds import Place, dateline_length, kind_of
from translate_kit.segment.lines import Line, layout, lines, marker
from translate_kit.segment.pairs import BRACKET_LIMIT, LIMIT, pairs
from translate_kit.segment.rules.inside import is_address
from translate_kit.segment.view import view

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]

# The uniform view


def test_plain_text_is_viewed_as_it_is() -> None:
    text = "“Harga naik,” katanya… Rp1.400,50!"
    assert (view(text).text, view(text).origins) == (text, None)


def test_the_view_is_composed_and_has_no_ignorable_characters() -> None:
    text = "Cafe\u0301\u200b itu\u00a0ｔutup。\u200fIa"
    seen = view(text)
    assert seen.text == "Café itu ｔutup.Ia"
    assert [text[seen.origin(i)] for i in (3, 4, 15)] == ["e", " ", "I"]
    assert seen.origin(len(seen.text)) == len(text)


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_origins_grow_and_stay_inside(text: str) -> None:
    seen = view(text)
    places = [seen.origin(i) for i in range(len(seen.text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(text)


# Quotation marks and brackets


def spans(text: str) -> list[str]:
    return [text[start:end] for start, end in pairs(text).quotations]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('Ia berkata, "Mari." Lalu pergi.', ['"Mari."']),
        ('"Satu," katanya. "Dua."', ['"Satu,"', '"Dua."']),
        ('"Kata Wati."Ia pergi. "Ya."', ['"Kata Wati."', '"Ya."']),
        ('Layar 14" itu mahal. "Benar."', ['"Benar."']),
        ("“Satu. “Dua.”", ["“Dua.”"]),
        ("„Ya.“ «Tidak.»", ["„Ya.“", "«Tidak.»"]),
        ("”Terbalik.” Ia pergi.", ["”Terbalik.”"]),
    ],
)
def test_quotations_are_paired(text: str, quotations: list[str]) -> None:
    assert spans(text) == quotations


def test_a_mark_without_a_partner_is_forgotten_after_a_while() -> None:
    far = '"' + "a" * LIMIT + ' kata."Ia pergi. "Ya."'
    assert spans(far) == ['"Ya."']
    assert pairs("(" + "a" * BRACKET_LIMIT + ")").brackets == ()


def test_only_outermost_brackets_are_kept() -> None:
    text = "a (b [c] d) e) (f"
    assert [text[start:end] for start, end in pairs(text).brackets] == ["(b [c] d)"]


# Addresses


@pytest.mark.parametrize(
    "token",
    ["https://a.id/x.html", "www.a.com", "detik.com", "(kompas.co.id", "a.b@c.id", "a.go.id/b"],
)
def test_addresses(token: str) -> None:
    assert is_address(token)


@pytest.mark.parametrize("token", ["S.Kom", "dll", "M.Si", "selesai.Kemudian", "10.30", "a.n"])
def test_what_only_looks_like_an_address(token: str) -> None:
    assert not is_address(token)


# Lines


@settings(deadline=None, max_examples=100)
@given(st.text("ab \n\r\x85\u2028", max_size=40), st.integers(1, 5))
def test_lines_do_not_depend_on_how_the_text_arrives(text: str, size: int) -> None:
    pieces = (text[i : i + size] for i in range(0, len(text), size))
    found = list(lines(pieces))
    assert [line for _, line in found] == text.splitlines(keepends=True)
    assert all(text.startswith(line, offset) for offset, line in found)


def test_a_wrapped_text_is_told_from_a_paragraph_a_line() -> None:
    wrapped = "Harga beras naik lagi pada\npekan ini di sejumlah\npasar. Warga mengeluh."
    assert layout(wrapped).width == 26
    assert layout("Harga beras naik.\nWarga mengeluh.\nStok menipis.").width is None
    assert layout("").width is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("- beras", 2),
        ("• beras", 2),
        ("12. beras", 4),
        ("(3) beras", 4),
        ("b) beras", 3),
        ("IV. Bab", 4),
        ("1.2. Bab", 5),
        ("2024 adalah tahun pemilu", 0),
        ("A. Rachman pergi", 0),
        ("-beras", 0),
        ("3,5 persen", 0),
    ],
)
def test_list_markers(text: str, length: int) -> None:
    assert marker(text) == length


# Kinds of lines


def kind(
    text: str,
    following: str | None = "Isi berita yang panjang sekali, kata Budi.",
    *,
    titled: bool = True,
) -> str:
    after = None if following is None else Line(0, following, 0)
    return kind_of(Place(Line(0, text, 0), after, titled, segmentation("id").lines))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> Kutipan surat", "quote"),
        ("1. Butir", "item"),
        ("Penulis: Rina Dewi", "byline"),
        ("Kompas.com - 23/10/2025, 10:30 WIB", "dateline"),
        ("Kamis, 14 September 2023", "dateline"),
        ("Foto: Warga antre beras.", "caption"),
        ("Warga antre beras di Solo (Foto: Antara)", "caption"),
        ("Baca juga: Stok beras aman", "aside"),
        ("Penyebab kenaikan", "heading"),
        ("Harga naik pada 2023.", "paragraph"),
        ("Harga beras naik,", "paragraph"),
        ("“Saya lapar”", "paragraph"),
    ],
)
def test_kinds(text: str, expected: str) -> None:
    assert kind(text) == expected


def test_a_title_is_first_and_no_sentence() -> None:
    assert kind("Harga Beras Naik", titled=False) == "title"
    assert kind("Harga Beras Naik, Siapa Untung?", titled=False) == "title"
    assert kind("Harga beras naik.", titled=False) == "paragraph"
    assert kind("Harga Beras Naik", None, titled=False) == "paragraph"
    assert kind("Harga Beras Naik", None) == "paragraph"


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("JAKARTA, KOMPAS.com - Polisi menangkap", "JAKARTA, KOMPAS.com -"),
        ("JAKARTA, KOMPAS.com – Polisi menangkap", "JAKARTA, KOMPAS.com –"),
        ("Liputan6.com, Jakarta - Polisi menangkap", "Liputan6.com, Jakarta -"),
        ("Medan (ANTARA) - Polisi menangkap", "Medan (ANTARA) -"),
        ("REPUBLIKA.CO.ID, BANDUNG -- Polisi menangkap", "REPUBLIKA.CO.ID, BANDUNG --"),
        ("KAIRO, 5 Oktober (Reuters) - “Perang usai", "KAIRO, 5 Oktober (Reuters) -"),
        ("Jakarta - Polisi menangkap", "Jakarta -"),
        ("Surabaya, CNN Indonesia -- Polisi menangkap", "Surabaya, CNN Indonesia --"),
        ("Presiden Joko Widodo - seperti diketahui", ""),
        ("Perang Israel-Hamas belum usai", ""),
        ("Harga naik - menurut BPS - dua persen", ""),
        ("2023 - Tahun pemilu", ""),
    ],
)
def test_datelines(text: str, dateline: str) -> None:
    assert text[: dateline_length(text, segmentation("id").lines)] == dateline


# Data


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_abbreviation_is_in_one_class_and_has_no_last_stop(language: str) -> None:
    words = [word for group in segmentation(language).abbreviations for word in group.words]
    assert sorted(words) == sorted(set(words))
    assert not [word for word in words if word.endswith(".")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_in_lower_case(language: str) -> None:
    facts = segmentation(language)
    for name in (
        "attributions",
        "binding",
        "capital_attributions",
        "continuations",
        "exclaiming",
        "labels",
        "number_labels",
        "openers",
        "reporting",
        "resuming",
    ):
        words: frozenset[str] = getattr(facts, name)
        assert not [word for word in words if word != word.lower()], name
    assert facts.capital_attributions <= facts.attributions


# The evaluation gate


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("segment_gate", ROOT / "tests/eval/segment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_gate_counts_boundaries(gate: Any) -> None:
    case = gate.Case("n", "k", "A. B. C. D.", frozenset((3, 6)), frozenset((9,)))

    def cutter(_text: str) -> list[int]:
        return [0, 3, 8, 9]

    assert gate.differences(case, cutter, "lenient") == ({3}, {8}, {6})
    assert gate.differences(case, cutter, "split") == ({3, 9}, {8}, {6})
    assert gate.differences(case, cutter, "joined") == ({3}, {8, 9}, {6})
    score = gate.score([case], cutter, "split")
    assert (score.right, score.wrong, score.missed, score.exact) == (2, 1, 1, 0)
    assert score.precision == score.recall == score.f1 == pytest.approx(2 / 3)


def test_the_gate_fails_below_a_floor(
    gate: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = '{"id": "1", "kind": "k", "text": "Satu. Dua.", "starts": [0, 6]}\n'
    for row in gate.ROWS:
        (tmp_path / f"{row.data}.jsonl").write_text(data, encoding="utf-8")
    floors = tmp_path / "floors.json"
    names = [f"{row.data}/{row.mode}" for row in gate.ROWS]
    monkeypatch.setattr(gate, "DATA", tmp_path)
    monkeypatch.setattr(gate, "FLOORS", floors)
    monkeypatch.setattr(sys, "argv", ["segment.py", "--only", "--errors"])
    for floor, code in ((1.0, 0), (101.0, 1)):
        floors.write_text(f"{dict.fromkeys(names, floor)}".replace("'", '"'), encoding="utf-8")
        assert gate.main() == code
    assert "is below its floor 101.0" in capsys.readouterr().out


def test_the_development_data_are_met(gate: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if not gate.DATA.is_dir():
        pytest.skip(f"no development data in {gate.DATA}")
    monkeypatch.setattr(sys, "argv", ["segment.py", "--only"])
    assert gate.main() == 0
