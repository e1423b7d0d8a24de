"""What the programs share: options as dataclasses, errors of one line, the run's record."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from translate_kit import OptionError, TranslateKitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["Recorded", "add_entry", "device_name", "entries", "last", "option", "perform", "run"]

T = TypeVar("T", bound="Recorded")
RECORD = "record.jsonl"


def option(
    text: str,
    default: Any = MISSING,
    *,
    read: Callable[[str], Any] | None = None,
    many: bool = False,
    choices: tuple[str, ...] = (),
) -> Any:
    """Declare a field of an options dataclass that is an option of the command line.

    Args:
        text: its help.
        default: without one the option must be given; False makes it a switch.
        read: makes the value of the text; that of the default's type if left out.
        many: whether several values follow (a tuple).
        choices: the only values allowed.
    """
    metadata = {"help": text, "read": read, "many": many, "choices": choices or None}
    return (
        field(metadata=metadata)
        if default is MISSING
        else field(default=default, metadata=metadata)
    )


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """Options of every program.

    Args:
        record: folder whose ``record.jsonl`` is continued; None keeps no record.
    """

    record: Path | None = option("folder of the run's record", None, read=Path)


def _parser(kind: type[Recorded], text: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=text.partition("\n\n")[0],
        epilog=text.partition("\n\n")[2] or None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for declared in fields(kind):
        flag = "--" + declared.name.replace("_", "-")
        told = dict(declared.metadata)
        if declared.default is False:
            parser.add_argument(flag, action="store_true", help=told["help"])
            continue
        required = declared.default is MISSING
        read = told["read"] or (str if required else type(declared.default))
        shown = "" if required or declared.default in (None, ()) else f" ({declared.default})"
        parser.add_argument(
            flag,
            type=read,
            nargs="+" if told["many"] else None,
            choices=told["choices"],
            default=None if required else declared.default,
            required=required,
            help=told["help"] + shown.replace("%", "%%"),
        )
    return parser


def run(
    text: str,
    kind: type[T],
    work: Callable[[T], Mapping[str, Any]],
    arguments: Sequence[str] | None = None,
) -> int:
    """Parse the command line, do the work, print what it found; return the exit code.

    Args:
        text: the program's docstring: its help.
        kind: its options.
        work: what it does; returns its figures, which go into the record.
        arguments: the command line; None takes the process's.
    """
    found = vars(_parser(kind, text).parse_args(arguments))
    values: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in found.items()
    }
    try:
        figures = perform(kind(**values), work)
    except TranslateKitError as error:
        print(f"recipe: {error}", file=sys.stderr)
        return error.exit_code
    for name, value in figures.items():
        print(f"{name}: {value}")
    return 0


def perform(options: T, work: Callable[[T], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Do the work of a program and write it to the record; return its figures."""
    begin = time.monotonic()
    figures = work(options)
    if options.record is not None:
        entry = {
            "program": _module(work).rpartition(".")[2],
            "options": {
                declared.name: _plain(getattr(options, declared.name))
                for declared in fields(options)
                if declared.name != "record"
            },
            "seconds": round(time.monotonic() - begin, 1),
            "machine": device_name(),
            "figures": _plain(figures),
        }
        add_entry(options.record, entry)
    return figures


def _module(work: Callable[..., Any]) -> str:
    """Return where a function stands, also when that is the program started with ``-m``."""
    spec = getattr(sys.modules[work.__module__], "__spec__", None)
    return spec.name if spec else work.__module__


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it; of a path only the name, which says enough."""
    if isinstance(value, Path):
        return value.name
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def add_entry(folder: Path, entry: Mapping[str, Any]) -> None:
    """Append an entry to the record in a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / RECORD).open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def entries(folder: Path, program: str | None = None) -> Iterator[Mapping[str, Any]]:
    """Return the record's entries in order, of one program or all.

    Raises:
        OptionError: if there is no record.
    """
    path = folder / RECORD
    if not path.is_file():
        raise OptionError(f"no record in {folder}; run the other programs with --record {folder}")
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if program in (None, entry["program"]):
            yield entry


def last(folder: Path, program: str) -> Mapping[str, Any] | None:
    """Return a program's last entry."""
    found = None
    for entry in entries(folder, program):
        found = entry
    return found


def device_name() -> str:
    """Return what this machine computes on, in words."""
    torch = sys.modules.get("torch")  # programs without torch need not load it for this
    if torch is not None and torch.cuda.is_available():
        return str(torch.cuda.get_device_name())
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return f"{cores} {platform.machine()} processor cores"
