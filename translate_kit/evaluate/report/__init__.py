"""One self-contained page that shows an evaluation: tables, plots, sentences.

All is visible without the script, which sorts tables and shows and hides systems. Nothing is
fetched: a content security policy lets in the page's own style and script, by their hashes,
and nothing else. The same evaluation gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from translate_kit._version import __version__
from translate_kit.evaluate.report.plots import better, deltas, distributions, forest, parts
from translate_kit.evaluate.report.sentences import sentences
from translate_kit.evaluate.report.svg import dot, label
from translate_kit.evaluate.report.tables import runs, scores, signatures, slices, trust
from translate_kit.evaluate.report.trust_plots import calibration, coverage
from translate_kit.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.evaluate.results import Evaluation, Score

__all__ = ["write_report"]


def write_report(evaluation: Evaluation) -> bytes:
    """Return the page of an evaluation, UTF-8."""
    style, script = _resource("page.css"), _resource("page.js")
    sections = tuple(_sections(evaluation))
    page = Template(_resource("page.html")).substitute(
        title=label(_title(evaluation)),
        generator=label(f"translate-kit {__version__}"),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        kicker=label(_kicker(evaluation)),
        lede=_lede(evaluation),
        facts="".join(_facts(evaluation)),
        notes=_notes(evaluation),
        contents="".join(f'<li><a href="#{name}">{title}</a></li>' for name, title, _ in sections),
        sections="\n".join(
            f'<section id="{name}" aria-labelledby="{name}-head">'
            f'<h2 id="{name}-head">{title}</h2>{body}</section>'
            for name, title, body in sections
        ),
    )
    return page.encode("utf-8")


def _resource(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _title(evaluation: Evaluation) -> str:
    systems = evaluation.corpus.systems
    count = evaluation.corpus.segments
    if len(systems) == 1:
        return f"{systems[0].name} on {count:,} segments"
    return f"{len(systems)} systems on {count:,} segments"


def _kicker(evaluation: Evaluation) -> str:
    one, other = (LANGUAGES.get(code, code).capitalize() for code in evaluation.corpus.languages)
    return f"{one} to {other}, evaluation"


def _lede(evaluation: Evaluation) -> str:
    """Say the main result in a sentence."""
    found = evaluation.of(evaluation.scoring.primary)
    first = found[0]
    lower = first.metric == "ter"
    best = (min if lower else max)(found, key=lambda score: score.value)
    about = f" ± {best.margin:.1f}" if best.margin else ""
    text = f"{best.system} scores {best.value:.1f}{about} {best.label}"
    difference = best.difference
    if len(found) > 1:
        text += ", best of all" if difference is None else ", best of all and "
    if difference is not None:
        way = "below" if difference.delta < 0 else "above"
        text += f"{abs(difference.delta):.1f} points {way} the baseline {first.system}"
        if difference.low is not None and difference.high is not None:
            ends = sorted((abs(difference.low), abs(difference.high)))
            text += f" (95 % interval {ends[0]:.1f} to {ends[1]:.1f})"
    return label(f"{text}.")


def _facts(evaluation: Evaluation) -> Iterator[str]:
    corpus = evaluation.corpus
    facts = [
        ("Segments", f"{corpus.segments:,}"),
        ("Reference", ", ".join(reference.name for reference in corpus.references)),
        ("Source", corpus.sources.name if corpus.sources else ""),
        ("Baseline", corpus.systems[0].name if len(corpus.systems) > 1 else ""),
        ("Made with", f"translate-kit {__version__}, sacreBLEU {_sacrebleu(evaluation)}"),
    ]
    for name, value in facts:
        if value:
            yield f"<div><dt>{name}</dt><dd>{label(value)}</dd></div>"


def _sacrebleu(evaluation: Evaluation) -> str:
    pairs = evaluation.scores[0].signature.split("|")
    return next((pair[8:] for pair in pairs if pair.startswith("version:")), "")


def _notes(evaluation: Evaluation) -> str:
    items = "".join(f"<li>{label(note)}</li>" for note in evaluation.notes)
    return f'<ul class="notes">{items}</ul>' if items else ""


def _sections(evaluation: Evaluation) -> Iterator[tuple[str, str, str]]:
    primary = evaluation.of(evaluation.scoring.primary)
    yield "scores", "Scores", scores(evaluation) + _intervals(evaluation) + runs(evaluation)
    yield (
        "spread",
        f"Sentences by {label(primary[0].label)}",
        _drawn(distributions(primary, "hills"), _SPREAD, wide=True),
    )
    if evaluation.slices:
        table = f"<details><summary>The same as a table</summary>{slices(evaluation)}</details>"
        plot = _drawn(parts(evaluation, "parts"), _PARTS, wide=True)
        title = "Where systems lose" if len(primary) > 1 else "Where it loses"
        yield "parts", title, _key(evaluation) + plot + table
    if evaluation.trust:
        pair = _drawn(calibration(evaluation.trust, "calibration"), _CALIBRATION)
        pair += _drawn(coverage(evaluation.trust, "coverage"), _COVERAGE)
        body = f'{_key(evaluation)}<div class="plots two">{pair}</div>{trust(evaluation)}'
        yield "trust", "Can the quality estimates be trusted?", body
    several = len(primary) > 1
    title = "Where systems differ most" if several else "The lowest-scoring sentences"
    yield "texts", title, _SENTENCES + _choice(primary) + sentences(evaluation)
    yield "again", "To get these numbers again", _AGAIN + signatures(evaluation)


def _intervals(evaluation: Evaluation) -> str:
    columns = [evaluation.of(metric) for metric in evaluation.scoring.metrics]
    if len(columns[0]) == 1:
        return ""
    body = ""
    for place, column in enumerate(columns):
        title = f"<b>{label(column[0].label)}</b> {better(column[0].metric)}"
        body += _drawn(forest(column, f"forest{place}"), title)
    for place, column in enumerate(columns):
        title = f"<b>{label(column[0].label)}</b> less that of {label(column[0].system)}"
        body += _drawn(deltas(column, f"delta{place}"), title)
    return f'<div class="plots">{body}</div><p class="hint">{_INTERVALS}</p>'


def _drawn(plot: str, caption: str, *, wide: bool = False) -> str:
    style = ' class="across"' if wide else ""
    return f"<figure{style}>{plot}<figcaption>{caption}</figcaption></figure>"


def _key(evaluation: Evaluation) -> str:
    if len(evaluation.corpus.systems) == 1:
        return ""
    items = "".join(
        f"<li>{dot(place)}{label(system.name)}</li>"
        for place, system in enumerate(evaluation.corpus.systems)
    )
    return f'<ul class="key">{items}</ul>'


def _choice(found: tuple[Score, ...]) -> str:
    """Return the boxes that show and hide systems; the script brings them to life."""
    if len(found) < 2:
        return ""
    best = max(range(1, len(found)), key=lambda n: found[n].value)
    boxes = "".join(
        f'<label><input type="checkbox" value="{place}"{" checked" if shown else ""}>'
        f"{dot(place)}{label(score.system)}</label>"
        for place, score in enumerate(found)
        for shown in (place in {0, best},)
    )
    return f'<fieldset class="choice" hidden><legend>Systems</legend>{boxes}</fieldset>'


_INTERVALS = (
    "Bars are 95 % intervals from bootstrap resamples; those of differences come from resampling"
    " both systems on the same segments. A hollow mark: no test speaks for a difference (p ≥ 0.05)."
    " In the table, * means that both tests do."
)
_SPREAD = "Number of segments by their score; the upright line is the median."
_PARTS = (
    "Corpus scores of parts of the corpus; a segment is in one part of every aspect. Parts of fewer"
    " than ten segments are in the table only."
)
_CALIBRATION = (
    "<b>Calibration</b> in up to ten bins of like size: on the dashed line, estimates mean what"
    " they say."
)
_COVERAGE = (
    "<b>Risk and coverage</b>: mean risk of the segments kept when those with the best estimates"
    " are; dotted, if estimates were perfect."
)
_SENTENCES = (
    '<p class="hint">Against the reference: <ins>words of the translation alone</ins> and'
    " <del>words it lacks</del>. Scores are the segments' own.</p>"
)
_AGAIN = '<p class="hint">Signatures, in sacreBLEU\'s form; models add how they translated.</p>'
