"""Many workers, in processes and on a Ray cluster: the results of one, whatever dies."""

from __future__ import annotations

import json
import os
import signal
import time
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import translate_kit as tk
from translate_kit.corpus import dispatch
from translate_kit.corpus.dispatch import TRIES, Dispatcher, WorkerLostError, loads
from translate_kit.corpus.stream import Stream
from translate_kit.corpus.tasks import Making, Result, Task
from translate_kit.corpus.workers import ProcessWorker, Workbench
from translate_kit.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from translate_kit.engine.runtime import Engine

MAKING = Making(engine=tk.EngineOptions(threads=1), decoding=tk.Decoding(beam_size=1))
LINE = "Harga beras naik {} persen di Jakarta. Pasar sepi."


@pytest.fixture(scope="module")
def engine() -> Engine:
    return tk.load_engine()


def tasks(count: int = 8) -> list[Task]:
    """Articles, a broken one, and a feed."""
    feed = "".join(json.dumps({"text": LINE.format(n)}) + "\n" for n in range(12))
    some = [
        Task(n, f"{n}.txt", "text", ("text", "jsonl"), data=LINE.format(n).encode())
        for n in range(count)
    ]
    some[2] = Task(2, "2.txt", "text", ("text", "jsonl"), data=b"\x00\x01")
    some[4] = Task(4, "feed.jsonl", "jsonl", ("text", "jsonl"), data=feed.encode())
    return some


def joined(results: Sequence[Result]) -> dict[tuple[int, str], bytes]:
    found: dict[tuple[int, str], bytes] = {}
    for result in results:
        for form, data in result.outputs:
            key = (result.task.number, form)
            found[key] = found.get(key, b"") + data
        if result.error:
            found[result.task.number, "error"] = result.error.encode()
    return found


@pytest.fixture(scope="module")
def alone(engine: Engine) -> dict[tuple[int, str], bytes]:
    return joined(list(Stream(lambda: engine, MAKING).results(tasks())))


@pytest.fixture
def small_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "LOAD", 150)


@given(st.lists(st.binary(max_size=40), max_size=20), st.integers(1, 60))
def test_a_feed_is_cut_between_lines_and_nothing_is_lost(lines: list[bytes], size: int) -> None:
    data = b"\n".join(line.replace(b"\n", b"") for line in lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dispatch, "LOAD", size)
        found = [
            t for load in loads([Task(0, "f", "jsonl", ("text",), data=data)]) for t in load.tasks
        ]
    assert b"".join(task.data or b"" for task in found) == data
    assert [task.more for task in found] == [True] * (len(found) - 1) + [False]
    for task, following in pairwise(found):
        assert task.data
        assert task.data.endswith(b"\n")
        assert following.line == task.line + task.data.count(b"\n")


# in this process, dying at will


class Frail:
    """A worker that dies over certain inputs, or after some loads."""

    def __init__(self, bench: Workbench, dies: Callable[[Sequence[Task]], bool]) -> None:
        self.bench, self.dies, self.dead = bench, dies, False

    def submit(self, some: Sequence[Task]) -> Future[list[Result]]:
        if self.dead:
            raise WorkerLostError
        future: Future[list[Result]] = Future()
        if self.dies(some):
            self.dead = True
            future.set_exception(WorkerLostError())
        else:
            future.set_result(self.bench.work(some))
        return future

    def outcome(self, future: Future[list[Result]]) -> list[Result]:
        return future.result()

    def close(self) -> None:
        self.dead = True


@pytest.mark.usefixtures("small_loads")
def test_what_a_dead_worker_had_is_done_by_others(alone: dict[tuple[int, str], bytes]) -> None:
    bench = Workbench(MAKING)
    deaths = iter([False, True, False, False, True, *[False] * 99])
    dispatcher = Dispatcher(lambda: Frail(bench, lambda _: next(deaths)), 2)
    results = list(dispatcher.results(tasks()))
    assert joined(results) == alone
    numbers = [result.task.number for result in results]
    assert numbers == sorted(numbers)


def test_an_input_that_kills_every_worker_fails_alone(
    alone: dict[tuple[int, str], bytes],
) -> None:
    bench = Workbench(MAKING)

    def dies(some: Sequence[Task]) -> bool:
        return any(task.number == 3 for task in some)

    found = joined(list(Dispatcher(lambda: Frail(bench, dies), 2).results(tasks())))
    assert f"{TRIES} workers died" in found.pop((3, "error")).decode()
    assert found == {key: data for key, data in alone.items() if key[0] != 3}


@pytest.mark.usefixtures("small_loads")
def test_a_feed_with_a_bad_line_fails_once_with_its_number() -> None:
    lines = [json.dumps({"text": LINE.format(n)}) for n in range(30)]
    lines[17] = "no article"
    feed = Task(0, "feed.jsonl", "jsonl", ("jsonl",), data="\n".join(lines).encode())
    bench = Workbench(MAKING)
    results = list(Dispatcher(lambda: Frail(bench, lambda _: False), 2).results([feed]))
    errors = [result for result in results if result.error]
    assert len(errors) == 1
    assert errors[0] is results[-1]
    assert "line 18" in errors[0].error


@pytest.mark.usefixtures("small_loads")
def test_not_everything_is_read_at_once() -> None:
    read: list[int] = []

    def many() -> Iterator[Task]:
        for number in range(200):
            read.append(number)
            yield Task(number, "x", "text", ("text",), data=LINE.format(number).encode() * 3)

    bench = Workbench(MAKING)
    results = Dispatcher(lambda: Frail(bench, lambda _: False), 2).results(many())
    next(results)
    assert len(read) < 20


# processes


@pytest.mark.usefixtures("small_loads")
def test_processes_give_the_same_and_a_killed_one_is_replaced(engine: Engine) -> None:
    many = tasks(40)
    hired: list[ProcessWorker] = []

    def hire() -> ProcessWorker:
        hired.append(ProcessWorker(MAKING))
        return hired[-1]

    results: list[Result] = []
    for result in Dispatcher(hire, 2).results(many):
        if not results:
            for pid in hired[0]._pool._processes:  # noqa: SLF001
                os.kill(pid, signal.SIGKILL)
        results.append(result)
    assert joined(results) == joined(list(Stream(lambda: engine, MAKING).results(many)))
    assert len(hired) == 3


def test_the_engines_errors_come_back_as_they_are() -> None:
    making = Making(engine=tk.EngineOptions(compute_type="int16", threads=1))
    try:
        tk.load_engine(None, "id-en", making.engine)
    except EngineError as error:
        expected = str(error)
    else:
        pytest.skip("this processor computes in 16 bits")
    with pytest.raises(EngineError) as raised:
        list(Dispatcher(lambda: ProcessWorker(making), 1).results(tasks()))
    assert str(raised.value) == expected


# a cluster


def actors() -> list[int]:
    """Return the processes of our actors."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes()
        except OSError:
            continue
        if line.startswith(b"ray::Workbench"):
            found.append(int(path.parent.name))
    return found


@pytest.mark.ray
@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_a_ray_cluster_gives_the_same_though_a_worker_is_killed(
    tmp_path: Path,
) -> None:
    root = tmp_path / "in"
    root.mkdir()
    for number in range(40):
        text = "\n\n".join(LINE.format(100 * number + n) for n in range(15))
        (root / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (root / "07.txt").write_bytes(b"\x00\x01")

    def run(out: Path, plan: tk.Plan, *, kill: bool = False) -> dict[str, bytes]:
        articles = tk.Articles(tk.expand_inputs([str(root)]))
        outputs = tk.Outputs(tk.Wanted(str(out), ("jsonl",)), articles.inputs, lambda _: None)
        killed = False
        for report in tk.translate_articles(articles, outputs, plan):
            assert report.status != "failed" or report.name.endswith("07.txt")
            if kill and not killed and len(actors()) == 2:
                os.kill(actors()[0], signal.SIGKILL)
                killed = True
        assert killed == kill
        return {path.name: path.read_bytes() for path in out.glob("*.jsonl")}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dispatch, "LOAD", 2000)
        begun = time.monotonic()
        plan = tk.Plan(MAKING, jobs=2, runner="ray")
        found = run(tmp_path / "ray", plan, kill=True)
    assert time.monotonic() - begun < 120
    assert found == run(tmp_path / "here", tk.Plan(MAKING))
    assert len(found) == 39
