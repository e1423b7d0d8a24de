"""Train the joint SentencePiece vocabulary.

    python -m recipe.vocabulary --pairs parallel.tsv.xz --out sentencepiece.model --size 16000

One unigram model (Kudo 2018) for both languages, with bytes for unknown characters and every
digit by itself, so that no name and no number is out of reach. News weighs more: a pair comes
in as often as in training.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sentencepiece

from recipe.data import Sources, read_lines, read_pairs
from recipe.program import Recorded, option, run
from translate_kit import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["EOS", "PAD", "START", "UNKNOWN", "Options", "Vocabulary", "train_vocabulary"]

START, PAD, EOS, UNKNOWN = range(4)
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
LANGUAGES = {"id": "ind_Latn", "en": "eng_Latn"}
EXTRA = 6
"""Unused rows at the end of the vocabulary; the first marks synthetic sources."""


class Vocabulary:
    """Texts to numbers and back.

    The first four numbers are `SPECIAL`, whatever SentencePiece has there; the pieces keep
    theirs; then come the languages and some spare tokens ``<extra0>``, ….

    Args:
        file: a SentencePiece model.

    Raises:
        InputError: if it cannot be read.
    """

    def __init__(self, file: Path) -> None:
        try:
            self._model: Any = sentencepiece.SentencePieceProcessor(model_file=str(file))
        except (OSError, RuntimeError) as error:
            raise InputError(f"cannot read {file}: {error}; train a vocabulary first") from error
        self.file = file
        first = self._model.vocab_size()
        self.languages = {code: first + n for n, code in enumerate(LANGUAGES)}
        self.synthetic = first + len(LANGUAGES)
        self.size: int = self.synthetic + EXTRA

    @property
    def pieces(self) -> list[str]:
        """The text of every number, as in the vocabulary files of an exported model."""
        count = range(len(SPECIAL), self._model.vocab_size())
        extra = [f"<extra{n}>" for n in range(EXTRA)]
        ours = [self._model.id_to_piece(n) for n in count]
        return [*SPECIAL, *ours, *LANGUAGES.values(), *extra]

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the pieces of texts, without language and end."""
        unknown = self._model.unk_id()
        rows = self._model.encode(list(texts))
        return [[UNKNOWN if n == unknown else n for n in row] for row in rows]

    def decode(self, rows: Sequence[Sequence[int]]) -> list[str]:
        """Return the texts of rows; special numbers say nothing."""
        last = self._model.vocab_size()
        return [
            str(self._model.decode([n for n in row if len(SPECIAL) <= n < last])) for row in rows
        ]


@dataclass(frozen=True, kw_only=True)
class Options(Recorded):
    """What it is trained on, how large it gets."""

    pairs: tuple[Path, ...] = option("files of pairs", read=Path, many=True)
    lines: tuple[Path, ...] = option("files of lines", (), read=Path, many=True)
    out: Path = option("file to write", read=Path)
    size: int = option("pieces", 16_000)
    sample: int = option("most lines it learns from", 1_000_000)
    threads: int = option("processor cores", 2)
    seed: int = option("of the sample", 1)


def train_vocabulary(options: Options) -> dict[str, Any]:
    """Write the SentencePiece model."""
    draw = random.Random(options.seed)
    sources = Sources()

    def texts() -> Iterator[str]:
        for pair in read_pairs(*options.pairs):
            if draw.random() < max(0.1, sources.rate(pair.source)):
                yield pair.id
                yield pair.en
        for path in options.lines:
            yield from read_lines(path)

    sample = list(texts())
    draw.shuffle(sample)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sample[: options.sample]),
        model_prefix=str(options.out.with_suffix("")),
        model_type="unigram",
        vocab_size=options.size,
        hard_vocab_limit=False,
        byte_fallback=True,
        split_digits=True,
        character_coverage=0.9998,
        bos_id=START,
        pad_id=PAD,
        eos_id=EOS,
        unk_id=UNKNOWN,
        num_threads=options.threads,
        minloglevel=2,
    )
    options.out.with_suffix(".vocab").unlink()
    made = options.out.with_suffix(".model")
    if made != options.out:
        made.rename(options.out)
    return {"pieces": Vocabulary(options.out).size, "lines": min(len(sample), options.sample)}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", Options, train_vocabulary))
