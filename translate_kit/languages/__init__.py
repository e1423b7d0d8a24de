"""Facts about languages, as data.

A language is a package here, named in `LANGUAGES`. Its modules each hold one ``DATA`` of the
type that the module of the same name beside this file defines: what `segment` must know is in
``indonesian/segmentation.py`` and is a `translate_kit.languages.segmentation.Segmentation`.
Algorithms ask for data by language code and never compare codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from translate_kit.errors import OptionError

__all__ = ["LANGUAGES", "NAMES", "Direction", "facts"]

LANGUAGES = {"id": "indonesian", "en": "english"}
"""BCP 47 tag of every language we have data for, and its package."""


NAMES = {"id": "Indonesian", "en": "English"}
"""Their names, for messages."""


@cache
def facts(code: str, concern: str) -> Any:
    """Return the ``DATA`` of a language for one concern, ``segmentation`` say.

    Callers wrap this in a function of their concern's type.

    Raises:
        OptionError: if we have no data for that language.
    """
    if code not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise OptionError(f"no data for language {code!r}; known are {known}")
    return import_module(f"{__name__}.{LANGUAGES[code]}.{concern}").DATA


@dataclass(frozen=True, slots=True)
class Direction:
    """From which language into which, as BCP 47 tags; written ``id-en``."""

    source: str
    target: str

    @classmethod
    def parse(cls, text: str) -> Direction:
        """Read ``id-en``.

        Raises:
            OptionError: unless it is two different languages we have data for.
        """
        source, _, target = text.lower().partition("-")
        if source == target or source not in LANGUAGES or target not in LANGUAGES:
            known = " or ".join(f"{a}-{b}" for a in LANGUAGES for b in LANGUAGES if a != b)
            raise OptionError(f"{text!r} is no direction; write {known}")
        return cls(source, target)

    def __str__(self) -> str:
        """Return the form that `parse` reads."""
        return f"{self.source}-{self.target}"
