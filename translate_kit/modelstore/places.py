"""Where models are: the user's store, the installed package, a source checkout."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from translate_kit.errors import (
    BrokenModelError,
    DirectionError,
    ModelNotFoundError,
    OptionError,
    OutputError,
)
from translate_kit.modelstore.folder import open_model
from translate_kit.modelstore.staging import locked

if TYPE_CHECKING:
    from translate_kit.languages import Direction
    from translate_kit.modelstore.model import Model

__all__ = [
    "DEFAULT_MODELS",
    "broken_models",
    "find_model",
    "installed_models",
    "locate_model",
    "model_folders",
    "remove_model",
    "user_store",
]

DEFAULT_MODELS = {"id-en": "id-en", "en-id": "en-id"}
"""The shipped model for each direction that has one."""


def user_store() -> Path:
    """Return the folder that pulled models go to; it need not exist.

    It is ``TRANSLATE_KIT_MODELS``, or else a folder of the user's data.
    """
    named = os.environ.get("TRANSLATE_KIT_MODELS")
    if named:
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415 (costs time; only needed here)

    return user_data_path("translate-kit") / "models"


def model_folders() -> tuple[Path, ...]:
    """Return the folders that hold models, first come first found.

    These are the `user_store`, the models inside the installed package, and ``models/`` of a
    source checkout. None of them is created.
    """
    package = Path(__file__).parents[1]
    return (user_store(), package / "_models", package.parent / "models")


def installed_models() -> tuple[Model, ...]:
    """Return every readable model of `model_folders`, each name once."""
    return tuple(_survey()[0].values())


def broken_models() -> dict[Path, str]:
    """Return the folders in `model_folders` that should hold a model and do not, and why."""
    return _survey()[1]


def _survey() -> tuple[dict[str, Model], dict[Path, str]]:
    found: dict[str, Model] = {}
    broken: dict[Path, str] = {}
    for folder in model_folders():
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            marked = (path / "model.toml").is_file() or (path / "model.bin").is_file()
            # folders with a dot are where downloads are under way
            if path.name in found or path.name.startswith(".") or not marked:
                continue
            try:
                found[path.name] = open_model(path)
            except BrokenModelError as error:
                broken[path] = str(error)
    return found, broken


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
                f"no model for {direction} is shipped; name one of yours with -m PATH,"
                " or fetch one: 'translate-kit models list'"
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
        pull = f", or fetch it: 'translate-kit models pull {name}'" if name.count("/") == 1 else ""
        raise ModelNotFoundError(f"no model folder at {name!r}; give the path of a folder{pull}")
    for folder in model_folders():
        if (folder / name / "model.bin").is_file() or (folder / name / "model.toml").is_file():
            return folder / name
    if (Path(name) / "model.bin").is_file():
        return Path(name)
    raise ModelNotFoundError(_not_found(name))


def _not_found(name: str) -> str:
    from translate_kit.modelstore.known import KNOWN  # noqa: PLC0415 (only for this message)

    if name in KNOWN:
        return f"model {name!r} is not installed; fetch it with 'translate-kit models pull {name}'"
    return (
        f"no model {name!r}; 'translate-kit models list' shows what is installed,"
        " -m PATH uses a folder"
    )


def remove_model(name: str) -> Path:
    """Delete a model of the user's store and return the folder it had.

    Raises:
        ModelNotFoundError: if there is no such model.
        OptionError: if it lies elsewhere, as the shipped one does.
        OutputError: if it cannot be deleted.
    """
    store = user_store()
    path = locate_model(name) if os.sep not in name else Path(name)
    if path.parent.resolve() != store.resolve() or path.name.startswith("."):
        raise OptionError(
            f"model {name!r} is not in your store {store}; delete its folder yourself"
        )
    with locked(store, path.name):
        try:
            # first out of sight, so that an interrupted deletion leaves no half model
            gone = path.rename(path.with_name(f".removed-{path.name}"))
            shutil.rmtree(gone)
        except OSError as error:
            raise OutputError(f"cannot delete {path}: {error.strerror or error}") from error
    return path
