"""Models on disk: found, described, and refused when they are not whole."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from translate_kit.errors import (
    BrokenModelError,
    DirectionError,
    ModelNotFoundError,
)
from translate_kit.languages import Direction
from translate_kit.modelstore import (
    find_model,
    installed_models,
    locate_model,
    model_folders,
    open_model,
    verify_model,
)

if TYPE_CHECKING:
    from pathlib import Path

ID_EN = Direction("id", "en")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped model that a test may damage."""
    folder = tmp_path / "copied"
    shutil.copytree(find_model(None, ID_EN).path, folder)
    return folder


def test_the_shipped_model_is_found_and_whole() -> None:
    model = find_model(None, ID_EN)
    assert (model.name, model.family, model.directions) == ("id-en", "nllb", (ID_EN,))
    assert model.tokens == {"id": "ind_Latn", "en": "eng_Latn"}
    assert {record.name for record in model.files} >= {"model.bin", "sentencepiece.model"}
    verify_model(model)
    assert model.manifest["licence"]
    scores = {score["metric"]: score for score in model.manifest["scores"]}
    assert {"bleu", "chrf++"} <= scores.keys()
    assert all("version:" in score["signature"] for score in scores.values())
    assert (model.path / "MODEL_CARD.md").is_file()
    assert model.name in {installed.name for installed in installed_models()}


def test_a_folder_of_ones_own_comes_first(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_KIT_MODELS", str(copied.parent))
    assert model_folders()[0] == copied.parent
    assert locate_model("copied") == copied


def test_looking_for_models_makes_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSLATE_KIT_MODELS", str(tmp_path / "none"))
    installed_models()
    assert not (tmp_path / "none").exists()


def test_no_such_model() -> None:
    with pytest.raises(ModelNotFoundError, match="models list"):
        find_model("nonsense", ID_EN)
    with pytest.raises(ModelNotFoundError, match="path of a folder"):
        find_model("./nonsense", ID_EN)


def test_another_direction_is_refused() -> None:
    with pytest.raises(DirectionError, match="translates id-en, not en-id"):
        find_model("id-en", Direction("en", "id"))
    with pytest.raises(DirectionError, match="-m PATH"):
        find_model(None, Direction("en", "ms"))
    assert find_model(None, Direction("en", "id")).name == "en-id"


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_a_folder_without_a_model_is_refused(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(BrokenModelError, match=f"it has no {name}"):
        open_model(copied)


def test_a_missing_tokenizer_is_named(copied: Path) -> None:
    (copied / "sentencepiece.model").unlink()
    with pytest.raises(BrokenModelError, match=r"lacks sentencepiece\.model"):
        open_model(copied)


@pytest.mark.parametrize("thorough", [True, False])
def test_a_changed_file_is_found(copied: Path, *, thorough: bool) -> None:
    weights = bytearray((copied / "model.bin").read_bytes())
    weights[-1] ^= 1
    (copied / "model.bin").write_bytes(weights)
    with pytest.raises(BrokenModelError, match=r"model\.bin of model 'id-en' is not the file"):
        verify_model(open_model(copied), thorough=thorough)


@pytest.mark.parametrize(
    "text", ["name = ", "name = 'x'", "name = 'x'\nfamily = 'nllb'\ndirections = 3"]
)
def test_a_bad_manifest_is_refused(copied: Path, text: str) -> None:
    (copied / "model.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenModelError, match=r"model\.toml"):
        open_model(copied)


def test_a_bad_configuration_is_refused(copied: Path) -> None:
    (copied / "config.json").write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(BrokenModelError, match=r"config\.json"):
        open_model(copied)


def test_a_bare_nllb_folder_is_known_by_its_vocabulary(copied: Path) -> None:
    (copied / "model.toml").unlink()
    model = open_model(copied)
    assert (model.family, model.directions) == ("nllb", ())
    assert model.source_tokenizer == model.target_tokenizer == "sentencepiece.model"
    assert model.digest == find_model(None, ID_EN).digest
    verify_model(model)


def test_a_bare_folder_of_another_kind_is_refused(copied: Path) -> None:
    (copied / "model.toml").unlink()
    vocabulary = copied / "shared_vocabulary.json"
    vocabulary.write_text(json.dumps(["<unk>", "</s>", "a"]), encoding="utf-8")
    with pytest.raises(BrokenModelError, match="neither a MarianMT folder"):
        open_model(copied)
    vocabulary.unlink()
    with pytest.raises(BrokenModelError, match="no vocabulary"):
        open_model(copied)
