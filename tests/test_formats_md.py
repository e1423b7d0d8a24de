"""Markdown: a real parser sees one table, and in it the article's text and no markup."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from strategies import HOSTILE, bitexts

from translate_kit.bitext import Bead, Bitext, Issue, Quality
from translate_kit.document import Block, Document, Sentence
from translate_kit.formats import write_bitexts
from translate_kit.formats.rows import is_untranslated, one_line

if TYPE_CHECKING:
    from markdown_it.token import Token

OURS = ("strong_open", "strong_close", "em_open", "em_close")
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def parse(bitext: Bitext) -> list[Token]:
    return PARSER.parse(write_bitexts([bitext], "md").decode())


def plain(token: Token) -> str:
    """The text of an inline token, which must hold nothing else but our own emphasis."""
    children = token.children or []
    assert {child.type for child in children} <= {"text", *OURS}
    return "".join(child.content for child in children)


def cells(tokens: list[Token]) -> list[list[str]]:
    rows: list[list[str]] = []
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if before.type == "td_open":
            rows[-1].append(plain(token))
    return rows[1:]


def shown(text: str) -> str:
    return one_line(text).replace("\0", "\ufffd")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(bitexts())
def test_a_parser_reads_the_texts_back_from_one_table(bitext: Bitext) -> None:
    tokens = parse(bitext)
    assert [token.type for token in tokens].count("table_open") == 1
    assert [row[:2] for row in cells(tokens)] == [
        [
            shown(row.source),
            f"{'[untranslated] ' * is_untranslated(row)}{shown(row.target)}".strip(),
        ]
        for row in bitext.rows()
    ]


@pytest.mark.parametrize("text", [one_line(text.strip()) for text in HOSTILE])
def test_titles_names_and_notes_are_text_too(text: str) -> None:
    quality = Quality(0.3, "poor", (Issue(text, text),))
    block = Block("title", "Beras", (Sentence(0, 5),))
    sides = [Document(language, (block,), text) for language in ("id", "en")]
    bitext = Bitext(sides[0], sides[1], (Bead(range(1), range(1), quality=quality),))
    inlines = [plain(token) for token in parse(bitext) if token.type == "inline" and token.map]
    assert inlines[0] == shown(text).strip()
    assert f"{shown(text).strip()}: {shown(text).strip()}" in inlines


def test_a_page_of_several_documents_has_a_heading_for_each() -> None:
    document = Document("id", (), "Judul")
    bitext = Bitext(document, document, ())
    text = write_bitexts([bitext, bitext], "md").decode()
    assert text.count("# Judul\n\nIndonesian → Indonesian · 0 sentences\n") == 2
    assert "estimate" not in text
