"""The recipe's programs that need no PyTorch: collecting, filtering, renaming, measuring."""

from __future__ import annotations

import json
import lzma
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recipe import collect, filter, synthesise  # noqa: A004  (a module named for what it does)
from recipe import compare as comparison
from recipe.clean import clean
from recipe.compare import table, verdict
from recipe.data import Pair, Sources, read_lines, read_pairs, write_lines, write_pairs
from recipe.measure import Measures, Share, links_right, names_kept
from recipe.program import add_entry, entries, last
from recipe.renames import rare_names, rename
from recipe.rules import PAIR_RULES, HeldOut, key, line_fault
from recipe.sources import forbids, read_sources
from recipe_corpus import write_sources

import translate_kit as tk

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
LINES = st.lists(st.text(st.characters(exclude_categories=("C", "Z"))), max_size=5)


@settings(deadline=None, max_examples=30)
@given(lines=LINES, suffix=st.sampled_from([".txt", ".txt.xz"]))
def test_lines_come_back_as_they_were(
    lines: list[str], suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("lines") / f"some{suffix}"
    assert write_lines(file, lines) == len(lines)
    assert list(read_lines(file)) == lines


def test_a_line_without_three_columns_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("a\tb\tc\na\tb\n", encoding="utf-8")
    with pytest.raises(tk.InputError, match="line 2: 2 columns"):
        list(read_pairs(file))


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("Rp 5 &amp; Rp 6", "Rp 5 & Rp 6"),
        ("pe\u00admerintah\u200b", "pemerintah"),
        ("  dua\tkata \u00a0 lagi\x00", "dua kata lagi"),
        ("Ame\u0301rika", "Am\u00e9rika"),
        ("R&D; AT&T", "R&D; AT&T"),
    ],
)
def test_cleaning_takes_away_what_is_no_text(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@given(text=st.text())
def test_a_clean_line_is_one_line_and_stays(text: str) -> None:
    once = clean(text)
    assert "\n" not in once
    assert "\t" not in once
    assert once == once.strip()


def fault(indonesian: str, english: str) -> str | None:
    pair = Pair("x", indonesian, english)
    return next((found for rule in PAIR_RULES if (found := rule(pair))), None)


@pytest.mark.parametrize(
    ("indonesian", "english", "expected"),
    [
        ("Harga beras naik tajam.", "The price of rice rose sharply.", None),
        ("Baiklah", "OK", None),
        ("", "Nothing here.", "length"),
        ("== 12 | 34 | 56 ==", "== 12 | 34 | 56 ==", "letters"),
        ("Ya.", "This is much longer than the other side could be.", "ratio"),
        ("PT Astra International Tbk", "PT. Astra International, Tbk.", "copy"),
        ("This is still in the wrong language.", "This is it in the right one.", "language"),
        ("Ini kalimat yang benar.", "Ini masih kalimat yang salah dan tidak.", "language"),
    ],
)
def test_what_is_filtered(indonesian: str, english: str, expected: str | None) -> None:
    assert fault(indonesian, english) == expected


def test_a_line_in_another_language_is_found() -> None:
    assert line_fault("Pemerintah akan membangun jalan itu.", "id") is None
    assert line_fault("The government will build the road.", "id") == "language"


HELD = "Presiden meresmikan jembatan baru di Palembang pada hari Selasa kemarin."


@pytest.mark.parametrize(
    "text",
    [
        HELD,
        HELD.upper(),
        f"Kabar hari ini: {HELD} Warga senang.",
        HELD.replace("hari Selasa", "Selasa"),
    ],
)
def test_held_out_sentences_are_found_within_others(text: str) -> None:
    assert HeldOut([HELD]).holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Presiden meresmikan jembatan baru.",
        "Jembatan baru di Palembang diresmikan oleh presiden pada hari Selasa.",
    ],
)
def test_other_sentences_about_the_same_are_kept(text: str) -> None:
    assert not HeldOut([HELD]).holds(text)


@given(text=st.text())
def test_keys_ignore_case_and_punctuation(text: str) -> None:
    assert key(f" {text}! ") == key(text)


def write_collected(folder: Path) -> None:
    rows = [
        Pair("news", "Harga beras naik.", "The price of rice rose."),
        Pair("docs", "Harga beras naik!", "The price of rice rose!"),  # a duplicate
        Pair("news", HELD, "The president opened a bridge in Palembang."),
        Pair("news", "Ya.", "This is longer than the other side by far."),
    ]
    write_pairs(folder / "collected.tsv.xz", rows)
    write_lines(folder / "collected.id.txt.xz", ["Warga senang.", "Warga senang.", HELD])
    write_lines(folder / "collected.en.txt.xz", ["People are glad."])


def test_filter_counts_what_each_rule_removes(tmp_path: Path) -> None:
    write_collected(tmp_path)
    (tmp_path / "held.jsonl").write_text(json.dumps({"src": [HELD]}) + "\n", encoding="utf-8")
    options = filter.Options(work=tmp_path, keep_out=(tmp_path / "held.jsonl",))
    figures = filter.filter_pairs(options)
    assert figures["removed"] == {"duplicate": 1, "evaluation": 1, "ratio": 1}
    assert figures["sources"] == {"news": 1}
    assert figures["removed_id"] == {"duplicate": 1, "evaluation": 1}
    assert list(read_lines(tmp_path / "mono.en.txt.xz")) == ["People are glad."]


def test_an_empty_evaluation_set_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(tk.InputError, match="nothing to keep out"):
        filter.held_out((tmp_path / "nothing",))


def test_collect_drops_forbidden_sources_and_names_doubtful_ones(tmp_path: Path) -> None:
    rows = ["progit2\tA\tB", "poems\tSatu\u200b\tOne", "mystery\tDua\tTwo"]
    with lzma.open(tmp_path / "parallel.tsv.xz", "wt", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")
    (tmp_path / "SOURCES.md").write_text(
        "## parallel\n| source | pairs | from | licence | domain | by |\n"
        "|---|---|---|---|---|---|\n"
        "| poems | 1 | there | CC BY-ND 4.0 | verse | human |\n",
        encoding="utf-8",
    )
    figures = collect.collect(collect.Options(data=tmp_path, out=tmp_path / "out"))
    assert list(read_pairs(tmp_path / "out" / "collected.tsv.xz")) == [
        Pair("poems", "Satu", "One"),
        Pair("mystery", "Dua", "Two"),
    ]
    assert figures["restricted"] == ["poems"]
    assert figures["unlisted"] == ["mystery"]


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("CC BY-NC-SA 4.0 (per LICENSE)", True),
        ("per culture: CC BY-SA / CC BY-ND / GPL-2", True),
        ("CC BY-SA 4.0", False),
        ("none stated", False),
        ("MIT (LICENSE)", False),
    ],
)
def test_licences_that_forbid(licence: str, expected: bool) -> None:  # noqa: FBT001  (a parameter)
    assert forbids(licence) is expected


def test_the_list_of_sources_is_read_whole() -> None:
    file = SHARED / "train" / "SOURCES.md"
    if not file.is_file():
        pytest.skip(f"no training data at {file.parent}")
    found = read_sources(file)
    kinds = {source.kind for source in found}
    assert kinds == {"parallel", "mono.id", "mono.en"}
    total = sum(int(s.lines.replace(",", "")) for s in found if s.kind == "parallel")
    assert 580_000 < total < 600_000
    named = {source.name for source in found if source.kind == "parallel"}
    assert set(Sources().left_out) <= named


def test_rates_by_source_and_direction(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text('[left_out]\nc = "no"\n[rates]\na = 0.5\n"a@en-id" = 2\n', encoding="utf-8")
    sources = Sources(file)
    assert [sources.rate("a"), sources.rate("a", "en-id"), sources.rate("b")] == [0.5, 2.0, 1.0]
    assert sources.rate("c", "id-en") == 0.0


NEWS = [
    "Menurut Sutopo, api sudah padam.",
    "Kata Sutopo dan Wulandari itu benar.",
    "Kepada Wulandari ia bicara tentang pasar.",
    "Besok Pasar tutup, kata Pasar.",
]


def test_rare_names_are_never_written_small() -> None:
    assert rare_names(NEWS) == ["Sutopo", "Wulandari"]


def test_a_name_is_replaced_on_both_sides_alike() -> None:
    pair = Pair("news", "Kemarin Joko bertemu Joko.", "Yesterday Joko met Joko.")
    found = rename(pair, ["Wulandari"], random.Random(1))
    assert found == Pair(
        "renamed", "Kemarin Wulandari bertemu Wulandari.", "Yesterday Wulandari met Wulandari."
    )


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [
        ("Harga beras naik.", "The price of rice rose."),
        ("Di London ia bicara.", "In Londontown he spoke."),
        ("Kata Budi, Budi sakit.", "Budi says he is ill."),
    ],
)
def test_no_name_in_both_nothing_renamed(indonesian: str, english: str) -> None:
    assert rename(Pair("x", indonesian, english), ["Wati"], random.Random(1)) is None


def test_the_surest_translations_are_kept_in_their_order() -> None:
    made = [synthesise.Made(-n / 10, f"kalimat {n}", f"sentence {n}") for n in (5, 1, 9, 3)]
    copy = synthesise.Made(-0.01, "Jakarta Selatan", "jakarta selatan")
    assert synthesise.kept([copy, *made], 0.75) == [made[0], made[1], made[3]]


def test_synthesise_goes_on_where_it_was(tmp_path: Path) -> None:
    lines = ["Harga beras naik.", "Presiden tiba di Jakarta.", "Polisi menangkap dua orang."]
    write_lines(tmp_path / "news.txt", lines)
    options = synthesise.Options(
        model=ROOT / "models" / "id-en",
        direction="id-en",
        lines=tmp_path / "news.txt",
        out=tmp_path / "made.tsv",
        keep=1.0,
        beam=1,
        most=2,
    )
    first = synthesise.synthesise(options)
    assert first["pairs"] == 2
    made = list(read_pairs(tmp_path / "made.tsv"))
    assert {pair.source for pair in made} == {"synthetic-en"}
    assert {pair.id for pair in made} < set(lines)
    with (tmp_path / "made.tsv.part").open("a", encoding="utf-8") as file:
        file.write("-0.1\tA block that was\tcut off\n")
    assert synthesise.synthesise(options)["pairs"] == 2
    assert list(read_pairs(tmp_path / "made.tsv")) == made


@pytest.mark.parametrize(
    ("output", "kept", "lost"),
    [
        ("Joko Widodo met Ani's son.", 3, []),
        ("Johnson met Ani.", 1, ["Joko", "Widodo"]),
    ],
)
def test_names_kept(output: str, kept: int, lost: list[str]) -> None:
    source, reference = "Joko Widodo bertemu anak Ani.", "Joko Widodo met the son of Ani."
    share, missing = names_kept(source, reference, output)
    assert (share.part, share.whole) == (kept, 3)
    assert missing == lost


def test_links_are_judged_by_words_that_stand_on_both_sides() -> None:
    source, target = "Budi membeli 12 ikan.", "Budi bought 12 fish."
    documents = [
        tk.Document(code, (tk.Block("paragraph", text, (tk.Sentence(0, len(text)),)),))
        for code, text in (("id", source), ("en", target))
    ]
    bead = tk.Bead(range(1), range(1), links=((0, 4, 0, 4), (13, 15, 5, 11)))
    bitext = tk.Bitext(documents[0], documents[1], (bead,), tk.Provenance("test"))
    assert links_right(bitext) == {False: Share(1, 1), True: Share(0, 1)}


def measures(bleu: float, names: int = 95) -> Measures:
    shares = (Share(99, 100), Share(99, 100))
    return Measures(
        direction="id-en",
        scores=(("bleu", bleu, "sig"), ("chrf++", 50.0, "sig")),
        signature="data:dev|model:x@0",
        names=Share(names, 100),
        name_links=shares,
        number_links=shares,
        lost=(),
        outputs=(),
    )


def test_a_candidate_may_not_be_weaker() -> None:
    assert verdict(measures(30.0), measures(31.0)) == []
    assert verdict(None, measures(1.0)) == []
    assert verdict(measures(30.0), measures(29.9)) == ["bleu"]
    assert verdict(measures(30.0), measures(31.0, names=90)) == ["names kept"]


def test_a_loss_is_accepted_by_its_name_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = iter([measures(30.0), measures(31.0, names=90)] * 2)
    monkeypatch.setattr(comparison, "measure", lambda *_: next(found))
    monkeypatch.setattr(comparison, "_directions", lambda _: ("id-en",))
    for code in ("id", "en"):
        (tmp_path / f"{code}.txt").write_text("Ya.\n", encoding="utf-8")
    asked = comparison.Options(
        ships=ROOT / "models" / "id-en", candidate=ROOT / "models" / "id-en", dev=tmp_path
    )
    with pytest.raises(tk.QualityError, match="id-en names kept"):
        comparison.compare(asked)
    accepted = replace(asked, accept=("id-en names kept", "id-en bleu"))
    assert comparison.compare(accepted)["accepted"] == ["id-en names kept"]


def test_the_table_shows_both_with_signatures() -> None:
    lines = table(measures(30.0), measures(31.0))
    assert any(line.startswith("bleu") and "30.0" in line and "31.0" in line for line in lines)
    assert lines.count("data:dev|model:x@0") == 2
    ours = replace(measures(1.0), direction="en-id")
    assert any("-" in line for line in table(None, ours))


def test_the_record_keeps_its_order(tmp_path: Path) -> None:
    for number in range(3):
        add_entry(tmp_path, {"program": "ab"[number % 2], "figures": {"n": number}})
    assert [entry["figures"]["n"] for entry in entries(tmp_path)] == [0, 1, 2]
    found = last(tmp_path, "a")
    assert found is not None
    assert found["figures"]["n"] == 2
    assert last(tmp_path, "c") is None


def test_a_program_is_recorded_by_its_name_however_it_is_started(tmp_path: Path) -> None:
    write_sources(tmp_path, 40, 4)
    options = ["--data", tmp_path / "data", "--out", tmp_path, "--record", tmp_path]
    subprocess.run(
        [sys.executable, "-m", "recipe.collect", *map(str, options)],
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'models'}"},
        check=True,
    )
    assert last(tmp_path, "collect") is not None
