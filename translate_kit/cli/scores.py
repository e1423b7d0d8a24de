"""What `evaluate` prints: tables for people, tabs and JSON lines for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from translate_kit.cli.view import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import translate_kit as tk

__all__ = ["as_json", "as_latex", "as_numbers", "as_sentences", "as_text"]

_SIGNIFICANT = 0.05


def as_text(evaluation: tk.Evaluation, width: int) -> Iterator[str]:
    """Yield tables: scores metric by metric with signatures, then what else was asked for."""
    for metric in evaluation.scoring.metrics:
        yield from _metric(evaluation.of(metric), width)
        yield ""
    yield from _runs(evaluation)
    yield from _slices(evaluation, width)
    yield from _trust(evaluation)
    for note in evaluation.notes:
        yield f"note: {plain(note)}"


def _metric(scores: Sequence[Any], width: int) -> Iterator[str]:
    rows = [[scores[0].label, "", "", "Δ", "95 %", "p bs", "p ar"]]
    for score in scores:
        margin = "" if score.margin is None else f"± {score.margin:.{width}f}"
        row = [plain(score.system), f"{score.value:.{width}f}", margin]
        if (found := score.difference) is not None:
            between = (
                "" if found.low is None else f"{found.low:+.{width}f} … {found.high:+.{width}f}"
            )
            row += [f"{found.delta:+.{width}f}", between]
            row += [_p_value(found.p_bootstrap), _p_value(found.p_randomisation)]
        rows.append(row)
    if len(scores) == 1:
        rows[0] = rows[0][:1]
    yield from _table(rows)
    signatures = {score.signature: None for score in scores}
    for signature in signatures:
        yield f"  {plain(signature)}"


def _p_value(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.4f}{'*' if value < _SIGNIFICANT else ''}"


def _runs(evaluation: tk.Evaluation) -> Iterator[str]:
    ran = [system for system in evaluation.corpus.systems if system.run]
    if not ran:
        return
    rows = [
        ["speed", "sentences/s", "characters/s", "tokens/s", "load s", "translate s", "peak MB"]
    ]
    for system in ran:
        run = system.run
        if run is not None:
            peak = "" if run.peak_memory is None else f"{run.peak_memory / 1e6:.0f}"
            rates = (run.segments, run.source_characters, run.target_tokens)
            times = (f"{run.load_seconds:.2f}", f"{run.seconds:.1f}", peak)
            rows.append([plain(system.name), *(f"{run.rate(n):.0f}" for n in rates), *times])
    yield from _table(rows)
    yield ""


def _slices(evaluation: tk.Evaluation, width: int) -> Iterator[str]:
    systems = [system.name for system in evaluation.corpus.systems]
    rows = [["parts", "segments", *map(plain, systems)]]
    for aspect, group in groupby(_by_part(evaluation), key=lambda part: part[0]):
        rows.append([aspect])
        for _, part, found in group:
            sizes = list(dict.fromkeys(str(score.segments) for score in found.values()))
            size = (
                sizes[0] if len(sizes) == 1 else f"{min(map(int, sizes))} to {max(map(int, sizes))}"
            )
            values = (f"{found[s].value:.{width}f}" if s in found else "–" for s in systems)
            rows.append([f"  {part}", size, *values])
    if evaluation.slices:
        yield from _table(rows)
        yield f"  parts are scored by {evaluation.scoring.primary}"
        yield ""


def _by_part(evaluation: tk.Evaluation) -> Iterator[tuple[str, str, dict[str, Any]]]:
    parts: dict[tuple[str, str], dict[str, Any]] = {}
    for score in evaluation.slices:
        parts.setdefault((score.aspect, score.part), {})[score.system] = score
    aspects = list(dict.fromkeys(aspect for aspect, _ in parts))
    for (aspect, part), found in sorted(parts.items(), key=lambda item: aspects.index(item[0][0])):
        yield aspect, part, found


def _trust(evaluation: tk.Evaluation) -> Iterator[str]:
    if not evaluation.trust:
        return
    rows = [["quality estimates", "Spearman", "95 %", "error", "gain", "worth by band"]]
    for found in evaluation.trust:
        bands = ", ".join(f"{band} {worth:.2f} ({n})" for band, n, worth in found.bands)
        between = f"{found.low:.2f} … {found.high:.2f}"
        numbers = (f"{found.spearman:.2f}", between, f"{found.error:.3f}", f"{found.gain:.2f}")
        rows.append([plain(found.system), *numbers, bands])
    yield from _table(rows)
    yield "  worth is a sentence's chrF++ / 100; error is that of calibration; gain is how far"
    yield "  the risk-coverage curve has come from no estimate (0) to a perfect one (1)"
    yield ""


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows in columns: names to the left, numbers to the right."""
    count = max(map(len, rows))
    full = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(len(row[n]) for row in full) for n in range(count)]
    for row in full:
        cells = (
            c.rjust(w) if n else c.ljust(w)
            for n, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def as_numbers(evaluation: tk.Evaluation, width: int) -> Iterator[str]:
    """Yield a line a system: its scores in the order of the metrics, between tabs."""
    for system in evaluation.corpus.systems:
        mine = (score for score in evaluation.scores if score.system == system.name)
        yield "\t".join(f"{score.value:.{width}f}" for score in mine)


def as_latex(evaluation: tk.Evaluation, width: int) -> Iterator[str]:
    """Yield a table in LaTeX (booktabs), the best scores in bold, signatures in comments.

    A dagger marks what differs from the baseline by all tests (p < 0.05).
    """
    columns = [evaluation.of(metric) for metric in evaluation.scoring.metrics]
    for column in columns:
        yield from (f"% {s.label} {plain(s.system)}: {plain(s.signature)}" for s in column)
    yield rf"\begin{{tabular}}{{l{'r' * len(columns)}}}"
    yield r"\toprule"
    heads = (
        _latex(column[0].label) + (r" $\downarrow$" if column[0].metric == "ter" else "")
        for column in columns
    )
    yield " & ".join(("System", *heads)) + r" \\"
    yield r"\midrule"
    for place, system in enumerate(evaluation.corpus.systems):
        cells = (_latex_score(column, place, width) for column in columns)
        yield " & ".join((_latex(plain(system.name)), *cells)) + r" \\"
    yield r"\bottomrule"
    yield r"\end{tabular}"


def _latex_score(column: Sequence[Any], place: int, width: int) -> str:
    score = column[place]
    values = [other.value for other in column]
    best = min(values) if score.metric == "ter" else max(values)
    text = f"{score.value:.{width}f}"
    if len(column) > 1 and score.value == best:
        text = rf"\textbf{{{text}}}"
    if score.margin is not None:
        text += rf" {{\small$\pm${score.margin:.{width}f}}}"
    found = score.difference
    tests = (found.p_bootstrap, found.p_randomisation) if found else ()
    known = [p for p in tests if p is not None]
    return text + (r"$^\dagger$" if known and max(known) < _SIGNIFICANT else "")


_LATEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "&%$#_{}"},
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def as_sentences(evaluation: tk.Evaluation, width: int) -> Iterator[str]:
    """Yield a line a segment and system, after a line that names the columns."""
    yield "\t".join(("segment", "system", *evaluation.scoring.metrics))
    for number, system, scores in _sentences(evaluation):
        yield "\t".join((str(number), plain(system), *(f"{s:.{width}f}" for s in scores)))


def _sentences(evaluation: tk.Evaluation) -> Iterator[tuple[int, str, tuple[float, ...]]]:
    names = [system.name for system in evaluation.corpus.systems]
    columns = {name: [s.sentences for s in evaluation.scores if s.system == name] for name in names}
    for number in range(evaluation.corpus.segments):
        for name in names:
            yield number + 1, name, tuple(column[number] for column in columns[name])


def as_json(evaluation: tk.Evaluation, *, per_sentence: bool) -> Iterator[str]:
    """Yield an object a line; ``kind`` says what it is: score, run, slice, trust, segment, note."""
    for row in _objects(evaluation, per_sentence=per_sentence):
        yield json.dumps(_rounded(row), ensure_ascii=False)


def _objects(evaluation: tk.Evaluation, *, per_sentence: bool) -> Iterable[dict[str, Any]]:
    baseline = evaluation.corpus.systems[0].name
    for score in evaluation.scores:
        row = asdict(score)
        del row["sentences"]
        if row["difference"]:
            row["difference"] = {"baseline": baseline, **row["difference"]}
        yield {"kind": "score", **row}
    for system in evaluation.corpus.systems:
        if system.run:
            yield {"kind": "run", "system": system.name, **asdict(system.run)}
    yield from ({"kind": "slice", **asdict(found)} for found in evaluation.slices)
    for trust in evaluation.trust:
        yield {"kind": "trust", **asdict(trust), "area": trust.area, "gain": trust.gain}
    if per_sentence:
        for number, name, scores in _sentences(evaluation):
            values = dict(zip(evaluation.scoring.metrics, scores, strict=True))
            yield {"kind": "segment", "segment": number, "system": name, **values}
    yield from ({"kind": "note", "text": note} for note in evaluation.notes)


def _rounded(value: Any) -> Any:
    """Return a value with every number cut to what it is worth: six places."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value
