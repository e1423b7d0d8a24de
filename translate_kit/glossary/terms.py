"""Terms with their translations, and where a text has them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from translate_kit.glossary.phrases import Phrase, Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Glossary", "Occurrence", "Term"]


@dataclass(frozen=True, slots=True)
class Term:
    """A source expression and what it becomes.

    Args:
        source: as the article's language writes it.
        targets: translations that will do, the preferred one first; none for a term that is not
            translated, or of which only is said what it must not become.
        forbidden: translations that must not appear.
        keep: whether it is not translated: it stands in the target as it does in the source.
        case: whether capitals count, in source and target.
        exact: whether it is this form only: no ``-nya``, no plural, in source and target.
    """

    source: str
    targets: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    keep: bool = False
    case: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term in a text.

    Args:
        term: which.
        start: offset of its first character.
        end: offset after its last word with what hangs on to it.
        text: the term as it stands there, without endings such as ``-nya``.
        plural: whether it says more than one: ``para menteri``, ``menteri-menteri``.
    """

    term: Term
    start: int
    end: int
    text: str
    plural: bool = False


class Glossary:
    """Terms of one direction; see `read_glossary` for the file.

    Args:
        terms: no two with the same source.
        direction: BCP 47 tags of source and target, of languages we have data for.

    Raises:
        OptionError: if we have no data for the source language.
    """

    def __init__(self, terms: Iterable[Term], direction: tuple[str, str] = ("id", "en")) -> None:
        self.terms = tuple(terms)
        self.direction = direction
        self._phrases = Phrases(
            [Phrase(term.source, term.case, term.exact) for term in self.terms], direction[0]
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the terms, hexadecimal; comments and the order of the terms do not count."""
        content = "\n".join(("-".join(self.direction), *sorted(map(repr, self.terms))))
        return sha256(content.encode("utf-8")).hexdigest()

    def found(self, text: str) -> tuple[Occurrence, ...]:
        """Return the terms in a text of the source language, in order and apart.

        Where several would fit, the longest is found: ``Menteri Kesehatan``, not ``Menteri``.
        """
        return tuple(
            Occurrence(self.terms[match.number], *match[1:]) for match in self._phrases.found(text)
        )
