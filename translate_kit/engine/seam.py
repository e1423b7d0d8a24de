"""CTranslate2's errors as ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from translate_kit.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["check_loads", "ctranslate2_errors"]


@contextmanager
def ctranslate2_errors(doing: str) -> Iterator[None]:
    """Turn what CTranslate2 raises into an `EngineError`.

    Args:
        doing: what failed, the message's beginning.
    """
    try:
        yield
    except (RuntimeError, ValueError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise EngineError(f"{doing}: {reason}; {_advice(reason)}") from error


def _advice(reason: str) -> str:
    if reason.startswith("Unsupported model"):  # its binary version or its revision
        return "a newer CTranslate2 made it: update yours (pip install -U ctranslate2)"
    return "see 'translate-kit models verify'"


def check_loads(folder: Path) -> None:
    """Load a model once, as the last test of a new one.

    Raises:
        EngineError: if CTranslate2 cannot load it.
    """
    import ctranslate2  # noqa: PLC0415 (heavy)

    with ctranslate2_errors(f"the model in {folder.name!r} cannot be loaded"):
        ctranslate2.Translator(str(folder), inter_threads=1, intra_threads=1)
