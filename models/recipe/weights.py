"""Weights on disk: a Hugging Face folder in float16, read and written without transformers.

``config.json`` and ``model.safetensors`` of ``M2M100ForConditionalGeneration``. Projections
that are fused in `recipe.network` are separate there. The first recipe's ``.pt`` files
(checkpoints and weights) are read too, so that training goes on from them.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pickle import UnpicklingError  # what torch.load raises; nothing is unpickled here
from typing import TYPE_CHECKING, Any, TypeAlias

import torch
from safetensors.torch import load_file, save_file

from recipe.network import POSITIONS, Network, Shape
from recipe.vocabulary import EOS, PAD, START
from translate_kit import InputError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["grown", "hugging_face", "network_of", "read_weights", "write_weights"]

Weights: TypeAlias = "dict[str, torch.Tensor]"

_NAMES = (
    (r"^embedding\.", "model.shared."),
    (r"^(encoder|decoder)_norm\.", r"model.\1.layer_norm."),
    (r"^(encoder|decoder)\.(\d+)\.", r"model.\1.layers.\2."),
    (r"\.self_attention\.", ".self_attn."),
    (r"\.cross_attention\.", ".encoder_attn."),
    (r"\.self_norm\.", ".self_attn_layer_norm."),
    (r"\.cross_norm\.", ".encoder_attn_layer_norm."),
    (r"\.feed_norm\.", ".final_layer_norm."),
    (r"\.inner\.", ".fc1."),
    (r"\.outer\.", ".fc2."),
    (r"_attn\.(q|qkv|kv|out)\.", r"_attn.\1_proj."),
)
"""Our names to Hugging Face's, one part after the other."""

_OLD = (
    (r"^emb\.", "embedding."),
    (r"^en\.", "encoder_norm."),
    (r"^dn\.", "decoder_norm."),
    (r"^enc\.", "encoder."),
    (r"^dec\.", "decoder."),
    (r"\.sa\.o\.", ".self_attention.out."),
    (r"\.sa\.", ".self_attention."),
    (r"\.ca\.o\.", ".cross_attention.out."),
    (r"\.ca\.", ".cross_attention."),
    (r"\.n1\.", ".self_norm."),
    (r"\.n2\.", ".cross_norm."),
    (r"\.n3\.", ".feed_norm."),
    (r"\.f1\.", ".inner."),
    (r"\.f2\.", ".outer."),
)
"""The first recipe's names to ours."""

_FUSED = re.compile(r"_attn\.(q?kv)_proj\.")


def _renamed(name: str, table: tuple[tuple[str, str], ...]) -> str:
    for pattern, new in table:
        name = re.sub(pattern, new, name)
    return name


def hugging_face(weights: Mapping[str, torch.Tensor]) -> Weights:
    """Return the weights by Hugging Face's names, projections taken apart."""
    found: Weights = {}
    for name, weight in weights.items():
        theirs = _renamed(name, _NAMES)
        fused = _FUSED.search(theirs)
        parts = fused[1] if fused else "."
        for letter, part in zip(parts, weight.chunk(len(parts)), strict=True):
            single = theirs.replace(f"{parts}_proj", f"{letter}_proj") if fused else theirs
            found[single] = part.contiguous()
    return found


def _ours(theirs: Mapping[str, torch.Tensor], shape: Shape) -> Weights:
    """Undo `hugging_face`: the names are those of a network of that shape."""
    with torch.device("meta"):
        wanted = [name for name, _ in Network(shape).named_parameters()]
    found: Weights = {}
    for name in wanted:
        told = _renamed(name, _NAMES)
        fused = _FUSED.search(told)
        parts = fused[1] if fused else ""
        singles = [told.replace(f"{parts}_proj", f"{letter}_proj") for letter in parts] or [told]
        missing = [single for single in singles if single not in theirs]
        if missing:
            raise InputError(f"the weights lack {missing[0]}; is it an M2M-100 folder?")
        found[name] = torch.cat([theirs[single] for single in singles])
    return found


def _config(shape: Shape, dropout: float) -> dict[str, Any]:
    sides = {
        f"{side}_{key}": value
        for side, layers in (("encoder", shape.encoder), ("decoder", shape.decoder))
        for key, value in (
            ("layers", layers),
            ("attention_heads", shape.heads),
            ("ffn_dim", shape.feed_forward),
            ("layerdrop", 0.0),
        )
    }
    return {
        "activation_function": "relu",
        "architectures": ["M2M100ForConditionalGeneration"],
        "attention_dropout": dropout,
        "bos_token_id": START,
        "d_model": shape.width,
        "decoder_start_token_id": EOS,
        "dropout": dropout,
        "dtype": "float16",
        "eos_token_id": EOS,
        "is_encoder_decoder": True,
        "max_position_embeddings": POSITIONS,
        "model_type": "m2m_100",
        "pad_token_id": PAD,
        "scale_embedding": True,
        "tie_word_embeddings": True,
        "vocab_size": shape.vocabulary,
        **sides,
    }


def write_weights(folder: Path, weights: Mapping[str, torch.Tensor], shape: Shape) -> None:
    """Write ``config.json`` and ``model.safetensors`` in float16."""
    folder.mkdir(parents=True, exist_ok=True)
    config = json.dumps(_config(shape, 0.1), indent=1, sort_keys=True)
    (folder / "config.json").write_text(config + "\n", encoding="utf-8")
    halves = {name: weight.half().cpu() for name, weight in hugging_face(weights).items()}
    temporary = folder / ".model.safetensors"
    save_file(halves, temporary, metadata={"format": "pt"})
    temporary.replace(folder / "model.safetensors")


def _shape_of(config: Mapping[str, Any]) -> Shape:
    return Shape(
        vocabulary=config["vocab_size"],
        width=config["d_model"],
        heads=config["encoder_attention_heads"],
        feed_forward=config["encoder_ffn_dim"],
        encoder=config["encoder_layers"],
        decoder=config["decoder_layers"],
    )


def read_weights(path: Path) -> tuple[Weights, Shape]:
    """Return weights in float32 by our names, and their shape.

    Args:
        path: a folder that `write_weights` made, or any M2M-100 folder with one safetensors
            file; or a checkpoint: of `recipe.train` or of the first recipe.

    Raises:
        InputError: if it is none of these.
    """
    if path.is_file():
        return _read_checkpoint(path)
    try:
        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        shape = _shape_of(config)
        theirs = load_file(path / "model.safetensors")
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"no weights in {path}: {error}; name a Hugging Face folder") from error
    return {name: w.float() for name, w in _ours(theirs, shape).items()}, shape


def _read_checkpoint(path: Path) -> tuple[Weights, Shape]:
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        if "cfg" not in state:
            average = state["average"]
            return {name: w.float() for name, w in average.items()}, Shape(**state["shape"])
        old = state["cfg"]
        shape = Shape(old["V"], old["d"], old["h"], old["ff"], old["enc"], old["dec"])
        names = (_renamed(name, _OLD) for name in state["names"])
        return dict(zip(names, (w.float() for w in state["ema"]), strict=True)), shape
    except (OSError, RuntimeError, UnpicklingError, LookupError, TypeError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{path} is no checkpoint: {reason}; name another") from error


def network_of(weights: Mapping[str, torch.Tensor], shape: Shape, dropout: float = 0.1) -> Network:
    """Return a network with these weights."""
    network = Network(shape, dropout)
    network.load_state_dict(dict(weights))
    return network


def grown(weights: Weights, old: Shape, new: Shape) -> Weights:
    """Return the weights of a larger network that computes the same.

    Layers are copied, each next to the one it comes from; a copy adds nothing yet, because what
    it would add to the residual stream is multiplied by zero. New columns of a feed-forward
    layer begin random inside and with zeros where they come out (Chen et al. 2016, "Net2Net").

    Args:
        weights: of the smaller network; rows are appended to its vocabulary if need be.
        old: its shape.
        new: as wide, not smaller in anything.

    Raises:
        OptionError: if the new shape is not one that the old one can grow into.
    """
    same = replace(
        old,
        vocabulary=new.vocabulary,
        feed_forward=new.feed_forward,
        encoder=new.encoder,
        decoder=new.decoder,
    )
    larger = ("vocabulary", "feed_forward", "encoder", "decoder")
    if same != new or any(getattr(new, name) < getattr(old, name) for name in larger):
        raise OptionError(f"{old} cannot grow into {new}; keep its width and heads")
    fresh = dict(Network(new).state_dict())
    for name, weight in _layers_copied(weights, old, new):
        fresh[name] = _widened(weight, fresh[name], name)
    return fresh


def _layers_copied(weights: Weights, old: Shape, new: Shape) -> Iterator[tuple[str, torch.Tensor]]:
    counts = {"encoder": (old.encoder, new.encoder), "decoder": (old.decoder, new.decoder)}
    for name, weight in weights.items():
        part = re.match(r"(encoder|decoder)\.(\d+)\.(.*)", name)
        if not part:
            yield name, weight
            continue
        side, number, rest = part[1], int(part[2]), part[3]
        before, after = counts[side]
        # layer n becomes layers n·after/before …; the last of them is the trained one, so that
        # the decoder's last layer, which holds the word links, stays the last
        first, end = number * after // before, (number + 1) * after // before
        for copy in range(first, end):
            silent = copy != end - 1 and re.search(r"(^|\.)(out|outer)\.", rest)
            yield f"{side}.{copy}.{rest}", torch.zeros_like(weight) if silent else weight


def _widened(weight: torch.Tensor, fresh: torch.Tensor, name: str) -> torch.Tensor:
    if weight.shape == fresh.shape:
        return weight
    found = torch.zeros_like(fresh) if ".outer." in name else fresh.clone()
    found[tuple(slice(size) for size in weight.shape)] = weight
    return found
