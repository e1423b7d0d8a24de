"""What people translated is used again, and closes the circle of editing."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

import translate_kit as tk

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate_kit.engine.runtime import Engine

ARTICLE = "Harga beras naik.\n\nPasar sepi. Presiden tiba di Bandung pada 7 Oktober.\n"
CORRECTED = "The market stood empty."


@pytest.fixture(scope="module")
def engine() -> Engine:
    return tk.load_engine()


def read(text: str) -> tk.Document:
    return tk.segment_document(tk.read_document(text.encode(), "text", tk.Reading()))


def human(source: str, target: str, languages: tuple[str, str] = ("id", "en")) -> tk.Bitext:
    one, other = (
        tk.Document(code, (tk.Block("paragraph", text, (tk.Sentence(0, len(text)),)),))
        for code, text in zip(languages, (source, target), strict=True)
    )
    return tk.Bitext(one, other, (tk.Bead(range(1), range(1), "human"),))


def test_only_people_are_remembered(engine: Engine) -> None:
    machine = tk.translate_document(read(ARTICLE), engine)
    assert tk.Memory.of([machine], ("id", "en")).entries == {}
    memory = tk.Memory.of([machine, human("Pasar sepi.", CORRECTED)], ("id", "en"))
    assert memory.recall("Pasar sepi.") == CORRECTED
    assert memory.recall("Pasar ramai.") is None


def test_the_other_direction_is_another_memory() -> None:
    pair = human("The market is quiet.", "Pasar sepi.", ("en", "id"))
    assert tk.Memory.of([pair], ("id", "en")).entries == {}


def test_white_space_and_composition_do_not_matter_and_the_last_word_counts() -> None:
    pairs = [
        human("Pasar\nsepi, kafe\u0301 juga.", "Old."),
        human("Pasar sepi, kafé juga.", "New."),
    ]
    memory = tk.Memory.of(pairs, ("id", "en"))
    assert memory.recall("Pasar  sepi, kafé juga.") == "New."


def test_remembered_sentences_are_not_translated_again(engine: Engine) -> None:
    memory = tk.Memory.of([human("Pasar sepi.", CORRECTED)], ("id", "en"))
    plain = list(tk.translate_document(read(ARTICLE), engine).rows())
    rows = list(tk.translate_document(read(ARTICLE), engine, memory=memory).rows())
    assert [row.bead.origin for row in rows] == ["model", "memory", "model"]
    assert rows[1].target == CORRECTED
    assert [rows[0].target, rows[2].target] == [plain[0].target, plain[2].target]
    assert rows[1].bead.links, "its words are linked by reading"
    assert rows[1].bead.quality is not None
    assert rows[0].bead.links == plain[0].bead.links


def _in_text(data: bytes, old: str) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), CORRECTED.encode())


def _in_docx(data: bytes, old: str) -> bytes:
    document = docx.Document(BytesIO(data))
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.text == old:
                    cell.text = CORRECTED
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _in_xlsx(data: bytes, old: str) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == old:
                    cell.value = CORRECTED
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.filterwarnings("ignore:.*utcnow.*:DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("tmx", _in_text),
        ("xliff", _in_text),
        ("xliff2", _in_text),
        ("csv", _in_text),
        ("docx", _in_docx),
        ("xlsx", _in_xlsx),
    ],
)
def test_the_whole_circle(engine: Engine, name: str, edit: Callable[[bytes, str], bytes]) -> None:
    """Translate, correct in the file, take it back, translate again: the correction stands."""
    source = replace(read(ARTICLE), source="artikel.txt")
    first = tk.translate_document(source, engine)
    old = list(first.rows())[1].target
    edited = edit(tk.write_bitexts([first], name), old)
    back = tk.read_bitexts(edited, name, tk.Reading())
    assert [bead.origin for bead in back[0].beads] == ["model", "human", "model"]
    memory = tk.Memory.of(back, ("id", "en"))
    again = list(tk.translate_document(source, engine, memory=memory).rows())
    assert [row.bead.origin for row in again] == ["model", "memory", "model"]
    assert again[1].target == CORRECTED
