"""What a language's sentences, abbreviations and news lines look like: the type of that data."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from translate_kit.languages import LANGUAGES, facts

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Abbreviations", "Follow", "LineMarks", "Segmentation", "punkt_files", "segmentation"]

Follow = Literal["name", "number", "opener", "function", "capital"]
"""What an abbreviation tells of the full stop behind it.

- ``name``: what it belongs to follows, so no sentence ends here (*Prof. Emil*, *Jl. Sudirman*);
- ``number``: an abbreviation only before a number (*No. 4*, *hal. 12*); else it is a word;
- ``opener``: a sentence ends only before a word that opens sentences (*S.H. Ia*, *S.M. Goeltom*);
- ``function``: it ends only before a function word (*the U.S. The* but *the U.S. Government*);
- ``capital``: a sentence ends before any capital (*dll. Jakarta*).
"""


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """A class of abbreviations that behave alike.

    Args:
        name: of the class, as ``--explain`` prints it.
        follow: what the full stop behind them means.
        words: without their last full stop. A word in lower case stands for every casing of it,
            a word with a capital only for itself.
    """

    name: str
    follow: Follow
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class LineMarks:
    """How a line of a news text shows what it is; all in lower case.

    Args:
        byline: what a line with the author begins with.
        caption: what a line under a picture begins with.
        credits: what stands at the end of a line under a picture.
        aside: what a line that refers to another article begins with.
        dates: names of days and months, by which a line with a date is known.
        agencies: news agencies and papers, by which a dateline is known.
        places: words of the places that a bare dateline names (*Jakarta - …*).
    """

    byline: tuple[str, ...]
    caption: tuple[str, ...]
    credits: tuple[str, ...]
    aside: tuple[str, ...]
    dates: frozenset[str]
    agencies: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The facts of one language; words are in lower case unless it says otherwise.

    Args:
        abbreviations: classes; a word may stand in one only.
        attributions: words that name a speech act behind a quotation (*ujarnya*, *said*).
        capital_attributions: those that do so even with a capital (*“…!” Ujarnya.*).
        reporting: words before a quotation that report it; behind any other word of a sentence a
            quotation is a title or a slogan and stays whole.
        binding: words that never end a sentence: conjunctions, prepositions, *mengatakan*.
        continuations: words that, written small, go on with a sentence after a question mark.
        resuming: words that begin a sentence or a clause and are in no names: with a capital in
            mid-sentence they show that a full stop was lost. Two words are joined by ``_``.
        labels: words before a letter or a number that is their name (*vitamin C*, *Grup A*).
        number_labels: words that a number follows after a full stop that ends nothing
            (*Kode Pos. 43357*).
        exclaiming: names that end in an exclamation or question mark, without it.
        openers: words that open sentences and are no names, beside what Punkt has learnt.
        always_capital: words whose capital says nothing about sentences (*I*), as written.
        lines: how lines of a news text show what they are.
    """

    abbreviations: tuple[Abbreviations, ...]
    attributions: frozenset[str]
    capital_attributions: frozenset[str]
    reporting: frozenset[str]
    binding: frozenset[str]
    continuations: frozenset[str]
    resuming: frozenset[str]
    labels: frozenset[str]
    number_labels: frozenset[str]
    exclaiming: frozenset[str]
    openers: frozenset[str]
    always_capital: frozenset[str]
    lines: LineMarks


def segmentation(language: str) -> Segmentation:
    """Return a language's segmentation data.

    Raises:
        OptionError: if we have no data for that language.
    """
    data: Segmentation = facts(language, "segmentation")
    return data


def punkt_files(language: str) -> Traversable:
    """Return the folder with the language's Punkt parameters (`models/recipe/punkt.py`)."""
    return files(f"{__package__}.{LANGUAGES[language]}") / "punkt"
