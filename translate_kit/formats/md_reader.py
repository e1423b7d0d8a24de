"""Markdown articles: read by a real parser, written back with nothing touched but the words.

Read are headings, paragraphs, list items, quotations, table cells and code, with what the front
matter calls the title and the description. Written back, a block's lines hold its translation
in one line; all else (front matter, code, HTML, link definitions, blank lines) stays as it is,
character by character. What is marked up in a sentence follows `translate_kit.formats.marks`.

A block's text is what a reader sees: without escapes and marks, a soft line end a space, a hard
one a line end; images and inline HTML are not in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from translate_kit.document import Block, Document, Markup
from translate_kit.errors import EmptyInputError, FormatError
from translate_kit.files import decode
from translate_kit.formats import md_front
from translate_kit.formats.marks import CODE, Marked
from translate_kit.formats.md_inline import MAX_NESTING, inline_marks, parser, write_inline
from translate_kit.formats.mirror import translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading

__all__ = ["MAX_CELLS", "MAX_CHARACTERS", "MAX_INLINE", "read_document", "write_documents"]

MAX_CHARACTERS = 4_000_000
"""Of a file, more than any novel has. The parser needs some seconds a million."""
MAX_INLINE = 10_000
"""Characters of a paragraph in which marks are looked for: the search grows with their square.
A longer one is plain text."""
MAX_CELLS = 1_000_000
"""Lines times columns; where there are more, tables are read as paragraphs."""

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_DELIMITERS = re.compile(r"^[ >]*[|:-][ |:\t-]*$", re.MULTILINE)
_COMMENTS = re.compile(r"\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)+")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])")
_RULE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)[ \t>]*[|:=-]")
_TASK = re.compile(r"\[[ xX]\]\s+")
_INDENT = {"heading": re.compile(r"[ \t]*#+\s*"), "cell": re.compile(r"[\s|]*")}
_BLANK = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class _Part:
    """A block and where it stands.

    Args:
        block: as the document has it.
        marked: its text with all marks.
        span: the characters of the file that its translation replaces.
        context: ``front``, ``line``, ``heading`` or ``cell``.
        indent: what a further line of it begins with.
    """

    block: Block
    marked: Marked
    span: tuple[int, int]
    context: str = "line"
    indent: str = ""


def read_document(data: bytes, reading: Reading) -> Document:
    """Read an article; its blocks are not segmented yet.

    Raises:
        OptionError: if the reading's encoding is unknown.
        FormatError: if the file is longer than `MAX_CHARACTERS` or nested too deep.
        InputError: if the bytes are no text, or hold none.
    """
    parts = _parts(decode(data, reading.encoding, reading.source), reading.source)
    blocks = tuple(part.block for part in parts)
    if not blocks:
        raise EmptyInputError(f"{reading.source}: markup without text; give an article")
    title = next((block.text for block in blocks if block.kind == "title"), None)
    return Document(reading.language, blocks, title, reading.source)


def write_documents(bitexts: Sequence[Bitext], original: bytes, reading: Reading) -> bytes:
    """Return the original with its text in translation, in UTF-8.

    Raises:
        FormatError: if the original is not what was translated.
    """
    (bitext,) = bitexts
    text = decode(original, reading.encoding, reading.source)
    parts = _parts(text, reading.source)
    made = parser(tables=False)
    written, position = [], 0
    for part, new in zip(parts, translated(bitext, [p.marked for p in parts]), strict=True):
        if new is not None:
            if part.context == "front":
                words = md_front.quoted(new.text)
            else:
                ruled = part.context != "cell" and _RULE.match(text, part.span[1])
                words = write_inline(new, "setext" if ruled else part.context, made, part.indent)
            written += [text[position : part.span[0]], words]
            position = part.span[1]
    return "".join([*written, text[position:]]).encode("utf-8")


def _parts(text: str, source: str) -> list[_Part]:
    if len(text) > MAX_CHARACTERS:
        advice = f"longer than {MAX_CHARACTERS} characters; cut it into several files"
        raise FormatError(f"{source}: {advice}")
    start = md_front.length(text)
    parts = []
    for name, value, span in md_front.fields(text, start):
        block = Block(name, value, attributes=(("front", name),))
        parts.append(_Part(block, Marked(value), span, "front"))
    parts += _Body(text, start, source).parts()
    titled = any(part.block.kind == "title" for part in parts)
    return parts if titled else _titled(parts)


def _titled(parts: list[_Part]) -> list[_Part]:
    """Make the first heading of the first level the title, if no paragraph stands before it."""
    for number, part in enumerate(parts):
        if part.block.kind == "heading" and part.block.attribute("level") == "1":
            new = replace(part, block=replace(part.block, kind="title"))
            return [*parts[:number], new, *parts[number + 1 :]]
        if part.block.kind == "paragraph":
            break
    return parts


def _cells(text: str) -> int:
    """Return how many cells a table of this text could have."""
    widest = max((line.count("|") for line in _DELIMITERS.findall(text)), default=0)
    return (widest + 1) * text.count("\n")


@dataclass(slots=True)
class _Body:
    """The text behind the front matter.

    Args:
        text: the whole text.
        start: where the body begins.
        source: name for messages.
        listed: list items whose first paragraph was seen.
        cell: line and place behind the cell found last.
    """

    text: str
    start: int
    source: str
    listed: set[int] = field(default_factory=set)
    cell: tuple[int, int] = (-1, 0)

    def parts(self) -> Iterator[_Part]:
        """Yield the blocks in order.

        Raises:
            FormatError: if they are nested deeper than the parser goes.
        """
        made = parser(tables=_cells(self.text) <= MAX_CELLS)
        environment: dict[str, object] = {}
        lines = [match.span() for match in _LINES.finditer(self.text, self.start)]
        above: list[Token] = []
        for token in made.parse(self.text[self.start :], environment):
            if token.level >= MAX_NESTING - 1:
                line = self.text.count("\n", 0, lines[(token.map or [0])[0]][0]) + 1
                raise FormatError(f"{self.source}: line {line} is nested too deep; flatten it")
            if token.nesting > 0:
                above.append(token)
            elif token.nesting < 0:
                above.pop()
            elif token.type == "inline":
                yield from self._inline(token, above, lines, _Inline(made, environment))
            elif _is_code(token):
                yield _Part(_code(token.content, token.info.strip()), Marked(token.content), (0, 0))

    def _inline(
        self,
        token: Token,
        above: Sequence[Token],
        lines: Sequence[tuple[int, int]],
        inline: _Inline,
    ) -> Iterator[_Part]:
        first, last = token.map or [0, 1]
        kind, context, attributes = self._kind(above)
        content = token.content
        prefix = self._prefix(lines[first], above, first)
        start = self._begin(first, lines[first][0] + len(prefix), context)
        if context == "cell":
            end = start + len(content.replace("|", r"\|"))
            self.cell = (first, end)
        elif context == "heading":
            end = start + len(content)
        else:
            end = lines[last - 1][0] + len(self.text[slice(*lines[last - 1])].rstrip())
        task = _TASK.match(content) if kind == "item" else None
        if task:
            content, start = content[task.end() :], start + task.end()
        marked = inline.marked(content)
        if marked.text:
            indent = re.sub(r"[^>\s]", " ", prefix)
            block = _block(kind, marked, attributes)
            yield _Part(block, marked, (start, end), context, indent)

    def _kind(self, above: Sequence[Token]) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """Return the kind, the context and the attributes of the text below these tokens."""
        parent = above[-1]
        if parent.type == "heading_open":
            context = "heading" if parent.markup.startswith("#") else "line"
            return "heading", context, (("level", parent.tag[1:]),)
        if parent.type in ("th_open", "td_open"):
            return "cell", "cell", (("cell", parent.tag),)
        listed = len(above) > 1 and above[-2].type == "list_item_open"
        if listed and id(above[-2]) not in self.listed:
            self.listed.add(id(above[-2]))
            return "item", "line", (("list", above[-3].tag),)
        if any(token.type == "blockquote_open" for token in above):
            return "quote", "line", ()
        return "paragraph", "line", ()

    def _prefix(self, line: tuple[int, int], above: Sequence[Token], number: int) -> str:
        """Return what a line has of quotation marks and list markers before its text."""
        start = position = line[0]
        for token in above:
            if token.type == "blockquote_open":
                match = _QUOTE.match(self.text, position, line[1])
            elif token.type == "list_item_open" and (token.map or [-1])[0] == number:
                match = _ITEM.match(self.text, position, line[1])
            else:
                continue
            position = match.end() if match else position
        blank = re.compile(r"[ \t]*").match(self.text, position, line[1])
        return self.text[start : blank.end() if blank else position]

    def _begin(self, number: int, position: int, context: str) -> int:
        """Return where the text of a line begins, behind its marks."""
        if context == "cell" and self.cell[0] == number:
            position = max(position, self.cell[1])
        match = _INDENT.get(context, _BLANK).match(self.text, position)
        return match.end() if match else position


@dataclass(frozen=True, slots=True)
class _Inline:
    """The parser and what it learned of link definitions."""

    made: MarkdownIt
    environment: dict[str, object]

    def marked(self, content: str) -> Marked:
        """Return text and marks of a paragraph's content."""
        if len(content) > MAX_INLINE:
            return Marked(" ".join(content.split()))
        return inline_marks(content, self.made, self.environment)


def _is_code(token: Token) -> bool:
    if not token.content.strip():
        return False
    if token.type == "html_block":
        return _COMMENTS.fullmatch(token.content) is None
    return token.type in ("fence", "code_block")


def _code(content: str, info: str) -> Block:
    return Block("code", content, attributes=(("info", info),) if info else ())


def _block(kind: str, marked: Marked, attributes: tuple[tuple[str, str], ...]) -> Block:
    spans = [mark for mark in marked.marks if mark.name == CODE]
    if any(mark.start == 0 and mark.end == len(marked.text) for mark in spans):
        return Block("code", marked.text)
    markup = tuple(Markup(mark.start, mark.end, CODE) for mark in spans)
    return Block(kind, marked.text, (), markup, attributes)
