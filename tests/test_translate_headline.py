"""Headlines in capitals are read in small letters and written in their own style."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_kit.document import Block, Document
from translate_kit.engine import load_engine
from translate_kit.pipeline import translate_document
from translate_kit.translate.headline import lowered, restyled, style_of


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("Presiden Resmikan Jalan Tol Baru di Sumatera", "title"),
        ("KPK Tetapkan Dua Tersangka Korupsi", "title"),
        ("PRESIDEN RESMIKAN JALAN TOL", "upper"),
        ("Presiden resmikan jalan tol baru di Sumatera", None),
        ("Presiden Joko Widodo bertemu Menteri Luar Negeri Retno Marsudi di Jakarta.", None),
        ("Joko Widodo", None),
        ("A B C", None),
        ("", None),
    ],
)
def test_headlines_in_capitals_are_known(text: str, style: str | None) -> None:
    assert style_of(text, "id") == style


def test_acronyms_keep_their_capitals_where_they_can_be_seen() -> None:
    assert lowered("KPK Tetapkan Dua Tersangka", "title") == "KPK tetapkan dua tersangka"
    assert lowered("KPK TETAPKAN DUA TERSANGKA", "upper") == "kpk tetapkan dua tersangka"


def test_a_translation_gets_the_style_of_its_headline() -> None:
    assert restyled("president opens a new road", "title", "en") == "President Opens a New Road"
    assert restyled("the road is open", "title", "en") == "The Road Is Open"
    assert restyled("president opens a road", "upper", "en") == "PRESIDENT OPENS A ROAD"


@given(st.text(max_size=60))
def test_no_style_changes_the_number_of_characters(text: str) -> None:
    assert len(restyled(text, "title", "en")) == len(restyled(text, "upper", "en")) == len(text)
    for small in (lowered(text, "title"), lowered(text, "upper")):
        assert small is None or len(small) == len(text)


@pytest.mark.parametrize("style", ["upper", "title"])
def test_a_headline_in_capitals_is_understood(style: str) -> None:
    """Title case lost "rice" and "price" before; capitals were copied."""
    plain = "harga beras naik tajam di pasar"
    text = plain.upper() if style == "upper" else plain.title()
    article = Document("id", (Block("title", text),))
    (row,) = translate_document(article, load_engine()).rows()
    assert {"rice", "price"} <= set(row.target.lower().replace("prices", "price").split())
    assert row.target[0].isupper()
    assert row.bead.links
