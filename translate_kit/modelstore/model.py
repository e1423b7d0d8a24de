"""What we know of a model: the types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from translate_kit.errors import DirectionError
from translate_kit.modelstore.digests import sha256_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from translate_kit.languages import Direction

__all__ = ["FileRecord", "Model"]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What ``model.toml`` says of a file: its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model folder, as its manifest describes it.

    Args:
        name: the folder's name.
        path: the folder.
        family: a row of `translate_kit.engine.FAMILIES`.
        directions: what it translates; empty where nobody said (a bare folder).
        tokens: the token that stands for each language, by BCP 47 tag; may be empty.
        source_tokenizer: SentencePiece file of the source side, within the folder.
        target_tokenizer: likewise for the target side.
        source_limit: longest source in tokens that it translates well in one piece.
        config: CTranslate2's own ``config.json``.
        files: recorded files; empty for a bare folder.
        manifest: the whole of ``model.toml``: licence, training data, measured scores.
        shortlist: file that names the pieces a translation is made of, the same for every
            source; empty where all of the vocabulary is searched.
    """

    name: str
    path: Path
    family: str
    directions: tuple[Direction, ...]
    tokens: Mapping[str, str]
    source_tokenizer: str
    target_tokenizer: str
    source_limit: int
    config: Mapping[str, Any]
    files: tuple[FileRecord, ...]
    manifest: Mapping[str, Any]
    shortlist: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the weights, from the manifest or else from the file."""
        return self._digest("model.bin")

    @property
    def shortlist_digest(self) -> str:
        """SHA-256 of the shortlist, likewise; empty where there is none."""
        return self._digest(self.shortlist) if self.shortlist else ""

    def _digest(self, name: str) -> str:
        for record in self.files:
            if record.name == name:
                return record.sha256
        return sha256_of(self.path / name)

    @property
    def size(self) -> int:
        """Bytes on disk: of the recorded files, or of all where none are recorded."""
        if self.files:
            return sum(record.size for record in self.files)
        return sum(file.stat().st_size for file in self.path.iterdir() if file.is_file())

    def check_direction(self, direction: Direction) -> None:
        """Refuse a direction the model was not trained for.

        Raises:
            DirectionError: if the manifest names directions and this is not among them.
        """
        if self.directions and direction not in self.directions:
            known = ", ".join(map(str, self.directions))
            raise DirectionError(
                f"model {self.name!r} translates {known}, not {direction};"
                " choose another with -m, see 'translate-kit models list'"
            )
