"""Terms and names, and what they become in the translation or must not become.

``table`` reads the file, ``terms`` holds what it says, ``phrases`` finds expressions in a text.
"""

from __future__ import annotations

from translate_kit.glossary.phrases import Match, Phrase, Phrases
from translate_kit.glossary.table import FLAGS, parse_glossary, read_glossary
from translate_kit.glossary.terms import Glossary, Occurrence, Term

__all__ = [
    "FLAGS",
    "Glossary",
    "Match",
    "Occurrence",
    "Phrase",
    "Phrases",
    "Term",
    "parse_glossary",
    "read_glossary",
]
