"""An HTML tree as runs of text, and a run's text replaced in the tree.

A run is what stands between two block boundaries: text and inline elements that follow each
other below one parent, so that text beside a ``<p>`` or between two ``<br><br>`` is a run of its
own. White space is collapsed as browsers do; a single ``<br>`` is a line end.
"""

from __future__ import annotations

import re
from copy import copy, deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from translate_kit.document import Block, Markup
from translate_kit.formats.marks import ADDRESS, CODE, LINK, Mark, Marked, Node, nest
from translate_kit.formats.safe_xml import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element as Element

__all__ = ["INVISIBLE", "Run", "block_of", "find_runs", "local", "put"]

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label map mark"
    " picture q rp rt ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
INVISIBLE = frozenset(
    "audio canvas embed head iframe input link math meta noscript object script select style svg"
    " template textarea title video".split()
)
"""Elements whose content is no text of the page."""
_CODE = frozenset("code kbd samp tt var".split())
_KINDS = {"li": "item", "dt": "item", "dd": "item", "blockquote": "quote", "figcaption": "caption"}
_KINDS |= {f"h{level}": "heading" for level in range(1, 7)}
_KINDS |= {"td": "cell", "th": "cell", "caption": "caption", "pre": CODE, "textarea": CODE}
_SPACES = re.compile(r"[ \t\n\r\f]+")
_ADDRESS = re.compile(ADDRESS)


@dataclass(frozen=True, eq=False, slots=True)
class Run:
    """Text in the tree.

    Args:
        kind: of its block.
        marked: text and marks; their payloads are elements.
        parent: the element it stands in.
        before: the child behind which it begins; None where it begins the parent.
        nodes: its inline elements.
    """

    kind: str
    marked: Marked
    parent: Element
    before: Element | None
    nodes: tuple[Element, ...]

    @property
    def text(self) -> str:
        """The run's text."""
        return self.marked.text


def local(element: Element) -> str:
    """Return the name of an element in small letters, without namespace; empty for a comment."""
    tag: object = element.tag  # of a comment it is a function
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def block_of(run: Run, attributes: tuple[tuple[str, str], ...] = ()) -> Block:
    """Return the block that a run is in a document."""
    level = local(run.parent)
    if run.kind in ("heading", "title") and level[:1] == "h" and level[1:].isdigit():
        attributes = (("level", level[1:]), *attributes)
    codes = [mark for mark in run.marked.marks if mark.name == CODE and mark.start < mark.end]
    whole = any((mark.start, mark.end) == (0, len(run.text)) for mark in codes)
    if run.kind == CODE or whole:
        return Block(CODE, run.text, attributes=attributes)
    markup = tuple(Markup(mark.start, mark.end, CODE) for mark in codes)
    return Block(run.kind, run.text, (), markup, attributes)


def find_runs(root: Element, skip: Callable[[Element], bool]) -> Iterator[Run]:
    """Yield the runs below an element in reading order.

    Args:
        root: a tree that is not nested deeper than Python's stack.
        skip: says which block elements to leave out, with all that is in them.
    """
    walker = _Walker(skip, _with_blocks(root))
    yield from walker.walk(root, "paragraph", translatable=_translatable(root, default=True))


def _with_blocks(root: Element) -> set[Element]:
    """Return the inline elements that hold blocks: they are no part of a run."""
    found: set[Element] = set()
    for element in root.iter():
        if local(element) and not _may_be_inline(element):
            parent = element.getparent()
            while parent is not None and parent not in found and local(parent) in _INLINE:
                found.add(parent)
                parent = parent.getparent()
    return found


def _may_be_inline(element: Element) -> bool:
    return local(element) in _INLINE or local(element) in INVISIBLE


def _translatable(element: Element, *, default: bool) -> bool:
    value = (element.get("translate") or "").strip().lower()
    if value in ("yes", "no"):
        return value == "yes"
    return default and "notranslate" not in (element.get("class") or "").split()


@dataclass(frozen=True, slots=True)
class _Walker:
    skip: Callable[[Element], bool]
    with_blocks: set[Element]

    def walk(self, element: Element, kind: str, *, translatable: bool) -> Iterator[Run]:
        before: Element | None = None
        nodes: list[Element] = []
        for child in element:
            if self._inline(child) and not _between_paragraphs(child):
                nodes.append(child)
                continue
            yield from self._run(element, (before, nodes), kind, translatable=translatable)
            before, nodes = child, []
            if local(child) not in ("", "br", *INVISIBLE) and not self.skip(child):
                below = _KINDS.get(local(child), kind)
                allowed = _translatable(child, default=translatable)
                yield from self.walk(child, below, translatable=allowed)
        yield from self._run(element, (before, nodes), kind, translatable=translatable)

    def _inline(self, element: Element) -> bool:
        name = local(element)
        return not name or (_may_be_inline(element) and element not in self.with_blocks)

    def _run(
        self,
        parent: Element,
        place: tuple[Element | None, list[Element]],
        kind: str,
        *,
        translatable: bool,
    ) -> Iterator[Run]:
        before, nodes = place
        builder = _Builder(verbatim=local(parent) == "pre")
        builder.words(parent.text if before is None else before.tail)
        for node in nodes:
            builder.element(node)
        marked = builder.done()
        if marked.text.strip():
            yield Run(kind if translatable else CODE, marked, parent, before, tuple(nodes))


def _between_paragraphs(element: Element) -> bool:
    """Whether a line break is one of several in a row: a boundary of paragraphs."""
    if local(element) != "br":
        return False
    following, previous = element.getnext(), element.getprevious()
    after = following is not None and local(following) == "br" and not (element.tail or "").strip()
    return after or (
        previous is not None and local(previous) == "br" and not (previous.tail or "").strip()
    )


class _Builder:
    """Collects the text of a run, white space collapsed, and the marks on it."""

    def __init__(self, *, verbatim: bool) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._space = False  # a space is due in front of the next word
        self._verbatim = verbatim
        self._marks: list[Mark] = []

    def words(self, text: str | None) -> None:
        """Add text."""
        if not text:
            return
        if self._verbatim:
            self._append(text)
            return
        for number, word in enumerate(_SPACES.split(text)):
            self._space = self._space or number > 0
            if word:
                self._append(" " * self._due() + word)
                self._space = False

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _due(self) -> int:
        return int(self._space and self._length > 0 and self._parts[-1] != "\n")

    def element(self, node: Element) -> None:
        """Add an inline element with what is in it, and the text behind it."""
        name = local(node)
        start = self._length + self._due()
        if name == "br":
            if self._length:
                self._append("\n")
            self._space = False
        elif not name or name in INVISIBLE or name in ("img", "picture", "wbr"):
            self._marks.append(Mark(start, start, "object", node))
        elif name in _CODE or not _translatable(node, default=True):
            self.words(" ".join("".join(map(str, node.itertext())).split()))
            self._mark(start, CODE, node)
        else:
            self.words(node.text)
            for child in node:
                self.element(child)
            self._mark(start, LINK if name == "a" and node.get("href") else "inline", node)
        self.words(node.tail)

    def _mark(self, start: int, name: str, node: Element) -> None:
        if start < self._length:
            self._marks.append(Mark(start, self._length, name, node))
        else:
            self._marks.append(Mark(start, start, "object", node))

    def done(self) -> Marked:
        """Return the run's text, without a line break at its end, and its marks."""
        text = "".join(self._parts)
        if not self._verbatim:
            text = text.rstrip("\n")
        fitted = (replace(mark, start=min(mark.start, len(text))) for mark in self._marks)
        marks = [replace(mark, end=min(mark.end, len(text))) for mark in fitted]
        coded = [mark for mark in marks if mark.name == CODE]
        marks += [
            Mark(*match.span(), CODE, match)
            for match in _ADDRESS.finditer(text)
            if not any(mark.start < match.end() and match.start() < mark.end for mark in coded)
        ]
        return Marked(text, tuple(m for m in marks if m.start < m.end or m.name == "object"))


def put(run: Run, marked: Marked) -> None:
    """Replace the text of a run in its tree."""
    parent, before = run.parent, run.before
    lead = (parent.text if before is None else before.tail) or ""
    tail = (run.nodes[-1].tail if run.nodes else lead) or ""
    for node in run.nodes:
        parent.remove(node)
    filler = _Filler(parent, before)
    filler.text(lead[: len(lead) - len(lead.lstrip())] if lead.strip() else "", fresh=True)
    filler.fill(nest(marked))
    filler.text(tail[len(tail.rstrip()) :] if tail.strip() else "")


class _Filler:
    """Writes texts and elements below a parent, behind one of its children."""

    def __init__(self, parent: Element, before: Element | None) -> None:
        self._parent = parent
        self._last = before
        self._place: int | None = None
        self._space = False  # an object with white space behind it was written last

    def text(self, text: str, *, fresh: bool = False) -> None:
        clean = FORBIDDEN.sub("\ufffd", text)
        if self._space and clean:
            clean = clean if clean[0].isspace() else f" {clean}"
            self._space = False
        if self._last is None:
            self._parent.text = clean if fresh else (self._parent.text or "") + clean
        else:
            self._last.tail = clean if fresh else (self._last.tail or "") + clean

    def _insert(self, element: Element) -> None:
        element.tail = None
        if self._place is None:  # looked for only where it is needed: it takes a walk
            self._place = 0 if self._last is None else self._parent.index(self._last) + 1
        self._parent.insert(self._place, element)
        self._place += 1
        self._last = element

    def fill(self, nodes: Sequence[Node | str]) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._lines(node)
            elif node.mark.name in (CODE, "object"):
                self._verbatim(node)
            else:
                shell = node.mark.payload
                made = _shell(shell)
                self._insert(made)
                _Filler(made, None).fill(node.children)

    def _verbatim(self, node: Node) -> None:
        if isinstance(node.mark.payload, re.Match):
            self.text(node.mark.payload.group())
            return
        copied = deepcopy(node.mark.payload)
        self._space = node.mark.name == "object" and (copied.tail or "")[:1].isspace()
        self._insert(copied)

    def _lines(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                namespace = str(self._parent.tag).rpartition("}")[0]
                tag = f"{namespace}}}br" if namespace else "br"
                self._insert(self._parent.makeelement(tag, {}))
            self.text(line)


def _shell(element: Element) -> Element:
    """Return a copy of an element without anything in it."""
    copied = copy(element)
    del copied[:]
    copied.text = None
    return copied
