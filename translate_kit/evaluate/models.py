"""Models as systems: each translates in a process of its own, so that what it costs is its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate_kit.bitext import Quality
from translate_kit.errors import (
    BrokenModelError,
    DirectionError,
    EngineError,
    ModelNotFoundError,
    OptionError,
    TranslateKitError,
)
from translate_kit.evaluate.corpus import Run, System

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from translate_kit.bitext import Provenance

__all__ = ["ModelSettings", "made_by", "run_model"]

_NAMES = {"beam_size": "beam", "compute_type": "quant", "length_penalty": "lp"}
"""Short names of decoding options in a signature."""

_ERRORS: dict[str, type[TranslateKitError]] = {
    kind.__name__: kind
    for kind in (BrokenModelError, DirectionError, EngineError, ModelNotFoundError, OptionError)
}
"""What a model's process may tell of, by name."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How models translate what is evaluated.

    Args:
        direction: as ``id-en``.
        beam_size: hypotheses kept at each step.
        device: ``cpu``, ``cuda`` or ``auto``.
        compute_type: of CTranslate2; ``default`` is what the model was saved in.
        threads: processor cores; 0 is all.
    """

    direction: str = "id-en"
    beam_size: int = 4
    device: str = "cpu"
    compute_type: str = "default"
    threads: int = 0


def made_by(provenance: Provenance) -> tuple[tuple[str, str], ...]:
    """Return how an output was made as pairs for a signature; nothing if no model made it.

    The pairs name the model with its digest, quantization, beam, batches and versions: with the
    same source they give the same output again.
    """
    if provenance.model is None:
        return ()
    digest = f"@{provenance.digest[:12]}" if provenance.digest else ""
    pairs = [("model", f"{provenance.model}{digest}")]
    for key, value in provenance.options:
        if key == "batch_tokens":
            pairs.append(("batch", f"tokens[{value}]"))
        elif key != "direction":
            pairs.append((_NAMES.get(key, key), value))
    pairs.append(("toolkit", provenance.tool.replace(" ", "-")))
    return tuple((key, value.translate(_PLAIN)) for key, value in pairs)


_PLAIN = str.maketrans({":": ".", "|": "/", "\n": " "})
"""What separates keys and values of a signature has no place in them."""


def run_model(
    name: str,
    sources: Sequence[str],
    settings: ModelSettings | None = None,
    on_done: Callable[[int], None] | None = None,
) -> System:
    """Translate segments with a model and measure load time, speed and peak memory.

    Args:
        name: the model's name or path.
        sources: a text a segment, translated in one piece each; an empty one stays empty.
        settings: direction, beam, device; None is the default.
        on_done: called with the number of segments that have become ready.

    Raises:
        ModelError: if there is no such model, or it fails.
    """
    request = {
        "model": name,
        "lines": list(sources),
        **asdict(settings or ModelSettings()),
    }
    # the package may have been found by other means than the interpreter's own path
    paths = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    with subprocess.Popen(
        [sys.executable, "-m", "translate_kit.evaluate.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    ) as child:
        try:
            answer = _converse(child, request, on_done or (lambda _: None))
        finally:
            child.kill()
    if answer is None:
        raise EngineError(
            f"model {name!r} ended without an answer (status {child.returncode});"
            " is there enough memory? try fewer threads"
        )
    if "error" in answer:
        raise _ERRORS.get(answer["error"], EngineError)(answer["message"])
    return _system(name, answer)


def _converse(
    child: subprocess.Popen[bytes], request: dict[str, Any], tick: Callable[[int], None]
) -> dict[str, Any] | None:
    if child.stdin is None or child.stdout is None:
        raise ValueError("the model's process has no pipes")
    try:
        child.stdin.write(json.dumps(request).encode())
        child.stdin.close()
    except BrokenPipeError:  # it died before reading: its status says why
        return None
    for line in child.stdout:
        message: dict[str, Any] = json.loads(line)
        if "done" not in message:
            return message
        tick(message["done"])
    return None


def _system(name: str, answer: dict[str, Any]) -> System:
    return System(
        name=name,
        lines=tuple(answer["lines"]),
        qualities=tuple(
            Quality(score, band) if band else None for score, band in answer["qualities"]
        ),
        signature=tuple((key, value) for key, value in answer["signature"]),
        run=Run(**answer["run"]),
    )
