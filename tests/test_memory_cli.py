"""The verb ``memory``, and translating with one, through real processes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from test_cli import fails, run

import translate_kit as tk
from translate_kit.memory import context_digest

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

PAIRS = (
    "source\ttarget\nPasar sepi.\tThe market stood empty.\nHarga naik 10 persen.\tPrices up 10 %.\n"
)
TEXT = "Harga naik 12 persen.\n\nPasar sepi.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with an article, checked translations, and a memory made of them."""
    (tmp_path / "berita.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "checked.tsv").write_text(PAIRS, encoding="utf-8")
    done = run("memory", "import", "house.db", "checked.tsv", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == b"checked.tsv: 2 id-en by people, 2 new or changed\n"
    return tmp_path


def beads(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()[1:]]


def test_a_memory_goes_out_and_comes_in_again(desk: Path) -> None:
    written = run("memory", "export", "house.db", cwd=desk)
    assert (written.returncode, written.stderr) == (0, b"")
    run("memory", "export", "house.db", "-o", "house.tmx", cwd=desk)
    assert (desk / "house.tmx").read_bytes() == written.stdout
    run("memory", "import", "other.db", "house.tmx", "-q", cwd=desk)
    assert run("memory", "export", "other.db", cwd=desk).stdout == written.stdout
    table = run("memory", "export", "other.db", "--to", "tsv", "-d", "id-en", cwd=desk).stdout
    run("memory", "import", "third.db", "--from", "tsv", stdin=table, cwd=desk)
    assert run("memory", "export", "third.db", cwd=desk).stdout == written.stdout


def test_info_says_what_is_there(desk: Path) -> None:
    told = json.loads(run("memory", "info", "house.db", "--json", cwd=desk).stdout)
    assert told["human"] == {"id-en": 2}
    assert (told["machine"], told["schema"], told["path"]) == ({}, 1, "house.db")
    context = context_digest([])
    with tk.MemoryStore(desk / "house.db") as store:
        store.remember([("Satu.", b"1")], context)
    lines = run("memory", "info", "house.db", cwd=desk).stdout.decode().splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["by", "people", "id-en", "2"],
        ["by", "machine", context[:12], "1"],
    ]
    cleared = run("memory", "clear", "house.db", cwd=desk)
    assert cleared.stderr == b"1 translations by machine forgotten\n"
    told = json.loads(run("memory", "info", "house.db", "--json", cwd=desk).stdout)
    assert (told["human"], told["machine"]) == ({"id-en": 2}, {})


def test_one_bad_file_does_not_end_an_import(desk: Path) -> None:
    (desk / "bad.tmx").write_text("<tmx", encoding="utf-8")
    (desk / "draft.jsonl").write_text(
        '{"source": "Satu.", "target": "One.", "origin": "model"}\n', encoding="utf-8"
    )
    done = run("memory", "import", "new.db", "bad.tmx", "draft.jsonl", "checked.tsv", cwd=desk)
    assert done.returncode == 1
    told = done.stderr.decode().splitlines()
    assert told[0].startswith("translate-kit: bad.tmx: cannot be read as XML")
    assert told[1] == "draft.jsonl: nothing by people in it; what machines translated is left out"
    assert told[2:] == [
        "checked.tsv: 2 id-en by people, 2 new or changed",
        "translate-kit: 1 of 3 inputs failed; the others are done",
    ]
    fails(run("memory", "import", "new.db", "bad.tmx", cwd=desk), 4, "bad.tmx")


def test_a_direction_is_the_only_one_that_counts(desk: Path) -> None:
    done = run("memory", "import", "back.db", "checked.tsv", "-d", "en-id", cwd=desk)
    assert done.stderr == b"checked.tsv: 2 en-id by people, 2 new or changed\n", (
        "a table names none"
    )
    run("memory", "export", "house.db", "-o", "house.tmx", cwd=desk)
    done = run("memory", "import", "back.db", "house.tmx", "-d", "en-id", cwd=desk)
    assert done.stderr == b"house.tmx: 2 id-en by people, 0 new or changed\n"
    fails(run("memory", "export", "house.db", "-d", "en-id", cwd=desk), 4, "memory import")
    fails(run("memory", "export", "house.db", "-d", "english", cwd=desk), 2, "write one as id-en")


@pytest.mark.parametrize("name", ["house.db", "checked.tsv"])
def test_people_are_remembered_and_the_like_is_shown(desk: Path, name: str) -> None:
    fuzzy = ("--fuzzy", "0.8")
    done = run("translate", "berita.txt", "--to", "jsonl", "--memory", name, *fuzzy, cwd=desk)
    first, second = beads(done)
    assert (second["target"], second["origin"]) == ("The market stood empty.", "memory")
    assert "matches" not in second
    assert (first["origin"], first["matches"]) == (
        "model",
        [{"source": "Harga naik 10 persen.", "target": "Prices up 10 %.", "similarity": 0.9523}],
    )


def test_nothing_is_shown_unless_asked_for(desk: Path) -> None:
    named = ("translate", "berita.txt", "--to", "jsonl", "--memory", "house.db")
    assert "matches" not in beads(run(*named, cwd=desk))[0]
    assert "matches" not in beads(run(*named, "--fuzzy", "0.96", cwd=desk))[0]


def test_of_several_memories_the_last_counts_and_the_best_are_shown(desk: Path) -> None:
    (desk / "new.csv").write_text(
        "Pasar sepi.,The market was deserted.\nHarga naik 12 persen!,12 % up!\n"
    )
    arguments = ("translate", "berita.txt", "--to", "jsonl", "--fuzzy", "0.8")
    done = run(*arguments, "--memory", "house.db", "--memory", "new.csv", cwd=desk)
    first, second = beads(done)
    assert second["target"] == "The market was deserted."
    assert [match["target"] for match in first["matches"]] == ["Prices up 10 %.", "12 % up!"]


def test_the_environment_names_a_memory_and_the_command_may_refuse_it(desk: Path) -> None:
    def translated(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        named = {"TRANSLATE_KIT_TRANSLATE_MEMORY": "house.db"}
        every = ("translate", "berita.txt", "--to", "jsonl", *arguments)
        return run(*every, stdin=b"", cwd=desk, **named)

    assert beads(translated())[1]["origin"] == "memory"
    assert beads(translated("--no-memory"))[1]["origin"] == "model"
    fails(translated("--no-memory", "--fuzzy", "0.8"), 2, "name it with --memory")
    fails(run("translate", "berita.txt", "--fuzzy", "0.8", cwd=desk), 2, "name it with --memory")


def test_a_memory_is_made_where_its_name_says_so(desk: Path) -> None:
    done = run("translate", "berita.txt", "--memory", "new.tkm", cwd=desk)
    assert (done.returncode, done.stderr) == (0, b"")
    with tk.MemoryStore(desk / "new.tkm", create=False) as store:
        assert store.info().human == {}
    fails(run("translate", "berita.txt", "--memory", "new.tmx", cwd=desk), 4, "no such file")


def test_what_is_no_memory_is_said(desk: Path) -> None:
    (desk / "text.db").write_text("Harga naik.\n" * 100, encoding="utf-8")
    with closing(sqlite3.connect(desk / "other.bin")) as other:
        other.execute("CREATE TABLE articles (text)")
    fails(run("memory", "info", "text.db", cwd=desk), 4, "text.db", "no SQLite database")
    for verb in ("info", "export", "clear"):
        fails(run("memory", verb, "none.db", cwd=desk), 4, "none.db", "check the name")
    assert not (desk / "none.db").exists()
    translate = ("translate", "berita.txt", "--memory")
    fails(run(*translate, "text.db", cwd=desk), 4, "text.db", "name another file")
    fails(run(*translate, "other.bin", cwd=desk), 4, "other.bin", "holds no memory")
    fails(run(*translate, "no/new.db", cwd=desk), 1, "new.db", "make it first")
