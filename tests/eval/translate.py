"""Score the shipped model on FLORES dev, with speed and memory, against the floors.

Run by `make eval`. Reads ../shared/data/dev; FLORES-200 is CC BY-SA 4.0 and not ours to copy.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import translate_kit as tk

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared" / "data" / "dev" / "flores-dev"
FLOORS = HERE / "translate_floors.json"


def read(name: str) -> tk.Stream:
    found = tk.read_segments((DATA / name).read_bytes(), name)
    return found.references[0]


def main() -> int:
    if not DATA.is_dir():
        print(f"no development data at {DATA}")
        return 0
    source, reference = read("id.txt"), read("en.txt")
    system = tk.run_model("id-en", source.lines)
    found = tk.evaluate_corpus(tk.Corpus((system,), (reference,), source), tk.Scoring(trials=0))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    low = 0
    for score in found.scores:
        print(f"{score.label:8} {score.value:5.1f} ± {score.margin:.1f}  {score.signature}")
        floor = floors.get(score.metric)
        if floor is not None and score.value < floor:
            print(f"         below its floor of {floor}")
            low += 1
    run = system.run
    if run is not None:
        print(
            f"{run.rate(run.segments):.0f} sentences/s, {run.rate(run.target_tokens):.0f} tokens/s;"
            f" loaded in {run.load_seconds:.2f} s; at most {(run.peak_memory or 0) / 1e6:.0f} MB"
        )
    return int(low > 0)


if __name__ == "__main__":
    sys.exit(main())
