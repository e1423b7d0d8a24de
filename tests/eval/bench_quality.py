"""The shipped model beside the outputs of six published systems on FLORES dev, in one table.

Run by `make bench-quality`. Scores, intervals and paired tests (ours is the baseline) are
computed by the toolkit and compared, digit for digit, with what the sacrebleu program says of
the same files. Reads ../shared/data/dev; the outputs are those that
mozilla/firefox-translations-models keeps.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import translate_kit as tk

DATA = Path(__file__).parents[3] / "shared" / "data" / "dev" / "flores-dev"
SIX = ("argos", "opusmt", "nllb", "bergamot-tiny", "microsoft", "google")
METRICS = ("bleu", "chrf", "chrf++", "ter")


def read(name: str) -> tk.Stream:
    found = tk.read_segments((DATA / name).read_bytes(), name)
    return found.references[0]


def gathered() -> tk.Corpus:
    source = read("id.txt")
    published = (tk.System(name, read(f"{name}.en.txt").lines) for name in SIX)
    return tk.Corpus((tk.run_model("id-en", source.lines), *published), (read("en.txt"),), source)


def show(found: tk.Evaluation) -> None:
    columns = [found.of(metric) for metric in METRICS]
    heads = "".join(f"{column[0].label:>28}" for column in columns)
    print(f"{'':16}{heads}")
    for place, system in enumerate(found.corpus.systems):
        row = f"{system.name:16}"
        for column in columns:
            score = column[place]
            text = f"{score.value:.1f} ± {score.margin:.1f}"
            if score.difference is not None:
                tests = (score.difference.p_bootstrap, score.difference.p_randomisation)
                text += "  p " + "/".join(f"{p:.4f}" for p in tests if p is not None)
            row += f"{text:>28}"
        print(row)
    for column in columns:
        print(f"{column[0].label}: {column[0].signature}")


def program(corpus: tk.Corpus, *options: str) -> list[dict[str, str]]:
    """Run the sacrebleu program on all systems and return its JSON."""
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in (
            ("reference", corpus.references[0].lines),
            *((system.name, system.lines) for system in corpus.systems),
        ):
            Path(folder, name).write_text("\n".join((*lines, "")), encoding="utf-8")
        names = [system.name for system in corpus.systems]
        done = subprocess.run(
            [sys.executable, "-m", "sacrebleu", "reference", "-i", *names, "-w", "10", *options],
            cwd=folder,
            capture_output=True,
            check=True,
        )
    rows: list[dict[str, str]] = json.loads(done.stdout)
    return rows


def differences(found: tk.Evaluation) -> int:
    """Count numbers that the program gives otherwise."""
    rows = program(found.corpus, "-m", "bleu", "chrf", "ter")
    plus = program(found.corpus, "-m", "chrf", "--chrf-word-order", "2")
    theirs = [{**row, **more} for row, more in zip(rows, plus, strict=True)]
    wrong = 0
    for metric in METRICS:
        for row, score in zip(theirs, found.of(metric), strict=True):
            wrong += row[score.label] != f"{score.value:.10f}"
    return wrong


def main() -> int:
    if not DATA.is_dir():
        print(f"no development data at {DATA}")
        return 0
    corpus = gathered()
    start = time.monotonic()
    found = tk.evaluate_corpus(corpus, tk.Scoring(metrics=METRICS))
    seconds = time.monotonic() - start
    show(found)
    count = len(corpus.systems)
    print(f"{count} systems × {corpus.segments} segments scored in {seconds:.0f} s")
    wrong = differences(found)
    print(f"{wrong} of {count * len(METRICS)} scores differ from the sacrebleu program's")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
