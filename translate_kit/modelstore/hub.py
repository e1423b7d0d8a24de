"""The seam to ``huggingface_hub``: what a repository holds, and its files brought here.

That library downloads a file whole or not at all; one that breaks off is begun anew. Here a
broken one is continued where it stopped, in a later process too, and every file is compared
with the digest that the hub gave for it.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from translate_kit.errors import DownloadError, ModelNotFoundError, OptionError
from translate_kit.modelstore.digests import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

__all__ = ["RemoteFile", "Snapshot", "cached_snapshot", "fetch", "look_up", "sized"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of a repository.

    Args:
        repo: ``owner/name``.
        commit: 40 hexadecimal digits.
        names: relative paths of its files, as the hub gives them: not to be trusted.
        licence: as its card says; empty where it does not.
    """

    repo: str
    commit: str
    names: tuple[str, ...]
    licence: str


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a snapshot: its size in bytes and its digest as `digests.matches` takes it."""

    name: str
    size: int
    digest: str


def look_up(repo: str, revision: str | None) -> Snapshot:
    """Ask the hub what a repository holds.

    Raises:
        ModelNotFoundError: if there is no such repository or revision, or one may not see it.
        DownloadError: if the hub cannot be reached or does not make sense.
        OptionError: if ``huggingface_hub`` is missing or the name is none.
    """
    with _hub_errors(repo):
        from huggingface_hub import HfApi  # noqa: PLC0415 (an extra, and heavy)

        info = HfApi(endpoint=_endpoint()).model_info(repo, revision=revision)
        card: Any = info.card_data or {}
        if not info.sha:
            raise DownloadError(f"the hub names no commit of {repo}; is HF_ENDPOINT a hub?")
        names = tuple(str(sibling.rfilename) for sibling in info.siblings or ())
        return Snapshot(repo, str(info.sha), names, str(card.get("license") or ""))


def sized(snapshot: Snapshot, names: Sequence[str]) -> tuple[RemoteFile, ...]:
    """Ask for size and digest of files.

    Raises:
        DownloadError: as for `look_up`, or if the hub gives none.
    """
    with _hub_errors(snapshot.repo):
        return tuple(_sized(snapshot, name) for name in names)


def _sized(snapshot: Snapshot, name: str) -> RemoteFile:
    from huggingface_hub import get_hf_file_metadata  # noqa: PLC0415

    found = get_hf_file_metadata(_url(snapshot, name))
    if found.size is None or len(found.etag or "") not in {40, 64}:
        raise DownloadError(
            f"the hub gives no size or digest for {name} of {snapshot.repo}; is HF_ENDPOINT a hub?"
        )
    return RemoteFile(name, found.size, str(found.etag))


def fetch(
    snapshot: Snapshot, file: RemoteFile, folder: Path, on_bytes: Callable[[int], None]
) -> None:
    """Bring a file here, going on where an earlier attempt stopped.

    Args:
        snapshot: whose file it is.
        file: which.
        folder: where it goes, under its own name once it is whole.
        on_bytes: called with the number of bytes that have become present.

    Raises:
        DownloadError: if it cannot be brought or is not what the hub announced.
    """
    place, part = folder / file.name, folder / f"{file.name}.part"
    if place.is_file():  # whole and compared: see the last line
        on_bytes(file.size)
        return
    if part.is_file() and part.stat().st_size > file.size:
        part.unlink()
    on_bytes(_size(part))
    _complete(snapshot, file, part, on_bytes)
    if not matches(part, file.digest):
        part.unlink()
        raise DownloadError(
            f"{file.name} of {snapshot.repo} is not what the hub announced (its digest differs);"
            " try again, and if it stays so do not trust the source"
        )
    part.rename(place)


def _complete(
    snapshot: Snapshot, file: RemoteFile, part: Path, on_bytes: Callable[[int], None]
) -> None:
    """Fetch what is lacking; try again as long as each attempt brings something."""
    while True:
        have = _size(part)
        try:
            with _hub_errors(snapshot.repo), part.open("ab") as stream:
                _get(_url(snapshot, file.name), _Counted(stream, on_bytes), have, file.size)
        except DownloadError:
            if _size(part) <= have:
                raise
        else:
            return


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0


def _get(url: str, stream: Any, have: int, size: int) -> None:
    from huggingface_hub.file_download import http_get  # noqa: PLC0415
    from huggingface_hub.utils import build_hf_headers  # noqa: PLC0415

    # never compressed on the way: sizes and places to go on from are those of the file
    headers = {**build_hf_headers(), "Accept-Encoding": "identity"}
    with _quiet():
        http_get(url, stream, resume_size=have, headers=headers, expected_size=size)


def cached_snapshot(repo: str, revision: str | None) -> tuple[Path, str] | None:
    """Return a repository's folder in the hub library's own cache, and its commit; or None.

    Raises:
        OptionError: if the name is none.
    """
    from pathlib import Path as _Path  # noqa: PLC0415

    try:
        from huggingface_hub import snapshot_download  # noqa: PLC0415
        from huggingface_hub.errors import LocalEntryNotFoundError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        with _hub_errors(repo), _quiet():
            found = _Path(snapshot_download(repo, revision=revision, local_files_only=True))
    except DownloadError as error:
        if isinstance(error.__cause__, LocalEntryNotFoundError):
            return None
        raise
    return found, found.name


class _Counted:
    """A file that tells how much is written to it."""

    def __init__(self, stream: Any, on_bytes: Callable[[int], None]) -> None:
        self._stream = stream
        self._on_bytes = on_bytes

    def write(self, data: bytes) -> int:
        self._on_bytes(len(data))
        return int(self._stream.write(data))

    def seek(self, place: int, whence: int = 0) -> int:
        return int(self._stream.seek(place, whence))

    def tell(self) -> int:
        return int(self._stream.tell())

    def truncate(self, size: int | None = None) -> int:
        # the server did not go on but began anew
        before = self._stream.tell() if size is None else size
        length = int(self._stream.seek(0, os.SEEK_END))
        self._stream.seek(before)
        self._on_bytes(before - length)
        return int(self._stream.truncate(size))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library from drawing bars and writing warnings: that is the program's part."""
    from huggingface_hub.utils import (  # noqa: PLC0415
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
        logging,
    )

    verbosity, silent = logging.get_verbosity(), are_progress_bars_disabled()
    logging.set_verbosity_error()
    disable_progress_bars()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        if not silent:
            enable_progress_bars()


def _endpoint() -> str | None:
    # read now: the library reads it once, when it is imported
    return os.environ.get("HF_ENDPOINT") or None


def _url(snapshot: Snapshot, name: str) -> str:
    from huggingface_hub import hf_hub_url  # noqa: PLC0415

    return str(hf_hub_url(snapshot.repo, name, revision=snapshot.commit, endpoint=_endpoint()))


@contextmanager
def _hub_errors(repo: str) -> Iterator[None]:
    try:
        from huggingface_hub import errors  # noqa: PLC0415
    except ImportError as error:
        raise OptionError(
            "models are fetched with huggingface_hub, which is not installed;"
            " install it with: pip install 'translate-kit[hub]'"
        ) from error
    # the base of the library's own error is that of its HTTP library, whichever it is
    transport: tuple[type[BaseException], ...] = errors.HfHubHTTPError.__bases__
    try:
        yield
    except errors.HFValidationError as error:
        raise OptionError(f"{repo!r} names no repository; write owner/name") from error
    except (errors.GatedRepoError, errors.RepositoryNotFoundError) as error:
        raise ModelNotFoundError(
            f"no repository {repo!r} on the hub that you may read; check the name, or set HF_TOKEN"
            " if it is private or asks for its terms to be accepted"
        ) from error
    except errors.RevisionNotFoundError as error:
        raise ModelNotFoundError(f"{repo} has no such revision; see its page") from error
    except (*transport, errors.EntryNotFoundError, OSError, ValueError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise DownloadError(
            f"cannot fetch {repo}: {reason}; what has come is kept, run the command again"
        ) from error
