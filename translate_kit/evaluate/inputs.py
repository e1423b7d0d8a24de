"""Files of segments: lines, any bilingual format of ours, WMT's sgm and xml, packed or not."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from translate_kit.errors import FormatError, InputError, OptionError
from translate_kit.evaluate.corpus import Stream, System
from translate_kit.evaluate.models import made_by
from translate_kit.files import decode
from translate_kit.formats import FORMATS, Reading, formats_with, read_bitexts
from translate_kit.formats.rows import one_line
from translate_kit.formats.safe_xml import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate_kit.bitext import Bitext

__all__ = ["FORMS", "Input", "read_input"]

_MOST = 1 << 30
"""Bytes that a packed file may unpack to: a test set has a thousandth of that."""


@dataclass(frozen=True, slots=True)
class Input:
    """What a file of segments holds; a part it has not is empty.

    Args:
        name: the file's, for messages and tables.
        systems: hypotheses in it; a file of lines is one system.
        references: sets of references in it.
        sources: source texts.
        bilingual: whether the segmentation is the file's own, and not lines of a test set.
        text: the whole of a text file, for what turns out to be an article.
    """

    name: str
    systems: tuple[System, ...] = ()
    references: tuple[Stream, ...] = ()
    sources: Stream | None = None
    bilingual: bool = False
    text: str | None = None

    @property
    def is_article(self) -> bool:
        """Whether it is text in paragraphs: an empty line stands between others."""
        return self.text is not None and "\n\n" in self.text.replace("\r", "").strip("\n")


def read_input(
    data: bytes,
    name: str,
    form: str | None = None,
    encoding: str | None = None,
    columns: int = 1,
) -> Input:
    """Read a file of segments.

    Args:
        data: the file's bytes.
        name: its name; the suffix says the format, ``.gz`` after it that it is packed.
        form: a key of `FORMS`, to read it as that whatever its name.
        encoding: a codec's name; None is UTF-8, or what a byte order mark says.
        columns: references in each line, between tabs, as ``sacrebleu --num-refs``.

    Raises:
        OptionError: if the form or the encoding is unknown.
        InputError: if it is not of that format, not text, or empty.
    """
    path = PurePath(name)
    if path.suffix.lower() == ".gz":
        data, path = _unpacked(data, name), path.with_suffix("")
    form = form or _form_of(path.suffix.lower())
    if form not in FORMS:
        raise OptionError(f"unknown format {form!r} of segments; known are {', '.join(FORMS)}")
    reading = Reading(source=name, encoding=encoding)
    if form == "lines":
        return _lines(decode(data, encoding, name), name, columns)
    if form == "sgm":
        return _sgm(decode(data, encoding, name), name)
    return _xml(data, reading) if form == "xml" else _bilingual(data, form, reading)


def _form_of(suffix: str) -> str:
    if suffix in {".sgm", ".sgml"}:
        return "sgm"
    if suffix == ".xml":
        return "xml"
    known = (name for name in formats_with("read") if suffix in FORMATS[name].suffixes)
    return next(known, "lines")


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as stream:
            content = stream.read(_MOST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FormatError(f"{name}: not a whole gzip file: {error}; unpack it yourself") from error
    if len(content) > _MOST:
        raise InputError(f"{name}: unpacks to more than {_MOST >> 20} MiB; unpack and cut it")
    return content


def _lines(text: str, name: str, columns: int) -> Input:
    """Cut at line feeds only and strip ends of lines, as the ``sacrebleu`` program does."""
    rows = text.split("\n")
    lines = tuple(line.rstrip() for line in (rows[:-1] if rows[-1] == "" else rows))
    stream = Stream(name, lines)
    return Input(name, (System(name, lines),), _columns(stream, columns), stream, text=text)


def _columns(stream: Stream, columns: int) -> tuple[Stream, ...]:
    if columns == 1:
        return (stream,)
    rows = [line.split("\t", columns - 1) for line in stream.lines]
    for number, row in enumerate(rows, 1):
        if len(row) != columns:
            raise FormatError(
                f"{stream.name}: line {number} has {len(row)} of {columns} references;"
                " put a tab between them or change --num-refs"
            )
    return tuple(
        Stream(f"{stream.name}:{number}", tuple(column))
        for number, column in enumerate(zip(*rows, strict=True), 1)
    )


def _bilingual(data: bytes, form: str, reading: Reading) -> Input:
    bitexts = read_bitexts(data, form, reading)
    rows = [row for bitext in bitexts for row in bitext.rows()]
    targets = tuple(one_line(row.target).strip() for row in rows)
    if not any(targets):
        raise InputError(f"{reading.source}: no translations in it; give a file that has some")
    qualities = tuple(row.bead.quality for row in rows)
    system = System(
        reading.source,
        targets,
        qualities if any(qualities) else (),
        _signature(bitexts),
    )
    sources = Stream(reading.source, tuple(one_line(row.source).strip() for row in rows))
    return Input(
        reading.source, (system,), (Stream(reading.source, targets),), sources, bilingual=True
    )


def _signature(bitexts: tuple[Bitext, ...]) -> tuple[tuple[str, str], ...]:
    """Say how the file was made, if all of it was made in one way."""
    made = {bitext.provenance for bitext in bitexts}
    return made_by(made.pop()) if len(made) == 1 else ()


# WMT's files, by sacreBLEU's own readers


def _sgm(text: str, name: str) -> Input:
    """Read the format of WMT until 2020: one stream of ``<seg>`` lines."""
    from sacrebleu.dataset.fake_sgml import FakeSGMLDataset  # noqa: PLC0415 (only for such files)

    def convert(source: Path, target: Path) -> str:
        reader: Any = FakeSGMLDataset("local", langpairs={})
        reader._convert_format(str(source), str(target))  # noqa: SLF001 (no public reader)
        return target.read_text(encoding="utf-8")

    rows = _in_folder(text.encode("utf-8"), name, convert)
    lines = tuple(rows.split("\n")[:-1])
    if not any(lines):
        raise FormatError(f"{name}: no <seg> at the beginning of a line; is it WMT's sgm?")
    stream = Stream(name, lines)
    return Input(name, (System(name, lines),), (stream,), stream)


def _xml(data: bytes, reading: Reading) -> Input:
    """Read the format of WMT since 2021: sources, references and systems in one file."""
    from sacrebleu.dataset.wmt_xml import WMTXMLDataset  # noqa: PLC0415 (only for such files)

    parse(data, reading)  # ours refuses entities and bottomless nesting, theirs does not

    def unwrap(source: Path, _: Path) -> dict[str, list[str]]:
        fields: dict[str, list[str]] = WMTXMLDataset._unwrap_wmt21_or_later(str(source))  # noqa: SLF001 (no public reader)
        return fields

    name = reading.source
    fields = {
        key: tuple(one_line(value or "").strip() for value in values)
        for key, values in _in_folder(data, name, unwrap).items()
    }
    if not fields.get("src"):
        raise FormatError(f"{name}: no segments with a reference in it; is it WMT's xml?")
    plain = {"src", "docid", "origlang", "domain"}
    references = {key: lines for key, lines in fields.items() if key.partition(":")[0] == "ref"}
    systems = {k: lines for k, lines in fields.items() if k not in plain | references.keys()}
    return Input(
        name,
        tuple(System(str(system), lines) for system, lines in systems.items()),
        tuple(Stream(f"{name}:{key}", lines) for key, lines in sorted(references.items())),
        Stream(name, fields["src"]),
    )


def _in_folder(data: bytes, name: str, read: Callable[[Path, Path], Any]) -> Any:
    """Let a reader that takes and makes files do so in a folder of its own."""
    with TemporaryDirectory(prefix="translate-kit-") as folder:
        source = Path(folder) / "source"
        source.write_bytes(data)
        try:
            return read(source, Path(folder) / "target")
        except (AssertionError, KeyError, TypeError, ValueError, SyntaxError) as error:
            cause = str(error).replace(str(source), name)
            raise FormatError(f"{name}: not a file of WMT's: {cause or 'garbled'}") from error


FORMS = ("lines", *formats_with("read"), "sgm", "xml")
"""What a file of segments can be read as."""
