"""Tables that the page's script can sort: every cell carries the value it is sorted by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.evaluate.report.svg import dot, label, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.evaluate.results import Difference, Evaluation, Score

__all__ = ["Cell", "number", "runs", "scores", "signatures", "slices", "table", "trust", "word"]

_SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its HTML, what it is sorted by, and its class."""

    html: str
    value: float | str = ""
    style: str = "n"


def word(text: str) -> Cell:
    """Return a cell of text, sorted as such."""
    return Cell(label(text), text, "w")


def number(value: float | None, pattern: str = "{:.1f}", style: str = "n") -> Cell:
    """Return a cell with a number; one that is not known stands last."""
    return Cell("–", "", style) if value is None else Cell(pattern.format(value), value, style)


def table(
    caption: str,
    heads: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Cell]],
    groups: Sequence[tuple[str, int]] = (),
) -> str:
    """Return a table.

    Args:
        caption: what it shows; not drawn, but read aloud.
        heads: of every column the text and an explanation that a pointer brings up.
        rows: cells, the first of which names the row.
        groups: heads over several columns, each with how many.
    """
    over = "".join(
        f'<th scope="colgroup" colspan="{count}" class="over">{label(name)}</th>'
        for name, count in groups
    )
    styles = [cell.style for cell in rows[0]] if rows else []
    names = "".join(
        f'<th scope="col" class="{style}"{_title(more)}>{label(name)}</th>'
        for (name, more), style in zip(heads, styles, strict=True)
    )
    body = "\n".join(f"<tr>{''.join(_cells(row))}</tr>" for row in rows)
    head = (f"<tr>{over}</tr>" if over else "") + f"<tr data-heads>{names}</tr>"
    return (
        f'<div class="wide"><table class="sortable"><caption class="unseen">{label(caption)}'
        f"</caption><thead>{head}</thead><tbody>{body}</tbody></table></div>"
    )


def _title(more: str) -> str:
    return f' title="{label(more)}"' if more else ""


def _cells(row: Sequence[Cell]) -> Iterator[str]:
    for place, cell in enumerate(row):
        tag, scope = ("td", "") if place else ("th", ' scope="row"')
        value = label(cell.value) if isinstance(cell.value, str) else f"{cell.value:.6g}"
        yield f'<{tag}{scope} class="{cell.style}" data-value="{value}">{cell.html}</{tag}>'


def scores(evaluation: Evaluation) -> str:
    """Return the table of systems and metrics, the best of each in bold."""
    several = len(evaluation.corpus.systems) > 1
    columns = [evaluation.of(metric) for metric in evaluation.scoring.metrics]
    heads = [("System", "")]
    groups = [("", 1)]
    for column in columns:
        mark = " ↓" if column[0].metric == "ter" else ""
        heads.append(("score", "with its 95 % interval by bootstrap"))
        if several:
            heads.append(("Δ", "difference from the baseline, with its 95 % interval"))
            heads.append(("p", "paired bootstrap / approximate randomisation"))
        groups.append((column[0].label + mark, 3 if several else 1))
    rows = []
    for place, system in enumerate(evaluation.corpus.systems):
        row = [_system(system.name, place, baseline=several and not place)]
        for column in columns:
            row.append(_score(column[place], column))
            row += _difference(column[place].difference) if several else ()
        rows.append(row)
    return table("Scores of all systems", heads, rows, groups)


def _system(name: str, place: int, *, baseline: bool) -> Cell:
    note = ' <span class="soft">baseline</span>' if baseline else ""
    return Cell(f"{dot(place)}{label(name)}{note}", name, "w")


def _score(score: Score, column: Sequence[Score]) -> Cell:
    values = [other.value for other in column]
    best = min(values) if score.metric == "ter" else max(values)
    shown = f"{score.value:.1f}"
    shown = f"<b>{shown}</b>" if score.value == best and len(column) > 1 else shown
    margin = "" if score.margin is None else f' <span class="soft">± {score.margin:.1f}</span>'
    return Cell(shown + margin, score.value)


def _difference(found: Difference | None) -> tuple[Cell, Cell]:
    if found is None:
        return Cell("–"), Cell("–")
    around = ""
    if found.low is not None and found.high is not None:
        around = f' <span class="soft">{signed(found.low)} to {signed(found.high)}</span>'
    tests = [p for p in (found.p_bootstrap, found.p_randomisation) if p is not None]
    shown = " / ".join(f"{p:.4f}" for p in tests) or "–"
    sure = "*" if tests and max(tests) < _SIGNIFICANT else ""
    return (
        Cell(f"{signed(found.delta)}{around}", found.delta),
        Cell(shown + sure, max(tests, default=1.0)),
    )


def runs(evaluation: Evaluation) -> str:
    """Return the table of what models cost; nothing if none was run."""
    heads = [
        ("Model", ""),
        ("sentences/s", ""),
        ("characters/s", "of the source"),
        ("tokens/s", "of the translation, in the model's own pieces"),
        ("load", "seconds"),
        ("translate", "seconds"),
        ("peak memory", "MB resident in a process of its own"),
    ]
    rows = []
    for place, system in enumerate(evaluation.corpus.systems):
        run = system.run
        if run is not None:
            rates = (run.segments, run.source_characters, run.target_tokens)
            peak = None if run.peak_memory is None else run.peak_memory / 1e6
            rows.append(
                [
                    _system(system.name, place, baseline=False),
                    *(number(run.rate(amount), "{:,.0f}") for amount in rates),
                    number(run.load_seconds, "{:.2f} s"),
                    number(run.seconds, "{:.1f} s"),
                    number(peak, "{:,.0f} MB"),
                ]
            )
    return table("Speed and memory of models", heads, rows) if rows else ""


def slices(evaluation: Evaluation) -> str:
    """Return the table behind the plot of parts: score, and lead over all other segments."""
    systems = [system.name for system in evaluation.corpus.systems]
    found: dict[tuple[str, str], dict[str, tuple[int, float, float]]] = {}
    for score in evaluation.slices:
        mine = (score.segments, score.value, score.lead)
        found.setdefault((score.aspect, score.part), {})[score.system] = mine
    heads = [("Part", ""), ("aspect", ""), ("segments", "of the first system that has any")]
    heads += [(name, "score, and its lead over the system's other segments") for name in systems]
    rows = []
    for (aspect, part), values in found.items():
        sizes = next(iter(values.values()))[0]
        row = [word(part), word(aspect), number(sizes, "{:d}")]
        for system in systems:
            _, value, lead = values.get(system, (0, None, 0.0))
            cell = number(value)
            shown = f' <span class="soft">{signed(lead)}</span>' if value is not None else ""
            row.append(Cell(cell.html + shown, cell.value))
        rows.append(row)
    return table("Scores of parts of the corpus", heads, rows)


def trust(evaluation: Evaluation) -> str:
    """Return the table of how far estimates can be trusted."""
    heads = [
        ("System", ""),
        ("Spearman", "rank correlation of estimate and worth, with its 95 % interval"),
        ("calibration error", "mean distance of estimate and worth over ten bins"),
        ("gain", "how far the risk-coverage curve is from none (0 %) to perfect (100 %)"),
        *((f"{band}", "mean worth, and segments, of this band") for band in _BANDS),
    ]
    rows = []
    for place, found in enumerate(evaluation.trust):
        bands = {band: (count, worth) for band, count, worth in found.bands}
        around = f' <span class="soft">{_plain(found.low)} to {_plain(found.high)}</span>'
        row = [
            _system(found.system, place, baseline=False),
            Cell(f"{_plain(found.spearman)}{around}", found.spearman),
            number(found.error, "{:.3f}"),
            number(found.gain, "{:.0%}"),
        ]
        for band in _BANDS:
            count, worth = bands.get(band, (0, None))
            cell = number(worth, "{:.2f}")
            row.append(Cell(f'{cell.html} <span class="soft">{count}</span>', cell.value))
        rows.append(row)
    return table("Trust in quality estimates", heads, rows)


_BANDS = ("good", "check", "poor")


def _plain(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def signatures(evaluation: Evaluation) -> str:
    """Return the signatures, once where systems share one."""
    found: dict[tuple[str, str], list[str]] = {}
    for score in evaluation.scores:
        found.setdefault((score.label, score.signature), []).append(score.system)
    all_systems = len(evaluation.corpus.systems)
    items = []
    for (name, signature), systems in found.items():
        whose = "" if len(systems) == all_systems else f" {', '.join(systems)}"
        items.append(f"<dt>{label(name + whose)}</dt><dd><code>{label(signature)}</code></dd>")
    return f'<dl class="signatures">{"".join(items)}</dl>'
