"""What a device computes in, and how much of it at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from translate_kit.errors import EngineError

if TYPE_CHECKING:
    from translate_kit.engine.decoding import EngineOptions

__all__ = ["BATCH_FACTORS", "compute_type_for", "settled"]

BATCH_FACTORS = {"cpu": 1, "cuda": 64}
"""Times ``Decoding.batch_tokens`` in one batch: a graphics card is idle with small ones."""

_ON_CUDA = ("int8_float16", "float16", "float32")
"""Best first: 8-bit weights with 16-bit sums need least memory; old cards know neither."""

_ON_CPU = {
    "int8": ("int8_float32", "float32"),
    "int16": ("int16", "float32"),
    "float16": ("float32",),
    "bfloat16": ("bfloat16", "float32"),
    "float32": ("float32",),
}
"""What CTranslate2 makes of ``default`` for weights saved in each type."""


def settled(options: EngineOptions) -> EngineOptions:
    """Return the options with a device that is there and, on CUDA, a compute type that suits.

    Raises:
        EngineError: if CUDA is asked for and CTranslate2 sees no device.
    """
    import ctranslate2  # noqa: PLC0415 (only where a model is loaded)

    if options.device == "cpu":
        return options
    cards = ctranslate2.get_cuda_device_count()
    if not cards and options.device == "cuda":
        raise EngineError(
            "no CUDA device that CTranslate2 can use was found; use --device cpu, or install the"
            " NVIDIA driver and CUDA 12 libraries"
        )
    if not cards:
        return replace(options, device="cpu")
    kind = options.compute_type
    if kind == "default":
        supported = ctranslate2.get_supported_compute_types("cuda")
        kind = next((known for known in _ON_CUDA if known in supported), kind)
    return replace(options, device="cuda", compute_type=kind)


def compute_type_for(saved: str) -> str:
    """Return what a model saved in some type is computed in on this machine's processor.

    Args:
        saved: a quantization as CTranslate2's converters name it.
    """
    import ctranslate2  # noqa: PLC0415

    supported = ctranslate2.get_supported_compute_types("cpu")
    weights = saved.partition("_")[0]
    return next((kind for kind in _ON_CPU.get(weights, ()) if kind in supported), "float32")
