"""Models pulled from a hub on this machine: whole or not at all, resumed, checked, offline."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, TYPE_CHECKING

import pytest
from hub_server import Hub, Repository
from tiny_checkpoints import MAKERS
from tiny_models import make_marian, make_opus

import translate_kit as tk
from translate_kit.acquire import ModelOptions, Silent, pull_model
from translate_kit.errors import (
    BrokenModelError,
    DirectionError,
    DownloadError,
    EngineError,
    ModelNotFoundError,
    OptionError,
    OutputError,
)
from translate_kit.languages import Direction
from translate_kit.modelstore import find_model, installed_models, verify_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
SEED = next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8")
MARIAN, NLLB = "tester/opus-mt-id-en", "tester/nllb-tiny"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders in CTranslate2's form: a tiny MarianMT, and the shipped model without its name."""
    marian = tmp_path_factory.mktemp("ready") / "marian"
    make_marian(marian, tmp_path_factory.mktemp("work"), SEED)
    (marian / "README.md").write_text("a card", encoding="utf-8")
    nllb = tmp_path_factory.mktemp("ready") / "nllb"
    shutil.copytree(ROOT / "models" / "id-en", nllb)
    (nllb / "model.toml").unlink()
    return {MARIAN: marian, NLLB: nllb}


@pytest.fixture
def hub(ready: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub with both, which HF_ENDPOINT names."""
    server = Hub()
    for repo, folder in ready.items():
        server.add(repo, folder, "cc-by-4.0")
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    yield server
    server.close()


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own, and no trace of a real hub."""
    folder = tmp_path / "store"
    monkeypatch.setenv("TRANSLATE_KIT_MODELS", str(folder))
    for name in ("HF_TOKEN", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    return folder


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let huggingface_hub try again at once, and hand over little at a time (usually 10 MB)."""
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda _: None)
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 50_000)


def command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "translate_kit", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=cwd,
        check=False,
    )


@pytest.mark.parametrize("repo", [MARIAN, NLLB])
def test_pull_list_translate(repo: str, hub: Hub, store: Path, tmp_path: Path) -> None:
    done = command("models", "pull", repo, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    name = repo.partition("/")[2]
    assert done.stdout.decode() == f"{name}\t{store / name}\n"
    listed = command("models", "list", "--json", cwd=tmp_path).stdout.splitlines()
    rows = [json.loads(line) for line in listed]
    (row,) = [row for row in rows if row["name"] == name]
    assert (row["state"], row["licence"]) == ("installed", "cc-by-4.0")
    assert "id-en" in row["directions"]
    (tmp_path / "a.txt").write_text("Presiden tiba di Jakarta.", encoding="utf-8")
    translated = command("translate", "-m", name, "a.txt", cwd=tmp_path)
    assert translated.returncode == 0, translated.stderr
    assert translated.stdout.strip()
    assert not list((store / ".partial").iterdir())
    assert hub.sent("GET /api/models/")


def test_the_manifest_says_where_it_came_from(hub: Hub, store: Path) -> None:
    model = pull_model(NLLB)
    assert model.manifest["origin"] == f"{NLLB}@{hub.repositories[NLLB].commit}"
    assert model.tokens == {"id": "ind_Latn", "en": "eng_Latn"}
    assert {record.name for record in model.files} == {
        path.name for path in (store / "nllb-tiny").iterdir() if path.name != "model.toml"
    }
    assert "README.md" not in {record.name for record in model.files}
    verify_model(model)


def test_large_files_come_from_storage_small_ones_directly(hub: Hub) -> None:
    pull_model(NLLB)
    assert hub.sent("GET /storage/tester--nllb-tiny/model.bin")
    assert hub.sent(f"HEAD /{NLLB}/resolve/{hub.repositories[NLLB].commit}/config.json")
    assert not hub.sent("README.md")


def test_a_token_goes_to_the_hub_and_not_to_its_storage(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    pull_model(NLLB)
    assert f"/api/models/{NLLB}" in hub.trusted
    assert hub.sent("/storage/")
    assert not [path for path in hub.trusted if path.startswith("/storage/")]


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(OptionError, match=r"pip install 'translate-kit\[hub\]'"):
        pull_model(NLLB)


def test_without_torch_nothing_is_downloaded_that_could_not_be_converted(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("translate_kit.engine.conversion.find_spec", lambda _: None)
    files = {"config.json": b"{}", "model.safetensors": bytes(50_000)}
    hub.repositories["tester/checkpoint"] = Repository(files)
    with pytest.raises(OptionError, match=r"pip install 'translate-kit\[convert\]'"):
        pull_model("tester/checkpoint")
    assert not hub.sent("resolve")


def test_a_second_pull_needs_no_network(hub: Hub) -> None:
    first = pull_model(MARIAN)
    hub.close()
    assert pull_model(MARIAN) == first
    assert pull_model(MARIAN, ModelOptions(offline=True)) == first


def test_offline_without_the_model(store: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="without --offline"):
        pull_model(MARIAN, ModelOptions(offline=True))
    assert installed_models() == tuple(m for m in installed_models() if m.path.parent != store)


def test_offline_the_hub_library_s_own_cache_is_used(hub: Hub, tmp_path: Path) -> None:
    from huggingface_hub import snapshot_download  # noqa: PLC0415

    cache = tmp_path / "hf" / "hub"
    snapshot_download(MARIAN, endpoint=hub.url, cache_dir=cache)
    hub.close()
    done = command("models", "pull", MARIAN, "--offline", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    verify_model(find_model("opus-mt-id-en", Direction("id", "en")))


def test_a_connection_that_breaks_goes_on_where_it_stopped(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    hub.break_at["model.bin"] = [300_000]
    pull_model(NLLB)
    assert hub.sent("GET /storage/tester--nllb-tiny/model.bin bytes=300000-")


def test_a_hub_that_dies_leaves_no_model_and_the_next_pull_goes_on(
    hub: Hub, store: Path, ready: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    hub.break_at["model.bin"] = [400_000, *[0] * 20]
    with pytest.raises(DownloadError, match="run the command again"):
        pull_model(NLLB)
    assert not (store / "nllb-tiny").exists()
    (part,) = store.rglob("model.bin.part")
    assert part.stat().st_size == 400_000
    hub.close()
    second = Hub()
    try:
        second.add(NLLB, ready[NLLB])
        monkeypatch.setenv("HF_ENDPOINT", second.url)
        verify_model(pull_model(NLLB))
        assert second.sent("model.bin bytes=400000-")
        assert not second.sent("GET /tester/nllb-tiny/resolve/main/config.json")
    finally:
        second.close()


def pulling(repo: str, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "translate_kit", "models", "pull", repo, *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(what: Callable[[], object]) -> None:
    for _ in range(600):
        if what():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def test_a_killed_pull_goes_on_where_it_stopped(hub: Hub, store: Path) -> None:
    size, chunk = 25_000_000, 10 * 1024 * 1024
    hub.repositories[NLLB].files["vmap.txt"] = random.Random(3).randbytes(size)
    hub.stall_at["vmap.txt"] = 15_000_000
    child = pulling(NLLB)
    wait_for(lambda: [p for p in store.rglob("vmap.txt.part") if p.stat().st_size >= chunk])
    child.send_signal(signal.SIGKILL)
    child.communicate()
    hub.go_on.set()
    assert "nllb-tiny" not in {model.name for model in installed_models()}
    verify_model(pull_model(NLLB))
    assert hub.sent(f"vmap.txt bytes={chunk}-")
    assert len(hub.sent("GET /storage/tester--nllb-tiny/model.bin")) == 1, "that one was whole"


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_wrong_bytes_are_refused(name: str, hub: Hub, store: Path) -> None:
    """By SHA-256 for files in storage, by Git's SHA-1 for the small ones."""
    hub.corrupt.add(name)
    with pytest.raises(DownloadError, match="not what the hub announced"):
        pull_model(NLLB)
    assert not (store / "nllb-tiny").exists()
    assert not list(store.rglob(f"{name}*"))
    hub.corrupt.clear()
    verify_model(pull_model(NLLB))


def test_two_pulls_at_once_make_one_model(hub: Hub, store: Path) -> None:
    hub.stall_at["model.bin"] = 100_000
    children = [pulling(NLLB, "--verbose") for _ in range(2)]
    spoken: Queue[str] = Queue()
    readers = [Thread(target=_read, args=(child.stderr, spoken)) for child in children]
    for reader in readers:
        reader.start()
    said: list[str] = []
    while not any("waiting" in line for line in said):  # the first holds the name in mid-air
        said.append(spoken.get(timeout=60))
    hub.go_on.set()
    for reader in readers:
        reader.join()
    outputs = {child.stdout.read() for child in children if child.stdout}
    assert [child.wait() for child in children] == [0, 0]
    assert outputs == {f"nllb-tiny\t{store / 'nllb-tiny'}\n"}
    assert len(hub.sent("GET /storage/tester--nllb-tiny/model.bin")) == 1, "downloaded once"
    verify_model(pull_model(NLLB))
    for child in children:
        child.communicate()


def _read(stream: IO[str] | None, lines: Queue[str]) -> None:
    for line in stream or ():
        lines.put(line)


def test_names_that_lead_out_of_the_store_are_refused(
    hub: Hub, store: Path, tmp_path: Path
) -> None:
    repository = hub.repositories[MARIAN]
    before = {path for path in tmp_path.rglob("*") if store not in path.parents and path != store}
    for name in ("../../evil.spm", "a/../../evil", "/etc/evil", "..\\evil", "C:\\evil"):
        repository.names = [*repository.files, name]
        repository.files["../../evil.spm"] = b"evil"
        with pytest.raises(BrokenModelError, match="outside its folder"):
            pull_model(MARIAN)
    after = {path for path in tmp_path.rglob("*") if store not in path.parents and path != store}
    assert after == before
    assert not list(store.rglob("*evil*"))


def test_a_restricted_licence_must_be_agreed_to(hub: Hub, tmp_path: Path) -> None:
    hub.repositories[NLLB].licence = "cc-by-nc-4.0"
    with pytest.raises(OptionError, match=r"not for commercial use.*--accept-licence"):
        pull_model(NLLB)
    assert not hub.sent("resolve")

    class Agreeing(Silent):
        def accepts(self, notice: str) -> bool:
            return "cc-by-nc-4.0" in notice

    model = pull_model(NLLB, listener=Agreeing())
    assert "not for commercial use" in model.manifest["licence_notice"]
    done = command("models", "pull", NLLB, "--name", "other", cwd=tmp_path)
    assert (done.returncode, b"--accept-licence" in done.stderr) == (2, True)
    done = command("models", "pull", NLLB, "--name", "other", "--accept-licence", cwd=tmp_path)
    assert done.returncode == 0


def test_no_such_repository_revision_or_name(hub: Hub) -> None:
    with pytest.raises(ModelNotFoundError, match="no repository 'tester/none'"):
        pull_model("tester/none")
    with pytest.raises(ModelNotFoundError, match="no such revision"):
        pull_model(NLLB, ModelOptions(revision="v9"))
    with pytest.raises(ModelNotFoundError, match="owner/name"):
        pull_model("nonsense")
    with pytest.raises(OptionError, match="names no repository"):
        pull_model("a b/c d", ModelOptions(name="x"))
    with pytest.raises(OptionError, match="cannot name a model"):
        pull_model(NLLB, ModelOptions(name="../x"))
    with pytest.raises(ModelNotFoundError, match=r"models convert FILE\.zip"):
        pull_model("opus-mt-msa-eng")
    hub.repositories["tester/empty"] = Repository({"README.md": b"x"})
    with pytest.raises(BrokenModelError, match="holds no model"):
        pull_model("tester/empty")


def test_a_hub_that_is_none(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient(monkeypatch)
    hub.close()
    with pytest.raises(DownloadError, match="cannot fetch"):
        pull_model(NLLB)


def test_a_revision_takes_the_place_of_another(hub: Hub) -> None:
    first = pull_model(MARIAN)
    repository = hub.repositories[MARIAN]
    repository.files["vmap.txt"] = b"\ta\n"
    again = pull_model(MARIAN)
    assert again == first, "without a revision what is there is good"
    second = pull_model(MARIAN, ModelOptions(revision="main"))
    assert second.manifest["origin"] != first.manifest["origin"]
    assert (second.path / "vmap.txt").is_file()
    requests = len(hub.sent("storage"))
    assert pull_model(MARIAN, ModelOptions(revision="main")) == second
    assert len(hub.sent("storage")) == requests


@pytest.mark.usefixtures("hub")
def test_a_name_that_is_taken_is_not_overwritten() -> None:
    pull_model(MARIAN, ModelOptions(name="mine"))
    with pytest.raises(OptionError, match="another origin"):
        pull_model(NLLB, ModelOptions(name="mine"))
    assert pull_model(NLLB, ModelOptions(name="mine", replace=True)).family == "nllb"


@pytest.mark.usefixtures("hub")
def test_a_model_that_was_damaged_is_fetched_again() -> None:
    model = pull_model(MARIAN)
    (model.path / "source.spm").write_bytes(b"nonsense")
    verify_model(pull_model(MARIAN))


def test_a_full_disk_is_noticed_before(
    hub: Hub, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(".")._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(OutputError, match="not enough room"):
        pull_model(NLLB)
    assert not hub.sent("GET /storage")
    assert not (store / "nllb-tiny").exists()


def test_a_store_that_cannot_be_written(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("TRANSLATE_KIT_MODELS", str(tmp_path / "file" / "store"))
    with pytest.raises(OutputError, match="TRANSLATE_KIT_MODELS"):
        pull_model(MARIAN)
    assert not hub.log


def test_what_the_repository_lacks_is_named(hub: Hub, store: Path) -> None:
    del hub.repositories[MARIAN].files["target.spm"]
    with pytest.raises(BrokenModelError, match=r"lacks target\.spm"):
        pull_model(MARIAN)
    assert not (store / "opus-mt-id-en").exists()


def test_weights_of_a_newer_converter_are_refused(hub: Hub, store: Path) -> None:
    files = hub.repositories[MARIAN].files
    files["model.bin"] = b"\x63\0\0\0" + files["model.bin"][4:]
    with pytest.raises(EngineError, match="newer CTranslate2 made it"):
        pull_model(MARIAN)
    assert not (store / "opus-mt-id-en").exists()


def test_a_model_for_another_direction_says_so(hub: Hub, ready: dict[str, Path]) -> None:
    hub.add("tester/opus-mt-de-en", ready[MARIAN])
    pull_model("tester/opus-mt-de-en")
    with pytest.raises(DirectionError, match="translates de-en, not id-en"):
        tk.load_engine("opus-mt-de-en")


def test_marian_weights_on_a_hub_are_converted_without_torch(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "opus").mkdir()
    make_opus(tmp_path / "opus", SEED)
    hub.add("tester/opus-raw-id-en", tmp_path / "opus")
    model = pull_model("tester/opus-raw-id-en")
    assert (model.family, model.manifest["quantization"]) == ("marian", "int8")
    assert model.config["add_source_eos"] is True
    assert list(map(str, model.directions)) == ["id-en"]


@pytest.mark.convert
@pytest.mark.parametrize("family", list(MAKERS))
def test_checkpoints_are_pulled_converted_listed_and_translate(
    family: str, hub: Hub, tmp_path: Path, store: Path
) -> None:
    folder = tmp_path / "checkpoint"
    folder.mkdir()
    MAKERS[family](folder, SEED)
    (folder / "tf_model.h5").write_bytes(b"\0" * 50_000)
    repo = f"tester/{family}-id-en"
    hub.add(repo, folder)
    model = pull_model(repo)
    assert (model.family, model.manifest["quantization"]) == (family, "int8")
    assert "id-en" in map(str, model.directions)
    assert not hub.sent("GET /storage/tester--tf_model.h5")
    assert not hub.sent("tf_model")
    engine = tk.load_engine(model.name)
    article = tk.read_document(b"Presiden tiba di Jakarta.", "text", tk.Reading())
    assert tk.translate_document(article, engine).target.blocks
    assert not list((store / ".partial").iterdir())
