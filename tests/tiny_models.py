"""A real MarianMT of a few kilobytes: random weights, as OPUS-MT publishes them and converted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import sentencepiece
from ctranslate2.converters.opus_mt import OpusMTConverter

if TYPE_CHECKING:
    from pathlib import Path

DIM, FFN = 16, 32

CONFIG = """\
type: transformer
transformer-decoder-autoreg: self-attention
transformer-no-projection: false
transformer-ffn-activation: relu
transformer-preprocess: ""
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-guided-alignment-layer: last
transformer-heads: 2
enc-depth: 1
dec-depth: 1
"""


def train_sentencepiece(text: Path, model: Path, vocabulary: int = 120) -> list[str]:
    """Train a SentencePiece model and return its pieces."""
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(model.with_suffix("")),
        vocab_size=vocabulary,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    model.with_suffix(".model").rename(model)
    processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(model))
    return [processor.id_to_piece(n) for n in range(processor.vocab_size())]


def random_weights(vocabulary: int) -> dict[str, Any]:
    """Return weights of a Marian transformer with one layer on each side."""
    random = np.random.default_rng(7)

    def matrix(*shape: int) -> Any:
        return random.normal(0, 0.5, shape).astype(np.float32)

    weights: dict[str, Any] = {"Wemb": matrix(vocabulary, DIM)}
    weights["decoder_ff_logit_out_b"] = matrix(1, vocabulary)
    for scope, parts in (("encoder_l1", ["self"]), ("decoder_l1", ["self", "context"])):
        for part in parts:
            for name in "qkvo":
                weights[f"{scope}_{part}_W{name}"] = matrix(DIM, DIM)
                weights[f"{scope}_{part}_b{name}"] = matrix(1, DIM)
            weights[f"{scope}_{part}_Wo_ln_scale"] = np.ones((1, DIM), np.float32)
            weights[f"{scope}_{part}_Wo_ln_bias"] = np.zeros((1, DIM), np.float32)
        weights[f"{scope}_ffn_W1"], weights[f"{scope}_ffn_b1"] = matrix(DIM, FFN), matrix(1, FFN)
        weights[f"{scope}_ffn_W2"], weights[f"{scope}_ffn_b2"] = matrix(FFN, DIM), matrix(1, DIM)
        weights[f"{scope}_ffn_ffn_ln_scale"] = np.ones((1, DIM), np.float32)
        weights[f"{scope}_ffn_ffn_ln_bias"] = np.zeros((1, DIM), np.float32)
    weights["special:model.yml"] = np.frombuffer(CONFIG.encode() + b"\0", np.int8)
    return weights


def make_opus(folder: Path, text: str, extra: tuple[str, ...] = ()) -> None:
    """Write a random MarianMT as OPUS-MT's archives hold it: ``decoder.yml``, weights, pieces.

    Args:
        folder: an existing folder.
        text: what both SentencePiece models are trained on.
        extra: further vocabulary entries such as ``>>eng<<``.
    """
    corpus = folder / "corpus.txt"
    corpus.write_text(text, encoding="utf-8")
    source = train_sentencepiece(corpus, folder / "source.spm")
    target = train_sentencepiece(corpus, folder / "target.spm", vocabulary=100)
    corpus.unlink()
    pieces = [p for p in dict.fromkeys((*source, *target)) if p not in {"<s>", "</s>", "<unk>"}]
    vocabulary = ["</s>", "<unk>", *extra, *pieces, "<pad>"]
    lines = [f'"{piece}": {n}\n' for n, piece in enumerate(vocabulary)]
    (folder / "opus.vocab.yml").write_text("".join(lines), encoding="utf-8")
    np.savez(folder / "opus.npz", **random_weights(len(vocabulary)))
    (folder / "decoder.yml").write_text(
        "models:\n  - opus.npz\nvocabs:\n  - opus.vocab.yml\n  - opus.vocab.yml\n", encoding="utf-8"
    )


def make_marian(folder: Path, work: Path, text: str, extra: tuple[str, ...] = ()) -> None:
    """Write a random MarianMT in CTranslate2's form, as ``ct2-opus-mt-converter`` does.

    Args:
        folder: the model folder to make.
        work: a folder for intermediate files.
        text: what both SentencePiece models are trained on.
        extra: further vocabulary entries such as ``>>eng<<``.
    """
    make_opus(work, text, extra)
    OpusMTConverter(str(work)).convert(str(folder), quantization="int8")
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes((work / name).read_bytes())
