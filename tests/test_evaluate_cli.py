"""``evaluate`` as a program: what it prints, what it translates and aligns first, how it fails."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from translate_kit.cli.boundary import run as main

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases" / "evaluate"
SOURCE = "Harga beras naik 10 persen.\nPresiden tiba di Jakarta.\nPasar sepi.\n"
REFERENCE = """\
The price of rice rose by 10 percent.
The president arrived in Jakarta.
The market is quiet.
"""
OTHER = "Rice is up 10 percent.\nPresident arrived at Jakarta.\n\n"


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "translate_kit", "evaluate", *map(str, arguments)]


def environment(**extra: str) -> dict[str, str]:
    mine = {
        k: v for k, v in os.environ.items() if not k.startswith(("TRANSLATE_KIT_", "SACREBLEU"))
    }
    return {**mine, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **extra}


def run(*arguments: str | Path, cwd: Path, code: int = 0, stdin: str = "") -> tuple[str, str]:
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        input=stdin.encode(),
        env=environment(),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode(), done.stderr.decode()


def rows(output: str, kind: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in output.splitlines()]
    return [row for row in found if row["kind"] == kind]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for name, text in (("id", SOURCE), ("en", REFERENCE), ("one", OTHER), ("two", REFERENCE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_two_systems_side_by_side_with_signatures_and_p_values(desk: Path) -> None:
    told, said = run("one", "two", "-r", "en", "-w", "2", cwd=desk)
    assert said == ""
    lines = told.splitlines()
    assert lines[0].split() == ["BLEU", "Δ", "95", "%", "p", "bs", "p", "ar"]
    assert lines[1].startswith("one")
    assert lines[2].split()[:3] == ["two", "100.00", "±"]
    assert "nrefs:1|bs:1000|ar:10000|seed:12345|case:mixed" in lines[3]
    assert "note: one: empty translation in line 3; scored as it is" in lines


def test_scores_alone_are_for_scripts(desk: Path) -> None:
    told, said = run("one", "two", "-r", "en", "-b", "-m", "chrf++", "-m", "ter", cwd=desk)
    assert told.splitlines()[1] == "100.0\t0.0"
    assert "line 3" in said, "what must be known is said, but not among the numbers"


def test_segments_have_scores_of_their_own(desk: Path) -> None:
    told, _ = run("two", "-r", "en", "--per-sentence", cwd=desk)
    assert told.splitlines() == [
        "segment\tsystem\tbleu\tchrf++\tter",
        *(f"{number}\ttwo\t100.0\t100.0\t0.0" for number in (1, 2, 3)),
    ]
    told, _ = run("two", "-r", "en", "--per-sentence", "--json", cwd=desk)
    assert rows(told, "segment")[2] == {
        "kind": "segment",
        "segment": 3,
        "system": "two",
        "bleu": 100.0,
        "chrf++": 100.0,
        "ter": 0.0,
    }


def test_an_object_a_line_says_everything(desk: Path) -> None:
    told, _ = run("one", "two", "-r", "en", "-s", "id", "--json", "--slices", "--trust", cwd=desk)
    scores = rows(told, "score")
    assert [(s["system"], s["metric"]) for s in scores][:2] == [("one", "bleu"), ("two", "bleu")]
    assert scores[1]["difference"]["baseline"] == "one"
    assert {row["aspect"] for row in rows(told, "slice")} >= {"length", "numbers", "names", "band"}
    assert {row["system"] for row in rows(told, "trust")} == {"one", "two"}
    assert rows(told, "note")


def test_a_hypothesis_comes_through_a_pipe_and_files_of_every_kind_mix(desk: Path) -> None:
    told, _ = run("-", "-r", "en", "-b", "-m", "bleu", cwd=desk, stdin=REFERENCE)
    assert told == "100.0\n"
    wmt = CASES / "wmt.xml"
    told, _ = run(wmt, "-r", wmt, "-s", wmt, "-m", "bleu", "--json", cwd=desk)
    assert [row["system"] for row in rows(told, "score")] == ["one", "two"]
    assert "nrefs:2" in rows(told, "score")[0]["signature"]


def test_a_model_translates_first_and_says_how_and_at_what_cost(desk: Path) -> None:
    told, _ = run(
        "--model", "id-en", "-s", "id", "-r", "en", "--json", "--beam-size", "2", cwd=desk
    )
    (ran,) = rows(told, "run")
    assert ran["segments"] == 3
    assert ran["source_characters"] == len(SOURCE) - 3
    assert ran["target_tokens"] > 10
    assert ran["load_seconds"] > 0
    assert ran["seconds"] > 0
    assert ran["peak_memory"] > 50e6
    signature = rows(told, "score")[0]["signature"]
    for part in ("|model:id-en@", "|beam:2", "|batch:tokens[", "|quant:int8", "|ctranslate2:"):
        assert part in signature
    assert "|toolkit:translate-kit-" in signature
    again, _ = run(
        "--model", "id-en", "-s", "id", "-r", "en", "--json", "--beam-size", "2", cwd=desk
    )
    assert rows(told, "score") == rows(again, "score")


def test_two_models_are_compared(desk: Path) -> None:
    shipped = ROOT / "models" / "id-en"
    told, _ = run("--model", "id-en", "--model", shipped, "-s", "id", "-r", "en", cwd=desk)
    assert told.count("p bs") == 3
    assert "sentences/s" in told


def test_the_translation_of_an_article_is_aligned_first_and_that_is_said(tmp_path: Path) -> None:
    article = "Harga beras naik 10 persen. Pasar sepi.\n\nPresiden tiba di Jakarta pada Senin.\n"
    human = (
        "The price of rice rose by 10 percent. The market is quiet.\n\n"
        "The president arrived in Jakarta on Monday, said his office.\n\n"
        "This the source does not say at all.\n"
    )
    (tmp_path / "artikel.txt").write_text(article, encoding="utf-8")
    (tmp_path / "article.txt").write_text(human, encoding="utf-8")
    named = ("--model", "id-en", "-s", "artikel.txt", "-r", "article.txt")
    told, _ = run(*named, "--json", "-m", "chrf++", cwd=tmp_path)
    notes = " ".join(note["text"] for note in rows(told, "note"))
    assert "artikel.txt is an article: it was cut into 3 sentences" in notes
    assert "article.txt (4 segments) was aligned with artikel.txt (3) first" in notes
    assert rows(told, "score")[0]["value"] > 20
    _, said = run(*named, "--no-align", cwd=tmp_path, code=4)
    assert "has no counterpart" in said


def test_a_bilingual_file_is_aligned_with_a_reference_of_other_segments(desk: Path) -> None:
    (desk / "news.tsv").write_text(
        "source\ttarget\nHarga naik. Pasar sepi.\tPrices rose. The market is quiet.\n"
        "Presiden tiba di Jakarta.\tThe president arrived in Jakarta.\n"
    )
    reference = "Prices rose.\nThe market is quiet.\nThe president arrived in Jakarta.\n"
    (desk / "reference").write_text(reference)
    told, _ = run("news.tsv", "-r", "reference", "--json", "-m", "ter", cwd=desk)
    assert "2 segments are scored" in rows(told, "note")[0]["text"]
    assert rows(told, "score")[0]["value"] == 0


def test_a_table_for_a_paper(desk: Path) -> None:
    (desk / "my_system 100%").write_text(REFERENCE)
    told, _ = run("one", "my_system 100%", "-r", "en", "--latex", "-m", "ter", cwd=desk)
    lines = [line for line in told.splitlines() if not line.startswith("%")]
    assert lines[2] == r"System & TER $\downarrow$ \\"
    assert lines[5].startswith(r"my\_system 100\% & \textbf{0.0} {\small$\pm$0.0}")
    assert told.count("nrefs:1") == 2


def test_a_file_of_ours_says_how_it_was_made(desk: Path) -> None:
    made = [sys.executable, "-m", "translate_kit", "translate", "id", "-o", "out.jsonl"]
    subprocess.run(made, cwd=desk, env=environment(), check=True)
    (desk / "one.txt").write_text(REFERENCE)
    told, _ = run("out.jsonl", "-r", "one.txt", "--json", "-m", "bleu", cwd=desk)
    assert "|model:id-en@" in rows(told, "score")[0]["signature"]


def test_a_report_is_one_page(desk: Path) -> None:
    told, _ = run("one", "two", "-r", "en", "-s", "id", "--report", "r.html", "-b", cwd=desk)
    page = (desk / "r.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<svg role=") == 10
    assert len(told.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("one", "-r", "short"), 4, "line 3 of one has no counterpart"),
        (("empty", "-r", "en"), 4, "empty: no text"),
        (("picture", "-r", "en"), 4, "picture is no text"),
        (("nowhere", "-r", "en"), 4, "no such file"),
        (("one", "-r", "en", "-s", "short"), 4, "short has 2 lines but en has 3"),
        (("one", "one", "-r", "en"), 4, "each file once"),
        (("-r", "en"), 2, "--model"),
        (("--model", "id-en", "-r", "en"), 2, "-s"),
        (("--model", "nix", "-s", "id", "-r", "en"), 3, "no model 'nix'"),
        (("one", "-r", "en", "--tokenize", "moses"), 2, "13a"),
        (("one", "-r", "en", "-r", "two", "--align"), 2, "one reference"),
        (("one", "-r", "en", "--trust"), 2, "-s"),
        (("-", "-r", "-"), 2, "only once"),
        (("one", "-r", "en", "--report", "no/r.html"), 1, "folder"),
    ],
)
def test_failures_are_one_line_with_their_exit_code(
    arguments: tuple[str, ...],
    code: int,
    words: str,
    desk: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (desk / "short").write_text("One.\nTwo.\n")
    (desk / "empty").write_text("\n\n")
    (desk / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    monkeypatch.chdir(desk)
    assert main(("evaluate", *arguments)) == code
    told, said = capfd.readouterr()
    assert told == ""
    assert said.count("\n") == 1
    assert said.startswith("translate-kit: ")
    assert words in said


def test_progress_is_shown_on_a_terminal(desk: Path) -> None:
    master, slave = pty.openpty()
    child = subprocess.Popen(
        command("--model", "id-en", "-s", "id", "-r", "en"),
        stdout=subprocess.PIPE,
        stderr=slave,
        cwd=desk,
        env=environment(COLUMNS="100", TERM="xterm-256color"),
    )
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 65536):
            shown += chunk
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(master)
    with child:
        assert child.stdout is not None
        assert b"BLEU" in child.stdout.read()
    assert child.returncode == 0
    assert b"translating with id-en" in shown
    assert b"scoring" in shown
