"""What the files of a bare model folder say of it: family, tokenizer, language tokens.

The engine's table of families says how a family's tokens are made; the table here says how
to know the family. Each new family is a row in both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate_kit.errors import BrokenModelError
from translate_kit.languages import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["MARKS", "TOKENIZERS", "Recognised", "recognise", "require"]

PAIRS = (("source.spm", "target.spm"), ("src.spm.model", "tgt.spm.model"))
"""SentencePiece files of models with one for each side: OPUS-MT's names and quickmt's."""

JOINT = (
    "sentencepiece.model",
    "sentencepiece.bpe.model",
    "flores200_sacrebleu_tokenizer_spm.model",
    "spiece.model",
    "joint.spm.model",
    "spm.model",
)
"""Names of a single SentencePiece file for both sides, in order of trust."""

TOKENIZERS = (*(name for pair in PAIRS for name in pair), *JOINT)


@dataclass(frozen=True, slots=True)
class Marks:
    """How a family is known, and what holds for all its models.

    Args:
        tokens: for each language the tokens that may stand for it, by BCP 47 tag.
        source_limit: longest source, in tokens, to translate in one piece.
        all_ways: whether it translates between any two languages that have a token.
    """

    tokens: Mapping[str, tuple[str, ...]]
    source_limit: int
    all_ways: bool


MARKS: Mapping[str, Marks] = {
    "nllb": Marks({"id": ("ind_Latn",), "en": ("eng_Latn",)}, 510, all_ways=True),
    "m2m100": Marks({"id": ("__id__",), "en": ("__en__",)}, 510, all_ways=True),
    "madlad": Marks({"id": ("<2id>",), "en": ("<2en>",)}, 400, all_ways=True),
    "marian": Marks(
        {"id": (">>ind<<", ">>id<<"), "en": (">>eng<<", ">>en<<")}, 400, all_ways=False
    ),
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A bare folder, read off its files."""

    family: str
    tokens: Mapping[str, str]
    source_tokenizer: str
    target_tokenizer: str
    source_limit: int

    @property
    def directions(self) -> tuple[Direction, ...]:
        """What such a model translates, if its family says so."""
        if not MARKS[self.family].all_ways:
            return ()
        return tuple(Direction(a, b) for a in self.tokens for b in self.tokens if a != b)


def recognise(path: Path, family: str | None = None) -> Recognised:
    """Read family, tokenizer files and language tokens off a folder of CTranslate2 files.

    Args:
        path: the folder.
        family: a name of `MARKS` where one knows better than the files.

    Raises:
        BrokenModelError: if it is of no family we know or lacks its tokenizer.
    """
    vocabulary = _vocabulary(path)
    family = family or _family(path, vocabulary)
    marks = MARKS[family]
    pair = _pair(path) if family == "marian" else None
    source, target = pair or (_joint(path),) * 2
    tokens = {
        code: token
        for code, candidates in marks.tokens.items()
        for token in [next((c for c in candidates if c in vocabulary), None)]
        if token
    }
    return Recognised(family, tokens, source, target, marks.source_limit)


def _family(path: Path, vocabulary: frozenset[str]) -> str:
    if _pair(path):
        return "marian"
    for name, marks in MARKS.items():
        if marks.all_ways and all(vocabulary & {*c} for c in marks.tokens.values()):
            return name
    if (path / "joint.spm.model").is_file():
        return "marian"
    raise BrokenModelError(
        f"{path} is neither a MarianMT folder (source.spm, target.spm) nor one of NLLB, M2M-100"
        " or MADLAD (language tokens such as ind_Latn, __id__ or <2id> in its vocabulary);"
        " describe it in a model.toml"
    )


def _pair(path: Path) -> tuple[str, str] | None:
    for source, target in PAIRS:
        if (path / source).is_file() or (path / target).is_file():
            return require(path, source), require(path, target)
    return None


def _joint(path: Path) -> str:
    found = next((name for name in JOINT if (path / name).is_file()), None)
    return found or require(path, JOINT[0])


def require(path: Path, file: str) -> str:
    """Return the file's name if the folder has it.

    Raises:
        BrokenModelError: if it has not.
    """
    if not (path / file).is_file():
        raise BrokenModelError(
            f"model {path.name!r} lacks {file}; copy it there from where the model came from"
        )
    return file


def _vocabulary(path: Path) -> frozenset[str]:
    entries: set[str] = set()
    for name in ("shared_vocabulary", "source_vocabulary", "target_vocabulary"):
        for suffix in (".json", ".txt"):
            file = path / (name + suffix)
            if file.is_file():
                entries.update(_entries(file))
    if not entries:
        raise BrokenModelError(f"{path} holds no vocabulary file; convert the model again")
    return frozenset(entries)


def _entries(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8")
        return list(map(str, json.loads(text))) if file.suffix == ".json" else text.split("\n")
    except (OSError, ValueError, TypeError) as error:
        raise BrokenModelError(f"{file} cannot be read: {error}; fetch it again") from error
