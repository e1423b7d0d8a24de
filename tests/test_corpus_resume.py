"""After a kill, a full disk or Ctrl-C the same command goes on, and the bytes are the same."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import translate_kit as tk
from translate_kit.bitext import Alternative, Issue
from translate_kit.corpus.journal import Entry, Journal, digest_of
from translate_kit.corpus.run import Run
from translate_kit.corpus.stream import Helpers, Stream
from translate_kit.corpus.tasks import Making, Result, Task
from translate_kit.errors import OutputError
from translate_kit.translate.codec import pack, unpack
from translate_kit.translate.sentences import Rendering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.engine.families import Tokenized
    from translate_kit.engine.runtime import Engine

ROOT = Path(__file__).parents[1]
SEED = next((ROOT / "seeds").glob("*.txt"))
KILLS = 50


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "translate_kit", *map(str, arguments)]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(*arguments), capture_output=True, env=ENVIRONMENT, check=False, timeout=180
    )


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eight articles, one of them long, one of them broken."""
    root = tmp_path / "in"
    root.mkdir()
    lines = [line for line in SEED.read_text(encoding="utf-8").splitlines() if line]
    for number in range(8):
        text = "\n\n".join(f"{line} Nomor {number}." for line in lines[number : number + 2])
        (root / f"{number}.txt").write_text(text, encoding="utf-8")
    long = "\n\n".join(f"Harga beras naik {n} persen di Jakarta." for n in range(60))
    (root / "3.txt").write_text(long, encoding="utf-8")
    (root / "5.txt").write_bytes(b"\x00\x01")
    return root


# killed


def test_killed_at_any_moment_it_goes_on_and_ends_in_the_same_bytes(
    folder: Path, tmp_path: Path
) -> None:
    arguments = ("--to", "jsonl", "--to", "text")
    begun = time.monotonic()
    whole = run("translate", folder, "-o", tmp_path / "whole", *arguments)
    usual = time.monotonic() - begun
    assert whole.returncode == 1
    expected = content(tmp_path / "whole")
    assert len(expected) == 14

    chance = random.Random(7)
    kills = rounds = 0
    out = tmp_path / "out"
    while kills < KILLS:
        child = subprocess.Popen(
            command("translate", folder, "-o", out, *arguments),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=chance.uniform(0.3, 0.9) * usual)
        if child.poll() is None:
            child.kill()
            child.wait()
            kills += 1
            for name, data in content(out).items() if out.exists() else ():
                assert data == expected[name], "what is there is whole"
        else:
            rounds += 1
            usual *= 0.9  # it was measured while the machine was busier
            assert child.returncode == 1
            assert content(out) == expected
            shutil.rmtree(out)
        assert rounds < 40
    last = run("translate", folder, "-o", out, *arguments)
    assert last.returncode == 1
    assert content(out) == expected
    left = {path.name for path in out.iterdir() if path.name.startswith(".")}
    assert left <= {f".translate-kit.journal{end}" for end in ("", "-wal", "-shm")}


def test_an_interrupted_run_says_so_and_goes_on(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    child = subprocess.Popen(
        command("translate", folder, "-o", out, "--to", "jsonl"),
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    deadline = time.monotonic() + 60
    while not (out / "0.jsonl").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=60)
    assert child.returncode in {130, 1}
    assert b"Traceback" not in told
    assert not list(out.glob("*.tmp"))
    run("translate", folder, "-o", out, "--to", "jsonl")
    run("translate", folder, "-o", tmp_path / "whole", "--to", "jsonl")
    assert content(out) == content(tmp_path / "whole")


# gone on


class Counting:
    """A runner that notes what it is asked for."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.asked: list[str] = []

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        def noted() -> Iterator[Task]:
            for task in tasks:
                self.asked.append(Path(task.name).name)
                yield task

        yield from self.stream.results(noted())


@pytest.fixture(scope="module")
def engine() -> Engine:
    return tk.load_engine()


def asked(engine: Engine, folder: Path, out: Path, settings: str = "a" * 64) -> list[str]:
    articles = tk.Articles(tk.expand_inputs([str(folder)]))
    outputs = tk.Outputs(tk.Wanted(str(out), ("jsonl",)), articles.inputs, lambda _: None)
    journal = Journal(out / ".j", settings)
    runner = Counting(Stream(lambda: engine, Making(), Helpers(caches=(journal,))))
    list(Run(articles, outputs, journal).reports(runner))
    return runner.asked


def test_what_is_done_is_not_done_again_unless_something_changed(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert len(asked(engine, folder, out)) == 8
    assert asked(engine, folder, out) == ["5.txt"], "only what failed"
    (folder / "0.txt").write_text("Pasar sepi.", encoding="utf-8")
    (out / "1.jsonl").unlink()
    (out / "2.jsonl").write_bytes(b"edited")
    assert asked(engine, folder, out) == ["0.txt", "1.txt", "2.txt", "5.txt"]
    assert len(asked(engine, folder, out, "b" * 64)) == 8, "other settings, other results"
    (folder / "5.txt").write_text("Pasar sepi.", encoding="utf-8")
    assert len(asked(engine, folder, out, "b" * 64)) == 1
    assert not (out / ".j").exists(), "all is done: nothing is left to know"


def test_a_long_document_goes_on_in_its_middle(
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "long.txt"
    path.write_text(
        "\n".join(f"Harga beras naik {n} persen." for n in range(700)), encoding="utf-8"
    )
    goal = tmp_path / "long.jsonl"
    said: list[str] = []
    search = type(engine).search

    def until(limit: int) -> object:
        def limited(self: Engine, sources: Sequence[Tokenized], *rest: object) -> object:
            said.extend(source.text for source in sources)
            if len(said) > limit:
                raise OutputError("the power fails")
            return search(self, sources, *rest)  # type: ignore[arg-type]

        return limited

    def once() -> None:
        articles = tk.Articles(tk.expand_inputs([str(path)]))
        outputs = tk.Outputs(tk.Wanted(str(goal)), articles.inputs, lambda _: None)
        journal = Journal(tmp_path / ".j", "a" * 64)
        fast = Making(decoding=tk.Decoding(beam_size=1))
        stream = Stream(lambda: engine, fast, Helpers(caches=(journal,)))
        list(Run(articles, outputs, journal).reports(stream))

    monkeypatch.setattr(type(engine), "search", until(600))  # in the third flight
    with pytest.raises(OutputError, match="power"):
        once()
    assert not goal.exists()
    monkeypatch.setattr(type(engine), "search", until(10**9))
    said.clear()
    once()
    assert len(said) < 700, "the first flight's sentences were kept"
    again = goal.read_bytes()
    goal.unlink()
    once()
    assert goal.read_bytes() == again


# the journal's parts

TEXT = st.text(max_size=20)
RENDERINGS = st.builds(
    Rendering,
    TEXT,
    st.floats(-50, 0),
    st.lists(st.floats(-50, 0), max_size=3).map(tuple),
    st.lists(st.tuples(*[st.integers(0, 99)] * 4), max_size=3).map(tuple),
    st.lists(st.builds(Alternative, TEXT, st.floats(-50, 0)), max_size=2).map(tuple),
    st.lists(
        st.builds(
            Issue,
            st.just("name"),
            TEXT,
            st.none() | st.integers(0, 9).map(lambda n: (n, n + 1)),
            st.none() | st.just((2, 5)),
        ),
        max_size=2,
    ).map(tuple),
    st.booleans(),
)


@given(RENDERINGS)
def test_a_rendering_comes_back_exactly(rendering: Rendering) -> None:
    assert unpack(pack(rendering)) == rendering


def test_an_entry_stands_while_everything_is_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_bytes(b"x")
    entry = Entry("a", "d1", ((str(out), digest_of(out)),), 1)
    assert entry.stands("d1", [out])
    assert not entry.stands("d2", [out])
    assert not entry.stands("", [out])
    assert not replace(entry, digest="").stands("", [out])
    assert not entry.stands("d1", [tmp_path / "other.txt"])
    out.write_bytes(b"y")
    assert not entry.stands("d1", [out])


def test_a_foreign_file_in_place_of_the_journal_is_said(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / ".translate-kit.journal").write_bytes(b"something else " * 100)
    done = run("translate", folder, "-o", out, "--to", "jsonl")
    assert done.returncode == 4
    assert b"no SQLite database" in done.stderr


# a full disk


def test_a_full_disk_is_said_and_after_making_room_it_goes_on(
    folder: Path, tmp_path: Path, small_disk: Path
) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(980_000))
    out = small_disk / "out"
    done = run("translate", folder, "-o", out, "--to", "jsonl")
    told = done.stderr.decode()
    assert done.returncode == 1
    assert "the disk is full" in told
    assert "Traceback" not in told
    run("translate", folder, "-o", tmp_path / "whole", "--to", "jsonl")
    expected = content(tmp_path / "whole")
    for name, data in content(out).items() if out.exists() else ():
        assert data == expected[name], "no half file"
    assert not (out.exists() and list(out.glob("*.tmp")))
    ballast.unlink()
    done = run("translate", folder, "-o", out, "--to", "jsonl")
    assert b"1 of 8 inputs failed" in done.stderr
    assert content(out) == expected


# a memory of the machine's own


def test_a_memory_saves_the_work_and_never_changes_a_byte(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    run("translate", folder, "-o", tmp_path / "plain", "--to", "jsonl")
    run("translate", folder, "-o", tmp_path / "first", "--to", "jsonl", "--memory", store)
    with tk.MemoryStore(store) as memory:
        count = sum(memory.info().machine.values())
    assert count > 60
    run("translate", folder, "-o", tmp_path / "second", "--to", "jsonl", "--memory", store)
    run(
        "translate", folder, "-o", tmp_path / "many", "--to", "jsonl", "--memory", store, "--jobs=2"
    )
    expected = content(tmp_path / "plain")
    for name in ("first", "second", "many"):
        assert content(tmp_path / name) == expected, name
    other = ("--to", "jsonl", "--memory", store, "--beam-size", "1")
    run("translate", folder, "-o", tmp_path / "greedy", *other)
    run("translate", folder, "-o", tmp_path / "greedy-plain", *other[:2], *other[4:])
    assert content(tmp_path / "greedy") == content(tmp_path / "greedy-plain")
    with tk.MemoryStore(store) as memory:
        assert list(memory.info().machine.values()) == [count, count]
        human = "Harga beras naik 7 persen di Jakarta."
        memory.add_pairs({human: "Rice went up by 7 percent."}, ("id", "en"))
    run("translate", folder, "-o", tmp_path / "people", "--to", "text", "--memory", store)
    assert "Rice went up by 7 percent." in (tmp_path / "people" / "3.txt").read_text("utf-8")
