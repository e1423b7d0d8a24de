"""Punkt's parameters as shipped, and our look-ups against nltk's own decisions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from translate_kit.languages import LANGUAGES
from translate_kit.languages.segmentation import punkt_files
from translate_kit.segment.punkt import Punkt, punkt

ROOT = Path(__file__).parents[1]
FILES = ("abbrev_types.txt", "collocations.tab", "sent_starters.txt", "ortho_context.tab")


def nltk_tokenizer(known: Punkt) -> Any:
    parameters = PunktParameters()
    parameters.abbrev_types = set(known.abbreviations)
    parameters.collocations = set(known.collocations)
    parameters.sent_starters = set(known.starters)
    parameters.ortho_context.update(known.contexts)
    return PunktSentenceTokenizer(parameters)


ORACLES = {language: nltk_tokenizer(punkt(language)) for language in LANGUAGES}


def test_nltks_decision_is_ours() -> None:
    """The short cut past nltk gives the answer nltk would have given."""
    for language, oracle in ORACLES.items():
        known = punkt(language)
        words = [
            *sorted(known.abbreviations)[:60],
            "harga",
            "Jakarta",
            "town",
            "S.H",
            "a",
            "X",
            "dll",
        ]
        following = ["Ia", "Budi", "The", "Menurut", "dan", "and", "London", "Doe"]
        for word in words:
            for after in following:
                expected = oracle.text_contains_sentbreak(f"{word}. {after}")
                assert known.rule(word, after).boundary == expected, (word, after)


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(sorted(LANGUAGES)),
    st.text("abcdefghijkABCD", min_size=2, max_size=8),
    st.text("abcdefghijkABCD", min_size=1, max_size=8),
)
def test_nltks_decision_is_ours_for_any_words(language: str, word: str, after: str) -> None:
    expected = ORACLES[language].text_contains_sentbreak(f"{word}. {after}")
    assert punkt(language).rule(word, after).boundary == expected


@pytest.mark.parametrize(
    ("language", "word", "opens"),
    [
        ("id", "Menurut", True),
        ("id", "Kemudian", True),
        ("id", "Mereka", True),
        ("id", "Soedirman", False),
        ("id", "Bandung", False),
        ("en", "The", True),
        ("en", "However", True),
        ("en", "Roosevelt", False),
    ],
)
def test_words_that_open_sentences(language: str, word: str, opens: bool) -> None:  # noqa: FBT001  # a table's column
    assert punkt(language).opens(word) == opens


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parameters_are_readable_sorted_and_small(language: str) -> None:
    folder = punkt_files(language)
    assert sorted(entry.name for entry in folder.iterdir()) == sorted(FILES)
    size = 0
    for name in FILES:
        data = (folder / name).read_bytes()
        rows = data.decode("utf-8").splitlines()
        assert rows == sorted(set(rows))
        size += len(data)
    assert size < 300_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_nltk_reads_the_files_as_its_own(language: str) -> None:
    from nltk.tabdata import PunktDecoder  # noqa: PLC0415  # only this test needs it

    folder, decoder = punkt_files(language), PunktDecoder()
    known = punkt(language)
    with (folder / "collocations.tab").open(encoding="utf-8") as file:
        assert set(decoder.tab2tups(file)) == known.collocations
    with (folder / "ortho_context.tab").open(encoding="utf-8") as file:
        assert dict(decoder.tab2intdict(file)) == known.contexts


def test_the_same_lines_train_the_same_parameters(tmp_path: Path) -> None:
    sentences = (
        "Menurut dr. Ratna, harga naik.\nIa tinggal di Jl. Melati.\nWarga membeli beras.\n"
        "Pertemuan itu dihadiri dr. Budi.\nKemudian mereka pulang ke Jl. Kenanga.\n"
    )
    news = tmp_path / "news.txt"
    news.write_text(sentences * 30, encoding="utf-8")
    recipe = ROOT / "models" / "recipe" / "punkt.py"
    for name in ("first", "second"):
        command = [sys.executable, str(recipe), "id", str(news), "--output", str(tmp_path / name)]
        subprocess.run(command, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    for name in FILES:
        first = (tmp_path / "first" / name).read_bytes()
        assert first == (tmp_path / "second" / name).read_bytes()
    assert "jl" in (tmp_path / "first" / "abbrev_types.txt").read_text(encoding="utf-8").split()
