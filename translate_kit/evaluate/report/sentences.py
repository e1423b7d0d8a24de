"""The sentences where systems differ most, side by side, differing words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate_kit.evaluate.report.svg import dot, label
from translate_kit.evaluate.report.words import marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.evaluate.results import Evaluation, Score

__all__ = ["chosen", "sentences"]

_MOST = 40  # sentences where all systems together differ most, or where one alone is worst
_EACH = 12  # more of each system against the baseline


def chosen(scores: Sequence[Score], most: int = _MOST, each: int = _EACH) -> tuple[int, ...]:
    """Return the numbers of the segments to show, from 0, the most telling first.

    Those are the widest between best and worst system and, for every system, those farthest
    from the baseline; of a single system the worst.
    """
    rows = [score.sentences for score in scores]
    numbers = range(len(rows[0]))
    if len(rows) == 1:
        return tuple(sorted(numbers, key=lambda n: (rows[0][n], n))[:most])

    def spread(number: int) -> float:
        values = [row[number] for row in rows]
        return max(values) - min(values)

    found = set(sorted(numbers, key=lambda n: (-spread(n), n))[:most])
    for row in rows[1:]:
        found.update(sorted(numbers, key=lambda n: (-abs(row[n] - rows[0][n]), n))[:each])
    return tuple(sorted(found, key=lambda n: (-spread(n), n)))


def sentences(evaluation: Evaluation) -> str:
    """Return the table of telling sentences."""
    scores = evaluation.of(evaluation.scoring.primary)
    more = "best less worst of the systems shown" if len(scores) > 1 else "in the reference"
    source = "source and " if evaluation.corpus.sources else ""
    heads = _head("no.", "number of the segment", "n")
    heads += _head(_measure(scores), more, "n")
    heads += _head(f"{source}reference", "sorted by length", "w")
    heads += "".join(
        f'<th role="columnheader" scope="col" class="w" data-system="{place}">{dot(place)}'
        f"{label(score.system)}</th>"
        for place, score in enumerate(scores)
    )
    rows = "\n".join(_row(evaluation, scores, number) for number in chosen(scores))
    return (
        # on narrow screens rows are stacked, which takes the roles off the elements
        '<div class="wide"><table role="table" class="sortable sentences" id="sentences">'
        '<caption class="unseen">Sentences where systems differ most</caption>'
        f'<thead role="rowgroup"><tr role="row" data-heads>{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _head(name: str, more: str, style: str) -> str:
    title = f'class="{style}" title="{label(more)}"'
    return f'<th role="columnheader" scope="col" {title}>{label(name)}</th>'


def _measure(scores: Sequence[Score]) -> str:
    return "spread" if len(scores) > 1 else "words"


def _row(evaluation: Evaluation, scores: Sequence[Score], number: int) -> str:
    corpus = evaluation.corpus
    values = [score.sentences[number] for score in scores]
    reference = corpus.references[0].lines[number]
    words = len(reference.split())
    spread = max(values) - min(values) if len(values) > 1 else float(words)
    shown = f"{spread:.1f}" if len(values) > 1 else str(words)
    cells = [
        _cell("th", 'role="rowheader" scope="row" class="n" data-name="no."', number + 1),
        _cell("td", f'role="cell" class="n spread" data-name="{_measure(scores)}"', spread, shown),
        _cell("td", 'role="cell" class="w"', words, "".join(_given(evaluation, number))),
    ]
    for place, value in enumerate(values):
        cells.append(_translation(evaluation, place, number, value))
    return f'<tr role="row">{"".join(cells)}</tr>'


def _cell(tag: str, attributes: str, value: float, content: str = "") -> str:
    return f'<{tag} {attributes} data-value="{value:.6g}">{content or value}</{tag}>'


def _translation(evaluation: Evaluation, place: int, number: int, value: float) -> str:
    corpus = evaluation.corpus
    system = corpus.systems[place]
    line = system.lines[number]
    reference = corpus.references[0].lines[number]
    text = marked(line, reference) if line.strip() else '<em class="soft">empty</em>'
    return (
        f'<td role="cell" class="w" data-system="{place}" data-name="{label(system.name)}"'
        f' data-value="{value:.4g}"><b class="score">{value:.1f}</b>'
        f' <span class="text" lang="{label(corpus.languages[1])}">{text}</span></td>'
    )


def _given(evaluation: Evaluation, number: int) -> Iterator[str]:
    corpus = evaluation.corpus
    if corpus.sources is not None:
        text = label(corpus.sources.lines[number])
        yield f'<p class="source" lang="{label(corpus.languages[0])}">{text}</p>'
    for reference in corpus.references:
        text = label(reference.lines[number])
        yield f'<p class="reference" lang="{label(corpus.languages[1])}">{text}</p>'
