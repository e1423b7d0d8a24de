r"""Markdown (GitHub's, with tables): source beside translation, to paste into an issue or a wiki.

The text of the article is escaped so that it never becomes markup; a bead is one row, and line
ends in it are spaces. What a bead should be checked for follows the table as a list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate_kit.formats.rows import is_untranslated, one_line
from translate_kit.formats.summary import ESTIMATE, summarize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import BeadText, Bitext
    from translate_kit.formats.summary import Summary

__all__ = ["write_bitexts"]

# A backslash makes any ASCII punctuation text. Full stops and dashes are markup in few places:
# behind "www", before "//" (bare addresses become links) and in front of a line, where no text
# of an article stands here.
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~#$]|(?<=www)\.|:(?=//)|@", flags=re.IGNORECASE)


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return a title, a summary, a table and a list of issues for every document."""
    documents = ("".join(f"{line}\n" for line in _lines(bitext)) for bitext in bitexts)
    return "\n".join(documents).encode("utf-8")


def _lines(bitext: Bitext) -> Iterator[str]:
    summary = summarize(bitext)
    rows = tuple(bitext.rows())
    yield f"# {_escape(summary.title)}"
    yield ""
    yield _summary(summary)
    yield ""
    yield from _table(rows, summary)
    notes = list(_notes(rows))
    if notes:
        yield ""
        yield "**To check**"
        yield ""
        yield from notes
    if summary.mean is not None:
        yield ""
        yield f"*{ESTIMATE}*"


def _summary(summary: Summary) -> str:
    parts = [f"{summary.languages[0]} → {summary.languages[1]}", f"{summary.sentences} sentences"]
    if summary.mean is not None:
        parts.append(f"mean quality {summary.mean:.2f}")
        parts.append(f"{summary.to_check} to check")
    parts += filter(None, (summary.model, summary.tool))
    return " · ".join(map(_escape, parts))


def _table(rows: Sequence[BeadText], summary: Summary) -> Iterator[str]:
    rated = summary.mean is not None
    heads = [*summary.languages, *(["Quality"] if rated else [])]
    yield _line(map(_escape, heads))
    yield _line("---" for _ in heads)
    note = 0
    for row in rows:
        flag = "**[untranslated]** " if is_untranslated(row) else ""
        cells = [_escape(row.source), (flag + _escape(row.target)).strip()]
        quality = row.bead.quality
        if rated:
            count = len(quality.issues) if quality else 0
            marks = "".join(f" ({note + n})" for n in range(1, count + 1))
            cells.append(f"{quality.band} {quality.score:.2f}{marks}" if quality else "")
            note += count
        yield _line(cells)


def _line(cells: Iterator[str] | Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _notes(rows: Sequence[BeadText]) -> Iterator[str]:
    number = 0
    for row in rows:
        for issue in row.bead.quality.issues if row.bead.quality else ():
            number += 1
            yield f"{number}. **{_escape(issue.kind)}**: {_escape(issue.message)}"


def _escape(text: str) -> str:
    line = one_line(text).strip().replace("\0", "\ufffd")
    return _MARKUP.sub(r"\\\g<0>", line)
