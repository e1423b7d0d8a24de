"""Everything this package raises on purpose.

    TranslateKitError                 exit 1
    ├─ OptionError                    exit 2   a value that cannot be used, as an unknown format
    ├─ ModelError                     exit 3
    │  ├─ ModelNotFoundError                   no such model here
    │  ├─ BrokenModelError                     files missing, changed or unreadable
    │  ├─ DirectionError                       the model does not translate this way
    │  ├─ DownloadError                        it could not be fetched, or not whole
    │  └─ EngineError                          CTranslate2 or SentencePiece refused
    ├─ InputError                     exit 4
    │  ├─ EncodingError                        the bytes are not text in this encoding
    │  ├─ EmptyInputError                      nothing to work on
    │  └─ FormatError                          not a file of the format it is read as
    ├─ OutputError                    exit 1   the result could not be written
    └─ QualityError                   exit 5   below the quality asked for

A message is one line that names the cause and the next step. The command line prints
it and leaves with ``exit_code``; the library never exits.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "BrokenModelError",
    "DirectionError",
    "DownloadError",
    "EmptyInputError",
    "EncodingError",
    "EngineError",
    "FormatError",
    "InputError",
    "ModelError",
    "ModelNotFoundError",
    "OptionError",
    "OutputError",
    "QualityError",
    "TranslateKitError",
]


class TranslateKitError(Exception):
    """Base of every error this package raises on purpose."""

    exit_code: ClassVar[int] = 1


class OptionError(TranslateKitError):
    """An option or argument has a value that cannot be used."""

    exit_code = 2


class ModelError(TranslateKitError):
    """A model is missing, broken or not for this task."""

    exit_code = 3


class ModelNotFoundError(ModelError):
    """No model of that name or at that path."""


class BrokenModelError(ModelError):
    """A model folder lacks a file, or a file is not what ``model.toml`` says."""


class DirectionError(ModelError):
    """The model does not translate in this direction."""


class DownloadError(ModelError):
    """A model could not be fetched, or what came is not what was announced."""


class EngineError(ModelError):
    """CTranslate2 or SentencePiece could not do what was asked."""


class InputError(TranslateKitError):
    """An input cannot be read or used."""

    exit_code = 4


class EncodingError(InputError):
    """The bytes of an input are not text in the encoding it is read in."""


class EmptyInputError(InputError):
    """An input holds no text."""


class FormatError(InputError):
    """An input is not a file of the format it is read as."""


class OutputError(TranslateKitError):
    """A result could not be written."""


class QualityError(TranslateKitError):
    """A result is below the quality that was asked for."""

    exit_code = 5
