"""Words that tell something about a sentence by themselves: denials, everyday words, loans.

Every word is in lower case.
"""

from __future__ import annotations

from dataclasses import dataclass

from translate_kit.languages import facts

__all__ = ["Words", "words"]


@dataclass(frozen=True, slots=True)
class Words:
    """The facts of one language.

    Args:
        everyday: frequent words that no other language here has: function words first. They tell
            which language a text is in and what was left untranslated.
        prefixes: beginnings of words that only this language derives (``meng``).
        suffixes: endings likewise (``nya``).
        negators: words whose one job is to deny (``tidak``, ``not``).
        denials: words that hold a denial (``without``, ``gagal``): they answer for a negator on
            the other side, and ask for nothing.
        negator_endings: endings of words that deny (``n't``).
        numbering: negators that are an abbreviation before a number (``No. 11``).
        denial_prefixes: beginnings of words that hold a denial (``un``).
        denial_exceptions: beginnings that only look like it (``under``).
        denial_endings: endings of words that hold a denial (``less``).
        softeners: words before which a negator denies nothing (``tidak hanya``, ``not only``).
        softeners_before: words after which it denies nothing (``paling tidak``: at least).
        loans: words written as in other languages: standing on both sides they are no trace of an
            unfinished translation.
        doubles: words that may stand twice in a row (``had had``).
        length: characters that say what a hundred characters of English say.
    """

    everyday: frozenset[str]
    negators: frozenset[str]
    denials: frozenset[str]
    length: float
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    denial_prefixes: tuple[str, ...] = ()
    negator_endings: tuple[str, ...] = ()
    numbering: frozenset[str] = frozenset()
    denial_exceptions: tuple[str, ...] = ()
    denial_endings: tuple[str, ...] = ()
    softeners: frozenset[str] = frozenset()
    softeners_before: frozenset[str] = frozenset()
    loans: frozenset[str] = frozenset()
    doubles: frozenset[str] = frozenset()


def words(code: str) -> Words:
    """Return what this language's (BCP 47 tag) words tell.

    Raises:
        OptionError: if we have no data for it.
    """
    data: Words = facts(code, "words")
    return data
