"""The bench: what it starts, what it counts, what it makes of it."""

from __future__ import annotations

import json
import re
import sys
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from bench.__main__ import main
from bench.material import NEWS, WORDS, articles, sentences
from bench.parts import PARTS
from bench.plan import FULL, LINEAR, QUICK, TINY, Plan
from bench.process import READY, Run, run
from bench.report import (
    Measurement,
    Part,
    Range,
    claims,
    claims_table,
    parts_table,
    ratio,
    stage_table,
)
from bench.rivals import RIVALS, evenly
from bench.systems import SYSTEMS, missing
from bench.tune import mixed

import translate_kit as tk

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1024 * 1024


def measured(  # noqa: PLR0917  (a row of a table)
    system: str,
    seconds: float,
    number: int = 0,
    articles: int = 5000,
    asked: int | None = None,
    ready: float = 0.0,
    memory: int = 100,
) -> Measurement:
    count = articles if asked is None else asked
    taken = Run(seconds, ready, ready + 0.1, seconds, memory * MIB, 0.0, count, stopped=False)
    return Measurement(system, articles, 2, number, count, taken)


@pytest.mark.parametrize("news", [NEWS, NEWS / "missing"])
def test_material_is_distinct_of_a_newspapers_length_and_the_same_again(news: Path) -> None:
    found = list(islice(sentences(news), 90))
    assert len(set(found)) == 90
    assert all(len(sentence.split()) in WORDS for sentence in found)
    assert list(islice(sentences(news), 90)) == found


def test_articles_hold_the_sentences_that_our_segmenter_finds_in_them() -> None:
    given = list(islice(sentences(), 45))
    made = list(articles(given))
    assert [sentence for _, found in made for sentence in found] == given
    for text, found in made:
        document = tk.read_document(text.encode(), "text", tk.Reading())
        assert [s.text for s in tk.segment_document(document).sentences] == found


def test_a_few_sentences_are_taken_from_all_over() -> None:
    lines = [str(number) for number in range(10)]
    assert evenly(lines, 5) == ["0", "2", "4", "6", "8"]
    assert evenly(lines, 10) == evenly(lines, 99) == lines


def program(text: str) -> list[str]:
    return [sys.executable, "-c", f"import sys, time\nsay = sys.stdout.buffer.write\n{text}"]


def test_a_process_is_timed_to_ready_first_sentence_and_end() -> None:
    text = f"time.sleep(.2); say({READY!r}); sys.stdout.flush(); time.sleep(.2)\n"
    text += (
        """say(b'{"translate_kit": 1}\\none\\n'); sys.stdout.flush(); time.sleep(.2); say(b'two')"""
    )
    found = run(program(text), 1, 20)
    assert found.sentences == 2
    # what it sleeps is the least it can take, however busy the machine
    assert found.ready >= 0.2
    assert found.first >= max(0.4, found.ready)
    assert found.seconds >= max(0.6, found.first)
    assert found.memory > MIB
    assert not found.stopped


def test_a_process_past_its_limit_is_ended_and_what_came_counts() -> None:
    found = run(program("say(b'one\\n'); sys.stdout.flush(); time.sleep(60)"), 1, 3)
    assert found.stopped
    assert found.sentences == 1
    assert found.seconds == found.first


def test_a_process_that_fails_is_not_taken_for_a_fast_one() -> None:
    with pytest.raises(RuntimeError, match="no such weights"):
        run(program("sys.exit('no such weights')"), 1, 20)


def test_ratios_are_of_runs_in_the_same_round_loading_included() -> None:
    rows = [measured("kit", 10, 0), measured("kit", 30, 1), measured("kit", 20, 2)]
    rows += [measured("sorted", 20, 0, ready=1), measured("sorted", 30, 1, ready=1)]
    assert ratio(rows, "kit", "sorted", 5000, 2) == Range(1.5, 1.0, 2.0, 2)
    assert ratio(rows, "kit", "argos", 5000, 2) is None


def test_who_gets_fewer_sentences_is_timed_without_loading() -> None:
    rows = [measured("kit", 50), measured("float32", 20, asked=100, ready=10)]
    assert ratio(rows, "kit", "float32", 5000, 2) == Range(10.0, 10.0, 10.0, 1)
    table = stage_table(rows, 5000, 2)
    assert re.search(r"transformers float32.* 100\* +10\.0 +10\.0 ", table)
    assert "* timed without loading" in table


def test_a_claim_holds_by_its_median_and_is_never_held_without_measurement() -> None:
    rows = [measured("kit", 100), measured("plain", 52), measured("sorted", 50)]
    rows += [measured("kit", 1, 1, articles=1, ready=0.8), measured("kit", 11, 2, articles=500)]
    found = {claim.text: claim.holds for claim in claims(rows)}
    assert found == {
        "a' / b, speed at 5,000 sentences on 2 cores": False,
        "a / b, speed at 5,000 sentences on 2 cores": False,
        "a / c, speed at 5,000 sentences on 2 cores": None,
        "a / d, speed at 5,000 sentences on 2 cores": None,
        "a / e, speed at 5,000 sentences on 2 cores": None,
        "a / e', speed at 5,000 sentences on 2 cores": None,
        "a, seconds from start to the first sentence": True,
        "a, MiB at most, whatever the input": True,
        "a, time of a sentence in 10 times the input": True,
    }
    lines = claims_table(claims(rows)).splitlines()
    assert [line.rsplit(maxsplit=1)[1] for line in lines[:3]] == ["NO", "NO", "measured"]


def test_single_parts_are_set_beside_the_engine() -> None:
    parts = [Part("translate", 0, 100, 1), Part("translate", 1, 100, 2)]
    parts += [Part("align", 0, 100, 2), Part("align", 1, 100, 2), Part("segment", 0, 3, 2)]
    lines = parts_table(parts, {"segment": "MB"}).splitlines()
    assert lines[2].split() == [
        "align",
        "50.0",
        "(50.0–50.0)",
        "sentences/s",
        "0.75",
        "(0.50–1.00)",
    ]
    assert lines[3].split() == ["segment", "1.50", "MB/s"]


@pytest.mark.parametrize("plan", [FULL, LINEAR, QUICK, TINY])
def test_plans_name_systems_that_there_are(plan: Plan) -> None:
    for stage in plan.stages:
        assert set(stage.systems) <= SYSTEMS.keys()
        assert set(stage.fewer) <= RIVALS.keys()
        assert stage.cores <= 2


def test_transformers_are_left_out_with_a_reason() -> None:
    assert missing(SYSTEMS["float32"], None)
    assert not missing(SYSTEMS["sorted"], None)


def test_a_tiny_run_prints_its_tables_and_keeps_every_measurement(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out" / "bench.json"
    assert main(["--tiny", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    found = json.loads(out.read_text(encoding="utf-8"))
    rows = {row["system"]: row for row in found["measurements"]}
    assert rows.keys() == set(TINY.stages[0].systems)
    for key, row in rows.items():
        taken = row["run"]
        assert taken["sentences"] == row["asked"] == 3
        assert 0 < taken["ready"] <= taken["first"] or SYSTEMS[key].ours
        assert 0 < taken["first"] <= taken["seconds"]
        assert SYSTEMS[key].label in said
    assert found["machine"]["translate_kit"] == tk.__version__
    assert str(out) in said


def test_padded_batches_hold_everything_once_within_their_bound() -> None:
    lengths = [3, 9, 5, 9, 1, 30]
    cut = mixed(lengths, 18)
    assert sorted(number for batch in cut for number in batch) == list(range(6))
    assert all(lengths[batch[0]] * len(batch) <= 18 or len(batch) == 1 for batch in cut)
    assert [lengths[batch[0]] for batch in cut] == [30, 9, 5]


def test_parts_have_names_of_their_own() -> None:
    assert "translate" not in PARTS
