"""Web pages: the article and nothing but the article, and the same page in translation."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from articles import SAMPLES, mirrored, outline
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from translate_kit.errors import EmptyInputError, EncodingError, FormatError, InputError
from translate_kit.formats import Reading, html_article, html_reader, read_document
from translate_kit.formats.html_reader import MAX_BYTES, MAX_DEPTH, MAX_TAGS

if TYPE_CHECKING:
    from translate_kit.document import Document

PAGE = (SAMPLES / "beras.html").read_text(encoding="utf-8")
FILLER = "Ini adalah sebuah paragraf panjang dari berita yang memang harus dibaca orang."
NOISE = (
    "kuki Setuju Olahraga Cari Beranda Facebook Salin ADVERTISEMENT iklan SCROLL Baca"
    " Simak Tag: Terkait Cabai Nelayan Komentar Semoga Terpopuler Gempa Hak"
).split()

both = pytest.mark.parametrize("judged", [False, True], ids=["lxml", "trafilatura"])


@pytest.fixture(autouse=True)
def judge(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go by the plain rule, or by trafilatura where a test asks for it and it is there."""
    callspec = getattr(request.node, "callspec", None)
    if callspec is None or not callspec.params.get("judged"):
        monkeypatch.setattr(html_reader, "trafilatura_judge", lambda _page: None)
    elif find_spec("trafilatura") is None:
        pytest.skip("trafilatura is not installed (the extra web)")


def read(page: str | bytes, **reading: str) -> Document:
    data = page.encode() if isinstance(page, str) else page
    return read_document(data, "html", Reading(source="x", **reading))


def texts(page: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read(page).blocks]


def article(body: str) -> str:
    return f"<html><body><article><h1>Judul</h1><p>{FILLER}</p>{body}</article></body></html>"


@both
def test_a_news_page_gives_the_article_alone_and_in_order(*, judged: bool) -> None:
    document = read(PAGE)
    expected = (SAMPLES / "beras.html.blocks").read_text(encoding="utf-8").splitlines()[1:]
    assert outline(document) == [line for line in expected if line]
    text = "\n".join(block.text for block in document.blocks)
    assert not [word for word in NOISE if word in text]
    assert judged in (True, False)


def test_title_author_and_date_are_kept() -> None:
    document = read(PAGE)
    title = document.blocks[0]
    assert (title.kind, title.text) == ("title", document.title)
    assert title.attribute("author") == "Sri Wahyuni"
    assert title.attribute("date") == "2023-10-24T10:30:00+07:00"
    assert [block.kind for block in document.blocks[1:4]] == ["byline", "dateline", "caption"]


def test_a_page_without_a_headline_has_its_title() -> None:
    page = f"<title>Judul | Situs</title><div><p>{FILLER}</p><p>{FILLER}</p></div>"
    assert [kind for kind, _ in texts(page)] == ["title", "paragraph", "paragraph"]
    assert b"<title>JUDUL | SITUS</title>" in mirrored(page.encode(), "html")


def test_kinds() -> None:
    body = (
        "<h2>Bab</h2><ul><li>butir satu</li></ul><blockquote>kutipan</blockquote><pre>a\n b</pre>"
        "<figure><img src=x><figcaption>keterangan</figcaption></figure>"
        "<table><tr><td>sel</td></tr></table>"
    )
    assert texts(article(body))[2:] == [
        ("heading", "Bab"),
        ("item", "butir satu"),
        ("quote", "kutipan"),
        ("code", "a\n b"),
        ("caption", "keterangan"),
        ("cell", "sel"),
    ]


def test_text_beside_blocks_and_between_line_breaks_are_paragraphs() -> None:
    body = "<div>satu <b>tebal</b><p>dua</p>tiga.<br>Empat<br><br>lima<div>enam</div></div>"
    assert [text for _, text in texts(article(body))[2:]] == [
        *("satu tebal", "dua", "tiga.\nEmpat", "lima", "enam"),
    ]
    again = mirrored(article(body).encode(), "html").decode()
    shown = "SATU <b>TEBAL</b><p>DUA</p>TIGA.<br>EMPAT<br><br>LIMA<div>ENAM</div>"
    assert shown in again


def test_what_is_not_to_be_translated_stays() -> None:
    body = (
        '<p translate="no">Merek Dagang</p><p>Beli <span class="notranslate">Beras Kita</span>'
        ' dengan <code>id=7</code> di <a href="https://a.id/?a=1&amp;b=2">toko <i>kami</i></a>.</p>'
    )
    again = mirrored(article(body).encode(), "html").decode()
    assert '<p translate="no">Merek Dagang</p>' in again
    assert '<span class="notranslate">Beras Kita</span> DENGAN <code>id=7</code>' in again
    assert '<a href="https://a.id/?a=1&amp;b=2">TOKO <i>KAMI</i></a>.' in again
    kinds = {block.text: block.kind for block in read(article(body)).blocks}
    assert kinds["Merek Dagang"] == "code"


def test_pictures_comments_and_scripts_in_a_sentence_stay() -> None:
    body = "<p>Satu<!-- c --> dua <img src=x> tiga<script>a < b</script>.</p>"
    again = mirrored(article(body).encode(), "html").decode()
    assert '<p>SATU<!-- c --> DUA <img src="x"> TIGA<script>a < b</script>.</p>' in again


def test_the_page_stays_but_for_the_article() -> None:
    again = html.document_fromstring(mirrored(PAGE.encode(), "html"))
    before = html.document_fromstring(PAGE.encode())
    assert [e.tag for e in again.iter()] == [e.tag for e in before.iter()]
    assert again.get("lang") == "en"
    assert [a.get("href") for a in again.iter("a")] == [a.get("href") for a in before.iter("a")]
    assert again.findtext(".//nav//a") == "Berita"


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD\n XHTML 1.0//EN" "a">',) * 2,
        ("<!doctype html>",) * 2,
        ("<!DOCTYPE\x01html>", "<!DOCTYPE html>"),  # damaged on the way
        ("<!DOCTYPE html \ufffe>", "<!DOCTYPE html>"),
        ("", "<!DOCTYPE html>"),
    ],
)
def test_the_page_begins_as_it_did_or_as_pages_do(declared: str, written: str) -> None:
    again = mirrored((declared + article("<p>teks</p>")).encode(), "html").decode()
    assert again.startswith(written)


def test_a_translation_never_becomes_markup() -> None:
    words = "<script>alert(1)</script> &amp; </p> \x07"
    again = mirrored(article("<p>teks</p>").encode(), "html", lambda _: words)
    tree = html.document_fromstring(again)
    assert tree.find(".//script") is None
    assert "".join(map(str, tree.findall(".//p")[1].itertext())) == words.replace("\x07", "\ufffd")


def test_a_page_in_the_encoding_that_it_names() -> None:
    page = article("<p>Kafé “tajam”.</p>").replace("<html>", '<html><meta charset="iso-8859-1">')
    data = page.encode("windows-1252")
    assert read(data).blocks[-1].text == "Kafé “tajam”."
    again = mirrored(data, "html").decode("utf-8")
    assert '<meta charset="utf-8">' in again
    with pytest.raises(EncodingError):
        read(page.replace("iso-8859-1", "nonsense").encode("windows-1252"))


def test_an_oddly_named_wrapper_is_not_thrown_away() -> None:
    body = "".join(f"<p>{FILLER} Nomor {n}.</p>" for n in range(40))
    assert len(texts(f'<body class="ads"><div class="menu-wrap">{body}</div>')) == 40


def test_entities_are_text_and_nothing_is_fetched() -> None:
    attack = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + article("<p>&x; a</p>")
    assert not [text for _, text in texts(attack) if "root:" in text]


def test_the_limits_hold() -> None:
    with pytest.raises(FormatError, match="x: more than"):
        read("<br>" * (MAX_TAGS + 1))
    with pytest.raises(FormatError, match="x: nested deeper"):
        read("<div>" * (MAX_DEPTH + 1) + FILLER)
    with pytest.raises(FormatError, match="x: larger than"):
        read(b"a" * (MAX_BYTES + 1))
    with pytest.raises(EmptyInputError, match="x: no article"):
        read("<nav><a href=x>Beranda</a></nav>")
    assert html_article.MAX_JUDGED < MAX_TAGS


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<br><br>", "<pre>", "\u00a0"),
        *("satu ", "dua. Tiga", " &amp; ", "\n", FILLER, "satu <code>k</code> ", "<!-- c -->"),
        *("<li>", "<td>", "<h2>", "<img>", '<i translate="no">x</i> ', "<blockquote>", "<", "</"),
        "dua <a href=x>tautan</a> ",
    ]
)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_page_given_back_word_by_word_reads_the_same(body: str) -> None:
    data = article(body).encode()
    try:
        before = read_document(data, "html", Reading())
    except InputError:
        return
    after = read_document(mirrored(data, "html", str), "html", Reading())
    assert [b.kind for b in after.blocks] == [b.kind for b in before.blocks]
    for old, new in zip(before.blocks, after.blocks, strict=True):
        assert old.markup or "".join(new.text.split()) == "".join(old.text.split())
