"""The plots of scores: intervals, differences from the baseline, sentences, parts."""

from __future__ import annotations

from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

from translate_kit.evaluate.report.svg import Scale, figure, line, marker, node, path, signed, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.evaluate.results import Evaluation, Score, SliceScore

__all__ = ["better", "deltas", "distributions", "forest", "parts", "short"]

_ROW = 26
_SMALL = 340  # width of a plot that has neighbours
_WIDE = 900
_SIGNIFICANT = 0.05
_BINS = 40
_LEAST = 2.0  # points that an axis spans at least
_FEWEST = 10  # segments of a part that is worth a mark
_TALL = 34  # height of a histogram


def short(name: str, most: int = 22) -> str:
    """Return a name that fits beside a plot: its end tells files apart, so the middle goes."""
    if len(name) <= most:
        return name
    return f"{name[: most // 2 - 1]}…{name[-(most - most // 2) :]}"


def better(metric: str) -> str:
    """Say which end of a metric is good."""
    return "lower is better" if metric == "ter" else "higher is better"


def forest(scores: Sequence[Score], name: str) -> str:
    """Return a plot of one metric's scores with their intervals, a system a row."""
    left, right, top = 132, 46, 8
    ends = [score.value + side * (score.margin or 0) for score in scores for side in (-1, 1)]
    scale = Scale.around(ends, left, _SMALL - right, _LEAST)
    bottom = top + _ROW * len(scores)
    body = _grid(scale, top, bottom)
    base = scale(scores[0].value)
    body += line(base, top, base, bottom, "base")
    for number, score in enumerate(scores):
        y = top + _ROW * (number + 0.5)
        body += text(left - 10, y, short(score.system, 18), "name end mid")
        if score.margin:
            body += _bar(scale, score.value - score.margin, score.value + score.margin, y, number)
        body += marker(scale(score.value), y, number)
        body += text(_SMALL, y, f"{score.value:.1f}", "value end mid")
    told = "; ".join(f"{s.system} {s.value:.1f}{_around(s)}" for s in scores)
    title = f"{scores[0].label}, {better(scores[0].metric)}"
    return figure(name, (_SMALL, bottom + 26), body, title=title, told=told)


def deltas(scores: Sequence[Score], name: str) -> str:
    """Return a plot of differences from the baseline, with intervals of the paired bootstrap.

    A mark is hollow where neither test speaks for a difference.
    """
    left, right, top = 132, 46, 8
    rows = [(n, s.system, s.difference) for n, s in enumerate(scores) if s.difference is not None]
    ends = [0.0]
    for _, _, found in rows:
        ends += [found.delta, found.low or found.delta, found.high or found.delta]
    scale = Scale.around(ends, left, _SMALL - right, _LEAST)
    bottom = top + _ROW * len(rows)
    body = _grid(scale, top, bottom) + line(scale(0), top, scale(0), bottom, "base")
    for row, (number, system, found) in enumerate(rows):
        y = top + _ROW * (row + 0.5)
        body += text(left - 10, y, short(system, 18), "name end mid")
        if found.low is not None and found.high is not None:
            body += _bar(scale, found.low, found.high, y, number)
        tests = [p for p in (found.p_bootstrap, found.p_randomisation) if p is not None]
        sure = not tests or any(p < _SIGNIFICANT for p in tests)
        body += marker(scale(found.delta), y, number, "" if sure else "hollow")
        body += text(_SMALL, y, signed(found.delta), "value end mid")
    told = "; ".join(f"{system} {signed(found.delta)}" for _, system, found in rows)
    title = f"{scores[0].label}, difference from {scores[0].system}"
    return figure(name, (_SMALL, bottom + 26), body, title=title, told=told)


def distributions(scores: Sequence[Score], name: str) -> str:
    """Return histograms of sentence scores, a system below the other on one axis."""
    left, right, top = 190, 120, 20
    scale = Scale(0, 100, left, _WIDE - right)
    counts = [_histogram(score.sentences) for score in scores]
    most = max(max(row) for row in counts)
    bottom = top + (_TALL + 12) * len(scores)
    body = _grid(scale, top, bottom, 10)
    body += text(_WIDE - 62, 10, "median", "axis end") + text(_WIDE, 10, "below 30", "axis end")
    told = []
    for number, (score, row) in enumerate(zip(scores, counts, strict=True)):
        floor = top + (_TALL + 12) * (number + 1)
        middle, low = median(score.sentences), sum(s < 30 for s in score.sentences)
        body += text(left - 12, floor - 3, short(score.system, 26), "name end")
        body += _bars(scale, row, most, floor, number)
        body += line(scale(middle), floor - _TALL - 4, scale(middle), floor, "median")
        body += text(_WIDE - 62, floor - 3, f"{middle:.1f}", "value end")
        share = f"{low / len(score.sentences):.1%}"
        body += text(_WIDE, floor - 3, share, "value end")
        told.append(f"{score.system}: median {middle:.1f}, {share} below 30")
    title = f"Distribution of sentence {scores[0].label}"
    size = (_WIDE, bottom + 28)
    return figure(name, size, body, title=title, told="; ".join(told))


def parts(evaluation: Evaluation, name: str) -> str:
    """Return a plot of the scores of the corpus's parts, a part a row, a mark a system."""
    order = {system.name: n for n, system in enumerate(evaluation.corpus.systems)}
    left, right, top = 250, 70, 22
    drawn = [score for score in evaluation.slices if score.segments >= _FEWEST]
    alone = len(order) == 1
    ends = [
        score.value + side * ((score.margin or 0) if alone else 0)
        for score in drawn or evaluation.slices
        for side in (-1, 1)
    ]
    scale = Scale.around(ends, left, _WIDE - right, _LEAST)
    rows = list(_part_rows(drawn or evaluation.slices))
    bottom = top + sum(height for height, _, _ in rows)
    body = _grid(scale, top, bottom, 8) + text(_WIDE, 12, "segments", "axis end")
    if alone:
        whole = scale(evaluation.of(evaluation.scoring.primary)[0].value)
        body += line(whole, top, whole, bottom, "base")
    y = float(top)
    for height, title, scores in rows:
        middle = y + height / 2
        if not scores:
            body += text(0, middle + 4, title, "group")
        else:
            body += text(left - 14, middle, title, "name end mid")
            body += _part_marks(scale, scores, middle, order)
            sizes = [score.segments for score in scores]
            size = str(sizes[0]) if min(sizes) == max(sizes) else f"{min(sizes)}–{max(sizes)}"
            body += text(_WIDE, middle, size, "value end mid")
        y += height
    told = "; ".join(f"{s.system}, {s.aspect}, {s.part}: {s.value:.1f}" for s in evaluation.slices)
    title = f"Scores of parts of the corpus, {evaluation.scoring.primary}"
    return figure(name, (_WIDE, bottom + 28), body, title=title, told=told)


def _part_rows(
    found: Sequence[SliceScore],
) -> Iterator[tuple[float, str, tuple[SliceScore, ...]]]:
    from translate_kit.evaluate.slices import ASPECTS  # noqa: PLC0415 (imports sacreBLEU)

    for aspect in dict.fromkeys(score.aspect for score in found):
        yield 30, ASPECTS[aspect][0], ()
        mine = [score for score in found if score.aspect == aspect]
        places = {part: n for n, part in enumerate(ASPECTS[aspect][2])}
        mine.sort(key=lambda score: places[score.part])
        for part, scores in groupby(mine, key=lambda score: score.part):
            yield 22, part, tuple(scores)


def _part_marks(scale: Scale, scores: Sequence[SliceScore], y: float, order: dict[str, int]) -> str:
    xs = [scale(score.value) for score in scores]
    body = line(min(xs), y, max(xs), y, "thread") if len(xs) > 1 else ""
    for score, x in zip(scores, xs, strict=True):
        if score.margin and len(order) == 1:  # several would hide each other
            body += _bar(scale, score.value - score.margin, score.value + score.margin, y, 0)
        body += marker(x, y, order[score.system])
    return body


def _grid(scale: Scale, top: float, bottom: float, most: int = 5) -> str:
    body = ""
    for value, shown in scale.ticks(most):
        body += line(scale(value), top, scale(value), bottom, "grid")
        body += text(scale(value), bottom + 16, shown, "axis middle")
    return body


def _bar(scale: Scale, low: float, high: float, y: float, series: int) -> str:
    return line(scale(low), y, scale(high), y, f"bar s{series % 8}")


def _bars(scale: Scale, counts: Sequence[int], most: int, floor: float, series: int) -> str:
    """Return a histogram as one stepped outline."""
    width = 100 / len(counts)
    points = [(scale(0), floor)]
    for number, count in enumerate(counts):
        y = floor - _TALL * count / most
        points += [(scale(number * width), y), (scale((number + 1) * width), y)]
    points.append((scale(100), floor))
    return path(points, f"hill s{series % 8}") + node(
        "line", x1=scale(0), y1=floor, x2=scale(100), y2=floor, class_="floor"
    )


def _histogram(values: Sequence[float]) -> list[int]:
    """Count values in equal bins from 0 to 100; what lies outside is in the first or last."""
    counts = [0] * _BINS
    for value in values:
        counts[min(_BINS - 1, max(0, int(value * _BINS / 100)))] += 1
    return counts


def _around(score: Score) -> str:
    return f" ± {score.margin:.1f}" if score.margin else ""
