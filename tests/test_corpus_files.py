"""Folders and patterns in, mirrored names out, drafts that are there whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import translate_kit as tk
from translate_kit.corpus.inputs import Named, expanded, is_article
from translate_kit.corpus.outputs import Outputs, Wanted
from translate_kit.corpus.tasks import Result, Task
from translate_kit.errors import InputError, OptionError
from translate_kit.files import Draft, sweep_drafts

if TYPE_CHECKING:
    from random import Random

ROOT = Path(__file__).parents[1]


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "translate_kit", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    for name in ("b.txt", "a.txt", "sub/a.txt", "sub/deep/c.md", ".hidden.txt", "~b.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Ini {name} dari Jakarta.\n", encoding="utf-8")
    for name in ("picture.png", "sub/new.txt.part", ".git/d.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return root


def places(found: tuple[Named, ...]) -> list[str]:
    return [str(named.place) for named in found]


def test_a_folder_is_all_articles_in_it_sorted(folder: Path) -> None:
    found = expanded([str(folder)])
    assert places(found) == ["a.txt", "b.txt", "sub/a.txt", "sub/deep/c.md"]
    assert [named.name for named in found] == [str(folder / place) for place in places(found)]


def test_the_output_in_the_input_is_no_input(folder: Path) -> None:
    assert "sub/a.txt" not in places(expanded([str(folder)], folder / "sub"))


def test_a_pattern_mirrors_what_is_below_its_fixed_part(folder: Path) -> None:
    assert places(expanded([str(folder / "**" / "*.txt")])) == ["a.txt", "b.txt", "sub/a.txt"]
    assert places(expanded([str(folder / "sub" / "*.txt")])) == ["a.txt"]


def test_a_file_whose_name_is_a_pattern_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a[1].txt"
    path.write_text("Pasar sepi.", encoding="utf-8")
    assert expanded([str(path)]) == (Named(str(path), PurePath("a[1].txt")),)


def test_files_are_taken_as_they_are_named() -> None:
    assert places(expanded(["x/y.odd", "-", "none.txt"])) == ["y.odd", "stdin", "none.txt"]


@pytest.mark.parametrize(
    ("names", "error", "words"),
    [
        (["-", "-"], OptionError, "only once"),
        (["{empty}"], InputError, "no article in the folder"),
        (["{empty}/*.txt"], InputError, "no file matches"),
    ],
)
def test_names_that_stand_for_nothing(
    tmp_path: Path, names: list[str], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        expanded([name.format(empty=tmp_path) for name in names])


@pytest.mark.parametrize("name", ["a.txt", "a.HTML", "a.docx", "x y/z.md"])
def test_what_is_an_article(name: str) -> None:
    assert is_article(PurePath(name))


@pytest.mark.parametrize(
    "name", ["a.txt.tmp", "#a.txt", "a.txt~", ".a.txt", "a.pdf", "x/.y/a.txt", "a.part"]
)
def test_what_is_no_article(name: str) -> None:
    assert not is_article(PurePath(name))


# outputs

PARTS = st.lists(st.sampled_from(["a", "b", "a-2"]), min_size=1, max_size=3)


@given(st.lists(st.tuples(PARTS, st.sampled_from([".txt", ".md", ""])), max_size=12))
def test_no_two_inputs_become_one_file(names: list[tuple[list[str], str]]) -> None:
    inputs = [
        Named("/".join(parts) + suffix, PurePath("/".join(parts) + suffix))
        for parts, suffix in names
    ]
    outputs = Outputs(Wanted("out/", ("html", "jsonl")), inputs, lambda _: None)
    found: list[str] = []
    for number, named in enumerate(inputs):
        task = Task(number, named.name, "text", ("html", "jsonl"))
        some = outputs.places(task, named)
        found += map(str, some.values())
        for form, path in some.items():
            assert path.suffix == f".{form}"
            assert path.parent == Path("out") / named.place.parent, "the folder is mirrored"
    assert len(set(found)) == len(found)


@given(st.lists(PARTS, min_size=2, max_size=6), st.randoms())
def test_whole_names_depend_on_nothing_else(names: list[list[str]], chance: Random) -> None:
    def chosen(inputs: list[Named]) -> dict[Named, dict[str, Path]]:
        outputs = Outputs(Wanted("out/", ("html", "jsonl"), whole_names=True), (), lambda _: None)
        return {
            named: outputs.places(Task(number, named.name, "text", ("html", "jsonl")), named)
            for number, named in enumerate(inputs)
        }

    suffixes = (".txt", ".md", ".html")
    inputs = [
        Named(place, PurePath(place))
        for place in dict.fromkeys("/".join(parts) + chance.choice(suffixes) for parts in names)
    ]
    found = chosen(inputs)
    places = [path for some in found.values() for path in some.values()]
    assert len(set(places)) == len(places)
    chance.shuffle(inputs)
    assert chosen(inputs) == found
    assert found[inputs[0]]["html"] == Path("out") / f"{inputs[0].place}.html"


def test_names_that_no_disk_takes_and_names_that_are_no_text(tmp_path: Path) -> None:
    odd = os.fsdecode(b"\xff.txt")
    for name in ("y" * 252 + ".md", odd):
        (tmp_path / name).write_text("Pasar sepi.\n", encoding="utf-8")
    done = run("translate", tmp_path, "-o", tmp_path / "out", "--to", "html")
    assert done.returncode == 1
    assert b"too long" in done.stderr
    assert b"Traceback" not in done.stderr
    done = run("translate", tmp_path / odd, "-o", tmp_path / "out.jsonl")
    assert done.returncode == 0
    assert b"\\udcff.txt" in (tmp_path / "out.jsonl").read_bytes()


def test_a_folder_comes_out_as_it_went_in(folder: Path, tmp_path: Path) -> None:
    done = run("translate", folder, "-o", tmp_path / "out", "--to", "text", "-v")
    assert (done.returncode, done.stdout) == (0, b"")
    out = tmp_path / "out"
    assert sorted(str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()) == [
        "a.txt",
        "b.txt",
        "sub/a.txt",
        "sub/deep/c.txt",
    ]
    for path in out.rglob("*.txt"):
        assert "Jakarta" in path.read_text(encoding="utf-8")


def test_a_feed_on_standard_input_leaves_as_it_comes() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "translate_kit", "translate", "--from", "jsonl", "--only-text"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdin
    assert child.stdout
    timer = threading.Timer(60, child.kill)  # instead of waiting for ever
    timer.start()
    try:
        for number in range(3):
            article = {"id": number, "text": f"Presiden {number} tiba di Jakarta."}
            child.stdin.write(json.dumps(article).encode() + b"\n")
            child.stdin.flush()
            again = json.loads(child.stdout.readline())
            assert again["id"] == number
            assert "Jakarta" in again["text"]
        child.stdin.close()
        assert child.wait() == 0
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        child.stdout.close()


def test_several_inputs_to_one_page_on_standard_output(folder: Path) -> None:
    done = run("translate", folder / "a.txt", folder / "b.txt", "--to", "html")
    assert done.returncode == 0
    assert done.stdout.count(b"<!DOCTYPE html>") == 1
    assert done.stdout.count(b"Jakarta") >= 4


def test_five_of_many_are_broken_and_the_others_are_done(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    for number in range(25):
        path = root / f"{number:02}.txt"
        path.write_text(f"Artikel {number} dari Jakarta. Pasar sepi.\n", encoding="utf-8")
    broken = [root / f"{number:02}.txt" for number in (3, 7, 11, 15, 24)]
    for path in broken:
        path.write_bytes(b"\xff\xfe\x00" * 5)
    done = run("translate", root, "-o", tmp_path / "out", "--to", "jsonl")
    assert done.returncode == 1
    told = done.stderr.decode()
    assert [path.name for path in broken if str(path) in told] == [path.name for path in broken]
    assert "5 of 25 inputs failed" in told
    assert len(list((tmp_path / "out").glob("*.jsonl"))) == 20


# drafts


def test_a_draft_is_there_only_when_finished(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with Draft(path) as draft:
        draft.write(b"half")
        assert not path.exists()
    assert list(tmp_path.iterdir()) == []
    with Draft(path) as draft:
        draft.write(b"who")
        draft.write(b"le")
        draft.finish()
    assert path.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [path]


def test_only_what_the_dead_left_is_swept(tmp_path: Path) -> None:
    code = (
        "import os, sys, translate_kit.files as f\n"
        "d = f.Draft(sys.argv[1]); d.write(b'x'); d._file.flush(); os._exit(9)"
    )
    path = tmp_path / "a.txt"
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False)
    (left,) = tmp_path.iterdir()
    living = Draft(tmp_path / "b.txt")
    sweep_drafts(tmp_path)
    assert not left.exists()
    assert len(list(tmp_path.iterdir())) == 1
    living.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_failed_task_leaves_no_file(tmp_path: Path) -> None:
    named = Named.of("a.txt")
    outputs = Outputs(Wanted(str(tmp_path / "b.jsonl")), [named], lambda _: None)
    task = Task(0, "a.txt", "text", ("jsonl",))
    outputs.places(task, named)
    outputs.take(Result(task, (("jsonl", b"half"),), last=False))
    assert outputs.take(Result(task, error="broken")) == ()
    assert list(tmp_path.iterdir()) == []


def test_quality_can_be_left_out() -> None:
    done = run("translate", "--no-quality", "--to", "jsonl", stdin=b"Pasar sepi.")
    bead = json.loads(done.stdout.splitlines()[1])
    assert bead["quality"] is None
    done = run("translate", "--no-quality", "--abstain", "poor", stdin=b"Pasar sepi.")
    assert done.returncode == 2
    assert b"--no-quality" in done.stderr


def test_the_public_way_is_the_command_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Presiden tiba di Jakarta.\n", encoding="utf-8")
    articles = tk.Articles(tk.expand_inputs([str(path)]))
    wanted = tk.Wanted(str(tmp_path / "out"), ("jsonl", "md"))
    outputs = tk.Outputs(wanted, articles.inputs, lambda _: None)
    reports = list(tk.translate_articles(articles, outputs, tk.Plan()))
    assert [report.status for report in reports] == ["part", "done"]
    assert {path.name for path in reports[-1].written} == {"a.jsonl", "a.md"}
    assert sum((report.tally.sentences for report in reports), 0) == 1
