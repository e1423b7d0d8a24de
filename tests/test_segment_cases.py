"""Hard cases, written for this: ‖ stands where a sentence begins, ⏎ for a line end."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate_kit.document import PLAIN, Block, Document
from translate_kit.segment import segment, segment_stream, split

CASES = Path(__file__).parent / "cases" / "segment"
SENTENCES = sorted((CASES / "sentences").glob("*/*.txt"))
BLOCKS = sorted((CASES / "blocks").glob("*.txt"))
ARTICLE = Path(__file__).parents[1] / "seeds" / "000_ad773e93d356e2c8.txt"


def read_cases(path: Path) -> list[str]:
    """Return the cases of a category, one a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.replace("⏎", "\n") for line in lines if line and not line.startswith("#")]


def marked(text: str, language: str) -> str:
    """Return the text with a mark where a sentence begins."""
    for sentence in reversed(split(text, language)[1:]):
        text = f"{text[: sentence.start]}‖{text[sentence.start :]}"
    return text


@pytest.mark.parametrize("path", SENTENCES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_case_of_a_category_is_right(path: Path) -> None:
    cases = read_cases(path)
    assert [marked(case.replace("‖", ""), path.parent.name) for case in cases] == cases


def test_there_are_enough_cases_to_mean_something() -> None:
    indonesian = [path for path in SENTENCES if path.parent.name == "id"]
    assert len(indonesian) >= 25
    assert sum(len(read_cases(path)) for path in indonesian) >= 150


def outline(document: Document) -> str:
    """Return blocks with their markup, and their sentences below them."""
    lines = []
    for block in document.blocks:
        markup = (f" {m.name}={block.text[m.start : m.end]!r}" for m in block.markup)
        lines.append(block.kind + "".join(markup))
        lines += ["    " + sentence.text.replace("\n", "⏎") for sentence in block.sentences]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("path", BLOCKS, ids=lambda path: path.stem)
def test_blocks_and_their_sentences(path: Path) -> None:
    head, _, rest = path.read_text(encoding="utf-8").partition("\n")
    source, _, expected = rest.partition("# output\n")
    language = head.rpartition(" ")[2]
    assert outline(segment(Document(language, (Block(PLAIN, source),)))) == expected


def test_the_users_article() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    document = segment(Document("id", (Block(PLAIN, text, offset=0),)))
    assert [block.text for block in document.blocks] == text.splitlines()
    assert [block.kind for block in document.blocks] == ["paragraph"] * 12
    assert [len(block.sentences) for block in document.blocks] == [
        1,
        1,
        1,
        1,
        1,
        2,
        1,
        1,
        2,
        1,
        2,
        1,
    ]
    assert (
        document.blocks[5]
        .sentences[0]
        .text.endswith("membunuh setidaknya 1.400 orang dan melukai ribuan lagi.")
    )
    assert document.blocks[11].sentences[0].text.startswith("‘Anders Hagstrom, Kyle Morris")
    for block in document.blocks:
        assert block.offset is not None
        assert text[block.offset :].startswith(block.text)


def test_a_stream_gives_the_same_blocks_however_it_is_cut() -> None:
    for path in BLOCKS:
        text = path.read_text(encoding="utf-8")
        whole = segment(Document("id", (Block(PLAIN, text, offset=0),))).blocks
        for size in (1, 7, 1000, len(text)):
            pieces = [text[i : i + size] for i in range(0, len(text), size)]
            assert tuple(segment_stream(pieces, "id")) == whole
