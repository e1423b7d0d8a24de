"""Export weights: a Hugging Face folder in float16 and a CTranslate2 folder in int8.

    python -m recipe.export --weights run/checkpoint.pt --vocabulary sentencepiece.model --out OUT

Takes a checkpoint while training goes on, a snapshot, or the first recipe's ``.pt``. OUT/hf is
what training can go on from (--init) and what `models/recipe/weights` keeps of the shipped
model; OUT/ct2 is a model for ``translate-kit translate -m``, once `recipe.card` has described it.
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recipe.ctranslate import write_ctranslate
from recipe.optimizer import TABLE
from recipe.program import Recorded, option, run
from recipe.shortlist import SHORTLIST, for_directions, tags_first
from recipe.vocabulary import Vocabulary
from recipe.weights import read_weights, write_weights
from translate_kit import OptionError

__all__ = ["Options", "export"]


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What is exported."""

    weights: Path = option("checkpoint or Hugging Face folder", read=Path)
    vocabulary: Path = option("SentencePiece model", read=Path)
    out: Path = option("folder to write to", read=Path)
    shortlist: Path | None = option("what recipe.shortlist wrote", None, read=Path)
    directions: tuple[str, ...] = option("as id-en", ("id-en", "en-id"), read=str, many=True)
    quantization: str = option("of the CTranslate2 folder", "int8")


def export(options: Options) -> dict[str, Any]:
    """Write both folders.

    Raises:
        OptionError: if weights and vocabulary do not belong together.
    """
    weights, shape = read_weights(options.weights)
    vocabulary = Vocabulary(options.vocabulary)
    if vocabulary.size != shape.vocabulary:
        raise OptionError(
            f"the weights have {shape.vocabulary} rows, {options.vocabulary} makes"
            f" {vocabulary.size}; give the vocabulary they were trained with"
        )
    huggingface, ctranslate = options.out / "hf", options.out / "ct2"
    write_weights(huggingface, weights, shape)
    numbers = {piece: number for number, piece in enumerate(vocabulary.pieces)}
    text = json.dumps(numbers, ensure_ascii=False)
    (huggingface / "vocab.json").write_text(text, encoding="utf-8")
    shutil.copyfile(options.vocabulary, huggingface / "sentencepiece.bpe.model")
    shutil.rmtree(ctranslate, ignore_errors=True)
    order = tags_first(vocabulary) if options.shortlist else range(vocabulary.size)
    named = vocabulary.pieces
    pieces = [named[number] for number in order]
    weights = {**weights, TABLE: weights[TABLE][list(order)]}
    write_ctranslate(ctranslate, weights, shape, pieces, options.quantization)
    shutil.copyfile(options.vocabulary, ctranslate / "sentencepiece.model")
    if options.shortlist:
        listed = options.shortlist.read_text(encoding="utf-8")
        listed = for_directions(listed, options.directions)
        (ctranslate / SHORTLIST).write_text(listed, encoding="utf-8")
    size = sum(file.stat().st_size for file in ctranslate.iterdir())
    parameters = sum(weight.numel() for weight in weights.values())
    return {
        "parameters": parameters,
        "bytes": size,
        "quantization": options.quantization,
        "shape": {name: getattr(shape, name) for name in shape.__slots__},
    }


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, export))
