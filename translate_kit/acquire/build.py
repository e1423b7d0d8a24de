"""From the files of a model as published to a whole folder of our own."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from translate_kit.engine.conversion import convert_checkpoint, convert_opus
from translate_kit.engine.seam import check_loads
from translate_kit.errors import OptionError
from translate_kit.modelstore import open_model
from translate_kit.modelstore.known import restriction
from translate_kit.modelstore.manifest import write_manifest
from translate_kit.modelstore.recognition import TOKENIZERS, Recognised, recognise

if TYPE_CHECKING:
    from pathlib import Path

    from translate_kit.acquire.options import Listener, ModelOptions
    from translate_kit.modelstore.known import Known
    from translate_kit.modelstore.layouts import Layout

__all__ = ["Material", "build", "check_licence"]

_WAY = re.compile(r"(?:^|[-_/])([a-z]{2,3})-([a-z]{2,3})(?:-ct2|-ctranslate2|-int8)*$")
"""Directions at the end of names such as ``opus-mt-id-en``."""

_INDONESIAN = frozenset("id ind in msa mul map poz pqw".split())
"""Codes that mean Indonesian or a group of languages that it belongs to."""

_KEPT = frozenset(("README.md", "tokenizer_config.json"))
"""Files of a published model that are read but do not belong to the folder we make."""


@dataclass(frozen=True, slots=True)
class Material:
    """The files of a model as published.

    Args:
        folder: where they lie.
        layout: what they are.
        name: the model's name here.
        origin: where they came from, for the manifest; its end may tell the direction.
        licence: as the source says; may be empty.
        known: the row of the table, if it is one of those.
    """

    folder: Path
    layout: Layout
    name: str
    origin: str
    licence: str
    known: Known | None


def check_licence(name: str, licence: str, options: ModelOptions, listener: Listener) -> None:
    """Go on only if a licence that restricts use is agreed to.

    Raises:
        OptionError: if it is not.
    """
    notice = restriction(licence)
    if notice and not options.accept_licence and not listener.accepts(f"{name}: {notice}"):
        raise OptionError(f"{name}: {notice}; agree with --accept-licence")


def build(material: Material, made: Path, options: ModelOptions, listener: Listener) -> None:
    """Make the model's folder: convert what must be, describe it, and load it once.

    Raises:
        BrokenModelError: if files are missing or cannot be converted.
        EngineError: if CTranslate2 cannot load the result.
    """
    shutil.rmtree(made, ignore_errors=True)
    kind = material.layout.kind
    if kind == "ctranslate2":
        made.mkdir(parents=True)
        names = [name for name in material.layout.files if name not in _KEPT]
    else:
        listener.say(f"converting {material.name} to {options.quantization}")
        converted = convert_opus if kind == "opus-mt" else convert_checkpoint
        converted(material.folder, made, options.quantization)
        names = [name for name in material.layout.files if name in TOKENIZERS]
    for name in names:
        shutil.copyfile(material.folder / name, made / name)
    family = options.family or (material.known.family if material.known else None)
    found = recognise(made, family)
    write_manifest(made, found, _facts(material, found, options))
    listener.say(f"loading {material.name} once")
    open_model(made)
    check_loads(made)


def _facts(material: Material, found: Recognised, options: ModelOptions) -> dict[str, Any]:
    known, licence = material.known, options.licence or material.licence
    facts: dict[str, Any] = {
        "name": material.name,
        "directions": _directions(material, found, options),
        "licence": licence,
        "origin": material.origin,
    }
    if known:
        facts["summary"] = known.summary
    if notice := restriction(licence):
        facts["licence_notice"] = notice
    if material.layout.kind != "ctranslate2":
        facts["quantization"] = options.quantization
        facts["converter"] = f"ctranslate2 {version('ctranslate2')}"
    if known and known.scores:
        facts["published"] = [
            {
                "set": "FLORES-200 devtest",
                "direction": str(score.direction),
                "bleu": score.bleu,
                "chrf": score.chrf,
                "source": score.source,
            }
            for score in known.scores
        ]
    return facts


def _directions(material: Material, found: Recognised, options: ModelOptions) -> list[str]:
    if options.directions:
        return list(options.directions)
    if material.known:
        return list(map(str, material.known.directions))
    if found.directions:
        return list(map(str, found.directions))
    codes = _codes_of_tokenizer(material.folder) or _codes_of_name(material)
    return ["-".join(_bcp47(code) for code in codes)] if codes else []


def _codes_of_tokenizer(folder: Path) -> tuple[str, str] | None:
    try:
        config = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
        codes = (config["source_lang"], config["target_lang"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # it need not be there, nor say it
    return codes if all(re.fullmatch("[a-z]{2,3}", str(code)) for code in codes) else None


def _codes_of_name(material: Material) -> tuple[str, str] | None:
    for text in (material.origin.partition("@")[0], material.name):
        if match := _WAY.search(text):
            return match[1], match[2]
    return None


def _bcp47(code: str) -> str:
    if code in _INDONESIAN:
        return "id"
    return "en" if code == "eng" else code
