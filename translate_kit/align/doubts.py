"""What a reader should know before believing an alignment, as sentences for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.align.similarity import UNRELATED
from translate_kit.align.words import tokens
from translate_kit.languages import LANGUAGES, NAMES
from translate_kit.languages.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.document import Document

__all__ = ["doubts", "ladder"]

LONG_GAP = 8
"""Neighbouring sentences without counterpart that are worth a word."""

SAMPLE = 400
"""Sentences looked at to tell a document's language."""

EVERYDAY = 0.1
"""Least share of everyday words by which a language is known."""

Gap = tuple[int, int]
"""First sentence and the one after the last."""


def doubts(bitext: Bitext) -> tuple[str, ...]:
    """Return what is wrong with the inputs of an alignment, one line each; nothing if all is well.

    Said are: documents in the wrong order or in one language, documents that do not correspond
    (with the measured similarity), and long passages without counterpart (with the place where
    they seem to stand instead).
    """
    return (*_languages(bitext), *_unrelated(bitext), *_gaps(bitext))


def _languages(bitext: Bitext) -> Iterator[str]:
    twins = sum(row.source == row.target and len(row.source) > 1 for row in bitext.rows())
    if twins > len(bitext.beads) / 2:
        yield "both documents say the same in the same words; one should be a translation"
        return
    said = (bitext.source.language, bitext.target.language)
    seen = (_language(bitext.source), _language(bitext.target))
    if seen[0] is not None and seen[0] == seen[1]:
        yield f"both documents are in {NAMES[seen[0]]}; one should be a translation"
    elif seen == said[::-1]:
        names = " and ".join(NAMES[code] for code in seen if code)
        yield f"the documents are in {names}, in the other order than said; swap them"
    else:
        for side, code, other in zip(("source", "target"), said, seen, strict=True):
            if other is not None and code in LANGUAGES and other != code:
                yield f"the {side} is in {NAMES[other]}, not in {NAMES[code]}"


def _language(document: Document) -> str | None:
    """Return the language that most everyday words are of, None where few are of any."""
    found = [word for s in document.sentences[:SAMPLE] for word in tokens(s.text)]
    if not found:
        return None
    counts = {code: sum(word in words(code).everyday for word in found) for code in LANGUAGES}
    best = max(counts, key=lambda code: counts[code])
    rest = max((count for code, count in counts.items() if code != best), default=0)
    clear = counts[best] >= max(EVERYDAY * len(found), 2 * rest + 2)
    return best if clear else None


def _unrelated(bitext: Bitext) -> Iterator[str]:
    measured = dict(bitext.provenance.options).get("similarity")
    if measured is not None and float(measured) < UNRELATED:
        yield (
            f"the documents hardly correspond: similarity {float(measured):.2f} where translations"
            f" reach more than {UNRELATED}; do not rely on this alignment"
        )


def _gaps(bitext: Bitext) -> Iterator[str]:
    missing = _alone([(bead.source, bead.target) for bead in bitext.beads])
    added = _alone([(bead.target, bead.source) for bead in bitext.beads])
    moved = _moved(bitext, missing, added) if missing and added else {}
    for first, last in missing:
        where = moved.get((first, last))
        elsewhere = (
            f"; they seem to stand at target sentences {where[0] + 1} to {where[1]}"
            if where
            else ""
        )
        yield (
            f"source sentences {first + 1} to {last} have no counterpart in the target{elsewhere}"
        )
    for first, last in added:
        if (first, last) not in moved.values():
            yield f"target sentences {first + 1} to {last} have no counterpart in the source"


def _alone(pairs: Sequence[tuple[range, range]]) -> list[Gap]:
    """Return long runs of sentences of the first side that stand alone."""
    gaps: list[Gap] = []
    begin = None
    for ours, theirs in pairs:
        if ours and not theirs:
            begin = ours.start if begin is None else begin
            if gaps and gaps[-1][1] == ours.start and gaps[-1][0] == begin:
                gaps.pop()
            gaps.append((begin, ours.stop))
        elif ours:
            begin = None
    return [gap for gap in gaps if gap[1] - gap[0] >= LONG_GAP]


def _moved(bitext: Bitext, missing: Sequence[Gap], added: Sequence[Gap]) -> dict[Gap, Gap]:
    """Find gaps of the source whose words stand in gaps of the target."""
    from translate_kit.align.passes import correspond  # noqa: PLC0415 (numpy, rarely needed)

    sides = (bitext.source, bitext.target)
    found = {}
    for gap in missing:
        for other in added:
            texts = [
                [s.text for s in document.sentences[slice(*span)]]
                for document, span in zip(sides, (gap, other), strict=True)
            ]
            languages = (bitext.source.language, bitext.target.language)
            if correspond(texts[0], texts[1], languages):
                found[gap] = other
    return found


def ladder(bitext: Bitext) -> str:
    """Return the beads as vecalign prints them: ``[0, 1]:[0]:0.031254``, a line each.

    The number is a cost, 1 - confidence; for a sentence without counterpart it is 0.
    """
    lines = []
    for bead in bitext.beads:
        cost = 1.0 - (bead.confidence or 0.0) if bead.source and bead.target else 0.0
        lines.append(f"{list(bead.source)}:{list(bead.target)}:{cost:.6f}\n")
    return "".join(lines)
