"""Where bitexts go: standard output, a file, or a folder with a file an input and format."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import translate_kit as tk
from translate_kit.cli.inputs import STDIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate_kit.cli.inputs import Input

__all__ = ["SAME", "Outputs", "write_stdout"]

STREAMED = frozenset({"text", "jsonl"})
"""Formats of which two files one after the other are a file of both."""

SAME = "same"
"""In place of a format: that of the input, where it can be written again, else text."""


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
        self._several = len(inputs) > 1
        several = len(self._formats) > 1 or self._several
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
        self.refuse_inputs(inputs)

    def refuse_inputs(self, inputs: Sequence[str]) -> None:
        """Refuse to write over what is read."""
        path = self._path
        if path is None or self._folder or not path.exists():
            return
        for name in inputs:
            if name != STDIN and Path(name).exists() and path.samefile(name):
                raise tk.OptionError(f"{name!r} is the input; name another file with -o")

    def check(self, article: Input) -> None:
        """Refuse, before the work is done, what could not be written of an input.

        Raises:
            OptionError: if its own format is asked for and does not fit the output.
        """
        form = self._own(article)
        if SAME not in self._formats or form == "text":
            return
        if self._path is None and self._several and form not in STREAMED:
            raise tk.OptionError(f"several {form} files need a folder to go to; name it with -o")
        suffixes = tk.FORMATS[form].suffixes
        if self._path and not self._folder and self._path.suffix.lower() not in suffixes:
            known = " or ".join((*suffixes, ".txt"))
            raise tk.OptionError(
                f"--only-text writes {form} as {form}: name a file in {known} with -o,"
                " or leave --only-text out for both languages"
            )

    def _own(self, article: Input | None) -> str:
        """Return the format that stands for `SAME`."""
        if article is None or "mirror" not in tk.FORMATS[article.form].uses:
            return "text"
        plain = self._path and not self._folder and self._path.suffix.lower() == ".txt"
        return "text" if plain else article.form

    def put(self, name: str, bitexts: Sequence[tk.Bitext], article: Input | None = None) -> None:
        """Write what came of an input.

        Raises:
            OutputError: if a file cannot be written.
        """
        for wanted in self._formats:
            form, data = wanted, None
            if wanted == SAME:
                form = self._own(article)
                data = article.mirrored(bitexts) if article and form != "text" else None
            if self._path is None and data is None and form not in STREAMED:
                self._pending += bitexts
                continue
            data = tk.write_bitexts(bitexts, form) if data is None else data
            if self._path is None:
                write_stdout(data)
                continue
            path = self._file(name, form) if self._folder else self._path
            tk.write_atomically(path, data)
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
