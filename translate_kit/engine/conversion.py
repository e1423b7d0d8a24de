"""The seam to CTranslate2's converters: published weights to a folder that the engine loads.

OPUS-MT archives need nothing but numpy; checkpoints of Hugging Face need the extra
``convert`` (torch, transformers), which no other part of the package uses.
"""

from __future__ import annotations

import logging
import pickle
import warnings
import zipfile
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from translate_kit.errors import BrokenModelError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["QUANTIZATIONS", "check_converter", "convert_checkpoint", "convert_opus"]

QUANTIZATIONS = (
    "int8",
    "int8_float32",
    "int8_float16",
    "int8_bfloat16",
    "int16",
    "float16",
    "bfloat16",
    "float32",
)
_FAILURES = (
    ArithmeticError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    pickle.UnpicklingError,
    zipfile.BadZipFile,
)
"""What the converters raise for damaged or foreign weights; they define no errors of their own."""

_HALF = ("float16", "int8_float16")
"""Types for which the checkpoint is loaded in 16 bits, as ``ct2-transformers-converter`` does."""


def check_converter(kind: str) -> None:
    """Refuse, before anything is downloaded, what could not be converted here.

    Args:
        kind: of `translate_kit.modelstore.layouts.Layout`.

    Raises:
        OptionError: if the extra ``convert`` is needed and missing.
    """
    missing = [name for name in ("torch", "transformers") if find_spec(name) is None]
    if kind == "transformers" and missing:
        raise OptionError(
            f"converting a checkpoint needs {' and '.join(missing)}; install with: pip install"
            " 'translate-kit[convert]' (once: the converted model needs neither), or pull a model"
            " that is ready for CTranslate2"
        )


def convert_checkpoint(source: Path, target: Path, quantization: str) -> None:
    """Convert a checkpoint of Hugging Face, as ``ct2-transformers-converter`` does.

    MarianMT and NLLB become the same bytes; see `_checkpoint_converter` for the others.

    Args:
        source: folder with ``config.json``, weights and tokenizer.
        target: folder to make; it must not exist.
        quantization: one of `QUANTIZATIONS`.

    Raises:
        OptionError: if torch or transformers is missing.
        BrokenModelError: if it is no checkpoint of a kind that CTranslate2 knows.
    """
    check_converter("transformers")
    from safetensors import SafetensorError  # noqa: PLC0415 (comes with transformers)

    with _quiet_transformers(), _conversion_errors(source, SafetensorError):
        converter = _checkpoint_converter(source, quantization)
        converter.convert(str(target), quantization=quantization)


def _checkpoint_converter(source: Path, quantization: str) -> Any:
    from ctranslate2.converters import TransformersConverter  # noqa: PLC0415

    class Converter(TransformersConverter):  # type: ignore[misc]  # an untyped library's
        """CTranslate2's own, but for two things that transformers 5 changed under it.

        M2M-100's vocabulary no longer holds the language tokens, which come after the pieces:
        the converter would find weights without tokens. And T5's configuration always says
        that embeddings are tied: the converter would scale the output of those that are not
        (MADLAD), which flattens all its probabilities.
        """

        def load_model(self, kind: Any, name: str, **options: Any) -> Any:
            model = super().load_model(kind, name, **options)
            if getattr(model.config, "scale_decoder_outputs", True) is False:
                model.config.tie_word_embeddings = False
            return model

        def load_tokenizer(self, kind: Any, name: str, **options: Any) -> Any:
            """Load a tokenizer whose vocabulary names its language tokens too."""
            tokenizer = super().load_tokenizer(kind, name, **options)
            languages = getattr(tokenizer, "lang_token_to_id", None)
            if languages:
                vocabulary = {**tokenizer.get_vocab(), **languages}
                tokenizer.get_vocab = lambda: vocabulary
            return tokenizer

    # never code from the repository: trust_remote_code stays off
    return Converter(str(source), load_as_float16=quantization in _HALF)


def convert_opus(source: Path, target: Path, quantization: str) -> None:
    """Convert an OPUS-MT folder (``decoder.yml``, ``.npz``, vocabularies) of Marian.

    Args:
        source: the folder.
        target: folder to make; it must not exist.
        quantization: one of `QUANTIZATIONS`.

    Raises:
        BrokenModelError: if the folder is incomplete or its model is of another kind.
    """
    import yaml  # noqa: PLC0415 (comes with ctranslate2)
    from ctranslate2.converters.marian import MarianConverter  # noqa: PLC0415

    with _conversion_errors(source, yaml.YAMLError):
        weights, vocabularies = _decoder_files(source)
        converter = MarianConverter(str(weights), [str(path) for path in vocabularies])
        converter.convert(str(target), quantization=quantization)


def _decoder_files(source: Path) -> tuple[Path, list[Path]]:
    import yaml  # noqa: PLC0415 (comes with ctranslate2)

    text = (source / "decoder.yml").read_text(encoding="utf-8")
    config: Any = yaml.safe_load(text)
    # the names alone: an archive may name no path outside itself
    names = [str(name).replace("\\", "/").rpartition("/")[2] for name in config["vocabs"]]
    weights = str(config["models"][0]).replace("\\", "/").rpartition("/")[2]
    return source / weights, [source / name for name in names]


@contextmanager
def _conversion_errors(source: Path, *more: type[Exception]) -> Iterator[None]:
    failures: tuple[type[Exception], ...] = (*_FAILURES, *more)
    try:
        yield
    except failures as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise BrokenModelError(
            f"{source} cannot be converted: {reason}; is it a MarianMT, NLLB, M2M-100 or T5 model,"
            " and whole?"
        ) from error


@contextmanager
def _quiet_transformers() -> Iterator[None]:
    """Keep transformers and torch from writing warnings and bars on standard error."""
    from transformers.utils import logging as library  # noqa: PLC0415

    verbosity = library.get_verbosity()
    had_bars = library.is_progress_bar_enabled()
    library.set_verbosity(logging.CRITICAL)
    library.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        library.set_verbosity(verbosity)
        if had_bars:
            library.enable_progress_bar()
