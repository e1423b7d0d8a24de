"""Scores are sacreBLEU's own: digit for digit, tests and intervals included."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.errors import InputError, OptionError
from translate_kit.evaluate import (
    Corpus,
    MetricSettings,
    Scoring,
    Stream,
    System,
    evaluate,
    score_lines,
    steps,
)
from translate_kit.evaluate.library import Metric
from translate_kit.evaluate.trust import spearman

FLORES = Path(__file__).parents[2] / "shared" / "data" / "dev" / "flores-dev"
SIX = ("argos", "bergamot-tiny", "google", "microsoft", "nllb", "opusmt")
needs_flores = pytest.mark.skipif(not FLORES.is_dir(), reason=f"no development data at {FLORES}")

HYPOTHESES = ("The president arrived in Jakarta.", "Prices rose by 10 percent.")
REFERENCES = ("The president has arrived in Jakarta.", "Prices rose 10 per cent.")
QUICK = Scoring(bootstrap=0, trials=0)


def corpus(*systems: tuple[str, ...], references: tuple[str, ...] = REFERENCES) -> Corpus:
    named = (System(f"system {n}", lines) for n, lines in enumerate(systems))
    return Corpus(tuple(named), (Stream("reference", references),))


def flores(name: str, every: int = 1) -> tuple[str, ...]:
    text = (FLORES / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.rstrip() for line in text.split("\n")[:-1])[::every]


def six_systems(every: int) -> Corpus:
    return Corpus(
        tuple(System(name, flores(f"{name}.en", every)) for name in SIX),
        (Stream("en", flores("en", every)),),
    )


def program(folder: Path, parts: Corpus, *options: str, seed: str = "12345") -> str:
    """Run the sacrebleu program on a corpus and return what it prints."""
    systems = (Stream(system.name, system.lines) for system in parts.systems)
    for part in (*systems, *parts.references):
        text = "".join(f"{line}\n" for line in part.lines)
        (folder / part.name).write_text(text, encoding="utf-8")
    references = [part.name for part in parts.references]
    names = [system.name for system in parts.systems]
    done = subprocess.run(
        [sys.executable, "-m", "sacrebleu", *references, "-i", *names, "--no-color", *options],
        cwd=folder,
        env={**os.environ, "SACREBLEU_SEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def sacrebleu(folder: Path, parts: Corpus, *options: str) -> list[dict[str, str]]:
    """Run the sacrebleu program and return its JSON."""
    rows: list[dict[str, str]] = json.loads(program(folder, parts, *options, "-f", "json"))
    return rows


OPTIONS: dict[str, tuple[str, MetricSettings, tuple[str, ...], int]] = {
    "bleu": ("bleu", MetricSettings(), (), 1),
    "bleu, another tokenizer and case": (
        "bleu",
        MetricSettings(tokenize="intl", lowercase=True),
        ("--tokenize", "intl", "--lowercase"),
        4,
    ),
    "bleu of characters": ("bleu", MetricSettings(tokenize="char"), ("--tokenize", "char"), 4),
    "bleu without tokenizer, add-k": (
        "bleu",
        MetricSettings(tokenize="none", smooth_method="add-k", smooth_value=0.5),
        ("--tokenize", "none", "--smooth-method", "add-k", "--smooth-value", "0.5"),
        4,
    ),
    "bleu, floor": (
        "bleu",
        MetricSettings(smooth_method="floor"),
        ("--smooth-method", "floor"),
        40,
    ),
    "chrf": ("chrf", MetricSettings(), (), 4),
    "chrf++": ("chrf++", MetricSettings(), ("--chrf-word-order", "2"), 1),
    "chrf, other orders": (
        "chrf",
        MetricSettings(char_order=4, word_order=1, beta=3, chrf_lowercase=True),
        (
            *("--chrf-char-order", "4", "--chrf-word-order", "1", "--chrf-beta", "3"),
            "--chrf-lowercase",
        ),
        8,
    ),
    "chrf with white space, epsilon": (
        "chrf",
        MetricSettings(whitespace=True, eps_smoothing=True),
        ("--chrf-whitespace", "--chrf-eps-smoothing"),
        8,
    ),
    "ter": ("ter", MetricSettings(), (), 10),
    "ter, case and punctuation": (
        "ter",
        MetricSettings(ter_case_sensitive=True, ter_no_punct=True),
        ("--ter-case-sensitive", "--ter-no-punct"),
        20,
    ),
    "ter, normalized": (
        "ter",
        MetricSettings(ter_normalized=True, ter_asian_support=True),
        ("--ter-normalized", "--ter-asian-support"),
        20,
    ),
}


@needs_flores
@pytest.mark.parametrize("name", OPTIONS)
def test_scores_of_six_systems_are_those_of_the_program(name: str, tmp_path: Path) -> None:
    metric, chosen, options, every = OPTIONS[name]
    parts = six_systems(every)
    kind = metric.removesuffix("++")
    rows = sacrebleu(tmp_path, parts, "-m", kind, "-w", "10", *options)
    ours = evaluate(parts, replace(QUICK, metrics=(metric,), settings=chosen))
    for row, score in zip(rows, ours.scores, strict=True):
        assert row["system"] == score.system
        assert row[score.label] == f"{score.value:.10f}"


RESULT = re.compile(r"([\d.]+)(?: \(([\d.]+) ± ([\d.]+)\))?(?: \(p = ([\d.]+)\))?")


@needs_flores
@pytest.mark.parametrize(("test", "field"), [("bs", "p_bootstrap"), ("ar", "p_randomisation")])
def test_paired_tests_are_those_of_the_program(test: str, field: str, tmp_path: Path) -> None:
    parts = six_systems(16)
    asked = Scoring(("bleu", "chrf", "ter"), bootstrap=200, trials=500)
    count = str(asked.bootstrap if test == "bs" else asked.trials)
    options = ("-m", *asked.metrics, f"--paired-{test}", f"--paired-{test}-n", count, "-w", "4")
    # its JSON of a paired bootstrap ends in an error (numpy's float32), its LaTeX does not
    text = program(tmp_path, parts, *options, "-f", "latex", seed="7")
    rows = [line.split(" & ")[1:] for line in text.splitlines() if line.count(" & ") == 3][1:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SACREBLEU_SEED", "7")
        ours = evaluate(parts, asked)
    assert "bs:200|ar:500|seed:7" in ours.scores[0].signature
    assert len(rows) == len(SIX)
    for column, metric in enumerate(asked.metrics):
        for row, score in zip(rows, ours.of(metric), strict=True):
            found = RESULT.search(row[column])
            assert found is not None
            value, mean, margin, p = found.groups()
            assert value == f"{score.value:.4f}"
            if test == "bs":
                assert (mean, margin) == (f"{score.mean:.4f}", f"{score.margin:.4f}")
            if score.difference is not None:
                assert p == f"{getattr(score.difference, field):.4f}"


@needs_flores
def test_intervals_are_those_of_the_program(tmp_path: Path) -> None:
    parts = replace(six_systems(8), systems=six_systems(8).systems[:1])
    rows = sacrebleu(tmp_path, parts, "-m", "bleu", "chrf", "-w", "8", "--confidence")
    ours = evaluate(parts, Scoring(("bleu", "chrf"), trials=0))
    theirs = {str(row["name"]): row for row in rows}
    for score in ours.scores:
        row = theirs[score.label]
        assert row["confidence"] == f"μ = {score.mean:.8f} ± {score.margin:.8f}"
        assert row["signature"] == score.signature


def test_intervals_survive_resamples_that_score_nothing() -> None:
    mixed = evaluate(corpus((HYPOTHESES[0], "nothing"), references=(REFERENCES[0], "else")))
    assert all(score.margin and score.margin > 0 for score in mixed.scores)


def test_several_references_count_as_in_the_library() -> None:
    second = ("The president came to Jakarta.", "Prices went up 10 percent.")
    one = corpus(HYPOTHESES)
    two = replace(one, references=(*one.references, Stream("second", second)))
    import sacrebleu as library  # noqa: PLC0415  (only here)

    expected = library.corpus_bleu(list(HYPOTHESES), [list(REFERENCES), list(second)])
    (score,) = evaluate(two, replace(QUICK, metrics=("bleu",))).scores
    assert score.value == expected.score
    assert "nrefs:2" in score.signature


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=4))
def test_what_is_its_own_reference_scores_as_the_library_says(lines: list[str]) -> None:
    parts = corpus(tuple(lines), references=tuple(lines))
    import sacrebleu as library  # noqa: PLC0415  (only here)

    scores = {score.metric: score for score in evaluate(parts, QUICK).scores}
    assert scores["bleu"].value == library.corpus_bleu(lines, [lines]).score
    assert scores["ter"].value == library.corpus_ter(lines, [lines]).score
    assert scores["chrf++"].value == library.corpus_chrf(lines, [lines], word_order=2).score
    for number, line in enumerate(lines):
        alone = library.sentence_bleu(line, [line]).score
        assert scores["bleu"].sentences[number] == alone


def test_every_step_is_reported_once() -> None:
    parts = replace(
        corpus(HYPOTHESES, REFERENCES), sources=Stream("id", ("Satu.", "Harga naik 10 persen."))
    )
    asked = Scoring(bootstrap=20, trials=20, slices=True, trust=True)
    done: list[int] = []
    evaluate(parts, asked, done.append)
    expected = steps(parts, asked)
    assert sum(done) == expected - len(parts.systems), "two segments are too few for trust"


def test_the_same_evaluation_twice_is_the_same() -> None:
    parts = corpus(HYPOTHESES, REFERENCES)
    asked = Scoring(bootstrap=50, trials=50)
    assert evaluate(parts, asked) == evaluate(parts, asked)


def test_a_system_against_itself_differs_by_nothing() -> None:
    second = evaluate(corpus(HYPOTHESES, HYPOTHESES), Scoring(bootstrap=50, trials=50)).scores[1]
    assert second.difference is not None
    assert (second.difference.delta, second.difference.low, second.difference.high) == (0, 0, 0)
    assert second.difference.p_randomisation is not None
    assert second.difference.p_randomisation < 0.05, "sacreBLEU's own: no chance is involved"


# What is refused, and what is scored and flagged


def test_streams_of_different_length_are_refused_naming_where_they_part() -> None:
    lines = tuple(f"word{n} other{n} third{n}" for n in range(30))
    shifted = lines[:11] + lines[12:]
    with pytest.raises(
        InputError, match=r"29 lines .* 30.* part at line 12 .*line 30 of reference"
    ):
        corpus(shifted, references=lines)
    with pytest.raises(InputError, match=r"30 lines .* 29.* part at line 12 .*line 30 of system 0"):
        corpus(lines, references=shifted)
    with pytest.raises(InputError, match="line 2 of system 0 has no counterpart"):
        corpus(HYPOTHESES, references=REFERENCES[:1])


def test_nothing_to_score_and_unknown_settings_are_refused() -> None:
    with pytest.raises(InputError, match="nothing to score"):
        Corpus((), (Stream("reference", REFERENCES),))
    with pytest.raises(InputError, match="nothing to score"):
        corpus((), references=())
    with pytest.raises(InputError, match=r"twice|each file once"):
        Corpus((System("a", HYPOTHESES),) * 2, (Stream("reference", REFERENCES),))
    with pytest.raises(OptionError, match="meteor"):
        Scoring(("meteor",))
    with pytest.raises(OptionError, match="each once"):
        Scoring(("bleu", "bleu"))
    with pytest.raises(OptionError, match="13a"):
        MetricSettings(tokenize="moses")
    with pytest.raises(OptionError, match="floor and add-k"):
        MetricSettings(smooth_value=1.0)


def test_a_seed_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SACREBLEU_SEED", "lucky")
    with pytest.raises(OptionError, match="SACREBLEU_SEED is 'lucky'"):
        evaluate(corpus(HYPOTHESES))


def test_an_empty_line_is_scored_and_flagged() -> None:
    found = evaluate(corpus(("", HYPOTHESES[1])), QUICK)
    assert found.of("chrf++")[0].sentences[0] == 0
    assert found.notes == ("system 0: empty translation in line 1; scored as it is",)


def test_tokenized_output_is_flagged() -> None:
    found = evaluate(
        corpus(tuple(f"Price {n} rose ." for n in range(9)), references=("a",) * 9), QUICK
    )
    assert "looks tokenized" in found.notes[0]


# Slices and trust


@needs_flores
def test_parts_of_an_aspect_hold_every_segment_once_and_score_as_if_alone() -> None:
    every = 8
    parts = Corpus(
        (System("opusmt", flores("opusmt.en", every)),),
        (Stream("en", flores("en", every)),),
        Stream("id", flores("id", every)),
    )
    found = evaluate(parts, replace(QUICK, metrics=("chrf++",), slices=True))
    aspects = {score.aspect for score in found.slices}
    assert aspects == {"length", "numbers", "names", "quotes", "negation", "rare words", "band"}
    for aspect in aspects:
        sizes = [score.segments for score in found.slices if score.aspect == aspect]
        assert sum(sizes) == parts.segments
    chosen = [
        number
        for number, line in enumerate(parts.sources.lines if parts.sources else ())
        if set(line) & set('"“”')
    ]
    (quoted,) = (score for score in found.slices if score.part == "with quotes")
    metric = Metric("chrf++", MetricSettings(), parts)
    statistics = metric.statistics(parts.systems[0].lines)
    alone = type(statistics)(statistics[n] for n in chosen)
    assert quoted.segments == len(chosen)
    assert quoted.value == metric.value(alone)


def test_without_sources_parts_are_read_from_the_reference() -> None:
    found = evaluate(corpus(HYPOTHESES), replace(QUICK, slices=True))
    assert {score.part for score in found.slices} >= {"with numbers", "without numbers"}
    assert not any(score.aspect == "band" for score in found.slices)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=20))
def test_spearman_is_the_correlation_of_ranks(pairs: list[tuple[int, int]]) -> None:
    def rank(values: list[int]) -> list[float]:
        return [
            sum(other < value for other in values) + (sum(o == value for o in values) + 1) / 2
            for value in values
        ]

    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    x, y = rank(one), rank(other)
    mx, my = sum(x) / len(x), sum(y) / len(y)
    norm = (sum((v - mx) ** 2 for v in x) * sum((v - my) ** 2 for v in y)) ** 0.5
    expected = sum((v - mx) * (w - my) for v, w in zip(x, y, strict=True)) / norm if norm else 0
    assert spearman(one, other) == pytest.approx(expected, abs=1e-9)


@needs_flores
def test_perfect_estimates_are_trusted_wholly_and_flat_ones_not() -> None:
    from translate_kit.bitext import Quality  # noqa: PLC0415

    every = 12
    plain = Corpus(
        (System("opusmt", flores("opusmt.en", every)),),
        (Stream("en", flores("en", every)),),
        Stream("id", flores("id", every)),
    )
    asked = replace(QUICK, metrics=("chrf++",), trust=True)
    worth = [score / 100 for score in evaluate(plain, asked).scores[0].sentences]

    def trust_in(estimates: list[float]) -> tuple[float, float, float]:
        qualities = tuple(Quality(min(1.0, e), "good" if e > 0.5 else "poor") for e in estimates)
        system = replace(plain.systems[0], qualities=qualities)
        (found,) = evaluate(replace(plain, systems=(system,)), asked).trust
        return found.spearman, found.error, found.gain

    assert trust_in(worth) == pytest.approx((1, 0, 1), abs=1e-6)
    ranks, error, gain = trust_in([1 - value for value in worth])
    assert ranks == pytest.approx(-1)
    assert error > 0.1
    assert gain < 0
    flat = trust_in([0.5] * len(worth))
    assert flat[0] == 0


def test_lines_are_scored_at_once() -> None:
    (score,) = score_lines(["Prices rose."], [["Prices rose."]], ["chrf++"])
    assert (score.metric, round(score.value, 6)) == ("chrf++", 100)
    with pytest.raises(InputError):
        score_lines(["Prices rose."], [["Prices rose.", "He left."]])
