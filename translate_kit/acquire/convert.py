"""``convert``: a model from files of one's own into the user's store."""

from __future__ import annotations

import re
import shutil
import zipfile
from typing import TYPE_CHECKING

from translate_kit.acquire.build import Material, build, check_licence
from translate_kit.acquire.options import ModelOptions, Silent
from translate_kit.engine.conversion import check_converter
from translate_kit.errors import BrokenModelError, ModelNotFoundError, OptionError
from translate_kit.modelstore import open_model, user_store
from translate_kit.modelstore.digests import sha256_of
from translate_kit.modelstore.known import KNOWN
from translate_kit.modelstore.layouts import layout_of
from translate_kit.modelstore.staging import (
    check_name,
    check_space,
    locked,
    put_in_place,
    workplace,
)

if TYPE_CHECKING:
    from pathlib import Path

    from translate_kit.acquire.options import Listener
    from translate_kit.modelstore import Model
    from translate_kit.modelstore.layouts import Layout

__all__ = ["convert_model"]

ROOM = 2.0
"""Times the size of an unpacked archive that its model needs on disk while it is made."""


def convert_model(
    source: Path, options: ModelOptions | None = None, listener: Listener | None = None
) -> Model:
    """Make a model of files on this machine.

    Args:
        source: an OPUS-MT ``.zip``; or a folder with what it holds, with a checkpoint of
            Hugging Face, or with CTranslate2 files (these are taken as they are). A file in
            such a folder stands for the folder.
        options: name, family, directions, quantization and so on.
        listener: who is told how it goes.

    Raises:
        ModelNotFoundError: if there is nothing at that path.
        BrokenModelError: if it is no model we can use.
        EngineError: if CTranslate2 cannot load it.
        OptionError: if its licence is not agreed to, an extra is missing, or the name is taken.
        OutputError: if the store cannot be written or lacks room.
    """
    options, listener = options or ModelOptions(), listener or Silent()
    if not source.exists():
        raise ModelNotFoundError(f"nothing at {str(source)!r}; give a folder or a .zip of a model")
    zipped = source.is_file() and zipfile.is_zipfile(source) and source.suffix != ".npz"
    folder = source.parent if source.is_file() and not zipped else source
    name = check_name(options.name or _name_of(folder))
    store = user_store()
    wait = f"another process is making {name}; waiting for it"
    with locked(store, name, lambda: listener.say(wait)):
        if (store / name).exists() and not options.replace:
            raise OptionError(
                f"a model {name!r} is installed; give this one another name with --name, or take"
                " its place with --force"
            )
        work = workplace(store, name)
        material = _unpacked(source, work, name) if zipped else _in_folder(folder, name)
        check_licence(name, options.licence or material.licence, options, listener)
        check_converter(material.layout.kind)
        build(material, work / "made", options, listener)
        put_in_place(work / "made", store / name)
        shutil.rmtree(work)
    return open_model(store / name)


def _name_of(source: Path) -> str:
    stem = source.stem if source.suffix == ".zip" else source.resolve().name
    return re.sub(r"[^A-Za-z0-9._+-]+", "-", stem).strip("-.") or "model"


def _in_folder(folder: Path, name: str) -> Material:
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    layout = layout_of(names, str(folder))
    return _material(folder, layout, name, folder.resolve().name)


def _material(folder: Path, layout: Layout, name: str, origin: str) -> Material:
    known = KNOWN.get(name)
    return Material(folder, layout, name, origin, known.licence if known else "", known)


def _unpacked(archive: Path, work: Path, name: str) -> Material:
    """Take the files of the model, and no other, out of an archive."""
    folder = work / "unpacked"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = {entry.filename: entry for entry in opened.infolist() if not entry.is_dir()}
            within = _common_folder(list(entries))
            by_name = {path.removeprefix(within): entry for path, entry in entries.items()}
            layout = layout_of(sorted(by_name), str(archive))
            wanted = [by_name[file] for file in layout.files]
            check_space(folder, int(ROOM * sum(entry.file_size for entry in wanted)))
            for file, entry in zip(layout.files, wanted, strict=True):
                with opened.open(entry) as packed, (folder / file).open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise BrokenModelError(f"{archive} cannot be unpacked: {error}; fetch it again") from error
    origin = f"{archive.name} sha256:{sha256_of(archive)}"
    return _material(folder, layout, name, origin)


def _common_folder(paths: list[str]) -> str:
    """Return the one folder that all files of an archive lie in, with its slash, or nothing."""
    first = paths[0].partition("/")[0] + "/" if paths else ""
    return first if all(path.startswith(first) for path in paths) and first != "../" else ""
