"""What is to be computed, and the table of metrics."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from translate_kit.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["METRICS", "SMOOTHING", "TOKENIZERS", "MetricSettings", "Scoring"]

TOKENIZERS = (
    *("13a", "intl", "char", "zh", "none"),
    *("flores200", "flores101", "spBLEU-1K", "spm", "ja-mecab", "ko-mecab"),
)
"""sacreBLEU's tokenizers of BLEU; all but the first five need a file or a package more."""

SMOOTHING = ("exp", "floor", "add-k", "none")


@dataclass(frozen=True, slots=True)
class MetricSettings:
    """The settings of sacreBLEU's metrics, with its own defaults.

    Args:
        tokenize: of BLEU, one of `TOKENIZERS`.
        lowercase: of BLEU: case does not count.
        smooth_method: of BLEU, one of `SMOOTHING`.
        smooth_value: of ``floor`` and ``add-k``; None is sacreBLEU's default.
        char_order: longest character n-gram of chrF.
        word_order: longest word n-gram of ``chrf`` (``chrf++`` always has 2).
        beta: how much more recall counts than precision in chrF.
        whitespace: chrF's n-grams hold white space.
        chrf_lowercase: case does not count in chrF.
        eps_smoothing: chrF is smoothed as in chrF++.py, nltk and Moses.
        ter_case_sensitive: case counts in TER.
        ter_asian_support: TER cuts Asian characters apart.
        ter_no_punct: TER leaves punctuation out.
        ter_normalized: TER normalises and tokenizes.

    Raises:
        OptionError: if a tokenizer or smoothing is unknown, or an order is not to be counted.
    """

    tokenize: str = "13a"
    lowercase: bool = False
    smooth_method: str = "exp"
    smooth_value: float | None = None
    char_order: int = 6
    word_order: int = 0
    beta: int = 2
    whitespace: bool = False
    chrf_lowercase: bool = False
    eps_smoothing: bool = False
    ter_case_sensitive: bool = False
    ter_asian_support: bool = False
    ter_no_punct: bool = False
    ter_normalized: bool = False

    def __post_init__(self) -> None:
        """Refuse what sacreBLEU would not understand."""
        for value, known in ((self.tokenize, TOKENIZERS), (self.smooth_method, SMOOTHING)):
            if value not in known:
                raise OptionError(f"unknown {value!r}; known are {', '.join(known)}")
        if self.smooth_value is not None and self.smooth_method not in {"floor", "add-k"}:
            raise OptionError("a smoothing value is for the methods floor and add-k")
        if self.char_order < 1 or self.word_order < 0 or self.beta < 1:
            raise OptionError("orders of n-grams and beta are positive")

    def bleu(self) -> dict[str, Any]:
        """Return the arguments of sacreBLEU's ``BLEU``."""
        return {
            "tokenize": self.tokenize,
            "lowercase": self.lowercase,
            "smooth_method": self.smooth_method,
            "smooth_value": self.smooth_value,
            "force": True,  # its warning would go to standard error; ours is a note
        }

    def chrf(self) -> dict[str, Any]:
        """Return the arguments of sacreBLEU's ``CHRF``."""
        return {
            "char_order": self.char_order,
            "word_order": self.word_order,
            "beta": self.beta,
            "whitespace": self.whitespace,
            "lowercase": self.chrf_lowercase,
            "eps_smoothing": self.eps_smoothing,
        }

    def chrf_plus_plus(self) -> dict[str, Any]:
        """Return those of chrF++: chrF with words and pairs of words."""
        return {**self.chrf(), "word_order": 2}

    def ter(self) -> dict[str, Any]:
        """Return the arguments of sacreBLEU's ``TER``."""
        return {
            "case_sensitive": self.ter_case_sensitive,
            "asian_support": self.ter_asian_support,
            "no_punct": self.ter_no_punct,
            "normalized": self.ter_normalized,
        }


METRICS: dict[str, tuple[str, Callable[[MetricSettings], dict[str, Any]]]] = {
    "bleu": ("BLEU", MetricSettings.bleu),
    "chrf": ("CHRF", MetricSettings.chrf),
    "chrf++": ("CHRF", MetricSettings.chrf_plus_plus),
    "ter": ("TER", MetricSettings.ter),
}
"""Name of a metric, its class in `sacrebleu.metrics`, and which of our settings it takes."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """What to compute.

    Args:
        metrics: names of `METRICS`.
        settings: theirs.
        bootstrap: resamples for confidence intervals and the paired bootstrap test; 0 for none.
        trials: of approximate randomisation; 0 for none.
        slices: score parts of the corpus too: long sentences, those with numbers, ….
        trust: compare quality estimates with sentence scores (needs sources).

    Raises:
        OptionError: if a metric is unknown or named twice, none is named, or a number is below 0.
    """

    metrics: tuple[str, ...] = ("bleu", "chrf++", "ter")
    settings: MetricSettings = field(default_factory=MetricSettings)
    bootstrap: int = 1000
    trials: int = 10000
    slices: bool = False
    trust: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be computed."""
        for name in self.metrics:
            if name not in METRICS:
                raise OptionError(f"unknown metric {name!r}; known are {', '.join(METRICS)}")
        if not self.metrics or len(set(self.metrics)) < len(self.metrics):
            raise OptionError("name at least one metric, and each once")
        if min(self.bootstrap, self.trials) < 0:
            raise OptionError("resamples and trials are 0 or more")

    @property
    def primary(self) -> str:
        """The metric for sentences and slices: chrF++ if it is asked for, else the first."""
        return "chrf++" if "chrf++" in self.metrics else self.metrics[0]
