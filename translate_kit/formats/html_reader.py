"""Web pages: the article out of a saved page, and the page back with the article translated.

Read is the main article (`translate_kit.formats.html_article`): headline, byline, date, captions,
paragraphs; what the head tells of author and date is kept as attributes of the title. What is
marked ``translate="no"`` is code. Written back, the page is the same tree with the article's
runs in translation, its language named; what was no part of the article stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate_kit.document import Document
from translate_kit.errors import EmptyInputError, EncodingError, FormatError, OptionError
from translate_kit.files import decode
from translate_kit.formats.html_article import article, facts, title_run, trafilatura_judge
from translate_kit.formats.html_runs import block_of, local, put
from translate_kit.formats.mirror import translated
from translate_kit.formats.safe_xml import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading
    from translate_kit.formats.html_runs import Run

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_TAGS",
    "check_depth",
    "parse_page",
    "read_document",
    "write_documents",
]

MAX_BYTES = 32_000_000
"""Of a page; pictures saved into it count."""
MAX_TAGS = 200_000
"""Tags of a page; each costs some hundred bytes of memory."""
MAX_DEPTH = 200
"""Elements in each other; browsers stop at 512."""

# of printable characters and blanks: the writer refuses all others
_DOCTYPE = re.compile(r"\s*(<!DOCTYPE[\t\n\r -=?-Z\\-~]{0,300}>)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)


def read_document(data: bytes, reading: Reading) -> Document:
    """Read the main article of a page; its blocks are not segmented yet.

    Raises:
        OptionError: if the reading's encoding is unknown.
        FormatError: if the page is larger or nested deeper than the limits.
        InputError: if the bytes are no text, or no article is found.
    """
    root, page = _page(data, reading)
    runs = _runs(root, page)
    if not runs:
        advice = "no article found in the page; save its text as .txt and give that"
        raise EmptyInputError(f"{reading.source}: {advice}")
    known = facts(root)
    extra = tuple((name, known[name]) for name in ("author", "date") if name in known)
    titles = [run.text for run in runs if run.kind == "title"]
    blocks = tuple(block_of(run, extra if run.kind == "title" else ()) for run in runs)
    title = titles[0] if titles else known.get("title")
    return Document(reading.language, blocks, title, reading.source)


def write_documents(bitexts: Sequence[Bitext], original: bytes, reading: Reading) -> bytes:
    """Return the page with its article in translation, in UTF-8.

    Raises:
        FormatError: if the original is not what was translated.
    """
    from lxml import html  # noqa: PLC0415  costs 30 ms: only for pages

    (bitext,) = bitexts
    root, page = _page(original, reading)
    runs = _runs(root, page)
    news = translated(bitext, [run.marked for run in runs])
    for run, new in zip(runs, news, strict=True):
        if new is not None:
            put(run, new)
            if run.kind == "title":
                _retitle(root, run.text, new.text)
    root.set("lang", bitext.target.language)
    _declare_utf8(root)
    match = _DOCTYPE.match(page)  # the parser makes one up where there is none
    doctype = match[1] if match else "<!DOCTYPE html>"
    text: str = html.tostring(root, encoding="unicode", doctype=doctype)
    return f"{text}\n".encode("utf-8", "replace")


def _runs(root: Element, page: str) -> list[Run]:
    runs = article(root, trafilatura_judge(page))
    if runs and not any(run.kind == "title" for run in runs) and (title := title_run(root)):
        return [title, *runs]
    return runs


def _page(data: bytes, reading: Reading) -> tuple[Element, str]:
    page = _decoded(data, reading)
    return parse_page(page, reading.source), page


def _decoded(data: bytes, reading: Reading) -> str:
    """Return a page as text: where it is no UTF-8, in the encoding that it names itself."""
    if len(data) > MAX_BYTES:
        raise FormatError(f"{reading.source}: larger than {MAX_BYTES} bytes; save the text alone")
    try:
        return decode(data, reading.encoding, reading.source)
    except EncodingError:
        named = _CHARSET.search(data[:4096])
        if named is None or reading.encoding is not None:
            raise
        try:  # pages that say Latin-1 mean Windows-1252: browsers agree on that
            name = named[1].decode().lower()
            name = "windows-1252" if name in ("iso-8859-1", "latin1", "ascii") else name
            return decode(data, name, reading.source)
        except OptionError:
            pass
        raise


def parse_page(page: str, source: str) -> Element:
    """Return the tree of an HTML page, repaired as the parser can.

    Raises:
        FormatError: if it has more tags or is nested deeper than the limits.
        EmptyInputError: if there is nothing in it.
    """
    from lxml import etree, html  # noqa: PLC0415  costs 30 ms: only for pages

    if page.count("<") > MAX_TAGS:
        raise FormatError(f"{source}: more than {MAX_TAGS} tags; cut the page down to the article")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    clean = FORBIDDEN.sub("\ufffd", page).encode("utf-8")
    try:
        root: Element = html.document_fromstring(clean, parser=parser)
    except (etree.LxmlError, AssertionError) as error:
        raise EmptyInputError(f"{source}: no page in it; give one that has text") from error
    check_depth(root, source)
    return root


def check_depth(root: Element, source: str) -> None:
    """Refuse a tree that could not be walked.

    Raises:
        FormatError: if it is nested deeper than `MAX_DEPTH`.
    """
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise FormatError(f"{source}: nested deeper than {MAX_DEPTH} elements; save its text alone")


def _retitle(root: Element, old: str, new: str) -> None:
    """Put the translated headline into the page's title and what it tells other sites."""
    for element in root.iter("title"):
        if element.text:
            words = " ".join(element.text.split())
            element.text = FORBIDDEN.sub("\ufffd", words.replace(old, new))
    for element in root.iter("meta"):
        if element.get("property") in ("og:title", "twitter:title") and element.get("content"):
            content = " ".join(str(element.get("content")).split())
            element.set("content", FORBIDDEN.sub("\ufffd", content.replace(old, new)))


def _declare_utf8(root: Element) -> None:
    """Make the page say that it is in UTF-8, as what we write is."""
    declared = False
    for element in root.iter("meta"):
        if element.get("charset") is not None:
            element.set("charset", "utf-8")
            declared = True
        elif (element.get("http-equiv") or "").lower() == "content-type":
            element.set("content", "text/html; charset=utf-8")
    head = next((child for child in root if local(child) == "head"), None)
    if not declared:
        if head is None:
            head = root.makeelement("head", {}, nsmap=None)
            root.insert(0, head)
        head.insert(0, root.makeelement("meta", {"charset": "utf-8"}, nsmap=None))
