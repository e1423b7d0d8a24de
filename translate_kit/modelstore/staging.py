"""Models put in place whole: a lock for each name, a place to work, one move at the end."""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from translate_kit.errors import OptionError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["check_name", "check_space", "locked", "put_in_place", "workplace"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,99}")
PAUSE = 0.2
"""Seconds between two attempts at a lock."""


def check_name(name: str) -> str:
    """Return a name that is safe as a folder's.

    Raises:
        OptionError: if it is not.
    """
    if not _NAME.fullmatch(name):
        raise OptionError(
            f"{name!r} cannot name a model; use letters, digits, dots and hyphens (--name)"
        )
    return name


@contextmanager
def locked(store: Path, name: str, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold a model's name, so that two processes do not make it at once.

    The lock ends with the process, however that ends.

    Args:
        store: the folder that holds the models.
        name: of the model.
        on_wait: called once if somebody else holds it.

    Raises:
        OutputError: if the store cannot be written.
    """
    import fcntl  # noqa: PLC0415 (POSIX, as this package is; reading models needs no lock)

    try:
        (store / ".locks").mkdir(parents=True, exist_ok=True)
        descriptor = os.open(store / ".locks" / f"{name}.lock", os.O_CREAT | os.O_RDWR, 0o644)
    except OSError as error:
        raise OutputError(
            f"cannot write to the model store {store}: {error.strerror}; choose another place with"
            " TRANSLATE_KIT_MODELS"
        ) from error
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if on_wait:
                    on_wait()
                    on_wait = None
                time.sleep(PAUSE)
        yield
    finally:
        os.close(descriptor)


def workplace(store: Path, name: str) -> Path:
    """Return a folder to download and convert in, on the store's own disk; made if missing.

    What lies in it from an interrupted attempt is used again.

    Raises:
        OutputError: if it cannot be made.
    """
    folder = store / ".partial" / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make {folder}: {error.strerror}; make room or rights") from error
    return folder


def check_space(folder: Path, needed: int) -> None:
    """Refuse to begin what the disk cannot hold.

    Args:
        folder: an existing folder on that disk.
        needed: bytes.

    Raises:
        OutputError: if fewer are free.
    """
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise OutputError(
            f"not enough room in {folder}: {needed / 1e9:.1f} GB needed, {free / 1e9:.1f} GB free;"
            " make room or choose another disk with TRANSLATE_KIT_MODELS"
        )


def put_in_place(made: Path, place: Path) -> None:
    """Move a finished folder to its place in one step; one that was there goes.

    Raises:
        OutputError: if it cannot be moved.
    """
    old = place.with_name(f".removed-{place.name}")
    try:
        shutil.rmtree(old, ignore_errors=True)
        if place.exists():
            place.rename(old)
        made.rename(place)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"cannot put the model at {place}: {error.strerror}") from error
