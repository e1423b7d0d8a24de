"""Word links of translations made by people: ``make eval-links``.

Two measures. On the development sets, beside the checkout: the share of numbers, dates and
names that are linked to their own counterpart and to no other number, date or name. These can be
checked without a gold standard: what stands once on either side and means the same must be
linked. (For numbers and dates this checks the wiring: the same reader of quantities makes the
links. Names are found by the linker's own means.) On sentences linked by hand
(``tests/cases/align/links.txt``): precision, recall and alignment error rate. Leaves with 1 below
a floor of ``links_floors.json``, 0 otherwise.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from translate_kit.align import words
from translate_kit.bitext import Bead, Bitext
from translate_kit.document import Block, Document, Sentence
from translate_kit.pipeline import link_words
from translate_kit.quality.side import Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import Span, WordLink
    from translate_kit.engine.runtime import Engine

    Item = tuple[str, Span, Span]
    """What it is, and where it stands on either side."""

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data" / "dev"
CASES = HERE.parent / "cases" / "align" / "links.txt"
FLOORS = HERE / "links_floors.json"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, its translation, and pairs of word numbers that must or may be linked."""

    source: str
    target: str
    sure: frozenset[tuple[int, int]]
    possible: frozenset[tuple[int, int]]


def bitext_of(pairs: Sequence[tuple[str, str]]) -> Bitext:
    """Return a bitext with a bead for each pair."""
    documents = []
    for side, code in ((0, "id"), (1, "en")):
        texts = [pair[side].strip() for pair in pairs]
        blocks = (Block("paragraph", text, (Sentence(0, len(text)),)) for text in texts)
        documents.append(Document(code, tuple(blocks)))
    beads = (Bead(range(n, n + 1), range(n, n + 1), origin="human") for n in range(len(pairs)))
    return Bitext(documents[0], documents[1], tuple(beads))


def items(source: str, target: str) -> Iterator[Item]:
    """Yield numbers, dates and names that stand once on both sides and mean the same."""
    sides = (Side(source, "id"), Side(target, "en"))
    keyed = [
        [(q.keys[0], (q.start, q.end), q.kind) for q in side.quantities if q.required]
        for side in sides
    ]
    named = [
        [
            (("name", min(side.meanings_of(token.lower))), (token.start, token.end), "name")
            for before, token in zip(side.tokens, side.tokens[1:], strict=False)
            if token.text[0].isupper()
            and len(token.text) > 1
            and before.text[-1].isalnum()
            and not any(a <= token.start < b for _, (a, b), _ in keyed[number])
        ]
        for number, side in enumerate(sides)
    ]
    found = [[*keyed[number], *named[number]] for number in (0, 1)]
    counts = [Counter(key for key, _, _ in side) for side in found]
    there = {key: span for key, span, _ in found[1]}
    for key, span, kind in found[0]:
        if counts[0][key] == counts[1][key] == 1:
            yield kind, span, there[key]


def touches(one: Span, other: Span) -> bool:
    """Tell whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def is_right(item: Item, others: Sequence[Item], links: Sequence[WordLink]) -> bool:
    """Tell whether something is linked to its counterpart and to nothing else of its like."""
    _, ours, theirs = item
    reached = [(link[2], link[3]) for link in links if touches((link[0], link[1]), ours)]
    wrong = any(
        touches(span, other[2]) and not touches(span, theirs)
        for span in reached
        for other in others
        if other is not item
    )
    return any(touches(span, theirs) for span in reached) and not wrong


def check(
    pairs: Sequence[tuple[str, str]], engine: Engine | None, *, errors: bool
) -> dict[str, tuple[int, int]]:
    """Return for each kind of item how many are right, and of how many."""
    totals: dict[str, tuple[int, int]] = {}
    for row in link_words(bitext_of(pairs), engine).rows():
        found = list(items(row.source, row.target))
        for item in found:
            right = is_right(item, found, row.bead.links)
            before = totals.get(item[0], (0, 0))
            totals[item[0]] = (before[0] + right, before[1] + 1)
            if errors and not right:
                print(
                    "  ",
                    item[0],
                    row.source[slice(*item[1])],
                    "|",
                    row.target[slice(*item[2])],
                    "|",
                    [row.target[c:d] for a, b, c, d in row.bead.links if touches((a, b), item[1])],
                )
    return totals


def read_cases(text: str) -> Iterator[Case]:
    """Read three lines a case: source, target, links by words."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for source, target, links in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        found: dict[str, set[tuple[int, int]]] = {"=": set(), "~": set()}
        for link in links.split():
            sign = "=" if "=" in link else "~"
            pair = [named(text, word) for text, word in _sides((source, target), link.split(sign))]
            found[sign].add((pair[0], pair[1]))
        yield Case(source, target, frozenset(found["="]), frozenset(found["~"]))


def _sides(texts: tuple[str, str], link: Sequence[str]) -> list[tuple[str, str]]:
    """Put the two words of a link in the order of the texts: a target word may be named first."""
    one, other = link
    if has(texts[0], one) and has(texts[1], other):
        return [(texts[0], one), (texts[1], other)]
    return [(texts[0], other), (texts[1], one)]


def has(text: str, word: str) -> bool:
    """Tell whether a text has a word."""
    return word.split("#", maxsplit=1)[0] in {text[slice(*span)] for span in words(text)}


def named(text: str, word: str) -> int:
    """Return the number of a word, given as ``di`` or, where it stands again, ``di#2``."""
    name, _, turn = word.partition("#")
    spoken = [text[slice(*span)].casefold() for span in words(text)]
    places = [n for n, word in enumerate(spoken) if word == name.casefold()]
    return places[int(turn or 1) - 1]


def by_hand(engine: Engine | None, *, errors: bool = False) -> tuple[float, float, float]:
    """Return precision, recall and alignment error rate on the sentences linked by hand.

    After Och & Ney (2003, "A Systematic Comparison of Various Statistical Alignment Models"):
    sure links must be found, possible ones may be. In percent.
    """
    cases = list(read_cases(CASES.read_text(encoding="utf-8")))
    made = link_words(bitext_of([(case.source, case.target) for case in cases]), engine)
    found = right = sure_found = sure = 0
    for case, row in zip(cases, made.rows(), strict=True):
        spans = words(row.source), words(row.target)
        links = {(spans[0].index(link[:2]), spans[1].index(link[2:])) for link in row.bead.links}
        found += len(links)
        right += len(links & (case.sure | case.possible))
        sure += len(case.sure)
        sure_found += len(links & case.sure)
        wrong = links - case.sure - case.possible
        if errors and (wrong or case.sure - links):
            print("  ", row.source, "|", row.target)
            for sign, pairs in (("+", wrong), ("-", case.sure - links)):
                for s, t in sorted(pairs):
                    texts = row.source[slice(*spans[0][s])], row.target[slice(*spans[1][t])]
                    print("    ", sign, *texts)
    error = 1 - (sure_found + right) / (sure + found)
    return 100 * right / found, 100 * sure_found / sure, 100 * error


def development() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the names of development sets and their sentence pairs."""
    lines = [
        (DATA / "flores-dev" / f"{code}.txt").read_text(encoding="utf-8").splitlines()
        for code in ("id", "en")
    ]
    yield "flores", list(zip(*lines, strict=True))
    news = json.loads((DATA / "alignment" / "bbc_11.jsonl").read_text(encoding="utf-8"))
    yield "bbc", list(zip(news["src"], news["tgt"], strict=True))


def main() -> int:
    """Print the tables; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="list what is not linked right")
    options = parser.parse_args()
    from translate_kit.engine import load_engine

    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    below = []
    for label, engine in (("lexical", None), ("model", load_engine())):
        for name, pairs in development() if DATA.is_dir() else ():
            began = time.perf_counter()
            totals = check(pairs, engine, errors=options.errors and label == "model")
            share = 100 * sum(n for n, _ in totals.values()) / sum(n for _, n in totals.values())
            kinds = ", ".join(f"{kind} {a}/{b}" for kind, (a, b) in sorted(totals.items()))
            print(
                f"{name:8} {label:8} {share:6.2f} % ({kinds}) {time.perf_counter() - began:.1f} s",
                flush=True,
            )
            floor = floors[f"{name}/{label}"]
            if share < floor:
                below.append(f"{name} {label}: {share:.2f} is below {floor}")
        precision, recall, error = by_hand(engine, errors=options.errors and label == "model")
        scores = f"precision {precision:.1f} recall {recall:.1f} error {error:.1f} %"
        print(f"{'by hand':8} {label:8} {scores}")
        ceiling = floors[f"by hand/{label}"]
        if error > ceiling:
            below.append(f"by hand {label}: error {error:.1f} is above {ceiling}")
    if not DATA.is_dir():
        print("no development data beside this checkout (../shared/data/dev): shares left out")
    print("\n".join(below))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
