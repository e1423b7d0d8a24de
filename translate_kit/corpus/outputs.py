"""Where results go: standard output, a file, or a folder that mirrors the inputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from translate_kit.corpus.inputs import STDIN, Named
from translate_kit.corpus.tasks import STREAMED, Result, Task
from translate_kit.errors import OptionError, OutputError
from translate_kit.files import Draft, sweep_drafts
from translate_kit.formats import FORMATS, format_for, formats_with, write_bitexts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate_kit.bitext import Bitext

__all__ = ["Outputs", "Wanted"]

MIRROR = "mirror"
"""Key of the place of what is written in the input's own format."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write.

    Args:
        output: a file or folder, or None for standard output.
        formats: by name; may be empty, then the output's suffix says it.
        mirrored: whether each input is (also) written in its own format, where that can be,
            else as text.
        default: format for standard output where none is named.
        whole_names: files in a folder are named after the whole name of their input, ``a.md.html``,
            so that their names do not depend on what other inputs there are.
    """

    output: str | None = None
    formats: tuple[str, ...] = ()
    mirrored: bool = False
    default: str = "text"
    whole_names: bool = False


@dataclass(slots=True)
class _Open:
    """What is being written of a task."""

    places: dict[str, Path]
    drafts: dict[str, Draft] = field(default_factory=dict)


class Outputs:
    """Takes results as they come and writes each where it belongs.

    Args:
        wanted: what to write and where.
        inputs: all inputs, to know whether there are several, and which not to write over.
        emit: takes what goes to standard output.

    Raises:
        OptionError: if output and formats do not fit each other or an input.
    """

    def __init__(
        self, wanted: Wanted, inputs: Sequence[Named], emit: Callable[[bytes], None]
    ) -> None:
        self._emit = emit
        self._mirrored = wanted.mirrored
        self._whole_names = wanted.whole_names
        self._formats = tuple(dict.fromkeys(wanted.formats))
        self._several = len(inputs) > 1
        self._taken: set[str] = set()
        self._pending: list[Bitext] = []
        self._open: dict[int, _Open] = {}
        self._swept: set[Path] = set()
        self._path = None if wanted.output in (None, STDIN) else Path(str(wanted.output))
        count = len(self._formats) + self._mirrored
        if self._path is None:
            if count > 1:
                raise OptionError("several formats need a folder to go to; name it with -o")
            self._formats = self._formats or (() if self._mirrored else (wanted.default,))
            return
        self._choose_files(str(wanted.output), count)
        self.refuse(*inputs)

    def _choose_files(self, output: str, count: int) -> None:
        path = self._path
        is_folder = path is not None and (path.is_dir() or output.endswith("/"))
        self._is_folder = self._several or count > 1 or is_folder
        if count:
            return
        if self._is_folder:
            known = ", ".join(formats_with("write"))
            raise OptionError(f"name the format for the files in {output!r} with --to ({known})")
        self._formats = (format_for(output, "write").name,)

    def refuse(self, *inputs: Named) -> None:
        """Refuse to write over what is read.

        Raises:
            OptionError: if the file that is written to is one of the inputs.
        """
        for named in inputs:
            if self.file and _same_file(self.file, named.name):
                raise OptionError(f"{named.name!r} is the input; name another file with -o")

    @property
    def folder(self) -> Path | None:
        """The folder that is written to, if it is one."""
        return self._path if self._path and self._is_folder else None

    @property
    def file(self) -> Path | None:
        """The file that is written to, if it is one."""
        return None if self._path is None or self._is_folder else self._path

    @property
    def described(self) -> str:
        """What is written of each input, as a string."""
        return " ".join((*self._formats, *([MIRROR] if self._mirrored else ())))

    @property
    def needs_bitexts(self) -> bool:
        """Whether results must carry their bitexts: they go to standard output as one file."""
        return self._path is None and any(form not in STREAMED for form in self._formats)

    def formats_for(self, form: str) -> tuple[tuple[str, ...], bool]:
        """Return the formats to write of an input of this format, and whether to mirror it.

        Raises:
            OptionError: if it is to be mirrored and its format does not fit the output.
        """
        if not self._mirrored:
            return (() if self.needs_bitexts else self._formats), False
        as_text = self._path and not self._is_folder and self._path.suffix.lower() == ".txt"
        if "mirror" not in FORMATS[form].uses or as_text:
            return tuple(dict.fromkeys(("text", *self._formats))), False
        if self._path is None and self._several and form not in STREAMED:
            raise OptionError(f"several {form} files need a folder to go to; name it with -o")
        suffixes = FORMATS[form].suffixes
        if self._path and not self._is_folder and self._path.suffix.lower() not in suffixes:
            known = " or ".join((*suffixes, ".txt"))
            raise OptionError(
                f"--only-text writes {form} as {form}: name a file in {known} with -o,"
                " or leave --only-text out for both languages"
            )
        return self._formats, True

    def places(self, task: Task, named: Named) -> dict[str, Path]:
        """Choose, once for every input and in their order, the files that it becomes.

        Returns:
            The file for each format, and for `MIRROR`; nothing where standard output takes all.
        """
        mirror = {MIRROR: task.form} if task.mirrored else {}
        wanted = {**mirror, **{name: name for name in task.formats}}
        places: dict[str, Path] = {}
        if self._path is not None:
            places = {
                key: self._file(named, name) if self._is_folder else self._path
                for key, name in wanted.items()
            }
        self._open[task.number] = _Open(places)
        return places

    def _file(self, named: Named, form: str) -> Path:
        """Name a file in the folder after the input; a second of that name gets a number."""
        folder = (self._path or Path()) / named.place.parent
        stem = named.place.stem or "input"
        suffix = FORMATS[form].suffixes[0]
        if self._whole_names:
            return folder / f"{named.place.name}{suffix}"
        path, number = folder / f"{stem}{suffix}", 1
        while str(path) in self._taken or _same_file(path, named.name):
            number += 1
            path = folder / f"{stem}-{number}{suffix}"
        self._taken.add(str(path))
        return path

    def put(self, number: int, named: Named, bitexts: Sequence[Bitext]) -> None:
        """Write bitexts as what came of an input.

        Raises:
            OutputError: if a file cannot be written.
        """
        formats, _ = self.formats_for("text")
        task = Task(number, named.name, "text", formats)
        self.places(task, named)
        outputs = tuple((form, write_bitexts(bitexts, form)) for form in formats)
        self.take(Result(task, outputs, bitexts=tuple(bitexts)))

    def take(self, result: Result) -> tuple[Path, ...]:
        """Write what came of a task or a part of one; return the files that are finished now.

        Raises:
            OutputError: if a file cannot be written.
        """
        opened = self._open[result.task.number]
        if result.error:
            self.drop(result.task.number)
            return ()
        pieces = list(result.outputs)
        if result.mirror is not None:
            pieces.insert(0, (MIRROR, result.mirror))
        for key, data in pieces:
            if not opened.places:
                self._emit(data)
            else:
                if key not in opened.drafts:
                    opened.drafts[key] = self._draft(opened.places[key])
                opened.drafts[key].write(data)
        if self.needs_bitexts:
            self._pending += result.bitexts
        if not result.last:
            return ()
        for draft in opened.drafts.values():
            draft.finish()
        finished = tuple(opened.places[key] for key in opened.drafts)
        self.drop(result.task.number)
        return finished

    def _draft(self, path: Path) -> Draft:
        folder = path.parent
        if self._is_folder:  # each time: in a long run somebody may have removed it
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputError(
                    f"cannot make the folder {str(folder)!r}: {error.strerror};"
                    " name another with -o"
                ) from error
        if folder not in self._swept:
            sweep_drafts(folder)
            self._swept.add(folder)
        return Draft(path)

    def drop(self, number: int) -> None:
        """Leave nothing unfinished of a task."""
        opened = self._open.pop(number, None)
        for draft in opened.drafts.values() if opened else ():
            draft.discard()

    def close(self) -> None:
        """Write what had to wait for the last input, and leave nothing unfinished."""
        for number in tuple(self._open):
            self.drop(number)
        if self._pending:
            self._emit(write_bitexts(self._pending, self._formats[0]))
            self._pending = []

    def discard(self) -> None:
        """Leave nothing unfinished, after an error."""
        self._pending = []
        self.close()


def _same_file(path: Path, name: str) -> bool:
    try:
        return name != STDIN and path.samefile(name)
    except (OSError, ValueError):  # one of them is not there, or cannot be
        return False
