"""Word documents: a table of two columns to read, correct and give back; articles as input.

Each document is a title, a line of facts and a table with a header row that repeats on every
page: the source on the left, the translation on the right, shaded by quality. What a bead
should be checked for is a comment at its translation. A part of its own (custom XML, which
Word and LibreOffice keep) holds what a bead is (`translate_kit.formats.properties`), so that an
edited file comes back with its beads: beads are found again by their source text, then by
their place. Changes under revision marks count as made.

Lost are word links, alternatives, signals and options, and what an office program leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.formats.docx_article import read_document
from translate_kit.formats.docx_parts import assemble
from translate_kit.formats.docx_reader import SPACE, read_bitexts
from translate_kit.formats.docx_text import run
from translate_kit.formats.ooxml import XML
from translate_kit.formats.properties import bead_properties, document_properties, shown_rows
from translate_kit.formats.rows import one_line
from translate_kit.formats.safe_xml import attributes, escape
from translate_kit.formats.summary import ESTIMATE, state_of, summarize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.bitext import BeadText, Bitext
    from translate_kit.formats.rows import Row
    from translate_kit.formats.summary import State, Summary

__all__ = ["read_bitexts", "read_document", "write_bitexts"]

_FILLS: dict[State, str] = {
    "good": "EAF4EE",
    "check": "FFF2CC",
    "poor": "F8D7D3",
    "untranslated": "E3E3E3",
}
_LABELS: dict[State, str] = {
    "good": "Good",
    "check": "Check",
    "poor": "Poor",
    "untranslated": "Not translated",
}
_COLUMN = 7285
"""Width of a column in twentieths of a point: half of an A4 page on its side, less margins."""


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return one document with a title and a table for every bitext."""
    comments: list[str] = []
    body = "".join(
        part for bitext in bitexts for part in _document(bitext, summarize(bitext), comments)
    )
    title = summarize(bitexts[0]).title if bitexts else "Translation"
    page = (
        '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" '
        'w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/></w:sectPr>'
    )
    told = "".join(map(_told, bitexts))
    kept = f'{XML}<translate-kit xmlns="{SPACE}">{told}</translate-kit>'
    return assemble(body + page, title, "".join(comments), kept)


def _document(bitext: Bitext, summary: Summary, comments: list[str]) -> Iterator[str]:
    yield _paragraph(run(summary.title), "Title")
    yield _paragraph(run(_facts(summary)), "Subtitle")
    columns = f'<w:gridCol w:w="{_COLUMN}"/>' * 2
    yield (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Bilingual"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )
    heads = "".join(_cell(_paragraph(run(name, bold=True)), "F1EFE9") for name in summary.languages)
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
    languages = (bitext.source.language, bitext.target.language)
    for row in bitext.rows():
        yield _row(row, languages, comments)
    yield "</w:tbl>"
    legend = "".join(_key(state) for state, _ in summary.states if state in _FILLS)
    yield _paragraph(legend + run(f" {ESTIMATE}" if summary.mean is not None else ""), "Note")


def _facts(summary: Summary) -> str:
    parts = [f"{summary.languages[0]} → {summary.languages[1]}", f"{summary.sentences} sentences"]
    if summary.mean is not None:
        parts.append(f"mean quality {summary.mean:.2f}, estimated")
    if summary.mean is not None or summary.to_check:
        parts.append(f"{summary.to_check} to check")
    return one_line(" · ".join([*parts, *filter(None, (summary.model, summary.tool))]))


def _paragraph(runs: str, style: str = "") -> str:
    looks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{looks}{runs}</w:p>"


def _cell(content: str, fill: str | None) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{_COLUMN}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'


def _row(row: BeadText, languages: tuple[str, str], comments: list[str]) -> str:
    bold = row.kind in {"title", "heading"}
    source = run(row.source, language=languages[0], bold=bold)
    target = run(row.target, language=languages[1], bold=bold)
    notes = list(_notes(row))
    if notes:
        number = len(comments)
        comments.append(_comment(number, notes))
        mark = f'w:id="{number}"'
        target = (
            f"<w:commentRangeStart {mark}/>{target}<w:commentRangeEnd {mark}/>"
            f"<w:r><w:commentReference {mark}/></w:r>"
        )
    cells = _cell(_paragraph(source), None) + _cell(_paragraph(target), _FILLS.get(state_of(row)))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _notes(row: BeadText) -> Iterator[str]:
    """Yield what to say beside a bead, if anything: its band unless it is good, and issues."""
    state, quality = state_of(row), row.bead.quality
    issues = quality.issues if quality else ()
    if issues or state not in {"good", "unrated"}:
        score = f", {quality.score:.2f}" if quality else ""
        yield f"{_LABELS.get(state, '')}{score}"
    for issue in issues:
        yield f"{issue.kind}: {issue.message}"


def _comment(number: int, notes: Iterable[str]) -> str:
    content = "".join(_paragraph(run(note)) for note in notes)
    about = attributes([("w:id", str(number)), ("w:author", "translate-kit"), ("w:initials", "tk")])
    return f"<w:comment{about}>{content}</w:comment>"


def _key(state: State) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_FILLS[state]}"/>'
    label = f'<w:t xml:space="preserve"> {_LABELS[state]} </w:t>'
    return f"<w:r><w:rPr>{shade}</w:rPr>{label}</w:r>{run(' ')}"


# What the table does not show


def _told(bitext: Bitext) -> str:
    beads = "".join(
        f"<bead>{_values(bead_properties(row))}{_values(_issues(row))}</bead>"
        for row in shown_rows(bitext)
    )
    return f"<document>{_values(document_properties(bitext))}{beads}</document>"


def _issues(row: Row) -> Iterator[tuple[str, str]]:
    for issue in row.bead.quality.issues if row.bead.quality else ():
        yield "issue", f"{issue.kind}: {issue.message}"


def _values(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f"<value{attributes([('name', name)])}>{escape(value)}</value>" for name, value in pairs
    )
