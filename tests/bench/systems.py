"""What is compared: the toolkit through its command line, and its rivals."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.rivals import RIVALS

__all__ = ["SYSTEMS", "Setting", "System", "missing"]

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a system is given.

    Args:
        model: CTranslate2 folder.
        checkpoint: the same weights as a Hugging Face folder; None if there is none.
        material: folder that `bench.material` wrote.
        cores: processor cores.
        beam: width of the search, the same for all.
        count: sentences; rivals may get fewer than the material has, from all over it.
    """

    model: Path
    checkpoint: Path | None
    material: Path
    cores: int
    beam: int
    count: int


@dataclass(frozen=True, slots=True)
class System:
    """A row of the table.

    Args:
        key: short name.
        letter: as in the table's heads.
        label: what it is.
        options: of the command line; of the toolkit only.
    """

    key: str
    letter: str
    label: str
    options: tuple[str, ...] = ()

    @property
    def ours(self) -> bool:
        return self.key not in RIVALS

    def command(self, setting: Setting) -> list[str]:
        """Return what is run; it translates and writes to standard output."""
        if not self.ours:
            model = setting.checkpoint if self.key in TORCH else setting.model
            return [
                *(sys.executable, "-m", "bench.rivals", self.key, str(model)),
                *(str(setting.material / "sentences.json"), str(setting.count)),
                *(str(setting.cores), str(setting.beam)),
            ]
        return [
            *(sys.executable, "-m", "translate_kit", "translate"),
            *(str(setting.material / "feed.jsonl"), "--from", "jsonl", "--to", "jsonl"),
            *("--model", str(setting.model), "--threads", str(setting.cores)),
            *("--beam-size", str(setting.beam), "--quiet", *self.options),
        ]


TORCH = ("float32", "bfloat16")

SYSTEMS = {
    system.key: system
    for system in (
        System("kit", "a", "translate_kit, articles in, bilingual JSON Lines out"),
        System("plain", "a'", "translate_kit without quality estimates", ("--no-quality",)),
        System("sorted", "b", "ctranslate2, all sentences in one sorted call"),
        System("listed", "b'", "the same with the model's shortlist"),
        System("single", "c", "ctranslate2, a sentence a call, default threads"),
        System("argos", "d", "ctranslate2 as Argos Translate calls it"),
        System("float32", "e", "transformers float32, batches of 32 by length"),
        System("bfloat16", "e'", "transformers bfloat16, batches of 32 by length"),
    )
}


def checkpoint_of(model: Path) -> Path | None:
    """Return the Hugging Face folder with the weights of a model, if it is there."""
    kept = ROOT / "models" / "recipe" / "weights" / model.name
    return kept if (kept / "model.safetensors").is_file() else None


def missing(system: System, checkpoint: Path | None) -> str:
    """Return why a system cannot run here; nothing if it can."""
    if system.key not in TORCH:
        return ""
    for name in ("torch", "transformers"):
        if importlib.util.find_spec(name) is None:
            return f"{name} is not installed (pip install 'translate-kit[bench]')"
    return "" if checkpoint else "the model's weights are not there as a Hugging Face folder"
