"""Boundary scores on the development sets, beside other segmenters: ``make eval-segment``.

Reads ``../shared/data/dev/segmentation`` beside the checkout. Micro precision, recall and
F1 over the boundaries inside a text (its start and end do not count); ``golden_en`` counts
documents that are exactly right. Three ways to count a boundary inside a quotation that the
data marks optional: *lenient* neither way, *split* it is wanted, *joined* it is not (and our
segmenter is asked to keep quotations whole). Leaves with 1 below a floor of
``tests/cases/segment/floors.json``, 0 otherwise.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from translate_kit.segment import SegmentOptions, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Segmenter = Callable[[str], list[int]]
    """From a text to the offset where each sentence begins."""

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "dev" / "segmentation"
FLOORS = ROOT / "tests" / "cases" / "segment" / "floors.json"


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its boundaries; ``optional`` ones lie inside a quotation."""

    name: str
    kind: str
    text: str
    boundaries: frozenset[int]
    optional: frozenset[int]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of boundaries, and of texts that are exactly right."""

    right: int
    wrong: int
    missed: int
    exact: int
    texts: int

    @property
    def precision(self) -> float:
        """Return the share of boundaries set that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Return the share of true boundaries that are set."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a data set and a way to count it."""

    data: str
    mode: str
    language: str
    exact: bool = False


ROWS = (
    Row("csui_id", "split", "id"),
    Row("csui_id", "joined", "id"),
    Row("gsd_id", "split", "id"),
    Row("gsd_id", "joined", "id"),
    Row("hard_dev_id", "lenient", "id"),
    Row("hard_dev_id", "split", "id"),
    Row("hard_dev_id", "joined", "id"),
    Row("golden_en", "split", "en", exact=True),
)


def read_cases(path: Path) -> list[Case]:
    """Read a data set: JSON Lines with ``text``, ``starts`` and perhaps ``optional``."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        cases.append(
            Case(
                row["id"],
                row["kind"],
                row["text"],
                frozenset(row["starts"][1:]),
                frozenset(row.get("optional", ())),
            )
        )
    return cases


def differences(case: Case, segmenter: Segmenter, mode: str) -> tuple[set[int], set[int], set[int]]:
    """Return the boundaries that are right, wrong and missed."""
    found = set(segmenter(case.text)[1:])
    wanted = set(case.boundaries)
    if mode == "lenient":
        found -= case.optional
    elif mode == "split":
        wanted |= case.optional
    return found & wanted, found - wanted, wanted - found


def score(cases: list[Case], segmenter: Segmenter, mode: str) -> Score:
    """Return the counts over all texts of a set."""
    outcomes = [differences(case, segmenter, mode) for case in cases]
    return Score(
        sum(len(right) for right, _, _ in outcomes),
        sum(len(wrong) for _, wrong, _ in outcomes),
        sum(len(missed) for _, _, missed in outcomes),
        sum(not wrong and not missed for _, wrong, missed in outcomes),
        len(cases),
    )


def ours(row: Row) -> Segmenter:
    """Return our segmenter as the row wants it."""
    options = SegmentOptions(split_quotations=row.mode != "joined")
    return lambda text: [s.start for s in split(text, row.language, options)]


def _naive(_row: Row) -> Segmenter:
    pattern = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
    return lambda text: [0, *(m.end() for m in pattern.finditer(text))]


def _punkt_english(_row: Row) -> Segmenter:
    tokenizer = import_module("nltk.tokenize.punkt").PunktTokenizer("english")
    return lambda text: [start for start, _ in tokenizer.span_tokenize(text)]


def _pysbd(_row: Row) -> Segmenter:
    segmenter = import_module("pysbd").Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [span.start for span in segmenter.segment(text)]


OTHERS: dict[str, Callable[[Row], Segmenter]] = {
    "naive": _naive,
    "punkt-en": _punkt_english,
    "pysbd-en": _pysbd,
}


def others() -> Iterator[tuple[str, Callable[[Row], Segmenter]]]:
    """Yield the segmenters installed here, and say which are not."""
    for name, make in OTHERS.items():
        if name == "pysbd-en" and find_spec("pysbd") is None:
            print(f"{name}: left out, pysbd is not installed (pip install pysbd)")
            continue
        try:
            make(ROWS[0])
        except LookupError:
            print(f"{name}: left out, nltk has no data for it (nltk.download('punkt_tab'))")
            continue
        yield name, make


def marked(text: str, wrong: set[int], missed: set[int]) -> Iterator[str]:
    """Yield a line for every error: ``[+` a boundary too many, ``[-`` one too few."""
    for position in sorted(wrong | missed):
        sign = "+" if position in wrong else "-"
        before, after = text[max(0, position - 60) : position], text[position : position + 40]
        yield f"  [{sign}] …{before}⏐{after}…"


def list_errors(row: Row, cases: list[Case]) -> None:
    """Print every boundary of ours that differs from the data."""
    for case in cases:
        _, wrong, missed = differences(case, ours(row), row.mode)
        if wrong or missed:
            print(f"{row.data} {row.mode} {case.kind} {case.name}")
            print("\n".join(marked(case.text, wrong, missed)))


def report(row: Row, name: str, result: Score) -> float:
    """Print a line of the table and return the number the floor is compared with."""
    value = float(result.exact) if row.exact else round(100 * result.f1, 2)
    print(
        f"{row.data:12} {row.mode:8} {name:10} {100 * result.precision:6.2f} "
        f"{100 * result.recall:6.2f} {100 * result.f1:6.2f} {result.exact:4d}/{result.texts}"
    )
    return value


def measure(beside: list[tuple[str, Callable[[Row], Segmenter]]], *, errors: bool) -> list[str]:
    """Print the table; return a line for every number of ours below its floor."""
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    below = []
    for row in ROWS:
        cases = read_cases(DATA / f"{row.data}.jsonl")
        value = report(row, "ours", score(cases, ours(row), row.mode))
        floor = floors[f"{row.data}/{row.mode}"]
        if value < floor:
            below.append(f"{row.data} {row.mode}: {value} is below its floor {floor}")
        for name, make in beside:
            report(row, name, score(cases, make(row), row.mode))
        if errors:
            list_errors(row, cases)
    return below


def main() -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--errors", action="store_true", help="list our errors")
    parser.add_argument("--only", action="store_true", help="leave the other segmenters out")
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"skipped: no development data in {DATA}")
        return 0
    beside = [] if options.only else list(others())
    print(f"{'data':12} {'counted':8} {'segmenter':10} {'P':>6} {'R':>6} {'F1':>6}  texts right")
    below = measure(beside, errors=options.errors)
    for line in below:
        print(line)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
