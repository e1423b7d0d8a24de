"""Models on disk: where they are, what their ``model.toml`` says, whether they are whole.

A model is a folder of CTranslate2 files, SentencePiece files and a ``model.toml``. A bare
folder as CTranslate2's converters write it works too: family, tokenizer and languages are
then read off its files.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate_kit.errors import BrokenModelError, DirectionError, ModelNotFoundError
from translate_kit.languages import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = [
    "DEFAULT_MODELS",
    "FileRecord",
    "Model",
    "find_model",
    "installed_models",
    "locate_model",
    "model_folders",
    "open_model",
    "verify_model",
]

DEFAULT_MODELS = {"id-en": "id-en"}
"""The shipped model for each direction that has one."""

NLLB_TOKENS = {"id": "ind_Latn", "en": "eng_Latn"}
MARIAN_TOKENS = {"id": ">>ind<<", "en": ">>eng<<"}

CHECKED_SIZE = 100_000_000
"""Bytes up to which a file's digest is checked at every start (a tenth of a second); larger
files are compared by size, and by digest with ``models verify``."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What ``model.toml`` says of a file: its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model folder, as its manifest describes it.

    Args:
        name: the folder's name.
        path: the folder.
        family: a row of `translate_kit.engine.FAMILIES`.
        directions: what it translates; empty where nobody said (a bare folder).
        tokens: the token that stands for each language, by BCP 47 tag; may be empty.
        source_tokenizer: SentencePiece file of the source side, within the folder.
        target_tokenizer: likewise for the target side.
        source_limit: longest source in tokens that it translates well in one piece.
        config: CTranslate2's own ``config.json``.
        files: recorded files; empty for a bare folder.
        manifest: the whole of ``model.toml``: licence, training data, measured scores.
    """

    name: str
    path: Path
    family: str
    directions: tuple[Direction, ...]
    tokens: Mapping[str, str]
    source_tokenizer: str
    target_tokenizer: str
    source_limit: int
    config: Mapping[str, Any]
    files: tuple[FileRecord, ...]
    manifest: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """SHA-256 of the weights, from the manifest or else from the file."""
        for record in self.files:
            if record.name == "model.bin":
                return record.sha256
        return _digest(self.path / "model.bin")

    def check_direction(self, direction: Direction) -> None:
        """Refuse a direction the model was not trained for.

        Raises:
            DirectionError: if the manifest names directions and this is not among them.
        """
        if self.directions and direction not in self.directions:
            known = ", ".join(map(str, self.directions))
            raise DirectionError(
                f"model {self.name!r} translates {known}, not {direction};"
                " choose another with -m, see 'translate-kit models list'"
            )


def model_folders() -> tuple[Path, ...]:
    """Return the folders that hold models, first come first found.

    These are ``TRANSLATE_KIT_MODELS`` (or else the user's data folder), the models inside the
    installed package, and ``models/`` of a source checkout. None of them is created.
    """
    from platformdirs import user_data_path  # noqa: PLC0415 (costs time; only needed here)

    named = os.environ.get("TRANSLATE_KIT_MODELS")
    user = Path(named) if named else user_data_path("translate-kit") / "models"
    package = Path(__file__).parent
    return (user, package / "_models", package.parent / "models")


def installed_models() -> tuple[Model, ...]:
    """Return every readable model of `model_folders`, each name once."""
    found: dict[str, Model] = {}
    for folder in model_folders():
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name not in found and (path / "model.toml").is_file():
                found[path.name] = open_model(path)
    return tuple(found.values())


def find_model(name: str | None, direction: Direction) -> Model:
    """Return the model of that name or path, or the shipped one for the direction.

    Raises:
        ModelNotFoundError: if there is none.
        BrokenModelError: if its folder is not a whole model.
        DirectionError: if it does not translate in that direction.
    """
    if name is None:
        name = DEFAULT_MODELS.get(str(direction))
        if name is None:
            raise DirectionError(
                f"no model for {direction} is shipped; name one of yours with -m PATH"
            )
    model = open_model(locate_model(name))
    model.check_direction(direction)
    return model


def locate_model(name: str) -> Path:
    """Return the folder of a model given by name or path.

    Raises:
        ModelNotFoundError: if there is none.
    """
    if os.sep in name or name in {".", ".."}:
        if Path(name).is_dir():
            return Path(name)
        raise ModelNotFoundError(f"no model folder at {name!r}; give the path of a folder")
    for folder in model_folders():
        if (folder / name / "model.bin").is_file() or (folder / name / "model.toml").is_file():
            return folder / name
    if (Path(name) / "model.bin").is_file():
        return Path(name)
    raise ModelNotFoundError(
        f"no model {name!r}; 'translate-kit models list' shows what is installed,"
        " -m PATH uses a folder"
    )


def open_model(path: Path) -> Model:
    """Describe the model in a folder from its manifest or, without one, from its files.

    Raises:
        BrokenModelError: if files are missing or unreadable.
    """
    for needed in ("config.json", "model.bin"):
        if not (path / needed).is_file():
            raise BrokenModelError(
                f"{path} is no CTranslate2 model: it has no {needed};"
                " convert the model first or choose another with -m"
            )
    config = _read_config(path)
    manifest = _read_manifest(path)
    return _from_manifest(path, config, manifest) if manifest else _from_files(path, config)


def _read_config(path: Path) -> dict[str, Any]:
    try:
        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BrokenModelError(f"{path / 'config.json'} cannot be read: {error}") from error
    if not isinstance(config, dict):
        raise BrokenModelError(f"{path / 'config.json'} is no CTranslate2 configuration")
    return config


def _read_manifest(path: Path) -> dict[str, Any]:
    file = path / "model.toml"
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BrokenModelError(f"{file} cannot be read: {error}") from error


def _from_manifest(path: Path, config: dict[str, Any], manifest: dict[str, Any]) -> Model:
    try:
        tokenizer = manifest["tokenizer"]
        model = Model(
            name=manifest["name"],
            path=path,
            family=manifest["family"],
            directions=tuple(Direction.parse(text) for text in manifest["directions"]),
            tokens=dict(manifest.get("tokens", {})),
            source_tokenizer=tokenizer["source"],
            target_tokenizer=tokenizer["target"],
            source_limit=int(manifest["source_limit"]),
            config=config,
            files=tuple(
                FileRecord(name, int(record["size"]), record["sha256"])
                for name, record in manifest.get("files", {}).items()
            ),
            manifest=manifest,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenModelError(
            f"{path / 'model.toml'} lacks or garbles {error}; models/README.md names its keys"
        ) from error
    for file in (model.source_tokenizer, model.target_tokenizer):
        _require(path, file)
    return model


def _require(path: Path, file: str) -> str:
    if not (path / file).is_file():
        raise BrokenModelError(
            f"model {path.name!r} lacks {file}; copy it there from where the model came from"
        )
    return file


def _from_files(path: Path, config: dict[str, Any]) -> Model:
    shared = _vocabulary(path)
    if (path / "source.spm").is_file() or (path / "target.spm").is_file():
        family, limit = "marian", 400
        source, target = _require(path, "source.spm"), _require(path, "target.spm")
        tokens = {code: t for code, t in MARIAN_TOKENS.items() if t in shared}
    elif set(NLLB_TOKENS.values()) <= shared:
        family, limit, tokens = "nllb", 510, dict(NLLB_TOKENS)
        source = target = _single_tokenizer(path)
    else:
        raise BrokenModelError(
            f"{path} is neither a MarianMT folder (source.spm, target.spm) nor an NLLB one"
            " (vocabulary with ind_Latn and eng_Latn); describe it in a model.toml"
        )
    return Model(
        path.resolve().name, path, family, (), tokens, source, target, limit, config, (), {}
    )


def _single_tokenizer(path: Path) -> str:
    names = (
        "sentencepiece.model",
        "sentencepiece.bpe.model",
        "flores200_sacrebleu_tokenizer_spm.model",
    )
    for name in names:
        if (path / name).is_file():
            return name
    return _require(path, names[0])


def _vocabulary(path: Path) -> frozenset[str]:
    entries: set[str] = set()
    for name in ("shared_vocabulary", "source_vocabulary", "target_vocabulary"):
        for suffix in (".json", ".txt"):
            file = path / (name + suffix)
            if file.is_file():
                text = file.read_text(encoding="utf-8")
                entries.update(json.loads(text) if suffix == ".json" else text.splitlines())
    if not entries:
        raise BrokenModelError(f"{path} holds no vocabulary file; convert the model again")
    return frozenset(entries)


def _digest(file: Path) -> str:
    digest = sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def verify_model(model: Model, *, thorough: bool = True) -> None:
    """Compare the model's files with what its manifest records of them.

    Args:
        model: a model; one without records has nothing to compare.
        thorough: read every file; else only those up to `CHECKED_SIZE` bytes, and compare
            the sizes of the rest.

    Raises:
        BrokenModelError: naming the first file that is missing or differs.
    """
    for record in model.files:
        _require(model.path, record.name)
        file = model.path / record.name
        size = file.stat().st_size
        changed = size != record.size
        if not changed and (thorough or size <= CHECKED_SIZE):
            changed = _digest(file) != record.sha256
        if changed:
            raise BrokenModelError(
                f"{record.name} of model {model.name!r} is not the file that model.toml records"
                " (size or SHA-256 differs); install the model again"
            )
