"""What an evaluation says: every number with its signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate_kit.evaluate.corpus import Corpus
    from translate_kit.evaluate.settings import Scoring

__all__ = ["Difference", "Evaluation", "Score", "SliceScore", "Trust"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A system against the baseline, on the same segments.

    Args:
        delta: the system's score less the baseline's.
        low: lower end of its 95 % interval by paired bootstrap; None without resamples.
        high: upper end.
        p_bootstrap: p-value of sacreBLEU's paired bootstrap test (Koehn 2004), or None.
        p_randomisation: of its approximate randomisation test (Riezler & Maxwell 2005), or None.
    """

    delta: float
    low: float | None = None
    high: float | None = None
    p_bootstrap: float | None = None
    p_randomisation: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A system's corpus score.

    Args:
        system: its name.
        metric: a name of `METRICS`.
        label: sacreBLEU's name of it with its settings, ``chrF2++``.
        value: 0 to 100; of TER smaller is better and more than 100 is possible.
        signature: sacreBLEU's, in its long form, and how the output was made if that is known.
        mean: of the bootstrap resamples, or None.
        margin: half the width of the 95 % confidence interval around it, or None.
        difference: from the baseline; None for the baseline itself.
        sentences: the score of each segment by itself (BLEU with effective order).
    """

    system: str
    metric: str
    label: str
    value: float
    signature: str
    mean: float | None = None
    margin: float | None = None
    difference: Difference | None = None
    sentences: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class SliceScore:
    """A system's score on a part of the corpus.

    Args:
        system: its name.
        aspect: what the corpus is cut by, ``length`` say.
        part: which part of it, ``31 or more words``.
        segments: how many segments are in it.
        value: the primary metric's corpus score of them.
        margin: half the width of its 95 % interval, or None.
        lead: the value less the system's score on all other segments.
    """

    system: str
    aspect: str
    part: str
    segments: int
    value: float
    margin: float | None
    lead: float


@dataclass(frozen=True, slots=True)
class Trust:
    """Quality estimates of a system's segments against what they were worth.

    Worth, here, is the segment's chrF++ / 100 against the references, in [0, 1].

    Args:
        system: its name.
        spearman: rank correlation of estimate and worth, in [-1, 1].
        low: lower end of its 95 % interval by bootstrap.
        high: upper end.
        error: expected calibration error: the mean distance of estimate and worth over bins of
            about equal size (Naeini et al. 2015, there with bins of equal width).
        bins: for every bin mean estimate, mean worth and number of segments.
        risk: for shares of the corpus, the best by estimate first, the share and its mean risk
            (1 - worth): the risk-coverage curve (El-Yaniv & Wiener 2010).
        ideal: the same if the estimates were perfect.
        bands: for every quality band its number of segments and their mean worth.
    """

    system: str
    spearman: float
    low: float
    high: float
    error: float
    bins: tuple[tuple[float, float, int], ...]
    risk: tuple[tuple[float, float], ...]
    ideal: tuple[tuple[float, float], ...]
    bands: tuple[tuple[str, int, float], ...]

    @property
    def area(self) -> float:
        """Area under the risk-coverage curve; smaller is better."""
        return sum(risk for _, risk in self.risk) / len(self.risk)

    @property
    def gain(self) -> float:
        """How much of the way from no estimate (0) to a perfect one (1) the area has come."""
        chance = self.risk[-1][1]
        best = sum(risk for _, risk in self.ideal) / len(self.ideal)
        return (chance - self.area) / (chance - best) if chance > best else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All there is to say about a corpus.

    Args:
        corpus: what was scored.
        scoring: what was asked for.
        scores: every system's, metric by metric, the baseline first.
        slices: parts of the corpus; empty unless asked for.
        trust: estimates against worth, a system each; empty unless asked for and possible.
        notes: the corpus's, and what was seen in scoring.
    """

    corpus: Corpus
    scoring: Scoring
    scores: tuple[Score, ...]
    slices: tuple[SliceScore, ...] = ()
    trust: tuple[Trust, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, metric: str) -> tuple[Score, ...]:
        """Return the scores of one metric, the baseline first."""
        return tuple(score for score in self.scores if score.metric == metric)
