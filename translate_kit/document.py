"""A text in one language: blocks that hold sentences as exact offsets.

Nothing is lost and nothing is found again by searching: a sentence is a pair of offsets
into the text of its block, and every character of a segmented block is in a sentence,
in named markup, or white space.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["PLAIN", "Block", "Document", "Markup", "Sentence"]

PLAIN = "plain"
"""Kind of a block whose structure is not known yet: `segment` makes titles and paragraphs of it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: the characters ``start`` to ``end`` (exclusive) of its block's text.

    Raises:
        ValueError: if the span is empty or starts before 0.
    """

    start: int
    end: int
    _block_text: str | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse an empty span."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span of text: {self.start} to {self.end}")

    @property
    def text(self) -> str:
        """The sentence's characters, as they stand in its block.

        Raises:
            ValueError: if the sentence is in no block yet.
        """
        if self._block_text is None:
            raise ValueError("a sentence has text only inside a block")
        return self._block_text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Markup:
    """Characters of a block that are no language: a list bullet, code, a link's address.

    Raises:
        ValueError: if the span is empty, starts before 0 or has no name.
    """

    start: int
    end: int
    name: str

    def __post_init__(self) -> None:
        """Refuse an empty or nameless span."""
        if not (0 <= self.start < self.end and self.name):
            raise ValueError(f"not a span of markup: {self.start} to {self.end}, {self.name!r}")


@dataclass(frozen=True, slots=True)
class Block:
    """A title, a paragraph, a list item: text that never shares a sentence with its neighbours.

    Args:
        kind: ``plain``, ``title``, ``dateline``, ``paragraph``, ``heading``, ``item``, ``quote``,
            ``caption``, ``byline``, ``code``, …; open, so that a reader may add its own.
        text: the characters as they stand in the input (a hard-wrapped paragraph keeps its line
            ends).
        sentences: in order, apart, none beginning or ending with white space; empty before
            segmentation.
        markup: spans of ``text`` that are neither sentence nor white space, each with a name.
        attributes: what a reader wants to find again when it writes, as pairs of strings.
        offset: where ``text`` begins in the decoded input; None where the input is no plain text.

    Raises:
        ValueError: if sentences overlap, leave the text, or leave out a character that is
            neither white space nor markup.
    """

    kind: str
    text: str
    sentences: tuple[Sentence, ...] = ()
    markup: tuple[Markup, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    offset: int | None = None

    def __post_init__(self) -> None:
        """Bind the sentences to the text and check that they cover it."""
        bound = tuple(replace(s, _block_text=self.text) for s in self.sentences)
        object.__setattr__(self, "sentences", bound)
        _check_coverage(self)

    def attribute(self, name: str) -> str | None:
        """Return the value of an attribute, or None."""
        return dict(self.attributes).get(name)

    def gaps(self) -> Iterator[str]:
        """Yield the characters before, between and after the sentences (one more than those)."""
        position = 0
        for sentence in self.sentences:
            yield self.text[position : sentence.start]
            position = sentence.end
        yield self.text[position:]


def _check_coverage(block: Block) -> None:
    length, position = len(block.text), 0
    spans: tuple[Sentence | Markup, ...] = (*block.sentences, *block.markup)
    for span in spans:
        if span.end > length:
            raise ValueError(f"span {span.start} to {span.end} leaves a text of {length}")
    for sentence in block.sentences:
        if sentence.start < position:
            raise ValueError(f"sentence at {sentence.start} begins before {position}")
        if sentence.text != sentence.text.strip():
            raise ValueError(f"sentence at {sentence.start} begins or ends with white space")
        position = sentence.end
    if block.sentences:
        _check_gaps(block)


def _check_gaps(block: Block) -> None:
    uncovered: list[tuple[int, int]] = []
    position = 0
    spans: tuple[Sentence | Markup, ...] = (*block.sentences, *block.markup)
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        uncovered.append((position, span.start))
        position = max(position, span.end)
    uncovered.append((position, len(block.text)))
    for start, end in uncovered:
        if block.text[start:end].strip():
            raise ValueError(f"characters {start} to {end} are in no sentence and no markup")


@dataclass(frozen=True, slots=True)
class Document:
    """A text in one language.

    Args:
        language: BCP 47 tag, ``id`` or ``en``.
        blocks: in reading order.
        title: the title if the input names one (metadata; a title in the text is a block too).
        source: what the document was read from, for messages and outputs; never a path to open.
    """

    language: str
    blocks: tuple[Block, ...]
    title: str | None = None
    source: str | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in order; beads number these from 0."""
        return tuple(sentence for block in self.blocks for sentence in block.sentences)

    @property
    def sentence_blocks(self) -> tuple[int, ...]:
        """For every sentence the number of its block."""
        return tuple(n for n, block in enumerate(self.blocks) for _ in block.sentences)

    def span_text(self, sentences: range) -> str:
        """Return the text of neighbouring sentences as one string.

        Within a block these are the block's own characters, white space included; blocks
        are joined by a line end. Links and issues count characters in this string.
        """
        return self.span_texts((sentences,))[0]

    def span_texts(self, spans: Iterable[range]) -> tuple[str, ...]:
        """Return `span_text` of many spans at the cost of one pass over the document."""
        owners = [(block, s) for block in self.blocks for s in block.sentences]
        return tuple(_join(owners[span.start : span.stop]) for span in spans)


def _join(owned: list[tuple[Block, Sentence]]) -> str:
    parts: list[str] = []
    previous: Any = None
    for block, sentence in owned:
        if previous is not None:
            same = previous[0] is block
            parts.append(block.text[previous[1].end : sentence.start] if same else "\n")
        parts.append(sentence.text)
        previous = (block, sentence)
    return "".join(parts)
