# a script, run by its path
"""Train the Punkt parameters that ``translate_kit.segment`` ships.

    python models/recipe/punkt.py id mono.id.txt.xz
    python models/recipe/punkt.py en mono.en.txt.xz

Reads news, a sentence a line (``.xz`` or plain UTF-8), and writes four text files into the
language's ``punkt/`` folder, in the layout of nltk's ``punkt_tab``. The same lines give the same
bytes. Trainer: nltk's, unchanged (Kiss & Strunk 2006, "Unsupervised Multilingual Sentence
Boundary Detection"). Two things are added, both about noise in a large corpus:

- the trainer notes that a word *was seen* in a context, so one misprint in ten million words
  counts for ever; we count, and keep a context only where it is a fair share of the word's uses;
- lines are sentences, so a stop that stands mostly at the ends of lines makes no abbreviation.
"""

from __future__ import annotations

import argparse
import lzma
import random
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from nltk.tokenize.punkt import PunktParameters, PunktTrainer

from translate_kit.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 20_000
"""Lines trained on at a time, so that memory stays under 1 GB."""

MIN_USES = 40
"""Words seen less often have no orthographic context: we would know too little of them."""

MIN_INNER = 4
"""An abbreviation stands inside lines in half of its uses, and in two at least."""

MIN_SHARE = {1 << 1: 0.05, 1 << 2: 0.30, 1 << 3: 0.05, 1 << 4: 0.05, 1 << 5: 0.05, 1 << 6: 0.05}
"""nltk's flag for (beginning, middle, unknown) × (upper, lower): share of the word's uses in that
position from which the flag is kept. A capital in mid-sentence needs more: quotations begin there,
and headlines are full of them."""

PAIRS = {1 << 1: 1 << 4, 1 << 2: 1 << 5, 1 << 3: 1 << 6}
PAIRS |= {lower: upper for upper, lower in PAIRS.items()}


class CountingParameters(PunktParameters):  # type: ignore[misc]  # nltk has no types
    """Parameters that count how often a word was seen in a context."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: defaultdict[str, Counter[int]] = defaultdict(Counter)

    def add_ortho_context(self, typ: str, flag: int) -> None:
        """Note a context, and count it."""
        super().add_ortho_context(typ, flag)
        self.counts[typ][flag] += 1


def read_lines(path: Path, limit: int) -> list[str]:
    """Return at most ``limit`` lines, drawn with a fixed seed."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        lines = [unicodedata.normalize("NFC", line.strip()) for line in file]
    random.Random(7).shuffle(lines)  # the same draw every time, no secret
    return lines[:limit]


def inner_stops(lines: list[str]) -> Counter[str]:
    """Count words with a full stop, case folded, where the line goes on after them."""
    counts: Counter[str] = Counter()
    for line in lines:
        for token in line.split()[:-1]:
            word = token.lower().strip("\"'“”‘’()[],;:")
            if word.endswith("."):
                counts[word[:-1]] += 1
    return counts


def flags(counts: Counter[int]) -> int:
    """Return the contexts that are a fair share of a word's uses in their position."""
    kept = 0
    for flag, count in counts.items():
        if count > 1 and count >= MIN_SHARE[flag] * (count + counts[PAIRS[flag]]):
            kept |= flag
    return kept


def train(lines: list[str]) -> CountingParameters:
    """Return what nltk's trainer learns from the lines, pruned."""
    trainer = PunktTrainer()
    parameters = CountingParameters()
    trainer._params = parameters  # noqa: SLF001  # the trainer offers no other way in
    for first in range(0, len(lines), CHUNK):
        # A blank line between sentences tells the trainer that each begins one.
        trainer.train("\n\n".join(lines[first : first + CHUNK]), finalize=False)
    trainer.finalize_training()
    inner = inner_stops(lines)
    parameters.abbrev_types = {
        word
        for word in parameters.abbrev_types
        if 2 * inner[word] >= max(trainer._type_fdist[f"{word}."], MIN_INNER)  # noqa: SLF001
        and all(c.isalpha() or c in ".-/" for c in word)
    }
    parameters.ortho_context = defaultdict(
        int,
        {
            word: kept
            for word, counts in parameters.counts.items()
            if word.isalpha() and counts.total() >= MIN_USES and (kept := flags(counts))
        },
    )
    return parameters


def write(parameters: CountingParameters, folder: Path) -> None:
    """Write the four files, sorted."""
    folder.mkdir(exist_ok=True)
    contents = {
        "abbrev_types.txt": sorted(parameters.abbrev_types),
        "collocations.tab": sorted("\t".join(pair) for pair in parameters.collocations),
        "sent_starters.txt": sorted(parameters.sent_starters),
        "ortho_context.tab": sorted(f"{w}\t{n}" for w, n in parameters.ortho_context.items()),
    }
    for name, rows in contents.items():
        (folder / name).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def main() -> int:
    """Train and write; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("language", choices=sorted(LANGUAGES))
    parser.add_argument("news", type=Path, help="a sentence a line, plain or .xz")
    parser.add_argument("--lines", type=int, default=600_000, help="how many to draw")
    parser.add_argument("--output", type=Path, help="folder (default: the language's own)")
    options = parser.parse_args()
    own = ROOT / "translate_kit" / "languages" / LANGUAGES[options.language] / "punkt"
    write(train(read_lines(options.news, options.lines)), options.output or own)
    return 0


if __name__ == "__main__":
    sys.exit(main())
