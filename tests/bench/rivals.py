"""How others translate sentences with the same weights, each as its users' programs do it.

    python -m bench.rivals NAME MODEL SENTENCES.json COUNT CORES BEAM

prints `bench.process.READY` once loaded and then a translation a line. All search with the
same beam; the sentences are cut already.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.process import READY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["RIVALS", "Use", "evenly"]

SOURCE, TARGET, END = "ind_Latn", "eng_Latn", "</s>"

TUNED = 512
"""Tokens of a batch that is best for CTranslate2's own sorting (`bench.tune`)."""

ARGOS = 32
"""Tokens of a batch: Argos Translate's default, ARGOS_BATCH_SIZE."""

TORCH = 32
"""Sentences of a batch."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a rival is given."""

    model: Path
    lines: Sequence[str]
    cores: int
    beam: int


def evenly(lines: Sequence[str], count: int) -> list[str]:
    """Return so many of the lines, from all over them."""
    if count >= len(lines):
        return list(lines)
    return [lines[number * len(lines) // count] for number in range(count)]


def _say(text: str) -> None:
    sys.stdout.write(text.replace("\n", " ") + "\n")


def _ready() -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()


def _pieces(model: Path) -> Any:
    import sentencepiece

    name = next(path for path in model.iterdir() if path.name.startswith("sentencepiece"))
    return sentencepiece.SentencePieceProcessor(model_file=str(name))


def _encoded(processor: Any, lines: Sequence[str]) -> list[list[str]]:
    return [[SOURCE, *row, END] for row in processor.encode(list(lines), out_type=str)]


def _in_one_call(use: Use, threads: dict[str, int], options: dict[str, Any]) -> None:
    import ctranslate2

    processor = _pieces(use.model)
    translator = ctranslate2.Translator(str(use.model), **threads)
    _ready()
    results = translator.translate_batch(
        _encoded(processor, use.lines),
        target_prefix=[[TARGET]] * len(use.lines),
        beam_size=use.beam,
        batch_type="tokens",
        **options,
    )
    for text in processor.decode([result.hypotheses[0][1:] for result in results]):
        _say(text)


def sorted_calls(use: Use) -> None:
    """CTranslate2 at its best: all sentences in one call, sorted, a thread a core."""
    threads = {"inter_threads": use.cores, "intra_threads": 1}
    _in_one_call(use, threads, {"max_batch_size": TUNED})


def listed_calls(use: Use) -> None:
    """The same with the model's shortlist, which CTranslate2 leaves aside unless it is told."""
    threads = {"inter_threads": use.cores, "intra_threads": 1}
    shortlist = (use.model / "vmap.txt").is_file()
    _in_one_call(use, threads, {"max_batch_size": TUNED, "use_vmap": shortlist})


def argos(use: Use) -> None:
    """Argos Translate's call and threads (`translate.py`, `settings.py`, version 1.11).

    It calls once for each paragraph; one call for all lets CTranslate2 sort, in its favour.
    """
    threads = {"inter_threads": 1, "intra_threads": 0}  # 0: as many as the library takes
    options = {
        "max_batch_size": ARGOS,
        "length_penalty": 0.2,
        "replace_unknowns": True,
        "return_scores": True,
    }
    _in_one_call(use, threads, options)


def one_by_one(use: Use) -> None:
    """CTranslate2 as scripts call it: default threads, a sentence a call."""
    import ctranslate2

    processor = _pieces(use.model)
    translator = ctranslate2.Translator(str(use.model))
    _ready()
    for line in use.lines:
        (source,) = _encoded(processor, [line])
        (result,) = translator.translate_batch(
            [source], target_prefix=[[TARGET]], beam_size=use.beam
        )
        _say(processor.decode(result.hypotheses[0][1:]))
        sys.stdout.flush()


def _padded(batch: Sequence[Sequence[int]], torch: Any) -> tuple[Any, Any]:
    longest = max(map(len, batch))
    ids = torch.ones((len(batch), longest), dtype=torch.long)  # 1 is <pad>
    mask = torch.zeros((len(batch), longest), dtype=torch.long)
    for row, source in enumerate(batch):
        ids[row, : len(source)] = torch.tensor(source)
        mask[row, : len(source)] = 1
    return ids, mask


def _batches(sources: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    order = sorted(sources, key=len, reverse=True)
    for start in range(0, len(order), TORCH):
        yield order[start : start + TORCH]


def _transformers(use: Use, kind: str) -> None:
    import torch
    import transformers

    transformers.logging.set_verbosity_error()
    torch.set_num_threads(use.cores)
    numbers = json.loads((use.model / "vocab.json").read_text(encoding="utf-8"))
    pieces = {number: piece for piece, number in numbers.items()}
    special = {number for piece, number in numbers.items() if piece in (SOURCE, TARGET)} | {0, 1, 2}
    processor = _pieces(use.model)
    network = transformers.M2M100ForConditionalGeneration.from_pretrained(
        use.model, dtype=getattr(torch, kind)
    ).eval()
    _ready()
    unknown = numbers["<unk>"]
    sources = [[numbers.get(p, unknown) for p in row] for row in _encoded(processor, use.lines)]
    for batch in _batches(sources):
        ids, mask = _padded(batch, torch)
        with torch.inference_mode():
            found = network.generate(
                input_ids=ids,
                attention_mask=mask,
                num_beams=use.beam,
                forced_bos_token_id=numbers[TARGET],
                max_new_tokens=2 * ids.shape[1] + 32,
            )
        for row in found.tolist():
            _say(processor.decode([pieces[n] for n in row if n not in special]))
        sys.stdout.flush()


def float32(use: Use) -> None:
    """Hugging Face transformers, batches sorted by length."""
    _transformers(use, "float32")


def bfloat16(use: Use) -> None:
    """The same in half the memory; slow where the processor cannot multiply bfloat16."""
    _transformers(use, "bfloat16")


RIVALS: dict[str, Callable[[Use], None]] = {
    "sorted": sorted_calls,
    "listed": listed_calls,
    "single": one_by_one,
    "argos": argos,
    "float32": float32,
    "bfloat16": bfloat16,
}


def main(name: str, *given: str) -> None:
    model, sentences, count, cores, beam = given
    lines = json.loads(Path(sentences).read_text(encoding="utf-8"))
    RIVALS[name](Use(Path(model), evenly(lines, int(count)), int(cores), int(beam)))


if __name__ == "__main__":
    main(*sys.argv[1:])
