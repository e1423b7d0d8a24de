"""Weights -> a CTranslate2 folder, its specification filled directly, without transformers.

The same values as ``ctranslate2.converters.transformers.M2M100Loader`` puts there; a test
compares the files in float32 byte for byte where transformers is installed. In int8 the weights are
narrower than CTranslate2's converters make them, see `LARGEST`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from ctranslate2.specs import Activation, TransformerSpec
from ctranslate2.specs.model_spec import visit_spec

from recipe.network import POSITIONS, sinusoids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import torch

    from recipe.network import Shape

__all__ = ["LARGEST", "write_ctranslate"]

LARGEST = 64
"""Of a weight in int8, where CTranslate2's converters take 127. x86 processors without VNNI add up
two products of 8 bits in 16, and cut off what does not fit: with 127 the shipped model lost
0.6 of 28.8 BLEU there. 2 × 255 × 64 fits, so that all processors compute the same."""

_SMALLEST = 1e-30
"""Largest weight of a row of zeros."""


class _Weights:
    """Weights by name, as the arrays the specification wants."""

    def __init__(self, weights: Mapping[str, torch.Tensor]) -> None:
        # copies: quantization writes into the arrays it is given
        self._arrays = {name: w.float().cpu().numpy().copy() for name, w in weights.items()}

    def linear(self, spec: Any, name: str) -> None:
        spec.weight = self._arrays[f"{name}.weight"]
        spec.bias = self._arrays[f"{name}.bias"]

    def norm(self, spec: Any, name: str) -> None:
        spec.gamma = self._arrays[f"{name}.weight"]
        spec.beta = self._arrays[f"{name}.bias"]

    def table(self) -> Any:
        return self._arrays["embedding.weight"].copy()


def _attention(spec: Any, weights: _Weights, name: str, inputs: Sequence[str]) -> None:
    for linear, part in zip(spec.linear, (*inputs, "out"), strict=True):
        weights.linear(linear, f"{name}.{part}")


def _layer(spec: Any, weights: _Weights, name: str) -> None:
    _attention(spec.self_attention, weights, f"{name}.self_attention", ["qkv"])
    weights.norm(spec.self_attention.layer_norm, f"{name}.self_norm")
    if hasattr(spec, "attention"):
        _attention(spec.attention, weights, f"{name}.cross_attention", ["q", "kv"])
        weights.norm(spec.attention.layer_norm, f"{name}.cross_norm")
    weights.linear(spec.ffn.linear_0, f"{name}.inner")
    weights.linear(spec.ffn.linear_1, f"{name}.outer")
    weights.norm(spec.ffn.layer_norm, f"{name}.feed_norm")


def _quantizable(spec: Any) -> dict[str, Any]:
    """Return copies of the arrays that are quantized, by the path of their layer."""
    found = {}

    def look(layer: Any, name: str, value: Any) -> None:
        if name.endswith("weight") and hasattr(layer, "weight_scale") and hasattr(value, "numpy"):
            found[name] = value.numpy().copy()

    visit_spec(spec, look)
    return found


def _narrow(spec: Any, wide: Mapping[str, Any]) -> None:
    """Write int8 weights anew, none larger than `LARGEST`."""

    def write(layer: Any, name: str, value: Any) -> None:
        if name in wide and hasattr(value, "numpy"):  # else it is another layer's
            scale = LARGEST / np.maximum(np.abs(wide[name]).max(axis=1), _SMALLEST)
            value.numpy()[...] = np.rint(wide[name] * scale[:, None])
            layer.weight_scale.numpy()[...] = scale

    visit_spec(spec, write)


def write_ctranslate(
    folder: Path,
    weights: Mapping[str, torch.Tensor],
    shape: Shape,
    pieces: Sequence[str],
    quantization: str = "int8",
) -> None:
    """Write ``model.bin``, ``config.json`` and ``shared_vocabulary.json``.

    Args:
        folder: where to; made if need be.
        weights: by the names of `recipe.network`; left as they are.
        shape: of the network.
        pieces: the text of every row of the vocabulary.
        quantization: ``int8``, ``float16``, ``float32``, ….
    """
    arrays = _Weights(weights)
    spec: Any = TransformerSpec.from_config(
        (shape.encoder, shape.decoder), shape.heads, pre_norm=True, activation=Activation.RELU
    )
    positions = sinusoids(POSITIONS, shape.width).numpy().astype(np.float32)
    for side, embeddings in (
        ("encoder", spec.encoder.embeddings[0]),
        ("decoder", spec.decoder.embeddings),
    ):
        part = getattr(spec, side)
        part.scale_embeddings = math.sqrt(shape.width)
        part.position_encodings.encodings = positions.copy()
        embeddings.weight = arrays.table()
        arrays.norm(part.layer_norm, f"{side}_norm")
        for number, layer in enumerate(part.layer):
            _layer(layer, arrays, f"{side}.{number}")
    spec.decoder.projection.weight = arrays.table()
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    spec.config.bos_token, spec.config.eos_token = "<s>", "</s>"
    spec.config.unk_token, spec.config.decoder_start_token = "<unk>", "</s>"
    spec.validate()
    wide = _quantizable(spec) if quantization == "int8" else {}
    spec.optimize(quantization=None if quantization == "float32" else quantization)
    _narrow(spec, wide)
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
