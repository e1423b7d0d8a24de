"""XLIFF 2.0 (OASIS, 2014): a ``unit`` of one ``segment`` a bead.

What the standard has a place for stands there: ``state`` (``initial`` without translation,
``translated`` by a machine, ``reviewed`` by a person) with the band as ``subState``, the
machine's proposal, the alternatives and what a memory has of similar sentences in the Translation
Candidates module (``mtc:match``, scores as ``matchQuality``, ``similarity`` in percent), issues as
``note`` with their kind as ``category``, and all else in the Metadata module (``mda:meta``,
`translate_kit.formats.properties`). Lost are word links, signals and options.

Inline tags of a foreign file come back when the same sentences are written as XLIFF 2.0, but
not the original data they refer to (`translate_kit.formats.inline`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.errors import OutputError
from translate_kit.formats import inline
from translate_kit.formats.properties import (
    bead_properties,
    document_properties,
    made_by,
    percent,
    shown_rows,
)
from translate_kit.formats.safe_xml import attributes, escape
from translate_kit.formats.xliff2_reader import (
    CATEGORY,
    DIALECT,
    MATCHES,
    METADATA,
    NAMESPACE,
    SIMILAR,
)
from translate_kit.formats.xliff_reader import read_bitexts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.bitext import Bitext, Issue
    from translate_kit.formats.inline import Code
    from translate_kit.formats.rows import Row

__all__ = ["read_bitexts", "write_bitexts"]

_STATES = {"model": "translated", "memory": "translated", "human": "reviewed"}
_TYPES = {"model": "mt", "memory": "tm"}


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return one XLIFF 2.0 file of all documents.

    Raises:
        OutputError: if the documents are not all of one pair of languages.
    """
    return "".join(f"{line}\n" for line in _lines(bitexts)).encode("utf-8")


def _lines(bitexts: Sequence[Bitext]) -> Iterator[str]:
    pairs = dict.fromkeys((b.source.language, b.target.language) for b in bitexts)
    if len(pairs) > 1:
        named = ", ".join("-".join(pair) for pair in pairs)
        message = f"an XLIFF 2.0 file has one pair of languages, not {named}"
        raise OutputError(f"{message}; write them apart, or as xliff (1.2)")
    source, target = next(iter(pairs), ("und", "und"))
    spaces = f'xmlns="{NAMESPACE}" xmlns:mda="{METADATA}" xmlns:mtc="{MATCHES}"'
    languages = attributes([("srcLang", source), ("trgLang", target)])
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<xliff {spaces} version="2.0"{languages}>'
    for number, bitext in enumerate(bitexts, 1):
        original = [("original", bitext.source.source)] if bitext.source.source else []
        about = [("id", f"f{number}"), *original, ("canResegment", "no")]
        yield f"<file{attributes(about)}>"
        yield from _metadata(document_properties(bitext))
        codes = inline.collect(bitext, DIALECT)
        for place, (row, sides) in enumerate(zip(shown_rows(bitext), codes, strict=True), 1):
            yield from _unit(place, row, bitext, sides)
        if not bitext.beads:
            yield '<group id="empty"/>'
        yield "</file>"
    yield "</xliff>"


def _metadata(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'<mda:metadata><mda:metaGroup category="{CATEGORY}">'
    for name, value in pairs:
        yield f'<mda:meta type="{name}">{escape(value)}</mda:meta>'
    yield "</mda:metaGroup></mda:metadata>"


def _unit(
    place: int, row: Row, bitext: Bitext, codes: tuple[tuple[Code, ...], tuple[Code, ...]]
) -> Iterator[str]:
    yield f'<unit id="u{place}" xml:space="preserve">'
    matches = list(_matches(row, bitext))
    if matches:
        yield "<mtc:matches>"
        yield from matches
        yield "</mtc:matches>"
    yield from _metadata(bead_properties(row))
    issues = row.bead.quality.issues if row.bead.quality else ()
    if issues:
        yield "<notes>"
        yield from (_note(number, issue) for number, issue in enumerate(issues, 1))
        yield "</notes>"
    yield f'<segment id="s1"{attributes(_state(row))}>'
    yield f"<source>{inline.write(row.source, codes[0], DIALECT)}</source>"
    if row.target:
        yield f"<target>{inline.write(row.target, codes[1], DIALECT)}</target>"
    yield "</segment>"
    yield "</unit>"


def _state(row: Row) -> Iterator[tuple[str, str]]:
    state = _STATES.get(row.bead.origin, "initial") if row.target else "initial"
    yield "state", state
    if row.bead.quality is not None and row.target:
        yield "subState", f"{CATEGORY}:{row.bead.quality.band}"


def _note(number: int, issue: Issue) -> str:
    side = "target" if issue.target else "source" if issue.source else ""
    applies = [("appliesTo", side)] if side else []
    about = [("id", f"issue{number}"), *applies, ("category", issue.kind)]
    return f"<note{attributes(about)}>{escape(issue.message)}</note>"


def _matches(row: Row, bitext: Bitext) -> Iterator[str]:
    """Yield the machine's proposal, the alternatives and the memory's: candidates for a source."""
    if not row.source:
        return
    origin, quality = made_by(row, bitext), row.bead.quality
    if origin is not None:
        about = [("id", "m0"), ("type", _TYPES[row.bead.origin]), ("origin", origin)]
        if quality is not None:
            about.append(("matchQuality", f"{100 * quality.score:.1f}"))
        yield _match(about, row.source, row.target, ())
    for number, other in enumerate(row.bead.alternatives, 1):
        about = [("id", f"m{number}"), ("type", "mt"), ("origin", "alternative")]
        yield _match(about, row.source, other.text, _metadata([("score", str(other.score))]))
    for number, like in enumerate(row.bead.matches, 1 + len(row.bead.alternatives)):
        about = [("id", f"m{number}"), ("type", "tm"), ("origin", SIMILAR)]
        about.append(("similarity", f"{percent(like.similarity)}.0"))
        exact = _metadata([("similarity", str(like.similarity))])
        yield _match(about, like.source, like.target, exact)


def _match(
    about: Iterable[tuple[str, str]], source: str, target: str, metadata: Iterable[str]
) -> str:
    sides = (
        f"<source>{inline.write(source, (), DIALECT)}</source>"
        f"<target>{inline.write(target, (), DIALECT)}</target>"
    )
    return f'<mtc:match ref="#s1"{attributes(about)}>{"".join(metadata)}{sides}</mtc:match>'
