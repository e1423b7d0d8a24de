"""A model folder: described from its manifest or its files, and compared with its records."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from translate_kit.errors import BrokenModelError
from translate_kit.languages import Direction
from translate_kit.modelstore.digests import sha256_of
from translate_kit.modelstore.model import FileRecord, Model
from translate_kit.modelstore.recognition import recognise, require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["open_model", "read_direction", "verify_model"]

CHECKED_SIZE = 100_000_000
"""Bytes up to which a file's digest is checked at every start (a tenth of a second); larger
files are compared by size, and by digest with ``models verify``."""

SHORTLIST = "vmap.txt"

_DIRECTION = re.compile(r"([a-z]{2,3})-([a-z]{2,3})")


def open_model(path: Path) -> Model:
    """Describe the model in a folder from its manifest or, without one, from its files.

    Raises:
        BrokenModelError: if files are missing or unreadable.
    """
    for needed in ("config.json", "model.bin"):
        if not (path / needed).is_file():
            raise BrokenModelError(
                f"{path} is no CTranslate2 model: it has no {needed}; convert the model first"
                " ('translate-kit models convert') or choose another with -m"
            )
    config = _read_config(path)
    manifest = _read_manifest(path)
    return _from_manifest(path, config, manifest) if manifest else _from_files(path, config)


def read_direction(text: str) -> Direction:
    """Read a direction of a model, which may be one that we have no data for (``de-en``).

    Raises:
        ValueError: if it is none.
    """
    found = _DIRECTION.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no direction such as id-en")
    return Direction(found[1], found[2])


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
            directions=tuple(map(read_direction, manifest["directions"])),
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
            shortlist=_shortlist_named(manifest),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenModelError(
            f"{path / 'model.toml'} lacks or garbles {error}; models/README.md names its keys"
        ) from error
    for file in filter(None, (model.source_tokenizer, model.target_tokenizer, model.shortlist)):
        require(path, file)
    return model


def _shortlist_named(manifest: dict[str, Any]) -> str:
    """Return what the manifest names: the one name that CTranslate2 knows, or nothing."""
    name = manifest.get("shortlist", "")
    if name not in {"", SHORTLIST}:
        raise ValueError(f"shortlist (it is {SHORTLIST!r} or left out)")
    return str(name)


def _shortlist_found(path: Path, tokens: Mapping[str, str]) -> str:
    """Return the shortlist of a folder without manifest, if it hangs on languages alone.

    In most of them the candidates depend on the source; what a sentence becomes would depend on
    what shares its batch. Such a one is not used.
    """
    file = path / SHORTLIST
    if not file.is_file():
        return ""
    text = file.read_text(encoding="utf-8", errors="replace")
    keys = {line.partition("\t")[0] for line in text.split("\n") if line}
    return SHORTLIST if keys <= {"", *tokens.values()} else ""


def _from_files(path: Path, config: dict[str, Any]) -> Model:
    found = recognise(path)
    return Model(
        name=path.resolve().name,
        path=path,
        family=found.family,
        directions=(),
        tokens=found.tokens,
        source_tokenizer=found.source_tokenizer,
        target_tokenizer=found.target_tokenizer,
        source_limit=found.source_limit,
        config=config,
        files=(),
        manifest={},
        shortlist=_shortlist_found(path, found.tokens),
    )


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
        require(model.path, record.name)
        file = model.path / record.name
        size = file.stat().st_size
        changed = size != record.size
        if not changed and (thorough or size <= CHECKED_SIZE):
            changed = sha256_of(file) != record.sha256
        if changed:
            raise BrokenModelError(
                f"{record.name} of model {model.name!r} is not the file that model.toml records"
                " (size or SHA-256 differs); install the model again"
            )
