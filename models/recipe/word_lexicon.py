"""Estimate the bilingual lexicon that ``translate_kit.align`` ships.

    python models/recipe/word_lexicon.py parallel.tsv.xz parallel-2.tsv.xz --rates rates.json

Reads ``source<TAB>Indonesian<TAB>English`` lines and writes
``translate_kit/languages/lexicons/id-en.txt.xz``: statistics of words, no sentence. The same
lines give the same bytes. ``rates.json`` says how much a source's lines are worth, so that prose
outweighs software documentation. Method: `translate_kit.align.model1` in both directions; a
pair of words keeps the mean of what either direction expects. Three minutes, 6 GB.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
from collections import Counter
from math import log2
from pathlib import Path

from translate_kit.align.model1 import Training, links
from translate_kit.align.words import tokens

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "translate_kit" / "languages" / "lexicons" / "id-en.txt.xz"

Pair = tuple[list[str], list[str]]
Entry = tuple[str, str, float]
"""Two words and how often they are expected to be linked."""

RARE = "\0"
LONGEST = 60
SHARE = 0.25
"""Smallest share of a source's lines that is drawn, however low its rate."""

FAINT = 20
"""How much less likely a word may be given the other than the other given it."""


def read_pairs(paths: list[Path], rates: dict[str, float], limit: int) -> list[Pair]:
    """Draw sentence pairs, split into words; prose first."""
    chosen = random.Random(7)
    rows = []
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                origin, source, target = line.rstrip("\n").split("\t")[:3]
                rate = max(SHARE, rates.get(origin, 1.0))
                if chosen.random() < rate:
                    rows.append((chosen.random() / rate, source, target))
    rows.sort()
    split = ((tokens(source), tokens(target)) for _, source, target in rows)
    return [pair for pair in split if all(0 < len(words) < LONGEST for words in pair)][:limit]


def without_rare(sentences: list[list[str]], least: int) -> tuple[list[list[str]], Counter[str]]:
    """Return the sentences with one sign for all rare words, and the counts of the others."""
    counts = Counter(word for sentence in sentences for word in sentence)
    kept = Counter({word: count for word, count in counts.items() if count >= least})
    return [[word if word in kept else RARE for word in sentence] for sentence in sentences], kept


def entries(
    pairs: list[Pair], options: argparse.Namespace
) -> tuple[list[Entry], list[Counter[str]]]:
    """Return the links worth shipping, and how often the words of either side were seen."""
    sides = [without_rare([pair[n] for pair in pairs], 2) for n in (0, 1)]
    counts = [count for _, count in sides]
    coded = list(zip(sides[0][0], sides[1][0], strict=True))
    kept = []
    for (one, other), shares in links(coded, Training(discount=0.4)).items():
        if RARE in (one, other):
            continue
        # each direction's expectation is noisy in its own way: their mean is less so
        expected = (shares[0] * counts[0][one] + shares[1] * counts[1][other]) / 2
        found = sorted((expected / counts[0][one], expected / counts[1][other]))
        if (
            expected >= options.least
            and found[1] >= options.share
            and found[0] >= options.share / FAINT
        ):
            kept.append((one, other, expected))
    return sorted(kept), counts


def level(share: float) -> int:
    """Return a share in (0, 1] as 0 to 9: 9 is 1, and every step less a factor of √2."""
    return max(0, min(9, round(9 + 2 * log2(max(share, 1e-6)))))


def write(kept: list[Entry], counts: list[Counter[str]]) -> None:
    """Write the table: a line a source word."""
    lines: dict[str, list[str]] = {}
    for one, other, count in kept:
        forward, backward = level(count / counts[0][one]), level(count / counts[1][other])
        lines.setdefault(one, []).append(f"{other} {forward}{backward}")
    text = "".join(f"{word}\t{' '.join(found)}\n" for word, found in sorted(lines.items()))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def main() -> int:
    """Estimate and write; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pairs", type=Path, nargs="+", help="source, Indonesian, English; .tsv.xz")
    parser.add_argument("--rates", type=Path, help="JSON: how much each source is worth")
    parser.add_argument("--limit", type=int, default=260_000, help="pairs to draw")
    parser.add_argument("--least", type=float, default=0.9, help="expected links to keep a pair")
    parser.add_argument("--share", type=float, default=0.04, help="least probability either way")
    options = parser.parse_args()
    rates = json.loads(options.rates.read_text(encoding="utf-8")) if options.rates else {}
    drawn = read_pairs(options.pairs, rates, options.limit)
    kept, counts = entries(drawn, options)
    write(kept, counts)
    print(f"{len(drawn)} pairs, {len(kept)} entries, {OUT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
