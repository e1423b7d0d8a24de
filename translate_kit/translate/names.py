"""Names that the model misspelled by a doubled letter or a stutter, as the sentence spells them.

A small model copies a rare name piece by piece and loses count: ``Nasrallah`` becomes
``Nasralllah``, ``Pittman`` becomes ``Pitman``, ``Jihad`` becomes ``Jihadhad``. Only these mistakes
are mended: what else differs may be how the target language writes the name (``Yerusalem``,
``Jerusalem``). A word that the lexicon knows in the target language stays (``Rusia``, ``Russia``),
and so does the translation of a word that the lexicon translates otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from translate_kit.align import words
from translate_kit.languages.lexicons import lexicon
from translate_kit.languages.names import known_names
from translate_kit.quality.tokens import without_s
from translate_kit.translate.edits import Edit, edited

if TYPE_CHECKING:
    from translate_kit.bitext import Span
    from translate_kit.languages import Direction
    from translate_kit.translate.sentences import Rendering

__all__ = ["with_names"]

_RUN = re.compile(r"(.)\1+")
_SHORTEST = 3
"""Letters of a name that is looked for; of one that stutters one more."""


def with_names(sentence: str, rendering: Rendering, direction: Direction) -> Rendering:
    """Return the rendering of a sentence with misspelled names as the sentence spells them.

    Args:
        sentence: as the article has it.
        rendering: its translation.
        direction: the languages of the two.
    """
    ours, theirs = _capitalised(sentence), _capitalised(rendering.text)
    lost = Counter(ours.values()) - Counter(theirs.values())
    if not lost:
        return rendering
    there = {word.casefold() for word in ours.values()}
    strange = {span: word for span, word in theirs.items() if word.casefold() not in there}
    edits = []
    for source, name in ours.items():
        if not lost[name]:
            continue
        for target, word in strange.items():
            if _is_misspelled(word, name) and _is_no_word(word, name, direction):
                edits.append(Edit(*target, name, source))
                lost[name] -= 1
                del strange[target]
                break
    return edited(rendering, edits)


def _capitalised(text: str) -> dict[Span, str]:
    """Return the words that begin with a capital, without a genitive's end."""
    spans = [(start, end) for start, end in words(text) if text[start].isupper()]
    found = ((start, without_s(text[start:end])) for start, end in spans)
    return {(start, start + len(word)): word for start, word in found if len(word) > 1}


def _is_misspelled(word: str, name: str) -> bool:
    """Whether a word is a name but for doubled letters, or with its own end once more."""
    word, name = word.casefold(), name.casefold()
    if len(name) < _SHORTEST or word[0] != name[0]:
        return False
    if _RUN.sub(r"\1", word) == _RUN.sub(r"\1", name):
        return True
    more = word.removeprefix(name)
    return more != word and len(name) > _SHORTEST and name.endswith(more)


def _is_no_word(word: str, name: str, direction: Direction) -> bool:
    """Whether the target language has not the word, and the name may stand there as it is."""
    word, name = word.casefold(), name.casefold()
    back = lexicon(direction.target, direction.source) or {}
    if word in back or word in known_names(direction.target):
        return False
    there = lexicon(direction.source, direction.target) or {}
    return name not in there or any(other == name for other, _, _ in there[name])
