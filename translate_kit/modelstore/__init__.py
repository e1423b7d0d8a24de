"""Models on disk: where they are, what their ``model.toml`` says, whether they are whole.

A model is a folder of CTranslate2 files, SentencePiece files and a ``model.toml``. A bare
folder as CTranslate2's converters write it works too: family, tokenizer and languages are
then read off its files.

``places`` finds and removes, ``folder`` describes and verifies, ``recognition`` reads bare
folders, ``known`` is the table of models worth having, ``hub`` and ``layouts`` bring files of
a repository here, ``staging`` and ``manifest`` make a whole model of them.
"""

from __future__ import annotations

from translate_kit.modelstore.folder import open_model, verify_model
from translate_kit.modelstore.model import FileRecord, Model
from translate_kit.modelstore.places import (
    DEFAULT_MODELS,
    broken_models,
    find_model,
    installed_models,
    locate_model,
    model_folders,
    remove_model,
    user_store,
)

__all__ = [
    "DEFAULT_MODELS",
    "FileRecord",
    "Model",
    "broken_models",
    "find_model",
    "installed_models",
    "locate_model",
    "model_folders",
    "open_model",
    "remove_model",
    "user_store",
    "verify_model",
]
