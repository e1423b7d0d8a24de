"""Tiny random checkpoints of each family in the layouts of Hugging Face, made with transformers.

Each has what the real ones have: tokenizer files of the same names, ``config.json``, weights in
``model.safetensors`` or ``pytorch_model.bin``. Their SentencePiece models are trained on the text
given, so that pieces, unknown characters and language tokens are real.
"""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import sentencepiece

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZES = {
    "d_model": 16,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 32,
    "decoder_ffn_dim": 32,
    "init_std": 0.6,
}
LANGUAGES = ("id", "en", "de")


def train(folder: Path, name: str, text: str, size: int, **options: Any) -> list[str]:
    """Train a SentencePiece model and return its pieces."""
    corpus = folder / "corpus.txt"
    corpus.write_text(text, encoding="utf-8")
    stem = folder / "trained"
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus),
        model_prefix=str(stem),
        vocab_size=size,
        hard_vocab_limit=False,
        minloglevel=2,
        **options,
    )
    corpus.unlink()
    stem.with_suffix(".vocab").unlink()
    stem.with_suffix(".model").rename(folder / name)
    processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(folder / name))
    return [processor.id_to_piece(n) for n in range(processor.vocab_size())]


def write_json(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def save(model: Any, folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.eval().save_pretrained(folder)


def marian(folder: Path, text: str, *, grouped: bool = False) -> None:
    """``source.spm``, ``target.spm``, ``vocab.json``; the padding last, its embedding zero."""
    import torch  # noqa: PLC0415
    from transformers import MarianConfig, MarianMTModel  # noqa: PLC0415

    source = train(folder, "source.spm", text, 120)
    target = train(folder, "target.spm", text, 100)
    extra = (">>ind<<", ">>zsm_Latn<<") if grouped else ()
    pieces = [p for p in dict.fromkeys((*source, *target)) if p not in {"<s>", "</s>", "<unk>"}]
    vocabulary = ["</s>", "<unk>", *extra, *pieces, "<pad>"]
    write_json(folder / "vocab.json", {piece: n for n, piece in enumerate(vocabulary)})
    source_lang, target_lang = ("eng", "msa") if grouped else ("id", "en")
    languages = {"source_lang": source_lang, "target_lang": target_lang}
    write_json(
        folder / "tokenizer_config.json", {**languages, "tokenizer_class": "MarianTokenizer"}
    )
    pad = len(vocabulary) - 1
    torch.manual_seed(5)
    config = MarianConfig(
        vocab_size=len(vocabulary),
        pad_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
        decoder_start_token_id=pad,
        bad_words_ids=[[pad]],
        max_position_embeddings=512,
        scale_embedding=True,
        static_position_embeddings=True,
        activation_function="swish",
        **SIZES,
    )
    save(MarianMTModel(config), folder)


def nllb(folder: Path, text: str) -> None:
    """``sentencepiece.bpe.model`` and ``tokenizer.json``; pickled weights as the real ones have."""
    import torch  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        M2M100Config,
        M2M100ForConditionalGeneration,
        NllbTokenizer,
    )

    train(folder, "sentencepiece.bpe.model", text, 120, model_type="bpe", pad_id=-1)
    codes = ["ind_Latn", "eng_Latn", "zsm_Latn"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokenizer: Any = NllbTokenizer.from_pretrained(folder, extra_special_tokens=codes)
        tokenizer.save_pretrained(folder)
    torch.manual_seed(6)
    config = M2M100Config(
        vocab_size=len(tokenizer),
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
        max_position_embeddings=512,
        scale_embedding=True,
        activation_function="relu",
        tokenizer_class="NllbTokenizer",
        **SIZES,
    )
    save(M2M100ForConditionalGeneration(config), folder)
    _pickle_weights(folder)


def _pickle_weights(folder: Path) -> None:
    import torch  # noqa: PLC0415
    from safetensors.torch import load_file  # noqa: PLC0415

    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


def m2m100(folder: Path, text: str) -> None:
    """``sentencepiece.bpe.model`` and ``vocab.json``; languages and made-up words come after it."""
    import torch  # noqa: PLC0415
    from transformers import M2M100Config, M2M100ForConditionalGeneration  # noqa: PLC0415
    from transformers.models.m2m_100 import tokenization_m2m_100 as m2m  # noqa: PLC0415

    pieces = train(folder, "sentencepiece.bpe.model", text, 120, model_type="bpe")
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    vocabulary = [*special, *(piece for piece in pieces if piece not in special)]
    write_json(folder / "vocab.json", {piece: n for n, piece in enumerate(vocabulary)})
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "M2M100Tokenizer"})
    languages = len(m2m.FAIRSEQ_LANGUAGE_CODES["m2m100"])
    torch.manual_seed(7)
    config = M2M100Config(
        vocab_size=len(vocabulary) + languages + 8,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
        max_position_embeddings=512,
        scale_embedding=True,
        activation_function="relu",
        **SIZES,
    )
    save(M2M100ForConditionalGeneration(config), folder)


def madlad(folder: Path, text: str) -> None:
    """``spiece.model`` with ``<2en>`` among its pieces; the decoder starts from ``<unk>``."""
    import torch  # noqa: PLC0415
    from transformers import T5Config, T5ForConditionalGeneration  # noqa: PLC0415

    codes = [f"<2{code}>" for code in LANGUAGES]
    ids = {"unk_id": 0, "pad_id": 1, "eos_id": 2, "bos_id": -1}
    pieces = train(folder, "spiece.model", text, 130, user_defined_symbols=codes, **ids)
    write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "T5Tokenizer",
            "extra_ids": 0,
            "eos_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "additional_special_tokens": [],
        },
    )
    _write_fast_tokenizer(folder, unknown=0)
    torch.manual_seed(8)
    config = T5Config(
        vocab_size=len(pieces),
        d_model=16,
        d_kv=8,
        d_ff=32,
        num_layers=1,
        num_decoder_layers=1,
        num_heads=2,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        initializer_factor=3.0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=0,
    )
    save(T5ForConditionalGeneration(config), folder)


def _write_fast_tokenizer(folder: Path, unknown: int) -> None:
    """Write ``tokenizer.json``: made from ``spiece.model`` alone, T5's takes 2 for unknown."""
    from transformers import T5Tokenizer  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokenizer: Any = T5Tokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    fast = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    fast["model"]["unk_id"] = unknown
    write_json(folder / "tokenizer.json", fast)
    config = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    config["tokenizer_class"] = "PreTrainedTokenizerFast"  # one that takes the file as it is
    write_json(folder / "tokenizer_config.json", config)


MAKERS: dict[str, Callable[[Path, str], None]] = {
    "marian": marian,
    "nllb": nllb,
    "m2m100": m2m100,
    "madlad": madlad,
}
