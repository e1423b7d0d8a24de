"""Where bitexts go: standard output, a file, or a folder with a file an input and format."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import translate_kit as tk
from translate_kit.cli.inputs import STDIN

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Outputs", "write_stdout"]

STREAMED = frozenset({"text", "jsonl"})
"""Formats of which two files one after the other are a file of both."""


def write_stdout(data: bytes) -> None:
    """Write bytes to standard output and see them off."""
    rest = memoryview(data)
    while rest:  # under PYTHONUNBUFFERED the stream is raw and may take only a part
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


class Outputs:
    """Takes bitexts as they come and writes each where ``-o`` and ``--to`` say.

    Args:
        output: the value of ``-o``, None for standard output.
        formats: the values of ``--to``; may be empty.
        inputs: names of all inputs, to know whether there are several.
        default: format for standard output where none is named.

    Raises:
        OptionError: if output and formats do not fit each other.
    """

    def __init__(
        self, output: str | None, formats: Sequence[str], inputs: Sequence[str], default: str
    ) -> None:
        self.written: list[str] = []
        self._pending: list[tk.Bitext] = []
        self._formats = tuple(dict.fromkeys(formats))
        self._path = None if output in (None, STDIN) else Path(str(output))
        several = len(self._formats) > 1 or len(inputs) > 1
        if self._path is None:
            if len(self._formats) > 1:
                raise tk.OptionError("several formats need a folder to go to; name it with -o")
            self._formats = self._formats or (default,)
            return
        self._folder = several or self._path.is_dir() or str(output).endswith("/")
        if self._folder and not self._formats:
            known = ", ".join(tk.formats_with("write"))
            raise tk.OptionError(f"name the format for the files in {output!r} with --to ({known})")
        if not self._formats:
            self._formats = (tk.format_for(str(output), "write").name,)
        self._refuse_inputs(inputs)

    def _refuse_inputs(self, inputs: Sequence[str]) -> None:
        """Refuse to write over what is read."""
        path = self._path
        if path is None or self._folder or not path.exists():
            return
        for name in inputs:
            if name != STDIN and Path(name).exists() and path.samefile(name):
                raise tk.OptionError(f"{name!r} is the input; name another file with -o")

    def put(self, name: str, bitexts: Sequence[tk.Bitext]) -> None:
        """Write what came of an input.

        Raises:
            OutputError: if a file cannot be written.
        """
        if self._path is None:
            if self._formats[0] in STREAMED:
                write_stdout(tk.write_bitexts(bitexts, self._formats[0]))
            else:
                self._pending += bitexts
            return
        for form in self._formats:
            path = self._file(name, form) if self._folder else self._path
            tk.write_atomically(path, tk.write_bitexts(bitexts, form))
            self.written.append(str(path))

    def _file(self, name: str, form: str) -> Path:
        """Name a file in the folder after the input; a second of that name gets a number."""
        folder = self._path
        if folder is None:
            raise ValueError("standard output has no files")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise tk.OutputError(
                f"cannot make the folder {str(folder)!r}: {error.strerror}; name another with -o"
            ) from error
        stem = "stdin" if name == STDIN else PurePath(name).stem or "input"
        suffix = tk.FORMATS[form].suffixes[0]
        path, number = folder / f"{stem}{suffix}", 1
        while str(path) in self.written or _same_file(path, name):
            number += 1
            path = folder / f"{stem}-{number}{suffix}"
        return path

    def close(self) -> None:
        """Write what had to wait for the last input."""
        if self._pending:
            write_stdout(tk.write_bitexts(self._pending, self._formats[0]))
            self._pending = []


def _same_file(path: Path, name: str) -> bool:
    return name != STDIN and path.exists() and Path(name).exists() and path.samefile(name)
