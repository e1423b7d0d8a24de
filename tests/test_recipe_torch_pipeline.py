"""`make model` from sources to a described model folder, in a tiny world."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from recipe import card, mean
from recipe.data import read_pairs
from recipe.program import add_entry, entries, last, perform
from recipe_corpus import pairs, write_sources

import translate_kit as tk

ROOT = Path(__file__).parents[1]
MAKE = shutil.which("make")

pytestmark = pytest.mark.train


@dataclass(frozen=True)
class Made:
    """What `make model` left behind."""

    work: Path
    dev: Path

    @property
    def model(self) -> Path:
        return self.work / "model" / "ct2"

    def dev_lines(self, code: str) -> list[str]:
        return (self.dev / f"{code}.txt").read_text(encoding="utf-8").splitlines()

    def figures(self, program: str) -> dict[str, Any]:
        entry = last(self.work, program)
        assert entry is not None
        return dict(entry["figures"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    if MAKE is None:
        pytest.skip("no make on PATH")
    folder = tmp_path_factory.mktemp("tiny")
    write_sources(folder)
    # the environment that runs this test stands for the one that the Makefile would set up
    environment = [f"VENV={sys.prefix}", f"--old-file={sys.prefix}/.train"]
    places = [f"DATA={folder / 'data'}", f"DEV={folder / 'dev'}", f"KEEP_OUT={folder / 'dev'}"]
    subprocess.run(
        [MAKE, "model", *environment, *places, f"WORK={folder / 'work'}", "SCALE=tiny"],
        cwd=ROOT,
        check=True,
    )
    return Made(folder / "work", folder / "dev")


def translated(model: Path, direction: str, texts: list[str]) -> list[str]:
    engine = tk.load_engine(str(model), direction)
    return [found.target.text for found in engine.translate(texts, tk.Decoding())]


def bleu(outputs: list[str], references: list[str]) -> float:
    (score,) = tk.score_lines(outputs, [references], ("bleu",))
    return score.value


@pytest.mark.parametrize("direction", ["id-en", "en-id"])
def test_the_exported_model_translates_what_it_has_not_seen(made: Made, direction: str) -> None:
    """Chance is what the outputs score against the references of other sentences."""
    source, target = direction.split("-")
    references = made.dev_lines(target)
    outputs = translated(made.model, direction, made.dev_lines(source))
    chance = bleu(outputs, references[1:] + references[:1])
    assert bleu(outputs, references) > 2 * chance + 10


def test_training_learns(made: Made) -> None:
    first, second = entries(made.work, "train")
    start, end = (float(first["figures"]["curve"][-1][way]) for way in ("id-en", "en-id"))
    assert max(start, end) < 2.5, "half of what an untrained model of 600 pieces has (6.4)"
    assert second["figures"]["curve"][-1]["id-en"] <= start + 0.1
    assert first["figures"]["done"]
    assert second["figures"]["done"]


def test_nothing_of_the_evaluation_set_is_trained_on(made: Made) -> None:
    held = {*made.dev_lines("id"), *made.dev_lines("en")}
    files = sorted(made.work.glob("*.tsv.xz"))
    assert {file.name for file in files} >= {"parallel.tsv.xz", "synthetic.id-en.tsv.xz"}
    for file in files:
        if file.name != "collected.tsv.xz":
            assert not {text for pair in read_pairs(file) for text in pair[1:]} & held


def test_what_a_licence_forbids_is_left_out(made: Made) -> None:
    assert "javascript-info" in made.figures("collect")["left_out"]
    assert "javascript-info" not in made.figures("filter")["sources"]


def test_the_manifest_is_whole_and_true(made: Made) -> None:
    model = tk.open_model(made.model)
    tk.verify_model(model)
    assert sorted(map(str, model.directions)) == ["en-id", "id-en"]
    assert {score["metric"] for score in model.manifest["scores"]} == {"bleu", "chrf++"}
    for score in model.manifest["scores"]:
        assert score["value"] > 0
        assert f"model:id-en@{model.digest[:12]}" in score["signature"]
    assert model.source_limit == 60
    assert model.shortlist == "vmap.txt"
    assert f"shortlist:{model.shortlist_digest[:12]}" in model.manifest["scores"][0]["signature"]


def test_the_card_says_what_the_record_says(made: Made) -> None:
    text = (made.model / "MODEL_CARD.md").read_text(encoding="utf-8")
    pairs_used = made.figures("filter")["sources"]["templates"]
    assert f"| templates | {pairs_used:,} | MIT | human |" in text
    scores = made.figures("evaluate")["id-en"]["scores"]
    assert f"| id-en | {scores['bleu']['value']:.1f} | {scores['chrf++']['value']:.1f} |" in text
    assert "CC BY-NC-SA 4.0" in text, "sources left out are named with the reason"


def test_a_run_that_was_resumed_counts_once(made: Made, tmp_path: Path) -> None:
    shutil.copytree(made.model, tmp_path / "ct2")
    with (tmp_path / "record.jsonl").open("w", encoding="utf-8") as file:
        for entry in entries(made.work):
            if entry["program"] == "train":  # where it was stopped the first time
                half = {**entry["figures"], "done": False, "steps": 1, "tokens": 10}
                file.write(json.dumps({**entry, "figures": half}) + "\n")
            file.write(json.dumps(entry) + "\n")
    sources = made.dev.parent / "data" / "SOURCES.md"
    card.describe(
        card.Options(model=tmp_path / "ct2", name="id-en", sources=sources, record=tmp_path)
    )
    for name in ("MODEL_CARD.md", "model.toml"):
        assert (tmp_path / "ct2" / name).read_bytes() == (made.model / name).read_bytes()


def test_the_card_says_what_a_training_began_with(made: Made, tmp_path: Path) -> None:
    shutil.copytree(made.model, tmp_path / "ct2")
    weights = made.work / "model" / "hf"
    options = mean.Options(
        weights=(weights, weights), shares=(0.7, 0.3), out=tmp_path / "start", record=tmp_path
    )
    perform(options, mean.mean)
    for entry in entries(made.work):
        trained = entry["program"] == "train"
        options_told = {**entry["options"], **({"init": "start"} if trained else {})}
        add_entry(tmp_path, {**entry, "options": options_told})
    card.describe(card.Options(model=tmp_path / "ct2", name="id-en", record=tmp_path))
    text = (tmp_path / "ct2" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "| Begun | with the mean of 0.7 × hf and 0.3 × hf |" in text


def test_the_float16_weights_are_there_to_go_on_from(made: Made) -> None:
    folder = made.work / "model" / "hf"
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert config["architectures"] == ["M2M100ForConditionalGeneration"]
    assert (folder / "model.safetensors").stat().st_size < 1_000_000


def test_a_second_make_has_nothing_to_do(made: Made) -> None:
    before = (made.work / "record.jsonl").read_bytes()
    data = made.dev.parent / "data"
    command = [sys.executable, "-m", "recipe", "--data", data, "--dev", made.dev]
    done = subprocess.run(
        [*map(str, command), "--work", str(made.work), "--scale", "tiny"],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'models'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "==" not in done.stdout
    assert (made.work / "record.jsonl").read_bytes() == before


def test_the_templates_make_different_pairs() -> None:
    rows = pairs(200, 5)
    assert len({row[0] for row in rows}) == 200
