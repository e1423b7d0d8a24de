"""What a run was measured on: a number means nothing without it."""

from __future__ import annotations

import hashlib
import os
import platform
from importlib import metadata
from pathlib import Path

import translate_kit as tk

__all__ = ["available_cores", "describe"]

_FLAGS = ("avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "amx_bf16")
_LIBRARIES = ("ctranslate2", "sentencepiece", "torch", "transformers")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def available_cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processor() -> tuple[str, list[str]]:
    """Return the processor's name and what it can do that matters here."""
    path = Path("/proc/cpuinfo")
    if not path.is_file():
        return platform.processor(), []
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        found.setdefault(name.strip(), value.strip())
    able = set(found.get("flags", "").split())
    return found.get("model name", platform.machine()), [f for f in _FLAGS if f in able]


def describe(model: Path) -> dict[str, object]:
    """Return machine, versions and model."""
    name, able = _processor()
    return {
        "system": platform.platform(),
        "processor": name,
        "instructions": able,
        "cores": available_cores(),
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "python": platform.python_version(),
        "translate_kit": tk.__version__,
        **{library: _version(library) for library in _LIBRARIES},
        "model": model.name,
        "model.bin": hashlib.sha256((model / "model.bin").read_bytes()).hexdigest(),
    }
