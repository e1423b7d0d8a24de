"""What one may ask of a model that is brought in, and who is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from translate_kit.engine import FAMILIES
from translate_kit.engine.conversion import QUANTIZATIONS
from translate_kit.errors import OptionError
from translate_kit.modelstore.folder import read_direction

__all__ = ["Listener", "ModelOptions", "Silent"]


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How to bring a model in.

    Args:
        name: of its folder in the store; None takes that of its source.
        revision: branch, tag or commit of the repository; None takes its main branch, and is
            content with whatever revision is installed already.
        quantization: what converted weights are stored in.
        directions: as ``id-en``; empty takes what the source says.
        family: a name of `translate_kit.engine.FAMILIES`; None reads it off the files.
        licence: SPDX name; None takes what the source says.
        accept_licence: agree to a licence that restricts use, without being asked.
        offline: use no network.
        replace: put it in the place of a model of that name.

    Raises:
        OptionError: if a value is none of those that are known.
    """

    name: str | None = None
    revision: str | None = None
    quantization: str = "int8"
    directions: tuple[str, ...] = ()
    family: str | None = None
    licence: str | None = None
    accept_licence: bool = False
    offline: bool = False
    replace: bool = False

    def __post_init__(self) -> None:
        """Refuse values that would be noticed only after a long download."""
        if self.quantization not in QUANTIZATIONS:
            known = ", ".join(QUANTIZATIONS)
            raise OptionError(f"unknown quantization {self.quantization!r}; known are {known}")
        if self.family is not None and self.family not in FAMILIES:
            known = ", ".join(FAMILIES)
            raise OptionError(f"unknown family {self.family!r}; known are {known}")
        try:
            for direction in self.directions:
                read_direction(direction)
        except ValueError as error:
            raise OptionError(str(error)) from error


class Listener(Protocol):
    """Who is told how it goes, and asked about the licence."""

    def say(self, step: str) -> None:
        """Take note of what is being done."""

    def started(self, total: int) -> None:
        """Take note that so many bytes will be fetched."""

    def advanced(self, amount: int) -> None:
        """Take note that so many more bytes are here; negative where some were lost."""

    def accepts(self, notice: str) -> bool:
        """Answer whether the user agrees to a restricting licence."""


class Silent:
    """Nobody listens, and nobody can agree."""

    def say(self, step: str) -> None:
        """Say nothing."""

    def started(self, total: int) -> None:
        """Say nothing."""

    def advanced(self, amount: int) -> None:
        """Say nothing."""

    def accepts(self, notice: str) -> bool:  # noqa: ARG002 (nobody reads it)
        """Agree to nothing."""
        return False
