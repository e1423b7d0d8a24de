"""Many documents through one engine: the same results, in order, whatever shares a flight."""

from __future__ import annotations

import json
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import translate_kit as tk
from translate_kit.corpus import reading, spool, stream
from translate_kit.corpus.stream import Helpers, Stream
from translate_kit.corpus.tasks import Making, Result, Task
from translate_kit.errors import BrokenModelError, OptionError
from translate_kit.translate import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from translate_kit.engine.families import Tokenized
    from translate_kit.engine.runtime import Engine
    from translate_kit.translate.sentences import Rendering

TEXTS = (
    "Harga beras naik.\n\nPresiden tiba di Jakarta pada 7 Oktober. Pasar sepi.\n",
    "Pasar sepi.\n",
    "HARGA BERAS NAIK TAJAM\n\nMenteri menunggu. Pasar sepi.\n\n- Satu.\n- Dua.\n",
    "Ia berkata, “Kami akan datang.” Menteri menunggu.\n",
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return tk.load_engine()


def human(source: str, target: str) -> tk.Bitext:
    one, other = (
        tk.Document(code, (tk.Block("paragraph", text, (tk.Sentence(0, len(text)),)),))
        for code, text in (("id", source), ("en", target))
    )
    return tk.Bitext(one, other, (tk.Bead(range(1), range(1), "human"),))


def task(number: int, text: str, *formats: str, form: str = "text") -> Task:
    return Task(number, f"{number}.txt", form, formats or ("text",), data=text.encode())


def run(
    engine: Engine,
    tasks: Sequence[Task],
    making: Making | None = None,
    helpers: Helpers | None = None,
) -> list[Result]:
    return list(Stream(lambda: engine, making or Making(), helpers).results(tasks))


def texts(results: Sequence[Result]) -> dict[int, str]:
    found: dict[int, str] = {}
    for result in results:
        for form, data in result.outputs:
            if form == "text":
                number = result.task.number
                found[number] = found.get(number, "") + data.decode()
    return found


def test_documents_come_out_in_order_as_if_each_were_alone(engine: Engine) -> None:
    formats = ("text", "jsonl", "html", "tmx")
    together = run(engine, [task(n, text, *formats) for n, text in enumerate(TEXTS)])
    assert [r.task.number for r in together if r.last] == list(range(len(TEXTS)))
    for number, text in enumerate(TEXTS):
        article = tk.read_document(text.encode(), "text", tk.Reading(f"{number}.txt"))
        bitext = tk.translate_document(article, engine)
        made = {form: data for r in together if r.task.number == number for form, data in r.outputs}
        assert made == {form: tk.write_bitexts([bitext], form) for form in formats}


@settings(deadline=None, max_examples=8)
@given(st.permutations(range(len(TEXTS))), st.integers(1, 7))
def test_what_shares_a_flight_does_not_matter(
    engine: Engine, order: Sequence[int], size: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "FLIGHT", size)
        patch.setattr(stream, "AHEAD", 2 * size)
        results = run(engine, [replace(task(n, TEXTS[n]), number=n) for n in order])
    plain = texts(run(engine, [task(n, text) for n, text in enumerate(TEXTS)]))
    assert list(texts(results)) == list(order)
    assert texts(results) == plain


def test_identical_sentences_are_translated_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = type(engine).search

    def noted(self: Engine, some: Sequence[Tokenized], *rest: object) -> object:
        asked.extend(source.text for source in some)
        return search(self, some, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(type(engine), "search", noted)
    run(engine, [task(n, TEXTS[n % len(TEXTS)]) for n in range(12)])
    assert asked.count("Pasar sepi.") == 1
    assert asked.count("Menteri menunggu.") == 1


def test_a_bad_input_fails_alone_and_is_said(engine: Engine, tmp_path: Path) -> None:
    missing = Task(1, str(tmp_path / "none.txt"), "text", ("text",))
    noise = Task(2, "noise", "text", ("text",), data=bytes(range(256)))
    results = run(engine, [task(0, TEXTS[0]), missing, noise, task(3, TEXTS[1])])
    errors = {r.task.number: r.error for r in results if r.error}
    assert set(errors) == {1, 2}
    assert "no such file" in errors[1]
    assert "no text" in errors[2]
    assert set(texts(results)) == {0, 3}


def test_a_mistake_in_the_options_ends_the_run(engine: Engine) -> None:
    with pytest.raises(OptionError, match="unknown encoding"):
        run(engine, [replace(task(0, TEXTS[0]), encoding="klingon")])


def test_a_model_that_cannot_be_loaded_ends_the_run() -> None:
    def load() -> Engine:
        raise BrokenModelError("no weights")

    with pytest.raises(BrokenModelError, match="no weights"):
        list(Stream(load, Making()).results([task(0, TEXTS[0])]))


def test_a_fault_where_tasks_come_from_is_not_taken_for_their_end(engine: Engine) -> None:
    def tasks() -> Iterator[Task]:
        yield task(0, TEXTS[1])
        raise RuntimeError("a fault")

    results = Stream(lambda: engine, Making()).results(tasks())
    assert next(results).task.number == 0
    with pytest.raises(RuntimeError, match="a fault"):
        list(results)


def test_nothing_to_do_loads_nothing() -> None:
    def load() -> Engine:
        raise AssertionError("there was nothing to translate")

    assert list(Stream(load, Making()).results([])) == []


def test_a_long_text_goes_in_parts_and_comes_out_as_one(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n\n".join(f"Harga beras naik {n} persen. Pasar sepi." for n in range(9)) + "\n"
    whole = run(engine, [task(0, text, "text", "tsv")])
    monkeypatch.setattr(reading, "PART", 4)
    results = run(engine, [task(0, text, "text", "tsv", "jsonl")])
    assert len(results) > 3
    assert sum(r.tally.sentences for r in results) == 18
    assert texts(results) == texts(whole), "no line more than in one piece"
    assert all(form != "tsv" for r in results[:-1] for form, _ in r.outputs)
    lines = b"".join(d for r in results for form, d in r.outputs if form == "jsonl")
    bitexts = tk.read_bitexts(lines, "jsonl", tk.Reading())
    assert sum(len(bitext.beads) for bitext in bitexts) == 18


def test_articles_of_a_feed_leave_one_by_one_and_before_the_last_arrives(engine: Engine) -> None:
    feed = [json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(TEXTS)]
    results = run(engine, [replace(task(0, "".join(feed), form="jsonl"), mirrored=True)])
    assert len(results) == len(TEXTS) + 1
    again = [json.loads(r.mirror) for r in results if r.mirror]
    assert [article["id"] for article in again] == list(range(len(TEXTS)))
    assert "Jakarta" in again[0]["text"]

    came = threading.Event()

    def tasks() -> Iterator[Task]:
        yield task(0, TEXTS[0])
        assert came.wait(60), "the first leaves though the second has not come"
        yield task(1, TEXTS[1])

    numbers = []
    for result in Stream(lambda: engine, Making()).results(tasks()):
        numbers.append((result.task.number, result.last))
        came.set()
    assert numbers == [(0, False), (0, True), (1, False), (1, True)]


def test_an_article_of_many_may_be_without_a_sentence_but_not_all(engine: Engine) -> None:
    feed = [json.dumps({"title": "Harga naik.", "text": ""}), json.dumps({"text": "…"})]
    assert not any(r.error for r in run(engine, [task(0, "\n".join(feed), form="jsonl")]))


def test_little_is_read_ahead(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "AHEAD", 6)
    monkeypatch.setattr(stream, "FLIGHT", 3)
    read: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(30):
            read.append(number)
            yield task(number, f"Harga naik {number} persen.\n")

    done = 0
    for result in Stream(lambda: engine, Making()).results(tasks()):
        done += result.last
        assert len(read) - done <= 8
    assert done == 30


def test_flights_grow_with_what_has_flown(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    class Noting(ThreadPoolExecutor):
        def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
            sizes.extend(len(texts) for texts in given)
            return super().submit(work, *given, **named)

    monkeypatch.setattr(stream, "ThreadPoolExecutor", Noting)
    monkeypatch.setattr(stream, "FIRST", 2)
    run(engine, [task(number, f"Harga naik {number} persen.\n") for number in range(60)])
    assert sum(sizes) == 60
    for number, size in enumerate(sizes):
        assert size <= max(2, stream.GROWTH * max(sizes[:number], default=0))


class Kept:
    """A cache in memory."""

    def __init__(self) -> None:
        self.known: dict[str, Rendering] = {}

    def recall(self, some: Sequence[str]) -> Mapping[str, Rendering]:
        return {text: self.known[text] for text in some if text in self.known}

    def remember(self, renderings: Mapping[str, Rendering]) -> None:
        self.known.update(renderings)


def test_what_a_cache_knows_is_not_translated_again_and_the_bytes_are_the_same(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Kept()
    tasks = [task(n, text, "jsonl") for n, text in enumerate(TEXTS)]
    first = run(engine, tasks, helpers=Helpers(caches=(cache,)))
    monkeypatch.setattr(type(engine), "search", None)
    assert run(engine, tasks, helpers=Helpers(caches=(cache,))) == first


def test_what_is_rendered_is_kept_though_its_flight_never_lands(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentences, "TOGETHER", 8)
    monkeypatch.setattr(stream, "FIRST", 40)
    cache = Kept()
    lines = [f"Harga naik {number} persen." for number in range(40)]
    search = type(engine).search

    def failing(self: Engine, *arguments: object) -> Iterator[object]:
        for number, found in enumerate(search(self, *arguments)):  # type: ignore[arg-type]
            if number == 30:
                raise tk.ModelError("the power fails")
            yield found

    with monkeypatch.context() as patch:
        patch.setattr(type(engine), "search", failing)
        with pytest.raises(tk.ModelError, match="power"):
            run(engine, [task(0, "\n".join(lines))], helpers=Helpers(caches=(cache,)))
    assert len(cache.known) == 24, "three groups of eight"
    whole = texts(run(engine, [task(0, "\n".join(lines))]))
    assert (
        texts(run(engine, [task(0, "\n".join(lines))], helpers=Helpers(caches=(cache,)))) == whole
    )
    assert cache.known.keys() == set(lines)


def test_what_people_translated_comes_first(engine: Engine) -> None:
    memory = tk.Memories(({"Pasar sepi.": "The market stood empty."},)).open("a" * 64)
    making = Making(kept=True)
    results = run(engine, [task(0, TEXTS[0])], making, Helpers(memory))
    (bitext,) = results[0].bitexts
    assert [bead.origin for bead in bitext.beads] == ["model", "model", "memory"]
    assert bitext.beads[2].links, "its words are linked by reading"


def test_without_quality_and_with_abstaining(engine: Engine) -> None:
    (part, _) = run(engine, [task(0, TEXTS[0])], Making(judged=False, kept=True))
    assert all(bead.quality is None for bead in part.bitexts[0].beads)
    (part, _) = run(engine, [task(0, TEXTS[0])], Making(abstain="check"))
    assert "[untranslated: " in part.outputs[0][1].decode()


def test_progress_is_told(engine: Engine) -> None:
    read: list[int] = []
    done: list[int] = []
    helpers = Helpers(on_read=read.append, on_done=done.append)
    run(engine, [task(0, TEXTS[0]), task(1, TEXTS[3])], helpers=helpers)
    assert read == [3, 2]
    assert sum(done) == 5


def test_a_run_that_is_left_early_stops_working(engine: Engine) -> None:
    before = threading.active_count()
    texts_ = [f"Harga naik {n} persen dan pasar sepi.\n" for n in range(400)]
    results = Stream(lambda: engine, Making()).results(
        task(n, text) for n, text in enumerate(texts_)
    )
    next(results)
    results.close()  # type: ignore[attr-defined]  # a generator
    assert threading.active_count() <= before + 1


@pytest.mark.parametrize("held", [0, 3, 100])
def test_what_waits_comes_back_in_order(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", held)
    bitexts = [human(f"Harga naik {n} persen.", f"Prices rose {n} percent.") for n in range(9)]
    waiting = spool.Spool()
    for bitext in bitexts:
        waiting.append(bitext)
    assert list(waiting) == list(waiting) == bitexts
    assert (len(waiting), waiting[-1], list(waiting[2:5])) == (9, bitexts[8], bitexts[2:5])
    waiting.close()
    assert list(waiting) == []
