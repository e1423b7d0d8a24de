"""Choose the best snapshot of a run on development data.

    python -m recipe.choose --run RUN --vocabulary sentencepiece.model --dev FLORES_DEV --out BEST

The last snapshots and their mean (Vaswani et al. 2017 average checkpoints) are exported to int8
and translate the first lines; the best in the mean of BLEU over the directions is written to
BEST as `recipe.export` does.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import translate_kit as tk
from recipe.ctranslate import write_ctranslate
from recipe.evaluate import model_path
from recipe.export import Options as ExportOptions
from recipe.export import export
from recipe.mean import write_mean
from recipe.measure import OTHER, Development
from recipe.program import Recorded, option, run
from recipe.vocabulary import Vocabulary
from recipe.weights import read_weights

__all__ = ["Options", "bleu", "choose"]


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is chosen from, on what."""

    run: Path = option("folder of a training run", read=Path)
    vocabulary: Path = option("SentencePiece model", read=Path)
    dev: Path = option("folder with id.txt and en.txt", read=Path)
    out: Path = option("folder to write to", read=Path)
    shortlist: Path | None = option("what recipe.shortlist wrote", None, read=Path)
    directions: tuple[str, ...] = option("as id-en", ("id-en", "en-id"), read=str, many=True)
    last: int = option("snapshots tried, counted from the end", 4)
    lines: int = option("lines of dev; 0 takes all", 400)
    beam: int = option("of the search", 2)


def bleu(weights: Path, options: Options, data: Development) -> dict[str, float]:
    """Return the BLEU of exported weights for each direction."""
    vocabulary = Vocabulary(options.vocabulary)
    found, shape = read_weights(weights)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_ctranslate(folder, found, shape, vocabulary.pieces)
        (folder / "sentencepiece.model").write_bytes(options.vocabulary.read_bytes())
        scores = {}
        for direction in options.directions:
            code = direction.partition("-")[0]
            engine = tk.load_engine(model_path(folder), direction)
            decoding = tk.Decoding(beam_size=options.beam)
            outputs = [h.target.text for h in engine.translate(data.side(code), decoding)]
            (score,) = tk.score_lines(outputs, [data.side(OTHER[code])], ("bleu",))
            scores[direction] = round(score.value, 2)
    return scores


def choose(options: Options) -> dict[str, Any]:
    """Export the best snapshot.

    Raises:
        InputError: if the run has none.
    """
    snapshots = sorted((options.run / "snapshots").glob("[0-9]*"))[-options.last :]
    if not snapshots:
        raise tk.InputError(f"no snapshots in {options.run}; train first")
    data = Development.read(options.dev, options.lines)
    if len(snapshots) > 1:
        mean = options.run / "snapshots" / f"mean-{snapshots[0].name}-{snapshots[-1].name}"
        write_mean(snapshots, mean)
        snapshots.append(mean)
    scores = {folder.name: bleu(folder, options, data) for folder in snapshots}
    best = max(snapshots, key=lambda folder: sum(scores[folder.name].values()))
    made = export(
        ExportOptions(
            weights=best,
            vocabulary=options.vocabulary,
            out=options.out,
            shortlist=options.shortlist,
            directions=options.directions,
        )
    )
    return {"scores": scores, "best": best.name, **made}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, choose))
