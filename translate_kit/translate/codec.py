"""Renderings as bytes and back, exactly: what a memory and a journal keep."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

from translate_kit.bitext import Alternative, Issue
from translate_kit.translate.sentences import Rendering

__all__ = ["VERSION", "pack", "unpack"]

VERSION = 1
"""Of the bytes, and of what they mean: raise it when a sentence would be rendered otherwise."""


def pack(rendering: Rendering) -> bytes:
    """Return a rendering as JSON, defaults left out."""
    record = {
        field.name: value
        for field in fields(rendering)
        if (value := getattr(rendering, field.name)) or field.name in {"text", "score"}
    }
    for name in ("alternatives", "issues"):
        if name in record:
            record[name] = [asdict(value) for value in record[name]]
    return json.dumps(record, separators=(",", ":")).encode("ascii")


def unpack(data: bytes) -> Rendering:
    """Return the rendering that `pack` was given."""
    record: dict[str, Any] = json.loads(data)
    if "links" in record:
        record["links"] = tuple(map(tuple, record["links"]))
    if "token_log_probabilities" in record:
        record["token_log_probabilities"] = tuple(record["token_log_probabilities"])
    if "alternatives" in record:
        record["alternatives"] = tuple(Alternative(**one) for one in record["alternatives"])
    if "issues" in record:
        record["issues"] = tuple(_issue(one) for one in record["issues"])
    return Rendering(**record)


def _issue(record: dict[str, Any]) -> Issue:
    spans = {
        side: tuple(record[side]) if record[side] is not None else None
        for side in ("source", "target")
    }
    return Issue(record["kind"], record["message"], **spans)
