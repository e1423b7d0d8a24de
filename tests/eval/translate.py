"""Score the shipped model on FLORES dev: BLEU and chrF++ with signatures, against the floors.

Run by `make eval`. Reads ../shared/data/dev; FLORES-200 is CC BY-SA 4.0 and not ours to copy.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import translate_kit as tk

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared" / "data" / "dev" / "flores-dev"
FLOORS = HERE / "translate_floors.json"


def lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


def main() -> int:
    if not DATA.is_dir():
        print(f"no development data at {DATA}")
        return 0
    engine = tk.load_engine()
    blocks = tuple(
        tk.Block("paragraph", line, (tk.Sentence(0, len(line)),)) for line in lines("id.txt")
    )
    start = time.monotonic()
    bitext = tk.translate_document(tk.Document("id", blocks), engine)
    seconds = time.monotonic() - start
    scores = tk.evaluate_corpus([row.target for row in bitext.rows()], [lines("en.txt")])
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    options = "|".join(f"{key}:{value}" for key, value in bitext.provenance.options)
    model = f"model:{engine.model.name}@{engine.model.digest[:12]}"
    print(f"FLORES dev, {len(blocks)} sentences, {len(blocks) / seconds:.0f} sentences/s")
    low = 0
    for score in scores:
        floor = floors.get(score.metric)
        print(f"{score.metric:7} {score.value:5.1f}  {score.signature}|{model}|{options}")
        if floor is not None and score.value < floor:
            print(f"        below its floor of {floor}")
            low += 1
    return int(low > 0)


if __name__ == "__main__":
    sys.exit(main())
