"""Which words of a translation are not those of the reference."""

from __future__ import annotations

from difflib import SequenceMatcher

from translate_kit.evaluate.report.svg import label
from translate_kit.quality.tokens import tokenize

__all__ = ["marked"]


def marked(text: str, reference: str) -> str:
    """Return a translation as HTML, with what differs from the reference marked.

    Words of the translation alone stand in ``ins``, words of the reference alone in ``del``
    where they are missed; without the ``del`` elements the text is the translation, unchanged.
    """
    ours, theirs = tokenize(text), tokenize(reference)
    matcher = SequenceMatcher(
        None, [token.text for token in theirs], [token.text for token in ours], autojunk=False
    )
    parts: list[str] = []
    position = 0
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        start = ours[j1].start if j1 < len(ours) else len(text)
        end = ours[j2 - 1].end if j2 > j1 else start
        parts.append(label(text[position:start]))
        if operation != "equal" and i2 > i1:
            missed = label(reference[theirs[i1].start : theirs[i2 - 1].end])
            parts.append(f"<del>{missed}</del>")
        found = label(text[start:end])
        parts.append(f"<ins>{found}</ins>" if operation != "equal" and found else found)
        position = end
    return "".join((*parts, label(text[position:])))
