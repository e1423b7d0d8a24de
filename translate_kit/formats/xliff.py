"""XLIFF 1.2 (OASIS, 2008), what translators' programs exchange: a ``trans-unit`` a bead.

What the standard has a place for stands there: the band in the target's ``state`` (good is
``translated``, check and poor ``needs-review-translation``, a sentence without translation
``needs-translation``), where it is from in ``state-qualifier`` (``leveraged-mt``,
``leveraged-tm``), the machine's proposal with its score as ``match-quality`` in ``alt-trans``
beside the target that people edit, alternatives as further ``alt-trans``, what a memory has of
similar sentences as ``alt-trans`` with their source and the similarity in percent, and issues as
``note``. All else, and the exact score, stands in ``context`` elements of types ``x-…``
(`translate_kit.formats.properties`). Every document is a ``file``. Lost are word links,
signals and options.

Inline tags of a foreign file come back when the same sentences are written as XLIFF 1.2
(`translate_kit.formats.inline`). `read_bitexts` reads versions 1.0 to 1.2 and 2.0 to 2.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit._version import __version__
from translate_kit.formats import inline
from translate_kit.formats.properties import (
    bead_properties,
    document_properties,
    made_by,
    percent,
    shown_rows,
)
from translate_kit.formats.safe_xml import attributes, escape
from translate_kit.formats.xliff_reader import DIALECT, NAMESPACE, SIMILAR, TOOL, read_bitexts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.bitext import Bitext, Issue
    from translate_kit.formats.inline import Code
    from translate_kit.formats.rows import Row

__all__ = ["read_bitexts", "write_bitexts"]

_QUALIFIERS = {"model": "leveraged-mt", "memory": "leveraged-tm"}


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return one XLIFF 1.2 file of all documents."""
    return "".join(f"{line}\n" for line in _lines(bitexts)).encode("utf-8")


def _lines(bitexts: Sequence[Bitext]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<xliff xmlns="{NAMESPACE}" version="1.2">'
    tool = (("tool-id", TOOL), ("tool-name", TOOL), ("tool-version", __version__))
    for number, bitext in enumerate(bitexts, 1):
        about = (
            ("original", bitext.source.source or f"document {number}"),
            ("source-language", bitext.source.language),
            ("target-language", bitext.target.language),
            ("datatype", "plaintext"),
            ("tool-id", TOOL),
            ("xml:space", "preserve"),
        )
        yield f"<file{attributes(about)}>"
        yield f"<header><tool{attributes(tool)}/></header>"
        yield "<body>"
        yield '<group id="document">'
        yield from _contexts(document_properties(bitext))
        codes = inline.collect(bitext, DIALECT)
        for place, (row, sides) in enumerate(zip(shown_rows(bitext), codes, strict=True), 1):
            yield from _unit(place, row, bitext, sides)
        yield "</group>"
        yield "</body>"
        yield "</file>"
    yield "</xliff>"


def _contexts(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield '<context-group purpose="information">'
    for name, value in pairs:
        yield f'<context context-type="x-{name}">{escape(value)}</context>'
    yield "</context-group>"


def _unit(
    place: int, row: Row, bitext: Bitext, codes: tuple[tuple[Code, ...], tuple[Code, ...]]
) -> Iterator[str]:
    own = attributes([("id", str(place)), ("xml:space", "preserve")])
    yield f"<trans-unit{own}>"
    yield f"<source>{inline.write(row.source, codes[0], DIALECT)}</source>"
    if row.target:
        state = attributes(_state(row))
        yield f"<target{state}>{inline.write(row.target, codes[1], DIALECT)}</target>"
    yield from _contexts(bead_properties(row))
    for issue in row.bead.quality.issues if row.bead.quality else ():
        yield _note(issue)
    yield from _proposals(row, bitext)
    yield "</trans-unit>"


def _state(row: Row) -> Iterator[tuple[str, str]]:
    quality = row.bead.quality
    if row.bead.origin == "untranslated":
        yield "state", "needs-translation"
    elif quality is not None and quality.band != "good":
        yield "state", "needs-review-translation"
    else:
        yield "state", "translated"
    if row.bead.origin in _QUALIFIERS:
        yield "state-qualifier", _QUALIFIERS[row.bead.origin]


def _note(issue: Issue) -> str:
    side = "target" if issue.target else "source" if issue.source else "general"
    about = attributes([("from", TOOL), ("annotates", side)])
    return f"<note{about}>{escape(f'{issue.kind}: {issue.message}')}</note>"


def _proposals(row: Row, bitext: Bitext) -> Iterator[str]:
    origin, quality = made_by(row, bitext), row.bead.quality
    if origin is not None:
        about = [("tool-id", TOOL), ("origin", origin)]
        if quality is not None:
            about.append(("match-quality", f"{100 * quality.score:.0f}%"))
        yield _proposal(about, row.target)
    for other in row.bead.alternatives:
        score = ("extradata", str(other.score))
        yield _proposal([("tool-id", TOOL), ("origin", "alternative"), score], other.text)
    for match in row.bead.matches:
        about = [
            ("tool-id", TOOL),
            ("origin", SIMILAR),
            ("match-quality", f"{percent(match.similarity)}%"),
            ("extradata", str(match.similarity)),
        ]
        yield _proposal(about, match.target, match.source)


def _proposal(about: Iterable[tuple[str, str]], target: str, source: str = "") -> str:
    texts = f"<source>{inline.write(source, (), DIALECT)}</source>" if source else ""
    texts += f"<target>{inline.write(target, (), DIALECT)}</target>"
    return f'<alt-trans{attributes(about)} xml:space="preserve">{texts}</alt-trans>'
