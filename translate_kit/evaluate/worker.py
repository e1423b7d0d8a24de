"""A process that loads one model, translates, and tells what that took.

It reads a request from standard input and answers in JSON lines on standard output: ``done``
for segments that are ready, then either ``error`` or the result. `translate_kit.evaluate.models`
starts it and is the only one to speak with it.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

from translate_kit.document import Block, Document, Sentence
from translate_kit.engine import Decoding, EngineOptions
from translate_kit.engine.runtime import load_engine
from translate_kit.errors import TranslateKitError
from translate_kit.evaluate.models import made_by
from translate_kit.pipeline import translate_document

__all__ = ["main"]

_STATUS = Path("/proc/self/status")


def main() -> None:
    """Answer one request."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Ctrl-C the parent ends this process
    request = json.load(sys.stdin)
    try:
        _say(_answer(request))
    except TranslateKitError as error:
        _say({"error": type(error).__name__, "message": str(error)})


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    lines: list[str] = [line.strip() for line in request["lines"]]
    full = [number for number, line in enumerate(lines) if line]
    start = time.perf_counter()
    engine = load_engine(
        request["model"],
        request["direction"],
        EngineOptions(request["device"], request["compute_type"], request["threads"]),
    )
    loaded = time.perf_counter()
    blocks = tuple(Block("paragraph", lines[n], (Sentence(0, len(lines[n])),)) for n in full)
    document = Document(engine.direction.source, blocks)
    decoding = Decoding(beam_size=request["beam_size"])
    bitext = translate_document(document, engine, decoding, lambda n: _say({"done": n}))
    ended = time.perf_counter()
    texts, qualities = [""] * len(lines), [(0.0, "")] * len(lines)
    for number, row in zip(full, bitext.rows(), strict=True):
        texts[number] = row.target
        if row.bead.quality:
            qualities[number] = (row.bead.quality.score, row.bead.quality.band)
    return {
        "lines": texts,
        "qualities": qualities,
        "signature": made_by(bitext.provenance),
        "run": {
            "load_seconds": loaded - start,
            "seconds": ended - loaded,
            "segments": len(full),
            "source_characters": sum(map(len, lines)),
            "target_tokens": sum(engine.count_target_tokens(texts)),
            "peak_memory": _peak_memory(),
        },
    }


def _peak_memory() -> int | None:
    """Return the bytes that were resident at most in this process.

    Linux carries ``ru_maxrss`` over from the process that started this one, so its own record
    is read where there is one.
    """
    if _STATUS.is_file():
        for line in _STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:
        import resource  # noqa: PLC0415 (not on every system)
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main()
