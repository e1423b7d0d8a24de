"""Which files of a repository make a model, told from their names alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.errors import BrokenModelError
from translate_kit.modelstore.recognition import TOKENIZERS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Layout", "layout_of"]

_CTRANSLATE2 = (
    r"config\.json",
    r"model\.bin",
    r"vmap\.txt",
    r"(?:shared|source|target)_vocabulary\.(?:json|txt)",
)
_SAFETENSORS = r"model(?:-\d+-of-\d+)?\.safetensors|model\.safetensors\.index\.json"
_PICKLED = r"pytorch_model(?:-\d+-of-\d+)?\.bin|pytorch_model\.bin\.index\.json"
_CHECKPOINT = (
    r"config\.json",
    r"generation_config\.json",
    r"tokenizer\.json",
    r"tokenizer_config\.json",
    r"special_tokens_map\.json",
    r"added_tokens\.json",
    r"vocab\.json",
    r"target_vocab\.json",
)
_OPUS = (r"decoder\.yml", r".+\.npz", r".+\.vocab\.yml", r"vocab\.yml")


@dataclass(frozen=True, slots=True)
class Layout:
    """What kind of model the files are.

    Args:
        kind: ``ctranslate2`` (usable as it is), ``transformers`` (a checkpoint of Hugging Face)
            or ``opus-mt`` (weights of Marian, as OPUS-MT publishes them).
        files: those to take.
    """

    kind: str
    files: tuple[str, ...]


def layout_of(names: Sequence[str], where: str) -> Layout:
    """Choose the files of a model; files in subfolders are never among them.

    Args:
        names: relative paths of all files there are.
        where: name of the place, for messages.

    Raises:
        BrokenModelError: if a name leads outside the folder, or there is no model we know.
    """
    for name in names:
        if _leads_out(name):
            raise BrokenModelError(
                f"{where} lists a file {name!r} that would lie outside its folder; do not trust it"
            )
    here = {*names}
    vocabularies = [name for name in names if re.fullmatch(_CTRANSLATE2[-1], name)]
    if "model.bin" in here and vocabularies:
        return _chosen("ctranslate2", names, (*_CTRANSLATE2, r"tokenizer_config\.json"))
    if "decoder.yml" in here:
        return _chosen("opus-mt", names, _OPUS)
    for weights in (_SAFETENSORS, _PICKLED):
        if "config.json" in here and any(re.fullmatch(weights, name) for name in names):
            return _chosen("transformers", names, (*_CHECKPOINT, weights))
    raise BrokenModelError(
        f"{where} holds no model that can be used: neither CTranslate2 files (model.bin and a"
        " vocabulary), nor a checkpoint (config.json and model.safetensors or"
        " pytorch_model.bin), nor an OPUS-MT archive (decoder.yml)"
    )


def _chosen(kind: str, names: Sequence[str], patterns: Sequence[str]) -> Layout:
    wanted = re.compile("|".join((*patterns, *map(re.escape, TOKENIZERS))))
    return Layout(kind, tuple(name for name in names if "/" not in name and wanted.fullmatch(name)))


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    drive = len(parts[0]) > 1 and parts[0][1] == ":"
    return ".." in parts or name.startswith(("/", "\\")) or drive or "\0" in name
