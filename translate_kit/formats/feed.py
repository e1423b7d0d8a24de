"""JSON Lines as newsrooms' feeds export them: an article a line.

An article has a ``text`` and mostly a ``title`` and an ``id``; every other field is carried
through: as an attribute of the first block (name and value in JSON), and in the mirrored file as
it was. Bilingual JSON Lines are `translate_kit.formats.jsonl`'s.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from translate_kit.document import PLAIN, Block, Document
from translate_kit.errors import EmptyInputError, FormatError
from translate_kit.files import decode, decode_pieces
from translate_kit.formats.marks import Marked
from translate_kit.formats.mirror import translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading

__all__ = ["MAX_LINE", "read_document", "read_documents", "stream", "write_documents"]

MAX_LINE = 16_000_000
"""Characters of a line, that is of an article with all its fields."""

_OURS = ("title", "text")


@dataclass(frozen=True, slots=True)
class _Article:
    """A line: its number, its object, and what is read of it."""

    number: int
    record: dict[str, Any]
    title: str
    text: str


def read_documents(data: bytes, reading: Reading) -> tuple[Document, ...]:
    """Read every article; the source of each is the file's name, ``#`` and its ``id`` or line.

    Raises:
        OptionError: if the reading's encoding is unknown.
        FormatError: if a line is no article; the message has its number.
        InputError: if the bytes are no text, or there is no article.
    """
    return tuple(_document(article, reading) for article in _articles(data, reading))


def read_document(data: bytes, reading: Reading) -> Document:
    """Read the one article of a file.

    Raises:
        FormatError: if there are several.
        InputError: as `read_documents`.
    """
    documents = read_documents(data, reading)
    if len(documents) > 1:
        raise FormatError(f"{reading.source}: {len(documents)} articles where one is wanted")
    return documents[0]


def write_documents(bitexts: Sequence[Bitext], original: bytes, reading: Reading) -> bytes:
    """Return the feed with title and text of every article in translation.

    Blank lines and indentation of a text stay; all other fields are as they were.

    Raises:
        FormatError: if the original is not what was translated.
    """
    articles = list(_articles(original, reading))
    if len(articles) != len(bitexts):
        raise FormatError(f"{reading.source} is not the file that was translated")
    lines = (_line(*pair) for pair in zip(articles, bitexts, strict=True))
    return "".join(lines).encode("utf-8")


def stream(
    pieces: Iterable[bytes], reading: Reading, first: int = 1
) -> Iterator[tuple[Document, bytes]]:
    """Yield every article as soon as its line is there, with that line.

    `write_documents` mirrors an article with its line as the original.

    Args:
        pieces: the file, cut anywhere.
        reading: how to read it.
        first: number of the first line.

    Raises:
        FormatError: if a line is no article; those before it are yielded.
        InputError: as `read_documents`.
    """
    texts = decode_pieces(pieces, reading.encoding, reading.source)
    plain = replace(reading, encoding=None)
    for article, line in _numbered(_lines_of(texts), plain, first):
        yield _document(article, plain), line.encode("utf-8") + b"\n"


def _lines_of(texts: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    for text in texts:
        *whole, rest = text.split("\n")
        for line in whole:
            yield "".join((*held, line))
            held = []
        held.append(rest)
        if sum(map(len, held)) > MAX_LINE:  # no line end in sight: let it be refused
            yield "".join(held)
            held = []
    yield "".join(held)


def _articles(data: bytes, reading: Reading) -> Iterator[_Article]:
    lines = decode(data, reading.encoding, reading.source).split("\n")
    return (article for article, _ in _numbered(lines, reading))


def _numbered(
    lines: Iterable[str], reading: Reading, first: int = 1
) -> Iterator[tuple[_Article, str]]:
    found = False
    for number, line in enumerate(lines, first):
        if line.strip():
            found = True
            try:
                yield _article(number, line), line
            except (ValueError, RecursionError) as error:
                raise FormatError(f"{reading.source}, line {number}: {error}") from error
    if not found:
        raise EmptyInputError(f"{reading.source}: no article in it")


def _article(number: int, line: str) -> _Article:
    if len(line) > MAX_LINE:
        raise ValueError(f"longer than {MAX_LINE} characters; split the article")
    try:
        record = json.loads(line, parse_constant=_refuse, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON at character {error.pos}: {error.msg}") from error
    if isinstance(record, dict) and ("translate_kit" in record or "source_range" in record):
        raise ValueError("a bilingual file, no feed; use estimate or convert")
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ValueError('an object with a "text" expected')  # noqa: TRY004  (reported as one)
    title = record.get("title")
    if title is not None and not isinstance(title, str):
        raise ValueError('"title" is no string')
    json.dumps(record, ensure_ascii=False).encode("utf-8")  # half characters are refused here
    title, text = " ".join((title or "").split()), record["text"]
    if not title and not text.strip():
        raise ValueError('neither "title" nor "text" has text')
    return _Article(number, record, title, text)


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _finite(number: str) -> float:
    value = float(number)
    return value if math.isfinite(value) else _refuse(number)


def _document(article: _Article, reading: Reading) -> Document:
    name = article.record.get("id")
    place = name if isinstance(name, (str, int)) else article.number
    carried = tuple(
        (key, json.dumps(value, ensure_ascii=False))
        for key, value in article.record.items()
        if key not in _OURS
    )
    blocks = []
    if article.title:
        blocks.append(Block("title", article.title, attributes=carried))
    if article.text.strip():
        extra = () if article.title else carried
        blocks.append(Block(PLAIN, article.text, attributes=extra, offset=0))
    title = article.title or None
    return Document(reading.language, tuple(blocks), title, f"{reading.source}#{place}")


def _line(article: _Article, bitext: Bitext) -> str:
    blocks = bitext.source.blocks
    titled = int(bool(article.title))
    originals = [Marked(article.title)] * titled
    for block in blocks[titled:]:
        start = block.offset or 0
        originals.append(Marked(article.text[start : start + len(block.text)]))
    news = translated(bitext, originals)
    texts = [new.text if new else old.text for new, old in zip(news, originals, strict=True)]
    record = dict(article.record)
    if titled:
        record["title"] = texts[0]
    text, position = "", 0
    for block, new in zip(blocks[titled:], texts[titled:], strict=True):
        start = block.offset or 0
        text += article.text[position:start] + new
        position = start + len(block.text)
    record["text"] = text + article.text[position:]
    return json.dumps(record, ensure_ascii=False) + "\n"
