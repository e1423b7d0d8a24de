"""Which type a network computes in while it is trained."""

from __future__ import annotations

from typing import Any

import torch

from translate_kit import OptionError

__all__ = ["PRECISIONS", "working_type"]

PRECISIONS = {"auto": None, "bfloat16": torch.bfloat16, "float32": torch.float32}


def _quick_bfloat16() -> bool:
    # oneDNN's kernels want AVX-512 or AMX on x86; what PyTorch does without them was measured at
    # a fortieth of the speed of float32
    if not torch.backends.mkldnn.is_available():
        return False
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001  (no public one)


def working_type(precision: str, device: str) -> Any:
    """Return the ``torch.dtype`` to compute in.

    Args:
        precision: one of `PRECISIONS`; ``auto`` is bfloat16 where that is quick, else float32.
        device: where it computes: ``cpu``, ``cuda``, ``cuda:0``.

    Raises:
        OptionError: if there is no such precision.
    """
    if precision not in PRECISIONS:
        raise OptionError(f"no precision {precision!r}; choose from {', '.join(PRECISIONS)}")
    if found := PRECISIONS[precision]:
        return found
    quick = device.startswith("cuda") or _quick_bfloat16()
    return torch.bfloat16 if quick else torch.float32
