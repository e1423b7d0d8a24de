"""``pull``: a model from a hub into the user's store."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.acquire.build import Material, build, check_licence
from translate_kit.acquire.options import ModelOptions, Silent
from translate_kit.engine.conversion import check_converter
from translate_kit.errors import BrokenModelError, ModelNotFoundError, OptionError
from translate_kit.modelstore import open_model, user_store, verify_model
from translate_kit.modelstore.hub import cached_snapshot, fetch, look_up, sized
from translate_kit.modelstore.known import KNOWN, Known
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
    from translate_kit.modelstore.hub import Snapshot

__all__ = ["pull_model"]

ROOM = 2.0
"""Times the size of its download that a model needs on disk while it is made."""


def pull_model(
    wanted: str, options: ModelOptions | None = None, listener: Listener | None = None
) -> Model:
    """Bring a model from the hub that ``HF_ENDPOINT`` names, or the usual one.

    A model that is installed and whole is returned as it is, without the network, unless a
    revision is asked for.

    Args:
        wanted: a name of the known table, or a repository as ``owner/name``.
        options: name, revision, quantization and so on.
        listener: who is told how it goes.

    Raises:
        ModelNotFoundError: if there is no such model.
        DownloadError: if it cannot be fetched whole; run it again to go on.
        BrokenModelError: if what came is no model we can use.
        EngineError: if CTranslate2 cannot load it.
        OptionError: if its licence is not agreed to, an extra is missing, or the name is taken.
        OutputError: if the store cannot be written or lacks room.
    """
    options, listener = options or ModelOptions(), listener or Silent()
    known = KNOWN.get(wanted)
    repo = _repository(wanted, known)
    name = check_name(options.name or (known.name if known else repo.rpartition("/")[2]))
    store = user_store()
    wait = f"another process is making {name}; waiting for it"
    with locked(store, name, lambda: listener.say(wait)):
        have = None if options.replace else _installed(store / name, repo, listener)
        if have and options.revision is None:
            listener.say(f"{name} is installed already, and whole")
            return have
        source = _cached if _is_offline(options) else _looked_up
        found = source(repo, name, known, options)
        if have and have.manifest.get("origin") == found.material.origin:
            listener.say(f"{name} is installed already at this revision, and whole")
            return have
        check_licence(name, found.material.licence, options, listener)
        check_converter(found.material.layout.kind)
        work = workplace(store, name)
        if found.snapshot:
            _download(found.snapshot, found.material, listener)
        build(found.material, work / "made", options, listener)
        put_in_place(work / "made", store / name)
        shutil.rmtree(work)
    return open_model(store / name)


@dataclass(frozen=True, slots=True)
class _Found:
    """Files to make a model of; those of a snapshot are still to be fetched."""

    material: Material
    snapshot: Snapshot | None


def _repository(wanted: str, known: Known | None) -> str:
    if known and known.archive:
        ways = " ".join(f"--direction {direction}" for direction in known.directions)
        raise ModelNotFoundError(
            f"{wanted} is on no hub: fetch {known.archive} and run 'translate-kit models convert"
            f" FILE.zip --name {wanted} {ways}'"
        )
    if known is None and wanted.count("/") != 1:
        raise ModelNotFoundError(
            f"no model {wanted!r} is known; 'translate-kit models list' shows those that are, and a"
            " repository of the hub is named as owner/name"
        )
    return known.hub if known else wanted


def _installed(path: Path, repo: str, listener: Listener) -> Model | None:
    """Return the model if it is there and whole; one of another origin is in the way."""
    if not path.exists():
        return None
    try:
        model = open_model(path)
        verify_model(model)
    except BrokenModelError as error:
        listener.say(f"{error}; making it anew")
        return None
    origin = str(model.manifest.get("origin", "")).partition("@")[0]
    if origin != repo:
        raise OptionError(
            f"a model {path.name!r} of another origin ({origin or 'unknown'}) is installed; give"
            " this one another name with --name, or take its place with --force"
        )
    return model


def _looked_up(repo: str, name: str, known: Known | None, options: ModelOptions) -> _Found:
    """Ask the hub."""
    snapshot = look_up(repo, options.revision)
    # by commit: what is left of another revision must not be taken for part of this one
    folder = user_store() / ".partial" / name / snapshot.commit
    material = Material(
        folder=folder,
        layout=layout_of(snapshot.names, repo),
        name=name,
        origin=f"{repo}@{snapshot.commit}",
        licence=known.licence if known else snapshot.licence,
        known=known,
    )
    return _Found(material, snapshot)


def _cached(repo: str, name: str, known: Known | None, options: ModelOptions) -> _Found:
    """Look into the cache of the hub's own library."""
    found = cached_snapshot(repo, options.revision)
    if found is None:
        raise ModelNotFoundError(
            f"{name} is neither installed nor in the hub's cache; pull it once without --offline"
        )
    folder, commit = found
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    layout = layout_of(names, repo)
    licence = known.licence if known else ""
    return _Found(Material(folder, layout, name, f"{repo}@{commit}", licence, known), None)


def _download(snapshot: Snapshot, material: Material, listener: Listener) -> None:
    folder = workplace(user_store(), f"{material.name}/{snapshot.commit}")
    files = sized(snapshot, material.layout.files)
    total = sum(file.size for file in files)
    here = sum(path.stat().st_size for path in folder.iterdir())
    check_space(folder, int(ROOM * total) - here)
    listener.say(f"fetching {len(files)} files of {snapshot.repo}, {total / 1e6:.1f} MB")
    listener.started(total)
    for file in files:
        fetch(snapshot, file, folder, listener.advanced)


def _is_offline(options: ModelOptions) -> bool:
    named = os.environ.get("HF_HUB_OFFLINE", "")
    return options.offline or named.upper() in {"1", "ON", "YES", "TRUE"}
