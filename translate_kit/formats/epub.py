"""A bilingual EPUB 3 book: source and translation paragraph by paragraph, a chapter a document.

A book of its own, for any article: one style sheet, a table of contents, no pictures. The same
documents make the same bytes.
"""

from __future__ import annotations

import hashlib
import uuid
from itertools import groupby
from typing import TYPE_CHECKING

from translate_kit.formats.rows import is_untranslated, paragraphs
from translate_kit.formats.safe_xml import attributes, escape
from translate_kit.formats.safe_zip import written
from translate_kit.formats.summary import summarize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translate_kit.bitext import BeadText, Bitext

__all__ = ["write_bitexts"]

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_STYLE = """.source { color: #555; margin-bottom: 0; }
.target { margin-top: 0.2em; margin-bottom: 1em; }
pre { white-space: pre-wrap; }
"""
_XHTML = "http://www.w3.org/1999/xhtml"
_MODIFIED = "2000-01-01T00:00:00Z"
"""A book must have a date; the time it was written at would make every copy another one."""
_TAGS = {"title": "h1", "heading": "h2", "quote": "blockquote"}


def write_bitexts(bitexts: Sequence[Bitext]) -> bytes:
    """Return a book with a chapter for every document."""
    summaries = [summarize(bitext) for bitext in bitexts]
    titles = [summary.title for summary in summaries]
    chapters = [
        (f"book/chapter-{number}.xhtml", _chapter(bitext, title))
        for number, (bitext, title) in enumerate(zip(bitexts, titles, strict=True), 1)
    ]
    digest = hashlib.sha256("".join(text for _, text in chapters).encode()).digest()
    languages = dict.fromkeys(d.language for b in bitexts for d in (b.source, b.target))
    texts = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", _CONTAINER),
        ("book/package.opf", _package(titles, list(languages), uuid.UUID(bytes=digest[:16]))),
        ("book/contents.xhtml", _contents(titles)),
        ("book/style.css", _STYLE),
        *chapters,
    ]
    return written([(name, text.encode("utf-8")) for name, text in texts])


def _package(titles: Sequence[str], languages: Sequence[str], name: uuid.UUID) -> str:
    numbers = range(1, len(titles) + 1)
    items = "".join(
        f'<item id="c{n}" href="chapter-{n}.xhtml" media-type="application/xhtml+xml"/>\n'
        for n in numbers
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in numbers) or '<itemref idref="contents"/>'
    more = f" (+{len(titles) - 1})" if len(titles) > 1 else ""
    title = escape(titles[0] + more if titles else "Translation")
    spoken = "".join(f"<dc:language>{escape(tag)}</dc:language>\n" for tag in languages or ["en"])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{name}</dc:identifier>
<dc:title>{title}</dc:title>
{spoken}<meta property="dcterms:modified">{_MODIFIED}</meta>
</metadata>
<manifest>
<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}</manifest>
<spine>{spine}</spine>
</package>
"""


def _contents(titles: Sequence[str]) -> str:
    links = "".join(
        f'<li><a href="chapter-{n}.xhtml">{escape(title)}</a></li>\n'
        for n, title in enumerate(titles, 1)
    )
    links = links or '<li><a href="contents.xhtml">-</a></li>'
    body = f'<nav epub:type="toc"><ol>\n{links}</ol></nav>\n'
    return _page("Contents", body, ' xmlns:epub="http://www.idpf.org/2007/ops"')


def _page(title: str, body: str, extra: str = "") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="{_XHTML}"{extra}>
<head><title>{escape(title) or "-"}</title>
<link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}</body>
</html>
"""


def _chapter(bitext: Bitext, title: str) -> str:
    rows = zip(paragraphs(bitext), bitext.rows(), strict=True)
    body = "".join(
        _paragraph([row for _, row in group], (bitext.source.language, bitext.target.language))
        for _, group in groupby(rows, key=lambda pair: pair[0])
    )
    return _page(title, body or "<p>-</p>\n")


def _paragraph(rows: Sequence[BeadText], languages: tuple[str, str]) -> str:
    source = " ".join(row.source for row in rows if row.source)
    target = " ".join(_targets(rows))
    tag = _TAGS.get(rows[0].kind, "p")
    parts = []
    for name, text, language in zip(("source", "target"), (source, target), languages, strict=True):
        if text:
            named = attributes((("class", name), ("lang", language), ("xml:lang", language)))
            inside = escape(text)
            inside = f"<p>{inside}</p>" if tag == "blockquote" else inside
            parts.append(f"<{tag}{named}>{inside}</{tag}>\n")
    return "".join(parts)


def _targets(rows: Sequence[BeadText]) -> Iterator[str]:
    for row in rows:
        yield f"[untranslated: {row.source}]" if is_untranslated(row) and row.source else row.target
