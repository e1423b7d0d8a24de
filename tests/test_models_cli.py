"""The verbs of ``models`` on real folders, archives and the shipped model."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tiny_checkpoints import marian
from tiny_models import make_marian, make_opus

import translate_kit as tk
from translate_kit.cli.boundary import run

ROOT = Path(__file__).parents[1]
SEED = next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8")
SHIPPED = ROOT / "models" / "id-en"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "store"
    monkeypatch.setenv("TRANSLATE_KIT_MODELS", str(folder))
    return folder


@pytest.fixture(scope="module")
def opus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("opus-mt-id-xx")
    make_opus(folder, SEED)
    (folder / "README.md").write_text("a card", encoding="utf-8")
    return folder


def zipped(folder: Path, archive: Path, within: str = "") -> Path:
    with zipfile.ZipFile(archive, "w") as made:
        for path in sorted(folder.iterdir()):
            made.write(path, within + path.name)
    return archive


class Ran:
    """A command run in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: object) -> None:
        self.code = run([str(argument) for argument in arguments])
        self.out, self.err = capsys.readouterr()


@pytest.mark.parametrize("within", ["", "opus+bt-2021/"])
def test_an_opus_archive_is_converted_without_torch(
    within: str, opus: Path, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = zipped(opus, tmp_path / "opus+bt-2021-04-30.zip", within)
    done = Ran(capsys, "models", "convert", archive, "--name", "opus-mt-msa-eng")
    assert (done.code, done.err) == (0, "")
    model = tk.open_model(store / "opus-mt-msa-eng")
    assert list(map(str, model.directions)) == ["id-en"], "the known table says so"
    assert model.manifest["licence"] == "CC-BY-4.0"
    assert str(model.manifest["origin"]).startswith("opus+bt-2021-04-30.zip sha256:")
    assert model.config["add_source_eos"] is True
    tk.verify_model(model)
    engine = tk.load_engine("opus-mt-msa-eng")
    assert engine.translate(["Presiden tiba."], tk.Decoding())[0].source.tokens[-1] != "</s>"


def test_what_is_converted_can_be_named_and_described(
    opus: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["-d", "id-en", "--licence", "MIT", "--quantization", "float32"]
    done = Ran(capsys, "models", "convert", opus / "decoder.yml", "--name", "mine", *options)
    assert (done.code, done.out) == (0, f"mine\t{store / 'mine'}\n")
    info = Ran(capsys, "models", "info", "mine")
    for line in ("MIT", "id-en", "float32 on this processor"):
        assert line in info.out
    again = Ran(capsys, "models", "convert", opus, "--name", "mine")
    assert (again.code, "--force" in again.err) == (2, True)
    assert Ran(capsys, "models", "convert", opus, "--name", "mine", "--force").code == 0
    assert "int8" in Ran(capsys, "models", "info", "mine").out


def test_a_folder_of_ctranslate2_is_taken_as_it_is(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "tiny-id-en"
    (tmp_path / "work").mkdir()
    make_marian(folder, tmp_path / "work", SEED)
    assert Ran(capsys, "models", "convert", folder).code == 0
    model = tk.open_model(store / "tiny-id-en")
    assert list(map(str, model.directions)) == ["id-en"], "read off the name"
    assert (model.path / "model.bin").read_bytes() == (folder / "model.bin").read_bytes()


def test_names_of_quickmt_s_files_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "quick"
    (tmp_path / "work").mkdir()
    make_marian(folder, tmp_path / "work", SEED)
    (folder / "source.spm").rename(folder / "src.spm.model")
    (folder / "target.spm").rename(folder / "tgt.spm.model")
    assert Ran(capsys, "models", "convert", folder, "-d", "id-en").code == 0
    assert tk.load_engine("quick").translate(["Presiden."], tk.Decoding())


@pytest.mark.convert
def test_a_checkpoint_is_converted(
    tmp_path: Path, store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "checkpoint"
    folder.mkdir()
    marian(folder, SEED)
    capfd.readouterr()
    done = Ran(capfd, "models", "convert", folder, "--name", "mine")
    assert (done.code, done.err) == (0, ""), "torch and transformers keep quiet"
    model = tk.open_model(store / "mine")
    assert list(map(str, model.directions)) == ["id-en"], "its tokenizer says so"
    assert model.config["add_source_eos"] is False
    assert (
        tk.load_engine("mine").translate(["Presiden."], tk.Decoding())[0].source.tokens[-1]
        == "</s>"
    )


def test_archives_that_are_none_or_lead_out(
    opus: Path, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = zipped(opus, tmp_path / "evil.zip")
    with zipfile.ZipFile(evil, "a") as archive:
        archive.writestr("../../evil.spm", b"x")
    before = {path for path in tmp_path.rglob("*") if store not in path.parents and path != store}
    done = Ran(capsys, "models", "convert", evil)
    assert (done.code, "outside its folder" in done.err) == (3, True)
    after = {path for path in tmp_path.rglob("*") if store not in path.parents and path != store}
    assert (before, list(store.rglob("*evil.spm"))) == (after, [])
    short = tmp_path / "short.zip"
    short.write_bytes(zipped(opus, tmp_path / "whole.zip").read_bytes()[:5000])
    for path in (short, tmp_path / "nothing", tmp_path):
        assert Ran(capsys, "models", "convert", path).code == 3, path
    damaged = bytearray((tmp_path / "whole.zip").read_bytes())
    damaged[200:260] = bytes(60)
    (tmp_path / "damaged.zip").write_bytes(damaged)
    done = Ran(capsys, "models", "convert", tmp_path / "damaged.zip")
    assert (done.code, "unpacked" in done.err) == (3, True)


def test_each_broken_model_has_its_own_message(
    opus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another direction, no model, a newer converter, no SentencePiece file: exit code 3."""
    assert Ran(capsys, "models", "convert", opus, "--name", "good", "-d", "en-id").code == 0
    good = tk.open_model(tk.locate_model("good")).path
    (tmp_path / "article.txt").write_text("Presiden tiba.", encoding="utf-8")

    def said(model: object) -> str:
        done = Ran(capsys, "translate", tmp_path / "article.txt", "-m", model)
        assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
        return done.err

    assert "translates en-id, not id-en" in said("good")
    assert "it has no config.json" in said(f"{opus}/.")
    for name, file, data, message in (
        ("newer", "model.bin", b"\x63\0\0\0", "newer CTranslate2 made it"),
        ("lacking", "source.spm", None, "lacks source.spm"),
    ):
        folder = tmp_path / name
        shutil.copytree(good, folder)
        (folder / "model.toml").unlink()
        if data is None:
            (folder / file).unlink()
        else:
            (folder / file).write_bytes(data + (folder / file).read_bytes()[len(data) :])
        assert message in said(folder)


def test_list_names_installed_known_and_broken(
    opus: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Ran(capsys, "models", "convert", opus, "--name", "mine", "-d", "id-en")
    (store / "bad").mkdir()
    (store / "bad" / "model.bin").write_bytes(b"")
    rows = [json.loads(x) for x in Ran(capsys, "models", "list", "--json").out.splitlines()]
    by_name = {row["name"]: row for row in rows}
    assert by_name["id-en"]["state"] == by_name["mine"]["state"] == "installed"
    assert by_name["bad"]["state"].startswith("broken: ")
    nllb = by_name["nllb-200-distilled-600M"]
    assert (nllb["state"], nllb["licence"]) == ("known", "CC-BY-NC-4.0")
    assert {"value": 40.5, "metric": "bleu"}.items() <= nllb["quality"][0].items()
    assert "leaderboard" in nllb["quality"][0]["source"]
    lines = Ran(capsys, "models", "list").out.splitlines()
    assert all(line.count("\t") == 5 for line in lines)
    assert len(lines) == len(rows)
    only = Ran(capsys, "models", "list", "--installed").out
    assert "nllb-200" not in only


def test_info_of_a_known_model_says_how_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    done = Ran(capsys, "models", "info", "nllb-200-3.3B")
    assert (done.code, "models pull nllb-200-3.3B" in done.out) == (0, True)
    assert "44.4" in done.out
    missing = Ran(capsys, "translate", "-m", "nllb-200-3.3B", ROOT / "LICENSE")
    assert (missing.code, "models pull nllb-200-3.3B" in missing.err) == (3, True)
    assert Ran(capsys, "models", "info", "nonsense").code == 3


def test_verify_goes_over_all_and_names_the_bad(
    opus: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Ran(capsys, "models", "convert", opus, "--name", "mine")
    assert Ran(capsys, "models", "verify").code == 0
    (store / "mine" / "target.spm").write_bytes(b"x")
    done = Ran(capsys, "models", "verify")
    assert done.code == 3
    assert "target.spm of model 'mine'" in done.err
    assert "id-en: 5 files as recorded" in done.out


def test_remove_takes_only_what_is_in_the_store(
    opus: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Ran(capsys, "models", "convert", opus, "--name", "mine")
    assert Ran(capsys, "models", "remove", "mine").out == f"removed {store / 'mine'}\n"
    assert not (store / "mine").exists()
    assert Ran(capsys, "models", "remove", "mine").code == 3
    assert Ran(capsys, "models", "remove", "id-en").code == 2
    assert Ran(capsys, "models", "remove", str(SHIPPED)).code == 2
    assert Ran(capsys, "models", "remove", "../store").code == 2
    assert (SHIPPED / "model.bin").is_file()


def test_compare_puts_models_side_by_side(
    opus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Ran(capsys, "models", "convert", opus, "--name", "tiny", "-d", "id-en")
    table = tmp_path / "set.tsv"
    table.write_text(
        "Presiden tiba di Jakarta.\tThe president arrived in Jakarta.\n"
        "Harga naik. Pasar sepi.\tPrices rose. The market is quiet.\n",
        encoding="utf-8",
    )
    done = Ran(capsys, "models", "compare", "id-en", "tiny", "--on", table, "--json")
    assert done.code == 0, done.err
    good, tiny = [json.loads(line) for line in done.out.splitlines()]
    assert (good["model"], tiny["model"]) == ("id-en", "tiny")
    assert good["scores"]["chrf++"]["value"] > 30 > tiny["scores"]["chrf++"]["value"]
    assert "nrefs:1" in good["scores"]["bleu"]["signature"]
    assert (good["segments"], len(good["hypotheses"])) == (2, 2)
    assert good["seconds"] > 0
    assert 20e6 < tiny["memory"] < good["memory"] < 2e9
    assert good["digest"] == tk.open_model(SHIPPED).digest
    engine = tk.load_engine()
    blocks = (tk.Block("paragraph", "Presiden tiba di Jakarta."),)
    alone = tk.translate_document(tk.Document("id", blocks), engine).target.blocks[0].text
    assert good["hypotheses"][0] == alone, "as the translate verb says it"


def test_compare_without_a_file_takes_our_sample(capsys: pytest.CaptureFixture[str]) -> None:
    done = Ran(capsys, "models", "compare", "id-en", "--texts")
    header, row, *rest = done.out.splitlines()
    assert header.split("\t")[0] == "model"
    assert row.split("\t")[0] == "id-en"
    assert len(header.split("\t")) == len(row.split("\t"))
    assert sum(line.startswith("source\t") for line in rest) == 12


def test_compare_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Ran(capsys, "models", "compare", "nonsense").code == 3
    assert Ran(capsys, "models", "compare", "id-en", "-d", "en-id").code == 3
    assert Ran(capsys, "models", "compare", "id-en", "--on", tmp_path / "none.tsv").code == 4
    assert Ran(capsys, "models", "compare").code == 2


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_a_licence_is_asked_about_on_a_terminal(tmp_path: Path, opus: Path, store: Path) -> None:
    def answer(letter: bytes) -> tuple[int, bytes]:
        ours, theirs = os.openpty()
        child = subprocess.Popen(
            [
                *(sys.executable, "-m", "translate_kit", "models", "convert", str(opus)),
                *("--name", "mine", "--licence", "CC-BY-NC-4.0"),
            ],
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
        )
        os.close(theirs)
        os.write(ours, letter + b"\n")
        code = child.wait(60)
        said = os.read(ours, 10_000)
        os.close(ours)
        return code, said

    code, said = answer(b"n")
    assert (code, b"not for commercial use" in said) == (2, True)
    assert not (store / "mine").exists()
    assert answer(b"y")[0] == 0
    assert (store / "mine" / "model.toml").is_file()


def test_a_missing_graphics_card_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    import ctranslate2  # noqa: PLC0415

    if ctranslate2.get_cuda_device_count():
        pytest.skip("there is one here")
    done = Ran(capsys, "translate", "--device", "cuda", next((ROOT / "seeds").glob("*.txt")))
    assert (done.code, "--device cpu" in done.err) == (3, True)
    automatic = tk.load_engine(options=tk.EngineOptions(device="auto"))
    assert dict(automatic.provenance)["device"] == "cpu"


@pytest.mark.parametrize("verb", ["pull", "convert", "compare", "list", "info", "verify", "remove"])
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = Ran(capsys, "models", verb, "--help")
    assert done.code == 0
    assert len(done.out.splitlines()) > 4
