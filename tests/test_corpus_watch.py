"""A folder is watched: what arrives is translated once it is whole, whatever happens meanwhile."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import translate_kit as tk
from translate_kit.cli.boundary import run
from translate_kit.corpus import arrivals
from translate_kit.corpus.watch import WATCH_JOURNAL, Watching, watch_folder
from translate_kit.errors import InputError, OptionError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Self

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
PATIENCE = 60.0
"""Seconds after which what should happen is said not to."""


class Watch:
    """A watch in a process of its own, and what it has said so far."""

    def __init__(self, *arguments: str | Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "translate_kit", "watch", *map(str, arguments)],
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
            text=True,
        )
        self.lines: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr
        self.lines.extend(iter(self.process.stderr.readline, ""))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGKILL)

    def end(self, number: signal.Signals) -> int:
        """Send a signal, unless it has ended; return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._listener.join()
        assert self.process.stderr
        self.process.stderr.close()
        return code

    def says(self, *parts: str) -> bool:
        return any(all(part in line for part in parts) for line in tuple(self.lines))


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.02)


def once(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "translate_kit", "watch", *map(str, arguments), "--once"],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
        timeout=PATIENCE,
    )


@contextmanager
def in_time() -> Iterator[None]:
    """Raise in the main thread where the body waits for what does not happen."""

    def late(*_: object) -> None:
        raise TimeoutError("it does not happen")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(int(PATIENCE))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def reports(watching: Watching) -> list[tk.Report]:
    with in_time():
        return list(watch_folder(replace(watching, once=True), tk.Plan()))


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    """A folder of one article."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Pasar sepi.\n", encoding="utf-8")
    return Watching(folder, tmp_path / "out", ("text",), settle=0.05, pause=0.1)


# one watch, to which much happens; its output lies in what is watched


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def live(desk: Path) -> Iterator[Watch]:
    watched = desk / "in"
    watched.mkdir()
    with Watch(watched, watched / "out", "--to", "text", "--settle", "0.6") as watch:
        yield watch
        assert watch.process.poll() is None, "nothing has ended it"


@pytest.fixture
def watched(desk: Path, live: Watch) -> Path:
    assert live.process.poll() is None
    return desk / "in"


def test_an_article_is_translated_when_it_arrives(watched: Path, live: Watch) -> None:
    (watched / "first.txt").write_text("Presiden tiba di Jakarta.\n", encoding="utf-8")
    goal = watched / "out" / "first.txt.txt"
    until(lambda: live.says("first.txt →", str(goal), "1 sentence;", "mean quality 0."))
    assert "Jakarta" in text(goal)


def test_new_folders_are_watched_and_mirrored(watched: Path, desk: Path) -> None:
    deep = watched / "kota" / "bandung"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("Ini dari Bandung.\n", encoding="utf-8")
    (desk / "moved").mkdir()
    (desk / "moved" / "b.txt").write_text("Ini dari Jakarta.\n", encoding="utf-8")
    (desk / "moved").rename(watched / "moved")
    out = watched / "out"
    until(lambda: "Bandung" in text(out / "kota" / "bandung" / "a.txt.txt"))
    until(lambda: "Jakarta" in text(out / "moved" / "b.txt.txt"))
    (watched / "moved" / "c.txt").write_text("Ini dari Surabaya.\n", encoding="utf-8")
    until(lambda: "Surabaya" in text(out / "moved" / "c.txt.txt"))


def test_a_slow_writer_is_waited_for(watched: Path) -> None:
    goal = watched / "out" / "slow.txt.txt"
    with (watched / "slow.txt").open("w", encoding="utf-8") as file:
        for number in range(10):
            file.write(f"Ini nomor {number} dari Jakarta.\n\n")
            file.flush()
            time.sleep(0.2)
            assert not goal.exists(), "it is not whole"
    until(lambda: "9" in text(goal))
    assert len(text(goal).splitlines()) == 10


def test_what_is_renamed_into_its_place_is_an_article_and_what_is_unfinished_is_none(
    watched: Path, live: Watch
) -> None:
    for name in ("x.txt.part", ".x.txt", "~x.txt", "x.txt~", "x.tmp", "x.png", ".x/x.txt"):
        path = watched / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Ini dari Bandung.\n", encoding="utf-8")
    (watched / "x.txt.part").rename(watched / "renamed.txt")
    until(lambda: "Bandung" in text(watched / "out" / "renamed.txt.txt"))
    time.sleep(0.8)
    assert not [name for name in content(watched / "out") if "x" in name.replace(".txt", "")]
    assert not live.says("x.txt~")


def test_what_changes_is_translated_again(watched: Path) -> None:
    path, goal = watched / "changing.txt", watched / "out" / "changing.txt.txt"
    path.write_text("Ini dari Bandung.\n", encoding="utf-8")
    until(lambda: "Bandung" in text(goal))
    path.write_text("Ini dari Depok.\n", encoding="utf-8")
    until(lambda: "Depok" in text(goal))


def test_what_fails_is_said_once_and_tried_again_when_it_changes(
    watched: Path, live: Watch
) -> None:
    path = watched / "broken.txt"
    path.write_bytes(b"\0\1")
    until(lambda: live.says("translate-kit:", "broken.txt is no text"))
    path.write_bytes(b"\0\1")  # the same again
    time.sleep(1.2)
    assert sum("broken.txt" in line for line in live.lines) == 1
    path.write_text("Ini dari Bandung.\n", encoding="utf-8")
    until(lambda: "Bandung" in text(watched / "out" / "broken.txt.txt"))


def test_what_vanishes_is_no_failure(watched: Path, live: Watch) -> None:
    path = watched / "gone.txt"
    path.write_text("Ini dari Bandung.\n", encoding="utf-8")
    time.sleep(0.3)
    path.unlink()
    (watched / "after.txt").write_text("Ini dari Depok.\n", encoding="utf-8")
    until(lambda: live.says("after.txt →"))
    assert not live.says("gone.txt")


def test_what_is_written_is_not_watched(watched: Path, live: Watch) -> None:
    (watched / "last.txt").write_text("Pasar sepi.\n", encoding="utf-8")
    until(lambda: live.says("last.txt →"))
    assert not (watched / "out" / "out").exists()
    assert not live.says("txt.txt →")


# ended and begun again


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_soon_and_goes_on_where_it_was(
    watching: Watching, number: signal.Signals, code: int
) -> None:
    folder, out = watching.folder, watching.output
    arguments = (folder, out, "--to", "text", "--settle", "0.1", "--beam-size", "1")
    with Watch(*arguments) as watch:
        until(lambda: watch.says("a.txt →"))
        lines = [f"Harga beras naik {n} persen di Jakarta.\n" for n in range(2500)]
        (folder / "long.txt").write_text("\n".join(lines), encoding="utf-8")
        time.sleep(1)
        begun = time.monotonic()
        assert watch.end(number) == code
        assert time.monotonic() - begun < 5
        assert not watch.says("Traceback")
    assert set(content(out)) == {"a.txt.txt"}, "what was open is put away"
    assert not list(out.rglob("*.tmp"))
    (folder / "long.txt").write_text("Pasar sepi.\n", encoding="utf-8")
    (folder / "new.txt").write_text("Pasar sepi.\n", encoding="utf-8")
    with Watch(*arguments) as watch:
        until(lambda: watch.says("long.txt →") and watch.says("new.txt →"))
        assert watch.end(signal.SIGTERM) == 0
        assert not watch.says("a.txt"), "what was done is not done again"


def test_killed_at_any_moment_it_goes_on_and_ends_in_the_same_bytes(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(12):
        text = f"Ini nomor {number} dari Jakarta.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    options = ("--to", "jsonl", "--to", "text", "--settle", "0.05", "--beam-size", "1")
    begun = time.monotonic()
    assert once(folder, tmp_path / "whole", *options).returncode == 0
    usual = time.monotonic() - begun
    expected = content(tmp_path / "whole")
    assert len(expected) == 24
    chance = random.Random(7)
    for _ in range(6):
        with Watch(folder, out, *options) as watch, suppress(subprocess.TimeoutExpired):
            watch.process.wait(chance.uniform(0.5, 1.0) * usual)
        for name, data in content(out).items() if out.exists() else ():
            assert data == expected[name], "what is there is whole"
        if out.exists() and len(content(out)) == len(expected):
            shutil.rmtree(out)
    assert once(folder, out, *options).returncode == 0
    assert content(out) == expected
    left = {path.name for path in out.iterdir() if path.name.startswith(".")}
    assert left == {WATCH_JOURNAL}


def test_once_does_what_is_there_and_says_failures_once(watching: Watching) -> None:
    folder, out = watching.folder, watching.output
    (folder / "b.txt").write_bytes(b"\0\1")
    arguments = (folder, out, "--to", "html", "--to", "jsonl", "--settle", "0.1")
    done = once(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    first, second = done.stderr.splitlines()
    assert first.startswith(f"{folder}/a.txt → {out}/a.txt.html, {out}/a.txt.jsonl; 1 sentence;")
    assert "b.txt is no text" in second
    assert set(content(out)) == {"a.txt.html", "a.txt.jsonl"}
    done = once(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "c.txt").write_text("Pasar sepi.\n", encoding="utf-8")
    done = once(*arguments, "-q")
    assert (done.returncode, done.stderr) == (0, "")
    assert (out / "c.txt.html").exists()


def test_once_leaves_a_file_that_grows(watching: Watching) -> None:
    path = watching.folder / "b.txt"
    end = threading.Event()

    def grow() -> None:
        while not end.wait(0.02):
            with path.open("a", encoding="utf-8") as file:
                file.write("Pasar sepi.\n")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        until(path.exists)
        found = reports(replace(watching, settle=0.3))
    finally:
        end.set()
        writer.join()
    assert [Path(report.name).name for report in found] == ["a.txt"]


# what is done


def test_names_are_the_same_whatever_comes_first(watching: Watching, tmp_path: Path) -> None:
    found = []
    for order in (("a.txt", "a.md", "a.markdown"), ("a.markdown", "a.md", "a.txt")):
        folder = tmp_path / order[0]
        folder.mkdir()
        other = replace(watching, folder=folder, output=tmp_path / f"{order[0]}-out")
        for name in order:
            (folder / name).write_text(f"Ini {order.index(name)} dari Jakarta.\n", encoding="utf-8")
            reports(other)
        found.append(set(content(other.output)))
    assert found == [{"a.txt.txt", "a.md.txt", "a.markdown.txt"}] * 2


def test_what_became_of_the_output_does_not_matter_but_other_options_do(
    watching: Watching,
) -> None:
    (watching.folder / "b.txt").write_text("Menteri menunggu.\n", encoding="utf-8")
    assert [report.status for report in reports(watching)] == ["done", "done"]
    (watching.output / "a.txt.txt").write_text("The market is quiet.\n", encoding="utf-8")
    (watching.output / "b.txt.txt").unlink()
    assert reports(watching) == [], "corrected, and taken away"
    assert text(watching.output / "a.txt.txt") == "The market is quiet.\n"
    os.utime(watching.folder / "a.txt")
    assert reports(watching) == [], "the same content"
    assert len(reports(replace(watching, formats=("text", "jsonl")))) == 2


def test_what_is_there_already_comes_the_oldest_first(tmp_path: Path) -> None:
    names = [f"{letter}.txt" for letter in "hgfedcba"]
    for age, name in enumerate(names):
        (tmp_path / name).write_text("Pasar sepi.\n", encoding="utf-8")
        os.utime(tmp_path / name, (1000 + age, 1000 + age))
    for _ in range(100):  # it was otherwise in two of a hundred
        looking = arrivals.Arrivals(tmp_path, tmp_path / "out", settle=0.002, poll=False, once=True)
        with looking:
            assert [found.named.place.name for found in looking.arrivals()] == names


def test_the_folders_may_be_named_in_other_ways(
    watching: Watching, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (watching.folder / "b.txt").write_bytes(b"\0\1")
    assert [report.status for report in reports(watching)] == ["done", "failed"]
    monkeypatch.chdir(tmp_path)
    assert reports(replace(watching, folder=Path("in"), output=Path("out"))) == []
    watching.folder.rename(tmp_path / "elsewhere")
    assert reports(replace(watching, folder=tmp_path / "elsewhere")) == []


def test_nothing_in_the_watched_folder_is_touched(watching: Watching) -> None:
    def state() -> dict[str, tuple[int, int]]:
        found = [watching.folder, *watching.folder.rglob("*")]
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in found}

    before = state()
    reports(watching)
    assert state() == before


def test_names_that_are_no_text_are_translated_and_said_safely(
    watching: Watching, capfd: pytest.CaptureFixture[str]
) -> None:
    names = (os.fsdecode(b"\xff.txt"), "two\nlines.txt", "\x1b[31m.txt")
    for name in names:
        (watching.folder / name).write_text("Pasar sepi.\n", encoding="utf-8")
    arguments = ["watch", str(watching.folder), str(watching.output), "--to", "jsonl"]
    with in_time():
        assert run([*arguments, "--once", "--settle", "0"]) == 0
        told = capfd.readouterr().err
        assert run([*arguments, "--once", "--settle", "0"]) == 0, "and known again"
    assert capfd.readouterr().err == ""
    assert len(told.splitlines()) == 4
    assert "\x1b" not in told
    assert set(content(watching.output)) == {f"{name}.jsonl" for name in (*names, "a.txt")}


# where it cannot go on


@pytest.mark.parametrize(
    ("folder", "out", "error", "words"),
    [
        ("none", "out", InputError, "no folder"),
        ("in/a.txt", "out", InputError, "no folder"),
        ("in", "in", OptionError, "where articles arrive"),
        ("in/sub", "in", OptionError, "where articles arrive"),
        ("in", "in/a.txt/out", OutputError, "cannot make the folder"),
    ],
)
def test_folders_that_do_not_fit(
    watching: Watching, folder: str, out: str, error: type[tk.TranslateKitError], words: str
) -> None:
    root = watching.folder.parent
    (watching.folder / "sub").mkdir()
    with pytest.raises(error, match=words):
        reports(replace(watching, folder=root / folder, output=root / out))


def test_mistakes_in_the_options_are_said_at_once(watching: Watching) -> None:
    with pytest.raises(OptionError, match="unknown encoding"):
        reports(replace(watching, encoding="klingon"))
    with in_time(), pytest.raises(tk.ModelNotFoundError, match="no model"):
        list(watch_folder(watching, tk.Plan(tk.Making(model="none"))))


def test_two_watches_do_not_share_an_output(watching: Watching) -> None:
    with in_time(), closing(watch_folder(watching, tk.Plan())) as first:
        next(first)
        with pytest.raises(OutputError, match="another watch"):
            reports(watching)
    assert reports(watching) == []


def test_where_the_system_cannot_tell_it_is_said_what_can_be_done(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        raise OSError("OS file watch limit reached")
        yield set()

    monkeypatch.setattr("watchfiles.watch", refused)
    with in_time(), pytest.raises(InputError, match=r"limit reached.*--poll"):
        list(watch_folder(watching, tk.Plan()))


def test_polling_sees_what_arrives(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchfiles.watch", None)
    monkeypatch.setattr(arrivals, "POLL", 0.05)
    polled = replace(watching, poll=True)
    with in_time(), closing(watch_folder(polled, tk.Plan())) as found:
        assert next(found).name.endswith("a.txt")
        (watching.folder / "b.txt").write_text("Menteri menunggu.\n", encoding="utf-8")
        assert next(found).name.endswith("b.txt")


def test_what_cannot_be_written_is_said_once_and_tried_again(watching: Watching) -> None:
    hindrance = watching.output / "a.txt.txt"
    hindrance.mkdir(parents=True)
    with in_time(), closing(watch_folder(watching, tk.Plan())) as found:
        report = next(found)
        assert (report.status, report.written) == ("postponed", ())
        assert "is a folder" in report.error
        (watching.folder / "b.txt").write_text("Menteri menunggu.\n", encoding="utf-8")
        assert next(found).name.endswith("b.txt"), "others are not held up"
        hindrance.rmdir()
        report = next(found)
        assert (report.status, report.written) == ("done", (hindrance,))
    assert "arket" in text(hindrance)


def test_once_tries_once_what_cannot_be_written(
    watching: Watching, capsys: pytest.CaptureFixture[str]
) -> None:
    (watching.output / "a.txt.txt").mkdir(parents=True)
    (watching.folder / "b.txt").write_text("Menteri menunggu.\n", encoding="utf-8")
    arguments = ["watch", str(watching.folder), str(watching.output), "--to", "text", "--once"]
    with in_time():
        assert run([*arguments, "--settle", "0"]) == 1
    told = capsys.readouterr().err
    assert "a.txt.txt': is a folder" in told
    assert "again" not in told
    assert "b.txt →" in told


def test_a_full_disk_is_said_and_when_there_is_room_it_goes_on(
    watching: Watching, small_disk: Path
) -> None:
    out = small_disk / "out"
    ballast = small_disk / "ballast"
    full = replace(watching, output=out, formats=("html",))
    with in_time(), closing(watch_folder(full, tk.Plan())) as found:
        assert next(found).status == "done"
        room = shutil.disk_usage(small_disk).free
        ballast.write_bytes(bytes(room - 8192))
        (watching.folder / "b.txt").write_text("Menteri menunggu.\n", encoding="utf-8")
        report = next(found)
        assert report.status == "postponed"
        assert "the disk is full" in report.error
        (watching.folder / "c.txt").write_text("Menteri menunggu.\n", encoding="utf-8")
        time.sleep(1)
        assert set(content(out)) == {"a.txt.html"}
        assert not list(out.glob("*.tmp"))
        ballast.unlink()
        done = {Path(next(found).name).name for _ in "bc"}
    assert done == {"b.txt", "c.txt"}
    assert set(content(out)) == {"a.txt.html", "b.txt.html", "c.txt.html"}


def test_an_output_that_is_removed_is_made_again(watching: Watching) -> None:
    (watching.folder / "sub").mkdir()
    with in_time(), closing(watch_folder(watching, tk.Plan())) as found:
        next(found)
        for name in ("b", "c"):
            path = watching.folder / "sub" / f"{name}.txt"
            path.write_text("Menteri menunggu.\n", encoding="utf-8")
            assert next(found).status == "done"
            assert set(content(watching.output / "sub")) == {f"{name}.txt.txt"}
            shutil.rmtree(watching.output / "sub")
