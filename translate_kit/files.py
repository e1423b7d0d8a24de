"""Files in and out: bytes in, text decoded once, whole files out or none.

Every message about a file is made here, so that each names the cause and the next step.
"""

from __future__ import annotations

import codecs
import errno
import os
import platform
import secrets
import stat
import zlib
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from translate_kit.errors import (
    EmptyInputError,
    EncodingError,
    InputError,
    OptionError,
    OutputError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typing_extensions import Self

__all__ = [
    "Draft",
    "as_text",
    "decode",
    "decode_pieces",
    "read_bytes",
    "read_pieces",
    "sweep_drafts",
    "write_atomically",
]

_MARKS = (
    # UTF-32 little-endian begins with the mark of UTF-16, so it is tried first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b"))
_MOST_CONTROLS = 0.05
"""Share of control characters above which an input is no text; a stray one is let through."""

_MINE = f".translate-kit-{zlib.crc32(platform.node().encode()):08x}-"
"""What the name of a draft begins with: the machine, for folders may be shared."""

PIECE = 1 << 16
"""Bytes that a file is read in where it is not read whole."""

_READING = {
    errno.ENOENT: "no such file; check the name",
    errno.ENOTDIR: "a part of the path is a file, not a folder; check the name",
    errno.EISDIR: "is a folder; name the files in it",
    errno.EACCES: "no permission to read it; change its permissions or copy it",
    errno.EPERM: "no permission to read it; change its permissions or copy it",
    errno.ENAMETOOLONG: "the name is too long to be a file's",
}
_WRITING = {
    errno.ENOENT: "the folder does not exist; make it first",
    errno.ENOTDIR: "a part of the path is a file, not a folder; choose another place",
    errno.EISDIR: "is a folder; name a file in it",
    errno.EACCES: "no permission to write there; choose another place",
    errno.EPERM: "no permission to write there; choose another place",
    errno.EROFS: "that disk can only be read; choose another place",
    errno.ENOSPC: "the disk is full; make room or choose another place",
    errno.EDQUOT: "your share of the disk is full; make room or choose another place",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
}


def as_text(name: str) -> str:
    """Return a file's name as text: of bytes that are none in UTF-8, escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def read_bytes(path: str | Path) -> bytes:
    """Return what is in a file.

    Raises:
        InputError: if there is no such file, it is a folder, or it cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {str(path)!r}: {_cause(error, _READING)}") from error
    except ValueError as error:  # a zero byte in the name
        raise InputError(f"cannot read {str(path)!r}: {error}; check the name") from error


def read_pieces(path: str | Path) -> Iterator[bytes]:
    """Yield what is in a file, a piece at a time.

    Raises:
        InputError: as `read_bytes` does.
    """
    try:
        with Path(path).open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    except OSError as error:
        raise InputError(f"cannot read {str(path)!r}: {_cause(error, _READING)}") from error
    except ValueError as error:  # a zero byte in the name
        raise InputError(f"cannot read {str(path)!r}: {error}; check the name") from error


def write_atomically(path: str | Path, data: bytes) -> None:
    """Write a file so that it is there whole or, on any error or Ctrl-C, not at all.

    A file that was there keeps its permissions, a new one gets the umask's; a symbolic link
    stays and its goal is written. What is no regular file, a pipe or ``/dev/null``, is
    written in place, for replacing it would destroy it.

    Raises:
        OutputError: if the folder is missing or not writable, the disk is full, ….
    """
    with Draft(path) as draft:
        draft.write(data)
        draft.finish()


class Draft:
    """A file that is written piece by piece and is there only once it is finished.

    As a context manager it is discarded at the end of the body unless it was finished.

    Args:
        path: of the file; see `write_atomically`.

    Raises:
        OutputError: if it cannot be written.
    """

    def __init__(self, path: str | Path) -> None:
        self._name = str(path)
        with self._errors():
            self._mode = _mode(Path(path))
            self._temporary: Path | None = None
            self._goal = Path(path)
            if self._mode is None or stat.S_ISREG(self._mode):
                # The same folder, so that the move is one step; the name says whose it is if
                # the machine dies before it.
                self._goal = Path(os.path.realpath(path))
                name = f"{_MINE}{os.getpid()}-{secrets.token_hex(8)}.tmp"
                self._temporary = self._goal.with_name(name)
            kind = "xb" if self._temporary else "wb"
            self._file = (self._temporary or self._goal).open(kind)

    def __enter__(self) -> Self:
        """Return the draft itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Discard it unless it is finished."""
        self.discard()

    def write(self, data: bytes) -> None:
        """Add a piece.

        Raises:
            OutputError: if the disk is full, ….
        """
        with self._errors():
            self._file.write(data)

    def finish(self) -> None:
        """Put the file in its place.

        Raises:
            OutputError: if that fails; the draft is still to be discarded.
        """
        with self._errors():
            self._file.flush()
            if self._temporary:
                os.fsync(self._file.fileno())
            self._file.close()
            if self._temporary:
                if self._mode is not None:
                    self._temporary.chmod(stat.S_IMODE(self._mode))
                self._temporary.replace(self._goal)
                self._temporary = None

    def discard(self) -> None:
        """Leave nothing behind of what is not finished."""
        with suppress(OSError):  # closing writes what is buffered, and the disk may be full
            self._file.close()
        if self._temporary:
            with suppress(FileNotFoundError):
                self._temporary.unlink()
            self._temporary = None

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            cause = _cause(error, _WRITING)
            raise OutputError(f"cannot write {self._name!r}: {cause}") from error
        except ValueError as error:
            message = f"cannot write {self._name!r}: {error}; check the name"
            raise OutputError(message) from error


def sweep_drafts(folder: str | Path) -> None:
    """Remove what killed processes of this machine left unfinished in a folder."""
    with suppress(OSError):  # no such folder, or not ours: nothing to sweep
        for path in Path(folder).glob(f"{_MINE}*.tmp"):
            process = path.name.removeprefix(_MINE).partition("-")[0]
            if process.isdigit() and not _alive(int(process)):
                path.unlink()


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def decode(data: bytes, encoding: str | None, source: str) -> str:
    """Return the text of an input, changed in nothing but a byte order mark.

    Args:
        data: the whole input.
        encoding: a codec's name; None reads UTF-8, and UTF-16 or UTF-32 where a byte order
            mark says so.
        source: name of the input for messages.

    Raises:
        OptionError: if there is no such encoding.
        EncodingError: if the bytes are not text in it.
        EmptyInputError: if there is nothing but white space.
        InputError: if the input is no text at all, a picture say.
    """
    codec = _codec(data, encoding)
    if codec == "utf-8":  # first, or a picture would be called bad UTF-8
        _refuse_binary(data, source)
    try:
        text = data.decode(codec)
        _refuse_binary(text.encode("utf-8"), source)  # some codecs let half characters through
    except UnicodeError as error:
        raise EncodingError(_undecodable(error, codec, source)) from error
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise EmptyInputError(f"{source}: no text in it; give an input that has some")
    return text


def decode_pieces(pieces: Iterable[bytes], encoding: str | None, source: str) -> Iterator[str]:
    """Yield the text of an input that arrives in pieces: `decode` in constant memory.

    Args:
        pieces: the input, cut anywhere.
        encoding: as for `decode`.
        source: name of the input for messages.

    Raises:
        OptionError: if there is no such encoding.
        EncodingError: if the bytes are not text in it; pieces before the place are yielded.
        EmptyInputError: at the end, if there was nothing but white space.
        InputError: if the input is no text at all.
    """
    decoder: codecs.IncrementalDecoder | None = None
    codec, place, begun, filled = "", 0, False, False
    for data in chain(pieces, (None,)):
        if decoder is None:
            codec = _codec(data or b"", encoding)
            decoder = codecs.getincrementaldecoder(codec)()
        if codec == "utf-8":
            _refuse_binary(data or b"", source)
        kept = len(decoder.getstate()[0])
        try:
            text = decoder.decode(data or b"", final=data is None)
            _refuse_binary(text.encode("utf-8"), source)
        except UnicodeError as error:
            raise EncodingError(_undecodable(error, codec, source, max(0, place - kept))) from error
        place += len(data or b"")
        if text:
            text, begun = text if begun else text.removeprefix("\ufeff"), True
            filled = filled or bool(text.strip())
            yield text
    if not filled:
        raise EmptyInputError(f"{source}: no text in it; give an input that has some")


def _codec(data: bytes, encoding: str | None) -> str:
    if encoding is None:
        return next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        name = codecs.lookup(encoding).name
        b" ".decode(name)  # codecs such as base64 exist but give no text
    except UnicodeError:
        return name  # a true text codec that wants more than a blank
    except (LookupError, ValueError) as error:
        message = f"unknown encoding {encoding!r}; name one such as utf-8 or windows-1252"
        raise OptionError(message) from error
    return name


def _undecodable(error: UnicodeError, codec: str, source: str, before: int = 0) -> str:
    place = ""
    if isinstance(error, UnicodeDecodeError):
        byte = error.object[error.start]
        place = f" (byte 0x{byte:02x} at position {before + error.start})"
    advice = "name its encoding with --encoding, as --encoding windows-1252"
    return f"{source}: not text in {codec}{place}; {advice}"


def _refuse_binary(data: bytes, source: str) -> None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > _MOST_CONTROLS * len(data):
        advice = "if it is, name its encoding with --encoding, as --encoding utf-16-le"
        raise InputError(f"{source} is no text; {advice}")


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _cause(error: OSError, words: dict[int, str]) -> str:
    return words.get(error.errno or 0) or error.strerror or str(error)
