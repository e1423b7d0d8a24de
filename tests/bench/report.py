"""Measurements to ratios and tables.

Absolute numbers say more about a machine than about a program. What is claimed is a ratio of two
systems in one round of one run; of several rounds the median, with the smallest and the largest.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.systems import SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bench.process import Run

__all__ = [
    "Claim",
    "Measurement",
    "Part",
    "Range",
    "as_json",
    "claims",
    "claims_table",
    "parts_table",
    "ratio",
    "stage_table",
]

OURS = ("kit", "plain")
MIB = 1024 * 1024

DISTURBED = 0.15
"""Processor cores kept busy by other programs, from which on that is said."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A run of a system.

    Args:
        system: its key.
        articles: sentences in the material.
        cores: processor cores it had.
        round: in which round.
        asked: sentences it was given; fewer than ``articles`` for slow ones.
        run: what it took.
    """

    system: str
    articles: int
    cores: int
    round: int
    asked: int
    run: Run

    def rate(self, *, loading: bool) -> float:
        """Return sentences a second, with or without the time to load."""
        seconds = self.run.seconds - (0.0 if loading else self.run.ready)
        return self.run.sentences / seconds


@dataclass(frozen=True, slots=True)
class Range:
    """Median, smallest and largest of what was measured, and how often it was."""

    middle: float
    low: float
    high: float
    count: int

    @classmethod
    def of(cls, values: Iterable[float]) -> Range | None:
        """Return the range; None of nothing."""
        found = sorted(values)
        return cls(median(found), found[0], found[-1], len(found)) if found else None

    def __str__(self) -> str:
        digits = 2 if self.middle < 10 else 1 if self.middle < 100 else 0
        text = f"{self.middle:.{digits}f}"
        return text if self.count < 2 else f"{text} ({self.low:.{digits}f}–{self.high:.{digits}f})"


@dataclass(frozen=True, slots=True)
class Part:
    """A stage of the pipeline, alone: how much it did in how many seconds."""

    name: str
    round: int
    done: float
    seconds: float


def _of(
    measured: Sequence[Measurement], system: str, articles: int, cores: int
) -> dict[int, Measurement]:
    """Return a system's measurements by round."""
    return {
        m.round: m
        for m in measured
        if (m.system, m.articles, m.cores) == (system, articles, cores) and m.run.sentences
    }


def ratio(
    measured: Sequence[Measurement], one: str, other: str, articles: int, cores: int
) -> Range | None:
    """Return how many times as fast as the other a system is, round by round.

    Both are timed from start to end of their processes. Only a system that is given fewer
    sentences is timed without what it loads, which would weigh too much on it.
    """
    firsts, seconds = (_of(measured, key, articles, cores) for key in (one, other))
    found = []
    for number in firsts.keys() & seconds.keys():
        pair = firsts[number], seconds[number]
        rates = [m.rate(loading=m.asked == articles and not m.run.stopped) for m in pair]
        found.append(rates[0] / rates[1])
    return Range.of(found)


def stage_table(measured: Sequence[Measurement], articles: int, cores: int) -> str:
    """Return the table of a stage."""
    lines = [
        f"{articles:,} sentences, {cores} core{'s' * (cores > 1)}",
        f"{'':56} {'given':>6} {'sentences/s':>22} {'a is × this':>20} {'first after s':>20} MiB",
    ]
    for key, system in SYSTEMS.items():
        rows = list(_of(measured, key, articles, cores).values())
        if not rows:
            continue
        whole = rows[0].asked == articles and not rows[0].run.stopped
        rate = Range.of(m.rate(loading=whole) for m in rows)
        first = Range.of(m.run.first for m in rows)
        faster = ratio(measured, "kit", key, articles, cores)
        memory = max(m.run.memory for m in rows) / MIB
        given = f"{rows[0].run.sentences if rows[0].run.stopped else rows[0].asked}"
        lines.append(
            f"{system.letter:3} {system.label:52} {given + '*' * (not whole):>6} {rate!s:>22}"
            f" {'' if key == 'kit' else str(faster or ''):>20} {first!s:>20} {memory:3.0f}"
        )
    here = [m for m in measured if (m.articles, m.cores) == (articles, cores)]
    if any(m.asked < articles or m.run.stopped for m in here):
        lines.append("    * timed without loading, and compared by the sentence")
    others = median(m.run.others for m in here) if here else 0.0
    if others > DISTURBED:
        lines.append(f"    other programs kept {others:.1f} cores busy meanwhile: repeat it alone")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Claim:
    """What we want to be able to say, and what was measured.

    Args:
        text: of what.
        value: what was measured; None if it was not.
        least: the wanted smallest value; or
        most: the wanted largest.
    """

    text: str
    value: Range | None
    least: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the median is as wanted; None if it was not measured."""
        if self.value is None:
            return None
        middle = self.value.middle
        low, high = self.least, self.most
        return (low is None or middle >= low) and (high is None or middle <= high)


_WANTED = (
    ("plain", "sorted", 0.97),
    ("kit", "sorted", 0.75),
    ("kit", "single", 3.0),
    ("kit", "argos", 3.0),
    ("kit", "float32", 8.0),
    ("kit", "bfloat16", 8.0),
)
"""At the largest number of sentences that all were measured on, with the most cores."""


def claims(measured: Sequence[Measurement]) -> list[Claim]:
    """Return what is claimed of speed and memory, with what was measured."""
    both = {(m.articles, m.cores) for m in measured if m.system == "sorted"}
    if not both:
        return []
    articles, cores = max(both, key=lambda pair: (pair[1], pair[0]))
    found = []
    for one, other, least in _WANTED:
        letters = SYSTEMS[one].letter, SYSTEMS[other].letter
        text = f"{letters[0]} / {letters[1]}, speed at {articles:,} sentences on {cores} cores"
        found.append(Claim(text, ratio(measured, one, other, articles, cores), least=least))
    ours = [m for m in measured if m.system in OURS]
    alone = Range.of(m.run.first for m in ours if (m.system, m.articles) == ("kit", 1))
    found.append(Claim("a, seconds from start to the first sentence", alone, most=1.0))
    memory = max((m.run.memory / MIB for m in ours), default=None)
    top = None if memory is None else Range.of([memory])
    found.append(Claim("a, MiB at most, whatever the input", top, most=400.0))
    return [*found, _linear(measured)]


def _linear(measured: Sequence[Measurement]) -> Claim:
    """Compare the time of a sentence in the largest input with a tenth of it before and after."""
    kit = [m for m in measured if m.system == "kit"]
    large = max(kit, key=lambda m: m.articles, default=None)
    text = "a, time of a sentence in 10 times the input"
    if large is None:
        return Claim(text, None, most=1.05)
    cores = large.cores
    small = [m for m in kit if (m.articles * 10, m.cores) == (large.articles, cores)]
    value = None
    if small:
        mine = large.run.seconds / large.articles
        value = Range.of(mine / (m.run.seconds / m.articles) for m in small[-2:])
    return Claim(text, value, most=1.05)


def claims_table(found: Sequence[Claim]) -> str:
    """Return the claims as a table."""
    lines = []
    for claim in found:
        wanted = f"≥ {claim.least:g}" if claim.least is not None else f"≤ {claim.most:g}"
        said = {True: "yes", False: "NO", None: "not measured"}[claim.holds]
        lines.append(f"{claim.text:60} {wanted:>8} {claim.value or ''!s:>24}  {said}")
    return "\n".join(lines)


def parts_table(parts: Sequence[Part], units: Mapping[str, str]) -> str:
    """Return the rates of single stages, and those per sentence beside the engine's."""
    found: dict[str, dict[int, float]] = {}
    for part in parts:
        found.setdefault(part.name, {})[part.round] = part.done / part.seconds
    engine = found.get("translate", {})
    lines = [f"{'':16} {'':24} {'':12} {'× b, the engine':>20}"]
    for name, rates in found.items():
        unit = units.get(name, "sentences")
        beside = Range.of(rate / engine[n] for n, rate in rates.items() if n in engine)
        shown = "" if name in units or name == "translate" else str(beside or "")
        lines.append(f"{name:16} {Range.of(rates.values())!s:>24} {unit + '/s':12} {shown:>20}")
    return "\n".join(lines)


def as_json(
    machine: dict[str, object], measured: Sequence[Measurement], parts: Sequence[Part]
) -> dict[str, Any]:
    """Return all that was measured, and what is claimed of it."""
    return {
        "machine": machine,
        "systems": {key: [system.letter, system.label] for key, system in SYSTEMS.items()},
        "measurements": [asdict(m) for m in measured],
        "parts": [asdict(part) for part in parts],
        "claims": [{**asdict(claim), "holds": claim.holds} for claim in claims(measured)],
    }
