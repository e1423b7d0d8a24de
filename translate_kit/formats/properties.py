"""Beads in files that people edit: what goes into a file beside the texts, and what comes back.

Formats with room for named values (TMX, XLIFF, docx, xlsx, html) keep of a bead its paragraph
and kind, origin, score and band, the issues and their places, where the sentences of either
side part, and a *seal*: short hashes of both texts. Where the target is no longer what was
sealed, a person has written it: the bead's origin becomes ``human`` and the estimate, which
was of another text, goes. Where the source was changed, only the estimate goes.

Of a document they keep languages, titles, names, tool, model and digest. Lost are word links,
signals and options; alternatives and matches too, but in XLIFF.
"""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING
from unicodedata import normalize

from translate_kit.bitext import Bead, Issue, Provenance
from translate_kit.document import Document
from translate_kit.formats.rows import Row, paragraphs, to_bitext, to_origin, to_quality, to_rows
from translate_kit.formats.safe_xml import FORBIDDEN
from translate_kit.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from translate_kit.bitext import Bitext, Span
    from translate_kit.formats import Reading

__all__ = [
    "bead_properties",
    "document_of",
    "document_properties",
    "fingerprint",
    "issue_of",
    "known_language",
    "made_by",
    "percent",
    "row_of",
    "shown_rows",
]

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


def fingerprint(text: str) -> str:
    """Return twelve hexadecimal digits (48 bits of SHA-256) that tell a text from its edits.

    White space counts as one blank however much there is, composed and decomposed letters are
    the same, and characters that some formats cannot hold do not count: programs change all
    these on their own.
    """
    held = FORBIDDEN.sub("", text).replace("\ufffd", "")
    return sha256(" ".join(normalize("NFC", held).split()).encode("utf-8")).hexdigest()[:12]


# Written


def shown_rows(bitext: Bitext) -> Iterator[Row]:
    """Yield the rows of a bitext; ``block`` is the paragraph each is shown in."""
    for row, paragraph in zip(to_rows(bitext), paragraphs(bitext), strict=True):
        yield replace(row, block=paragraph)


def bead_properties(row: Row) -> Iterator[tuple[str, str]]:
    """Yield names and values that tell all of a row but its texts and the words of issues."""
    yield "block", str(row.block)
    yield "kind", row.kind
    yield "origin", row.bead.origin
    quality = row.bead.quality
    if quality is not None:
        yield "score", str(quality.score)
        yield "band", quality.band
        if any(issue.source or issue.target for issue in quality.issues):
            places = (f"{_span(i.source)}/{_span(i.target)}" for i in quality.issues)
            yield "issue-places", " ".join(places)
    for side, name in enumerate(("source", "target")):
        if len(row.cuts[side]) > 1:
            yield f"{name}-sentences", " ".join(map(_span, row.cuts[side]))
    yield "seal", f"{fingerprint(row.source)}-{fingerprint(row.target)}"


def document_properties(bitext: Bitext) -> Iterator[tuple[str, str]]:
    """Yield names and values that tell what a bitext is of and how it was made."""
    pairs = (
        ("source-language", bitext.source.language),
        ("target-language", bitext.target.language),
        ("source-title", bitext.source.title),
        ("target-title", bitext.target.title),
        ("source-name", bitext.source.source),
        ("target-name", bitext.target.source),
        ("tool", bitext.provenance.tool),
        ("model", bitext.provenance.model),
        ("digest", bitext.provenance.digest),
    )
    for name, value in pairs:
        if value is not None:
            yield name, value


def made_by(row: Row, bitext: Bitext) -> str | None:
    """Return what to call the maker of a machine's proposal, None where there is none."""
    if not row.target or row.bead.origin not in {"model", "memory"}:
        return None
    made = bitext.provenance
    if row.bead.origin == "memory" or not made.model:
        return row.bead.origin
    return f"{made.model}@{made.digest[:8]}" if made.digest else made.model


def percent(similarity: float) -> int:
    """Return a similarity in whole percent, rounded down: 100 stands for the same sentence."""
    return int(100 * similarity + 1e-9)


def _span(span: Span | None) -> str:
    return f"{span[0]}-{span[1]}" if span else "-"


# Read


def row_of(
    texts: tuple[str, str], told: Mapping[str, str], issues: Sequence[Issue], number: int
) -> Row:
    """Return a bead as a file gives it, edited or not.

    Args:
        texts: source and target, one of which may be empty.
        told: values by the names of `bead_properties`, as far as the file has them.
        issues: in the order they were written; they get the places that are told of.
        number: of the bead in its file, from 1: a paragraph of its own where none is told.

    Raises:
        ValueError: if the paragraph is no number, the score none in [0, 1], or the band unknown.
    """
    source, target = (text.strip() for text in texts)
    block = told.get("block")
    placed = _placed(issues, told.get("issue-places", ""), (len(source), len(target)))
    bead = Bead(
        range(bool(source)),
        range(bool(target)),
        to_origin(told.get("origin")),
        quality=to_quality(told.get("score"), told.get("band"), placed),
    )
    cuts = (
        _cuts(source, told.get("source-sentences", "")),
        _cuts(target, told.get("target-sentences", "")),
    )
    kind = told.get("kind") or "paragraph"
    row = Row(source, target, int(block) if block else -number, kind, bead, cuts)
    return _settled(row, told["seal"]) if told.get("seal") else row


def _settled(row: Row, seal: str) -> Row:
    """Return the row as it is once its seal is compared with its texts."""
    source, _, target = seal.partition("-")
    bead, cuts = row.bead, row.cuts
    if source != fingerprint(row.source):
        bead, cuts = replace(bead, quality=None), ((), cuts[1])
    if target != fingerprint(row.target):
        # A target that was taken away was written by nobody.
        origin = to_origin("human" if row.target else "untranslated")
        bead, cuts = replace(bead, quality=None, origin=origin), (cuts[0], ())
    return replace(row, bead=bead, cuts=cuts)


def _cuts(text: str, told: str) -> tuple[Span, ...]:
    """Return the sentences that a property tells of, or none where they are not the text's."""
    spans = tuple((int(a), int(b)) for a, b in _SPAN.findall(told))
    if not spans or spans[0][0] != 0 or spans[-1][1] != len(text):
        return ()
    ends = (0, *(end for _, end in spans))
    parts = [text[a:b] for a, b in spans]
    fit = all(end <= a < b for end, (a, b) in zip(ends, spans, strict=False))
    return spans if fit and all(part == part.strip() for part in parts) else ()


def _placed(issues: Sequence[Issue], told: str, lengths: tuple[int, int]) -> list[Issue]:
    """Return issues with the places told of, if there is one for each."""
    places = [place.split("/") for place in told.split()]
    if len(places) != len(issues) or any(len(place) != 2 for place in places):
        return [*issues]
    return [
        replace(issue, source=_place(a, lengths[0]), target=_place(b, lengths[1]))
        for issue, (a, b) in zip(issues, places, strict=True)
    ]


def _place(told: str, length: int) -> Span | None:
    match = _SPAN.fullmatch(told)
    start, end = (int(match[1]), int(match[2])) if match else (1, 0)
    return (start, end) if start <= end <= length else None


def issue_of(text: str) -> Issue:
    """Return the issue that ``kind: message`` spells out.

    Raises:
        ValueError: if there is no kind.
    """
    kind, _, message = text.partition(": ")
    return Issue(kind, message)


def known_language(tag: str) -> str:
    """Return a language tag without its region and script where we have data for the language."""
    primary = tag.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return primary if primary in LANGUAGES else tag


def document_of(rows: Sequence[Row], told: Mapping[str, str], reading: Reading) -> Bitext:
    """Return rows as a bitext, with what a file tells of it; the rest is the reading's.

    Raises:
        ValueError: if the rows are no bitext.
    """
    source = Document(
        told.get("source-language") or reading.language,
        (),
        told.get("source-title"),
        told.get("source-name") if told else reading.source,
    )
    target = Document(
        told.get("target-language") or reading.target_language,
        (),
        told.get("target-title"),
        told.get("target-name") if told else reading.source,
    )
    made = Provenance(told.get("tool", ""), told.get("model"), told.get("digest"))
    return to_bitext(rows, source, target, made)
