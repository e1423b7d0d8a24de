"""Reading JSON Lines: every value is checked, every complaint names its line.

The schema is in `translate_kit.formats.jsonl`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from translate_kit.bitext import Alternative, Bead, Bitext, Issue, Match, Provenance, Quality
from translate_kit.document import Block, Document, Markup, Sentence
from translate_kit.errors import FormatError
from translate_kit.formats.rows import Row, to_bitext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.bitext import Span
    from translate_kit.formats import Reading

__all__ = ["VERSION", "read_lines"]

VERSION = 1
"""Of the header; a later one is refused."""

_Record = dict[str, Any]
_NUMBER = (int, float)
_NOTHING = type(None)


@dataclass(slots=True)
class _Part:
    """A header and the lines up to the next one; ``line`` is the number of the first."""

    line: int
    header: _Record
    rows: list[tuple[int, Row]] = field(default_factory=list)


def read_lines(text: str, reading: Reading) -> Iterator[Bitext]:
    """Yield a bitext for every header, or one of them all if there is none.

    Raises:
        FormatError: as `translate_kit.formats.jsonl.read_bitexts`.
    """
    part: _Part | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = _parse(line)
            if "translate_kit" in record:
                if part is not None:
                    yield _bitext(part, reading)
                part = _Part(number, _checked_header(record))
            else:
                part = part or _Part(number, {})
                part.rows.append((number, _row(record, number)))
        except (ValueError, RecursionError) as error:
            raise FormatError(f"{reading.source}, line {number}: {error}") from error
    if part is not None:
        yield _bitext(part, reading)


def _parse(line: str) -> _Record:
    try:
        record = json.loads(line, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON at character {error.pos}: {error.msg}") from error
    if not isinstance(record, dict):
        raise ValueError('an object with "source" and "target" expected')  # noqa: TRY004
    if "\\u" in line:
        _refuse_half_characters(record)
    return record


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _refuse_half_characters(record: _Record) -> None:
    # An escape can name half a character, which no file could hold afterwards.
    try:
        json.dumps(record, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("an escape names half a character (a lone surrogate)") from error


def _get(record: _Record, key: str, *kinds: type) -> Any:
    """Return a value of one of these types; a key that is not there is null."""
    value = record.get(key)
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        names = " or ".join("null" if kind is _NOTHING else kind.__name__ for kind in kinds)
        state = "is missing" if key not in record else f"is {type(value).__name__}"
        raise ValueError(f'"{key}" {state}, {names} expected')
    return value


def _checked_header(record: _Record) -> _Record:
    version = _get(record, "translate_kit", int)
    if version > VERSION:
        raise ValueError(f"schema {version} is newer than {VERSION}; update translate-kit")
    return record


def _row(record: _Record, number: int) -> Row:
    source = _get(record, "source", str, _NOTHING) or ""
    target = _get(record, "target", str, _NOTHING) or ""
    cuts = (_cuts(record, "source"), _cuts(record, "target"))
    if not any(cuts):  # white space around a foreign sentence is not of it
        source, target = source.strip(), target.strip()
    if not source and not target:
        raise ValueError('neither "source" nor "target" has text')
    block = _get(record, "block", int, _NOTHING)
    kind = _get(record, "kind", str, _NOTHING)
    bead = _bead(record, range(bool(source)), range(bool(target)))
    return Row(source, target, number if block is None else block, kind or "paragraph", bead, cuts)


def _bead(record: _Record, source: range, target: range) -> Bead:
    quality = _get(record, "quality", dict, _NOTHING)
    confidence = _get(record, "confidence", *_NUMBER, _NOTHING)
    return Bead(
        source,
        target,
        _get(record, "origin", str, _NOTHING) or "human",
        tuple(_numbers(link, 4) for link in _get(record, "links", list, _NOTHING) or ()),
        None if quality is None else _quality(quality),
        tuple(
            Alternative(_get(entry, "text", str), float(_get(entry, "score", *_NUMBER)))
            for entry in _objects(record, "alternatives")
        ),
        None if confidence is None else float(confidence),
        tuple(
            Match(
                _get(entry, "source", str),
                _get(entry, "target", str),
                float(_get(entry, "similarity", *_NUMBER)),
            )
            for entry in _objects(record, "matches")
        ),
    )


def _quality(record: _Record) -> Quality:
    return Quality(
        float(_get(record, "score", *_NUMBER)),
        _get(record, "band", str),
        tuple(
            Issue(
                _get(issue, "kind", str),
                _get(issue, "message", str),
                _span(issue, "source"),
                _span(issue, "target"),
            )
            for issue in _objects(record, "issues")
        ),
        tuple((name, float(value)) for name, value in _pairs(record, "signals", *_NUMBER)),
    )


def _objects(record: _Record, key: str) -> Iterator[_Record]:
    for entry in _get(record, key, list, _NOTHING) or ():
        if not isinstance(entry, dict):
            raise ValueError(f'"{key}" holds {type(entry).__name__}, dict expected')  # noqa: TRY004
        yield entry


def _pairs(record: _Record, key: str, *kinds: type) -> Iterator[tuple[str, Any]]:
    pairs = _get(record, key, dict, list, _NOTHING) or {}
    for name, value in pairs.items() if isinstance(pairs, dict) else pairs:
        yield _get({"name": name}, "name", str), _get({name: value}, name, *kinds)


def _numbers(value: Any, count: int) -> Any:
    """Return a tuple of as many whole numbers."""
    if not isinstance(value, list) or [type(n) for n in value] != [int] * count:
        raise ValueError(f"{value!r} is not {count} whole numbers")
    return tuple(value)


def _span(record: _Record, key: str) -> Span | None:
    value = record.get(key)
    span: Span | None = None if value is None else _numbers(value, 2)
    return span


def _cuts(record: _Record, name: str) -> tuple[Span, ...]:
    cuts = tuple(
        _numbers(cut, 2) for cut in _get(record, f"{name}_sentences", list, _NOTHING) or ()
    )
    named = _get(record, f"{name}_range", list, _NOTHING)
    if named is not None:
        start, stop = _numbers(named, 2)
        count = len(cuts) or int(bool(record.get(name)))
        if stop - start != count:
            raise ValueError(f'"{name}_range" is of {stop - start} sentences, the text of {count}')
    return cuts


def _bitext(part: _Part, reading: Reading) -> Bitext:
    rows = [row for _, row in part.rows]
    try:
        bitext = to_bitext(
            rows,
            _document(part, 0, reading),
            _document(part, 1, reading),
            _provenance(part.header),
        )
    except ValueError as error:
        message = f"{reading.source}, document from line {part.line}: {error}"
        raise FormatError(message) from error
    for made, (number, row) in zip(bitext.rows(), part.rows, strict=True):
        if (made.source, made.target) != (row.source, row.target):
            where = f"{reading.source}, line {number}"
            raise FormatError(f'{where}: the text is not what the header\'s "blocks" make of it')
    return bitext


def _provenance(header: _Record) -> Provenance:
    return Provenance(
        _get(header, "tool", str, _NOTHING) or "",
        _get(header, "model", str, _NOTHING),
        _get(header, "digest", str, _NOTHING),
        tuple(_pairs(header, "options", str)),
    )


def _document(part: _Part, side: int, reading: Reading) -> Document:
    record = _get(part.header, ("source", "target")[side], dict, _NOTHING) or {}
    language = _get(record, "language", str, _NOTHING)
    source = _get(record, "name", str, _NOTHING) if part.header else reading.source
    texts = (row.text(side)[a:b] for _, row in part.rows for a, b in row.sentences(side))
    blocks = tuple(_block(entry, texts) for entry in _objects(record, "blocks"))
    if blocks and next(texts, None) is not None:
        raise ValueError('more sentences than "blocks" in the header has; are lines added?')
    return Document(
        language or (reading.language, reading.target_language)[side],
        blocks,
        _get(record, "title", str, _NOTHING),
        source,
    )


def _block(record: _Record, texts: Iterator[str]) -> Block:
    count = _get(record, "sentences", int, _NOTHING) or 0
    parts = list(islice(texts, count))
    if len(parts) != count:
        raise ValueError('fewer sentences than "blocks" in the header has; are lines missing?')
    text, sentences = _join(parts, record) if parts else (_get(record, "text", str), ())
    return Block(
        _get(record, "kind", str),
        text,
        sentences,
        tuple(_markup(entry) for entry in _get(record, "markup", list, _NOTHING) or ()),
        tuple(_pairs(record, "attributes", str)),
        _get(record, "offset", int, _NOTHING),
    )


def _join(parts: list[str], record: _Record) -> tuple[str, tuple[Sentence, ...]]:
    gaps = _get(record, "gaps", list, _NOTHING) or ["", *[" "] * (len(parts) - 1), ""]
    if len(gaps) != len(parts) + 1 or not all(isinstance(gap, str) for gap in gaps):
        raise ValueError('"gaps" is not a text before, between and after the sentences')
    text, sentences = gaps[0], []
    for part, gap in zip(parts, gaps[1:], strict=True):
        sentences.append(Sentence(len(text), len(text) + len(part)))
        text += part + gap
    return text, tuple(sentences)


def _markup(value: Any) -> Markup:
    if not isinstance(value, list) or [type(part) for part in value] != [int, int, str]:
        raise ValueError(f"{value!r} is not a start, an end and a name")
    return Markup(value[0], value[1], value[2])
