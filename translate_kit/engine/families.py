"""How each model family turns text into tokens and back: one class and one row a family.

The tokens are strings, as CTranslate2 takes them. Each carries the characters it stands for,
so that attention between tokens becomes links between words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from translate_kit.errors import BrokenModelError, DirectionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from translate_kit.languages import Direction
    from translate_kit.modelstore import Model

__all__ = ["FAMILIES", "Family", "Tokenized", "tokenizer_for"]

EOS = "</s>"

_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Tokenized:
    """A text and its tokens.

    Args:
        text: the text.
        tokens: as the engine takes or gives them, special ones included.
        spans: for each token the characters of ``text`` it stands for; special tokens and
            inner bytes of a character have empty spans.
    """

    text: str
    tokens: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


class Family(Protocol):
    """What the engine needs to know about a model's way with tokens."""

    prefix: tuple[str, ...]
    """Tokens every hypothesis must begin with; they are no part of its text."""

    def encode(self, texts: Sequence[str]) -> list[Tokenized]:
        """Return the tokens of source texts, ready for the engine."""

    def encode_target(self, texts: Sequence[str]) -> list[Tokenized]:
        """Return the tokens of target texts without prefix and end, as scoring takes them."""

    def decode(self, hypotheses: Sequence[Sequence[str]]) -> list[Tokenized]:
        """Return the texts of hypotheses given without prefix."""


class SentencePiece:
    """One SentencePiece file; the seam to that library.

    Raises:
        BrokenModelError: if the file is no SentencePiece model.
    """

    def __init__(self, file: Path) -> None:
        import sentencepiece  # noqa: PLC0415 (a heavy import, only when a model is loaded)

        try:
            self._processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(file))
        except (OSError, RuntimeError) as error:
            raise BrokenModelError(
                f"{file} is no SentencePiece model; copy it there from where the model came from"
            ) from error

    def encode(self, texts: Sequence[str]) -> list[Tokenized]:
        """Split texts into pieces."""
        # white space of any kind is a space to the model, one for one so that offsets stay
        plain = [_SPACE.sub(" ", text) for text in texts]
        rows = self._processor.encode(plain, return_type="offset_mapping")
        return [
            Tokenized(text, tuple(row["pieces"]), tuple(row["offsets"]))
            for text, row in zip(texts, rows, strict=True)
        ]

    def decode(self, pieces: Sequence[Sequence[str]]) -> list[Tokenized]:
        """Join pieces into texts."""
        decoded = []
        for row in pieces:
            joined = self._processor.decode(list(row), return_type="offset_mapping")
            decoded.append(Tokenized(joined["text"], tuple(row), tuple(joined["offsets"])))
        return decoded


def _with_special(plain: Tokenized, before: Sequence[str], after: Sequence[str]) -> Tokenized:
    end = len(plain.text)
    return Tokenized(
        plain.text,
        (*before, *plain.tokens, *after),
        (*((0, 0) for _ in before), *plain.spans, *((end, end) for _ in after)),
    )


class _SentencePieceFamily:
    """What the families share: pieces between fixed tokens before and after."""

    def __init__(self, model: Model, before: tuple[str, ...], prefix: tuple[str, ...]) -> None:
        self.prefix = prefix
        self._before = before
        # converters differ in who appends </s>: the folder's own configuration says
        self._after = () if model.config.get("add_source_eos") else (EOS,)
        self._source = SentencePiece(model.path / model.source_tokenizer)
        joint = model.source_tokenizer == model.target_tokenizer
        self._target = self._source if joint else SentencePiece(model.path / model.target_tokenizer)

    def encode(self, texts: Sequence[str]) -> list[Tokenized]:
        return [_with_special(t, self._before, self._after) for t in self._source.encode(texts)]

    def encode_target(self, texts: Sequence[str]) -> list[Tokenized]:
        return self._target.encode(texts)

    def decode(self, hypotheses: Sequence[Sequence[str]]) -> list[Tokenized]:
        return self._target.decode(hypotheses)


def _language_token(model: Model, code: str) -> str:
    try:
        return model.tokens[code]
    except KeyError as error:
        raise DirectionError(
            f"model {model.name!r} names no token for language {code!r}; see its model.toml"
        ) from error


class Nllb(_SentencePieceFamily):
    """NLLB-200 and models of its shape (Costa-jussà et al. 2022, arXiv 2207.04672).

    Source ``ind_Latn pieces </s>``; the hypothesis begins with ``eng_Latn``. M2M-100 (Fan et
    al. 2021) does the same with ``__id__`` and ``__en__``: a row, no class.
    """

    def __init__(self, model: Model, direction: Direction) -> None:
        source = _language_token(model, direction.source)
        super().__init__(model, (source,), (_language_token(model, direction.target),))


class Marian(_SentencePieceFamily):
    """MarianMT and OPUS-MT (Junczys-Dowmunt et al. 2018; Tiedemann and Thottingal 2020).

    Source ``pieces </s>``, before them ``>>eng<<`` where the model was trained with such a
    token (one-to-many and group models).
    """

    def __init__(self, model: Model, direction: Direction) -> None:
        token = model.tokens.get(direction.target)
        super().__init__(model, (token,) if token else (), ())


class Madlad(_SentencePieceFamily):
    """MADLAD-400 and other T5 models told the target language in the text (arXiv 2309.04662).

    Source: the pieces of ``<2en> text``, then ``</s>``. The token is cut with the text, for
    SentencePiece puts its own mark of a word's beginning before it.
    """

    def __init__(self, model: Model, direction: Direction) -> None:
        super().__init__(model, (), ())
        self._order = _language_token(model, direction.target) + " "

    def encode(self, texts: Sequence[str]) -> list[Tokenized]:
        encoded = super().encode([self._order + text for text in texts])
        return [_without_order(t, text) for t, text in zip(encoded, texts, strict=True)]


def _without_order(encoded: Tokenized, text: str) -> Tokenized:
    """Make the places of the tokens those in the text alone."""
    before = len(encoded.text) - len(text)
    spans = tuple((max(0, a - before), max(0, b - before)) for a, b in encoded.spans)
    return Tokenized(text, encoded.tokens, spans)


FAMILIES: Mapping[str, Callable[[Model, Direction], Family]] = {
    "marian": Marian,
    "nllb": Nllb,
    "m2m100": Nllb,
    "madlad": Madlad,
}


def tokenizer_for(model: Model, direction: Direction) -> Family:
    """Return the family's tokenizer, loaded with the model's files.

    Raises:
        BrokenModelError: if the manifest names a family that is no row of `FAMILIES`.
        DirectionError: if the model has no token for one of the languages.
    """
    if model.family not in FAMILIES:
        known = ", ".join(FAMILIES)
        raise BrokenModelError(
            f"model {model.name!r} is of the unknown family {model.family!r}; known are {known}"
        )
    return FAMILIES[model.family](model, direction)
