"""The inside of a Markdown paragraph: marks read from the parser's tokens, and written again.

What is written is parsed once more; if the text did not come through as it is (emphasis beside
certain punctuation is no emphasis), it is written without emphasis, code and links only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from translate_kit.formats.marks import ADDRESS, CODE, LINK, Mark, Marked, Node, Raw, nest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["MAX_NESTING", "inline_marks", "parser", "write_inline"]

MAX_NESTING = 100
"""Lists and quotations in each other; deeper ones the parser would pass over in silence."""

_HTML = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_PROTECTED = re.compile(
    ADDRESS + r"|\[\^[^\]\s]{1,40}\]:?"  # footnotes
    r"|\{\{[^{}\n]{1,400}\}\}|\{%[^{}\n]{1,400}%\}"  # calls of a site generator
)
_EMPHASIS = {"em": "*", "strong": "**", "s": "~~"}
_SPECIAL = re.compile(r"[\\`*\[\]]|<(?=[A-Za-z/!?])|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~|&(?=#?\w+;)")
_AT_START = re.compile(r"(?<![^\n])(?:[#>=~|]|[-+:](?!\d)|\d{1,9}(?=[.)](?:\s|$)))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def parser(*, tables: bool) -> MarkdownIt:
    """Return a parser of blocks: the text inside them is left to `inline_marks`."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  costs 40 ms: only for Markdown

    made: Any = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("strikethrough")
    made.normalizeLink = str  # targets stay as they are
    made.core.ruler.disable("inline")
    if tables:
        made.enable("table")
    return cast("MarkdownIt", made)


def inline_marks(content: str, made: MarkdownIt, environment: dict[str, object]) -> Marked:
    """Return the text of a paragraph and the marks on it."""
    tokens: list[Token] = []
    made.inline.parse(content, made, environment, tokens)
    builder = _Builder()
    for token in tokens:
        builder.add(token)
    return builder.done()


class _Builder:
    """Collects text and marks from tokens."""

    def __init__(self) -> None:
        self._text = ""
        self._marks: list[Mark] = []
        self._open: list[tuple[int, Token]] = []
        self._html: list[tuple[str, int, str]] = []  # name, place and characters of a start tag

    def add(self, token: Token) -> None:
        kind = token.type
        if kind == "text":
            self._words(token.content)
        elif kind == "text_special":  # a character with a backslash, or its name
            self._text += token.content
        elif kind in ("softbreak", "hardbreak"):
            self._text = self._text.rstrip(" ") + (" " if kind == "softbreak" else "\n")
        elif kind == "code_inline":
            self._coded(token.content, _fence(token.content))
        elif kind == "image":
            raw = Raw(f"![{token.content}]({_target(token, 'src')})")
            self._mark(len(self._text), "object", raw)
        elif kind == "html_inline":
            self._tag(token.content)
        elif token.nesting > 0:
            self._open.append((len(self._text), token))
        elif token.nesting < 0:
            self._end(*self._open.pop())

    def done(self) -> Marked:
        for _, place, tag in self._html:
            self._marks.append(Mark(place, place, "object", Raw(tag)))
        text = self._text.strip()
        before = len(self._text) - len(self._text.lstrip())
        shifted = (self._fitted(mark, before, len(text)) for mark in self._marks)
        return Marked(text, tuple(mark for mark in shifted if mark))

    def _fitted(self, mark: Mark, before: int, length: int) -> Mark | None:
        start = min(max(mark.start - before, 0), length)
        end = min(max(mark.end - before, 0), length)
        if mark.start < mark.end and start == end:
            return None
        return Mark(start, end, mark.name, mark.payload)

    def _words(self, content: str) -> None:
        position = 0
        for match in _PROTECTED.finditer(content):
            self._append(content[position : match.start()])
            if match.group().startswith("[^"):
                self._mark(len(self._text), "object", Raw(match.group()))
            else:
                self._coded(match.group(), Raw(""))
            position = match.end()
        self._append(content[position:])

    def _append(self, content: str) -> None:
        """Add text; of the spaces on both sides of an object one goes with the object."""
        last = self._marks[-1] if self._marks else None
        if (
            last
            and last.name == "object"
            and last.start == len(self._text)
            and content.startswith(" ")
            and (not self._text or self._text.endswith(" "))
        ):
            spaced = Raw(f"{last.payload.opening} ", last.payload.closing)
            self._marks[-1] = Mark(last.start, last.end, last.name, spaced)
            content = content[1:]
        self._text += content

    def _coded(self, content: str, raw: Raw) -> None:
        start = len(self._text)
        self._text += content
        self._mark(start, CODE if content.strip() else "object", raw)

    def _mark(self, start: int, name: str, raw: Raw) -> None:
        self._marks.append(Mark(start, len(self._text), name, raw))

    def _end(self, start: int, token: Token) -> None:
        name = token.type.removesuffix("_open")
        if name == "link" and token.info == "auto":
            self._marks = [mark for mark in self._marks if mark.start < start]
            self._mark(start, CODE, Raw("<", ">"))
        elif name == "link":
            self._mark(start, LINK, Raw("[", f"]({_target(token, 'href')})"))
        else:
            self._mark(start, name, Raw(_EMPHASIS[name], _EMPHASIS[name]))

    def _tag(self, tag: str) -> None:
        """Pair a tag of inline HTML with its start tag; without a pair it is an object."""
        match, place = _HTML.match(tag), len(self._text)
        name = match["name"].lower() if match else ""
        if not match or name in _VOID or tag.endswith("/>"):
            self._marks.append(Mark(place, place, "object", Raw(tag)))
        elif not match["close"]:
            self._html.append((name, place, tag))
        elif self._html and self._html[-1][0] == name:
            _, start, opening = self._html.pop()
            self._marks.append(Mark(start, place, "html", Raw(opening, tag)))
        else:
            self._marks.append(Mark(place, place, "object", Raw(tag)))


def _fence(content: str) -> Raw:
    """Return backticks around code: more than stand in it at once."""
    runs = {len(run) for run in re.findall(r"`+", content)}
    ticks = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    edges = content[:1] + content[-1:]
    pad = " " if "`" in edges or edges == "  " else ""
    return Raw(ticks + pad, pad + ticks)


def _target(token: Token, attribute: str) -> str:
    """Return the address and title of a link as they stand in its parentheses."""
    address, title = str(token.attrGet(attribute) or ""), token.attrGet("title")
    if not address or re.search(r"[\s()<>\\]|&#?\w+;", address):
        address = f"<{_written(address)}>"
    return f'{address} "{_written(str(title))}"' if title else address


def _written(value: str) -> str:
    return _ENTITY.sub("&amp;", re.sub(r'[<>"\\]', _escaped, value))


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match.group()}"


def write_inline(marked: Marked, context: str, made: MarkdownIt, indent: str = "") -> str:
    """Return text and marks as Markdown that reads back as this text.

    Args:
        marked: the content of a block; a line end in it is a hard line break.
        context: ``line``, ``heading``, ``setext`` (a line above a rule) or ``cell``; a line
            break stands in lines only.
        made: from `parser`.
        indent: what a line of this block begins with.
    """
    if context != "line":
        marked = Marked(marked.text.replace("\n", " "), marked.marks)
    written = ""
    for chosen in _choices(marked):
        written = _nodes(nest(chosen))
        again = inline_marks(written, made, {})
        if again.text == marked.text and _count(again.marks) == _count(chosen.marks):
            break
    if context == "heading" and written.endswith("#"):
        written = f"{written[:-1]}\\#"
    if context == "setext":  # with the rule below it would be a table
        written = written.replace("|", "&#124;")
    written = _AT_START.sub(_at_start, written)
    if context == "cell":
        return re.sub(r"\\?\|", r"\|", written)
    return written.replace("\n", f"\n{indent}")


def _at_start(match: re.Match[str]) -> str:
    found = match.group()
    return f"{found}\\" if found.isdigit() else f"\\{found}"


def _choices(marked: Marked) -> Iterable[Marked]:
    """Yield what can be written: all marks, then fewer, at last code alone."""
    for left_out in ((), ("em", "strong", "s"), ("em", "strong", "s", "html", LINK)):
        yield Marked(marked.text, tuple(m for m in marked.marks if m.name not in left_out))


def _count(marks: Iterable[Mark]) -> list[str]:
    return sorted(m.name for m in marks if m.name in (CODE, LINK, *_EMPHASIS))


def _nodes(nodes: Iterable[Node | str]) -> str:
    return "".join(map(_node, nodes))


def _node(node: Node | str) -> str:
    if isinstance(node, str):
        return _SPECIAL.sub(_escaped, node).replace("\n", "\\\n")
    raw: Raw = node.mark.payload
    if node.mark.name == CODE:
        inside = "".join(child for child in node.children if isinstance(child, str))
    else:
        inside = _nodes(node.children)
    return raw.opening + inside + raw.closing
