"""One self-contained page to read, check, print and send: source beside translation.

Rows are sentences, grouped in paragraphs; quality is a rule at the translation and a word in
the margin; issues are lettered underlines, explained in the margin; alternatives and what a
memory has of similar sentences open under the translation; word links light up under the
pointer. All is visible without the script, which adds lights, tooltips and the filter.
Nothing is fetched: a content security policy lets in the page's own style and script, by
their hashes, and nothing else.

Attributes ``data-tk-…`` keep what a bead is (`translate_kit.formats.properties`): a page whose
target texts someone edited comes back with its beads (`translate_kit.formats.page_reader`).
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template
from typing import TYPE_CHECKING

from translate_kit._version import __version__
from translate_kit.formats.page_reader import PREFIX, read_bitexts
from translate_kit.formats.pieces import cut
from translate_kit.formats.properties import (
    bead_properties,
    document_properties,
    percent,
    shown_rows,
)
from translate_kit.formats.rows import is_untranslated
from translate_kit.formats.summary import ESTIMATE, STATES, state_of, summarize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.bitext import BeadText, Bitext, Provenance
    from translate_kit.formats.pieces import Piece
    from translate_kit.formats.summary import State, Summary

__all__ = ["read_bitexts", "write_bitexts"]

_LABELS: dict[State, str] = {
    "good": "Good",
    "check": "Check",
    "poor": "Poor",
    "untranslated": "Not translated",
    "unrated": "No estimate",
}
_HEADINGS = {"title": 1, "heading": 2}
_ORIGINS = {"memory": "from memory", "human": "by a person"}


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return one page with a section for every document."""
    summaries = [summarize(bitext) for bitext in bitexts]
    style, script = _resource("page.css"), _resource("page.js")
    more = f" and {len(bitexts) - 1} more" if len(bitexts) > 1 else ""
    page = _template("page.html").substitute(
        title=_text(summaries[0].title + more if summaries else "Translation"),
        generator=_text(f"translate-kit {__version__}"),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        toolbar=_toolbar(summaries),
        contents=_contents(summaries) if more else "",
        documents="\n".join(
            _document(bitext, summary, f"d{number}")
            for number, (bitext, summary) in enumerate(zip(bitexts, summaries, strict=True), 1)
        ),
        legend=_legend(bitexts, summaries),
    )
    return page.encode("utf-8")


def _resource(name: str) -> str:
    return (files("translate_kit.formats") / "page" / name).read_text(encoding="utf-8")


def _template(name: str) -> Template:
    return Template(_resource(name))


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _text(text: str) -> str:
    # A browser would turn a carriage return into a line feed; HTML has no zero character.
    return escape(text).replace("\r", "&#13;").replace("\0", "\ufffd")


def _data(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f' {PREFIX}{name}="{_text(value)}"' for name, value in pairs)


# Around the text


def _toolbar(summaries: Sequence[Summary]) -> str:
    counts = {state: sum(dict(s.states).get(state, 0) for s in summaries) for state in STATES}
    buttons = [
        f'<button type="button" data-state="{state}" aria-pressed="false">'
        f"{_LABELS[state]} {counts[state]}</button>"
        for state in STATES
        if counts[state]
    ]
    if len(buttons) < 2:
        return ""
    label = 'role="toolbar" aria-label="Show sentences by quality" aria-controls="text"'
    status = '<span role="status"></span>'
    return f'<div class="toolbar" {label} hidden>{status}{"".join(buttons)}</div>'


def _contents(summaries: Sequence[Summary]) -> str:
    links = "".join(
        f'<li><a href="#d{number}">{_text(summary.title)}</a></li>'
        for number, summary in enumerate(summaries, 1)
    )
    label = 'class="contents" aria-label="Articles"'
    return f"<nav {label}>{len(summaries)} articles<ol>{links}</ol></nav>"


def _legend(bitexts: Sequence[Bitext], summaries: Sequence[Summary]) -> str:
    rated = any(summary.mean is not None for summary in summaries)
    made = dict.fromkeys(filter(None, (_made(bitext.provenance) for bitext in bitexts)))
    return _template("legend.html").substitute(
        rated=_template("rated.html").substitute(estimate=_text(ESTIMATE)) if rated else "",
        made="<br>".join(map(_text, made)),
    )


def _made(made: Provenance) -> str:
    parts = [made.tool and f"Made with {made.tool}"]
    parts.append(f"model {made.model}" if made.model else "")
    parts.append(f"SHA-256 {made.digest}" if made.digest else "")
    parts += [f"{name} {value}" for name, value in made.options]
    return ", ".join(filter(None, parts))


def _document(bitext: Bitext, summary: Summary, name: str) -> str:
    rows = tuple(bitext.rows())
    # An article that begins with its title needs no other headline.
    titled = bool(rows) and rows[0].kind == "title"
    headline = "" if titled else f'<h1 class="title">{_text(summary.title)}</h1>'
    body = _Body(bitext, name)
    noted = any(row.bead.quality or body.origin(row) for row in rows)
    source, target = map(_text, summary.languages)
    return _template("document.html").substitute(
        {"class": "" if noted else "bare", "told": _data(document_properties(bitext))},
        id=name,
        kicker=f"{source} to {target}, for review",
        headline=headline,
        facts="\n".join(_facts(summary)),
        caption=f"{_text(summary.title)}: {source} and {target}, sentence by sentence",
        source_name=source,
        target_name=target,
        paragraphs="\n".join(body.paragraphs(rows)),
    )


def _facts(summary: Summary) -> Iterator[str]:
    facts: list[tuple[str, str | None]] = [("Sentences", str(summary.sentences))]
    if summary.mean is not None:
        facts.append(("Mean quality, estimated", f"{summary.mean:.2f}"))
    if summary.mean is not None or summary.to_check:
        facts.append(("To check", str(summary.to_check)))
    facts += [("Model", summary.model), ("Made with", summary.tool)]
    if summary.name != summary.title:
        facts.append(("File", summary.name))
    for name, value in facts:
        if value:
            yield f"<div><dt>{name}</dt><dd>{_text(value)}</dd></div>"


# The text


class _Body:
    """The rows of one document; ``name`` begins its ids."""

    def __init__(self, bitext: Bitext, name: str) -> None:
        self._bitext = bitext
        self._name = name
        self._one_origin = len({bead.origin for bead in bitext.beads}) < 2

    def paragraphs(self, rows: Sequence[BeadText]) -> Iterator[str]:
        """Yield a table body for every paragraph."""
        numbered = zip(shown_rows(self._bitext), enumerate(rows, 1), strict=True)
        for _, group in groupby(numbered, key=lambda pair: pair[0].block):
            members = [(number, row, _data(bead_properties(told))) for told, (number, row) in group]
            kind = _text(members[0][1].kind)
            lines = "".join(self._row(*member) for member in members)
            yield f'<tbody role="rowgroup" data-kind="{kind}">\n{lines}</tbody>'

    def origin(self, row: BeadText) -> str:
        """Return who made the translation where that is worth a word."""
        return "" if self._one_origin else _ORIGINS.get(row.bead.origin, "")

    def _row(self, number: int, row: BeadText, told: str) -> str:
        name = f"{self._name}s{number}"
        cells = (
            ("number", f"<span>{number}</span>"),
            ("source", self._side(row, 0, name)),
            ("target", self._side(row, 1, name) + self._others(row)),
            ("notes", self._notes(row, name)),
        )
        inner = "\n".join(f'<td role="cell" class="{c}">{content}</td>' for c, content in cells)
        return f'<tr role="row" id="{name}" data-state="{state_of(row)}"{told}>\n{inner}</tr>\n'

    def _side(self, row: BeadText, side: int, name: str) -> str:
        issues = row.bead.quality.issues if row.bead.quality else ()
        pieces = cut(
            (row.source, row.target)[side],
            [(link[2 * side], link[2 * side + 1]) for link in row.bead.links],
            [(issue.source, issue.target)[side] for issue in issues],
        )
        language = (self._bitext.source, self._bitext.target)[side].language
        level = _HEADINGS.get(row.kind) if side == 1 and row.target else None
        role = f' role="heading" aria-level="{level}"' if level else ""
        text = "".join(_piece(piece, name) for piece in pieces)
        return f'{_flag(row, side)}<span class="text" lang="{_text(language)}"{role}>{text}</span>'

    def _others(self, row: BeadText) -> str:
        languages = (self._bitext.source.language, self._bitext.target.language)
        return _alternatives(row, languages[1]) + _matches(row, languages)

    def _notes(self, row: BeadText, name: str) -> str:
        quality, origin = row.bead.quality, self.origin(row)
        label = f"<b>{_LABELS[state_of(row)]}</b>" if quality else ""
        score = f" {quality.score:.2f}" if quality else ""
        made = f'<span class="origin">{origin}</span>' if origin else ""
        band = f'<p class="band">{label}{score}{made}</p>' if label or made else ""
        notes = "".join(
            f'<li><i>{_letter(n)}</i> <span id="{name}{_letter(n)}"><b>{_text(issue.kind)}:</b> '
            f"{_text(issue.message)}</span></li>"
            for n, issue in enumerate(quality.issues if quality else ())
        )
        return band + (f'<ul class="issues">{notes}</ul>' if notes else "")


def _flag(row: BeadText, side: int) -> str:
    if side == 0 and not row.source:
        return '<span class="flag quiet">Not in the source</span>'
    if side == 1 and is_untranslated(row):
        return '<span class="flag">Not translated</span>'
    return ""


def _piece(piece: Piece, name: str) -> str:
    attributes = []
    if piece.links:
        attributes.append(f'data-l="{" ".join(map(str, piece.links))}"')
    if piece.issues:
        described = " ".join(name + _letter(n) for n in piece.issues)
        attributes.append(f'class="issue" aria-describedby="{described}"')
    if piece.last:
        attributes.append(f'data-mark="{" ".join(map(_letter, piece.last))}"')
    if not attributes:
        return _text(piece.text)
    return f"<span {' '.join(attributes)}>{_text(piece.text)}</span>"


def _letter(number: int) -> str:
    return chr(ord("a") + number) if number < 26 else f"n{number + 1}"


def _alternatives(row: BeadText, language: str) -> str:
    others: Iterable[str] = (_text(other.text) for other in row.bead.alternatives)
    items = "".join(f"<li>{other}</li>" for other in others)
    if not items:
        return ""
    count = len(row.bead.alternatives)
    summary = f"<summary>{count} {'alternative' if count == 1 else 'alternatives'}</summary>"
    return f'<details>{summary}<ol lang="{_text(language)}">{items}</ol></details>'


def _matches(row: BeadText, languages: tuple[str, str]) -> str:
    source, target = map(_text, languages)
    items = "".join(
        f'<li><b>{percent(match.similarity)}\u00a0%</b><p lang="{source}">{_text(match.source)}</p>'
        f'<p lang="{target}">{_text(match.target)}</p></li>'
        for match in row.bead.matches
    )
    if not items:
        return ""
    summary = f"<summary>{len(row.bead.matches)} similar in memory</summary>"
    return f'<details class="matches">{summary}<ul>{items}</ul></details>'
