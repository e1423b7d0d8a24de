"""JSON Lines, the interchange format: a header line, then a line a bead; nothing is lost.

The header says how the file was made (tool, model, digest, options) and names both documents::

    {"translate_kit": 1, "tool": …, "model": …, "digest": …, "options": {…},
     "source": {"language": "id", "title": …, "name": …}, "target": {…}}

A bead always has these keys::

    {"source": "…", "target": "…", "source_range": [0, 1], "target_range": [0, 1], "block": 0,
     "kind": "paragraph", "origin": "model", "quality": {"score": 0.71, "band": "good",
     "issues": [{"kind", "message", "source": [a, b] | null, "target": …}]} | null,
     "links": [[s0, s1, t0, t1], …], "alternatives": [{"text", "score"}, …]}

and these only where the case is not the simple one: ``source_sentences`` and
``target_sentences``, the spans of the sentences in the text, where a side has several;
``signals`` in ``quality`` where they are known; ``matches``, ``[{"source", "target",
"similarity"}, …]``, where a memory was asked for what is like the source. A side whose blocks are
more than their sentences joined by spaces (offsets, markup, code, wrapped lines) has ``blocks`` in
the header::

    {"kind": "item", "sentences": 2, "gaps": ["- ", " ", ""], "markup": [[0, 1, "bullet"]],
     "attributes": {…}, "offset": 118}          "text" in place of "sentences" where there are none

A file may hold several documents, each after its header. Foreign files are read as well: no
header, and lines that need no more than a ``source`` and a ``target``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from translate_kit.files import decode
from translate_kit.formats.jsonl_reader import VERSION, read_lines
from translate_kit.formats.rows import blocks_of, to_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import Bitext, Quality
    from translate_kit.document import Block, Document
    from translate_kit.formats import Reading
    from translate_kit.formats.rows import Row

__all__ = ["lines", "read_bitexts", "write_bitexts"]

# Legal inside JSON strings, but line ends or control characters to some programs.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "\x7f\x85\u2028\u2029"}


def read_bitexts(data: bytes, reading: Reading) -> tuple[Bitext, ...]:
    """Read every document of a file.

    Raises:
        OptionError: if the reading's encoding is unknown.
        FormatError: if a line is no JSON or lacks what a bead needs; the message has its number.
        InputError: if the bytes are no text or empty.
    """
    return tuple(read_lines(decode(data, reading.encoding, reading.source), reading))


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return header and beads of every document, a line each."""
    return "".join(line for bitext in bitexts for line in lines(bitext)).encode("utf-8")


def lines(bitext: Bitext) -> Iterator[str]:
    """Yield the header and a line a bead, each with its line end: to stream a large corpus."""
    rows = tuple(to_rows(bitext))
    yield _line(_header(bitext, rows))
    yield from (_line(_bead(row)) for row in rows)


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False).translate(_ESCAPES) + "\n"


def _header(bitext: Bitext, rows: Sequence[Row]) -> dict[str, Any]:
    made = bitext.provenance
    return {
        "translate_kit": VERSION,
        "tool": made.tool,
        "model": made.model,
        "digest": made.digest,
        "options": _pairs(made.options),
        "source": _document(bitext.source, rows, 0),
        "target": _document(bitext.target, rows, 1),
    }


def _document(document: Document, rows: Sequence[Row], side: int) -> dict[str, Any]:
    record: dict[str, Any] = {
        "language": document.language,
        "title": document.title,
        "name": document.source,
    }
    if tuple(blocks_of(rows, side)) != document.blocks:
        record["blocks"] = [_block(block) for block in document.blocks]
    return record


def _block(block: Block) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": block.kind}
    if block.sentences:
        count = len(block.sentences)
        record["sentences"] = count
        gaps = list(block.gaps())
        if gaps != ["", *[" "] * (count - 1), ""]:
            record["gaps"] = gaps
    else:
        record["text"] = block.text
    if block.markup:
        record["markup"] = [[span.start, span.end, span.name] for span in block.markup]
    if block.attributes:
        record["attributes"] = _pairs(block.attributes)
    if block.offset is not None:
        record["offset"] = block.offset
    return record


def _bead(row: Row) -> dict[str, Any]:
    bead = row.bead
    record: dict[str, Any] = {
        "source": row.source,
        "target": row.target,
        "source_range": [bead.source.start, bead.source.stop],
        "target_range": [bead.target.start, bead.target.stop],
        "block": row.block,
        "kind": row.kind,
        "origin": bead.origin,
        "quality": _quality(bead.quality) if bead.quality else None,
        "links": bead.links,
        "alternatives": [{"text": a.text, "score": a.score} for a in bead.alternatives],
    }
    if bead.confidence is not None:
        record["confidence"] = bead.confidence
    if bead.matches:
        record["matches"] = [
            {"source": m.source, "target": m.target, "similarity": m.similarity}
            for m in bead.matches
        ]
    for side, name in enumerate(("source", "target")):
        if len(row.cuts[side]) > 1:
            record[f"{name}_sentences"] = row.cuts[side]
    return record


def _quality(quality: Quality) -> dict[str, Any]:
    record: dict[str, Any] = {
        "score": quality.score,
        "band": quality.band,
        "issues": [
            {"kind": i.kind, "message": i.message, "source": i.source, "target": i.target}
            for i in quality.issues
        ],
    }
    if quality.signals:
        record["signals"] = _pairs(quality.signals)
    return record


def _pairs(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any] | list[tuple[str, Any]]:
    """Return an object or, where a name comes twice, the pairs: nothing is lost."""
    record = dict(pairs)
    return record if len(record) == len(pairs) else list(pairs)
