"""Fit the weights of the sentence aligner on development data.

    python tests/eval/fit_align.py lexicon
    python tests/eval/fit_align.py learned

Coordinate search: one weight after the other is moved a step up and down, and kept where strict
F1 rises; steps halve when nothing helps. What is maximised is the mean over the sets, less a
little for every move away from the start, so that a weight stays where the data do not care.
Writes ``translate_kit/align/weights.json``. The Indonesian sets are made anew here from
one-to-one text with other seeds and other shares of noise than the development sets have, so
that these stay a check of the result.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from align import DATA, LANGUAGES, Counts, Pair, compare, document, read_pairs

from translate_kit.align import passes, scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align import Beads

WEIGHTS = Path(scores.__file__).with_name("weights.json")
LOYALTY = 0.02
"""Points of F1 that a step away from the start must bring."""

MIXES = ((0.1, 0.0), (0.25, 0.1), (0.0, 0.15), (0.3, 0.02), (0.05, 0.05))
"""Shares of sentences merged, and left out on either side."""


def noisy(pair: Pair, merged: float, lost: float, seed: int) -> Pair:
    """Return a one-to-one pair with sentences merged and left out."""
    chance = random.Random(seed)
    sides: tuple[list[str], list[str]] = ([], [])
    beads: Beads = []
    at = 0
    while at < len(pair.source):
        taken = 1
        while taken < 4 and at + taken < len(pair.source) and chance.random() < merged:
            taken += 1
        texts = [list(pair.source[at : at + taken]), list(pair.target[at : at + taken])]
        if taken > 1:
            side = chance.randrange(2)
            texts[side] = [" ".join(texts[side])]
        elif chance.random() < lost:
            texts[chance.randrange(2)] = []
        spans = [
            tuple(range(len(have), len(have) + len(new)))
            for have, new in zip(sides, texts, strict=True)
        ]
        for side in (0, 1):
            sides[side].extend(texts[side])
        if all(spans):
            beads.append((spans[0], spans[1]))
        else:
            beads += [((n,), ()) for n in spans[0]] + [((), (n,)) for n in spans[1]]
        at += taken
    source, target = tuple(sides[0]), tuple(sides[1])
    return Pair(pair.name, source, target, pair.languages, frozenset(beads))


def training(name: str) -> list[list[Pair]]:
    """Return the sets to fit on."""
    if name == "learned":
        return [read_pairs(DATA / f"{each}.jsonl") for each in LANGUAGES]
    whole = [*read_pairs(DATA / "flores_11.jsonl")[:5], *read_pairs(DATA / "bbc_11.jsonl")]
    return [
        [noisy(pair, merged, lost, 100 * n + m) for m, pair in enumerate(whole)]
        for n, (merged, lost) in enumerate(MIXES)
    ]


def strict_f1(sets: Sequence[Sequence[Pair]], chosen: scores.Weights) -> float:
    """Return the mean over the sets, in percent."""
    results = []
    for pairs in sets:
        total = Counts()
        for pair in pairs:
            source = document(pair.languages[0], pair.source)
            target = document(pair.languages[1], pair.target)
            beads = passes.align(source, target, None, chosen).beads
            total += compare([(tuple(b.source), tuple(b.target)) for b in beads], pair.gold)
        results.append(total.scores(lax=False)[2])
    return sum(results) / len(results)


def neighbours(chosen: scores.Weights, step: float) -> Iterator[tuple[str, scores.Weights]]:
    """Yield weights that differ in one: factors for what is positive, differences for scores."""
    for name in ("words", "length", "null"):
        for factor in (1 + step, 1 / (1 + step)):
            value = round(getattr(chosen, name) * factor, 3)
            if name != "null" or value < 0.9:
                yield f"{name} {value}", replace(chosen, **{name: value})
    for shift in (2 * step, -2 * step):
        skip = round(chosen.skip + shift, 3)
        yield f"skip {skip}", replace(chosen, skip=skip)
        # n-m beads move together: there are too few of the rarer kinds to fit each
        beads = tuple(
            (kind, round(score + shift * (sum(kind) - 2), 3)) for kind, score in chosen.beads
        )
        yield f"beads {shift:+}", replace(chosen, beads=beads)


def as_data(chosen: scores.Weights) -> dict[str, Any]:
    """Return weights in their form in the file."""
    names = ("null", "words", "translation", "length", "skip", "paragraph")
    beads = {f"{a}-{b}": score for (a, b), score in chosen.beads}
    return {**{name: getattr(chosen, name) for name in names}, "beads": beads}


def main() -> int:
    """Fit and write; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("which", choices=["lexicon", "learned"])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    chosen = scores.Weights.read(data[options.which])
    sets = training(options.which)
    best = strict_f1(sets, chosen)
    print(f"start {best:.2f}", flush=True)
    step = 0.4
    for _ in range(options.rounds):
        improved = False
        for name, other in neighbours(chosen, step):
            value = strict_f1(sets, other)
            if value > best + LOYALTY:
                chosen, best, improved = other, value, True
                print(f"{name}: {best:.2f}", flush=True)
        if not improved:
            step /= 2
    data[options.which] = as_data(chosen)
    WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
