"""The page: exact text, nothing from the network, and what it does under pointer, key and press."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from strategies import HOSTILE, bitexts

from translate_kit.bitext import Alternative, Bead, Bitext, Issue, Provenance, Quality
from translate_kit.document import Block, Document, Sentence
from translate_kit.formats import write_bitexts
from translate_kit.formats.pieces import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from translate_kit.bitext import Span

VOID = {"meta", "br"}


class Texts(HTMLParser):
    """What stands in elements of the class ``text``, as the standard library's parser sees it."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth = 0
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._depth and ("class", "text") in attrs:
            self.found.append("")
            self._depth = 1
        elif self._depth and tag not in VOID:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= bool(self._depth and tag not in VOID)

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.found[-1] += data


def texts(documents: Sequence[Bitext]) -> list[str]:
    """The texts a page must show, source and target in turn."""
    rows = (row for document in documents for row in document.rows())
    return [text.replace("\0", "\ufffd") for row in rows for text in (row.source, row.target)]


# The article of the tests: every band, a sentence left out, overlapping marks, an alternative

ROWS = (
    ("title", "Harga Beras Naik 2,5 Persen", "Rice Prices Rise 2.5 Percent"),
    ("paragraph", "Stok di gudang mencapai 1.400 ton.", "Stocks in warehouses reached 1,500 tons."),
    ("paragraph", "Pemerintah tidak akan mengimpor beras.", "The government will import rice."),
    ("paragraph", "Operasi pasar digelar pekan ini.", ""),
    ("quote", "“Ini sementara,” katanya.", "“This is temporary,” she said."),
)
MARKS: dict[int, tuple[Quality, str]] = {
    0: (Quality(0.82, "good"), "Harga:Prices Beras:Rice Naik:Rise 2,5:2.5 Persen:Percent"),
    1: (
        Quality(0.41, "poor", (Issue("number", "1.400 became 1,500", (24, 29), (29, 34)),)),
        "Stok:Stocks gudang:warehouses mencapai:reached 1.400:1,500 ton:tons",
    ),
    2: (
        Quality(
            0.55,
            "check",
            (
                Issue("negation", "“tidak” is lost", (11, 21), (15, 26)),
                Issue("omission", "a word is missing", None, (20, 20)),
            ),
        ),
        "Pemerintah:The Pemerintah:government akan:will mengimpor:import beras:rice",
    ),
    4: (Quality(0.7, "good"), "Ini:This sementara:temporary katanya:she katanya:said"),
}


def article() -> Bitext:
    """The rows above as a bitext: a block a row."""
    beads, sides = [], ([], [])  # type: tuple[list[Bead], tuple[list[Block], list[Block]]]
    count = 0
    for number, (kind, source, target) in enumerate(ROWS):
        for blocks, text in zip(sides, (source, target), strict=True):
            if text:
                blocks.append(Block(kind, text, (Sentence(0, len(text)),)))
        quality, words = MARKS.get(number, (None, ""))
        links = [_link(source, target, word) for word in words.split()]
        beads.append(
            Bead(
                range(number, number + 1),
                range(count, count + bool(target)),
                "model" if target else "untranslated",
                tuple(links),
                quality,
                (Alternative("The government will not import rice.", -0.4),) if number == 2 else (),
            )
        )
        count += bool(target)
    made = Provenance("translate-kit 0.1.0", "id-en", "0f3c" * 16, (("beam_size", "4"),))
    documents = [
        Document(code, tuple(side)) for code, side in zip(("id", "en"), sides, strict=True)
    ]
    return Bitext(documents[0], documents[1], tuple(beads), made)


def _link(source: str, target: str, words: str) -> tuple[int, int, int, int]:
    one, other = words.split(":")
    s, t = source.index(one), target.index(other)
    return s, s + len(one), t, t + len(other)


# Pieces

spans = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted).map(lambda s: (s[0], s[1]))


@given(st.lists(spans.filter(lambda s: s[0] < s[1])), st.lists(st.one_of(st.none(), spans)))
def test_pieces_are_the_text_and_know_every_span(
    links: list[Span], issues: list[Span | None]
) -> None:
    text = "Harga naik 2"
    pieces = list(cut(text, links, issues))
    assert "".join(piece.text for piece in pieces) == text
    for marks, name in ((links, "links"), (issues, "issues")):
        for number, span in enumerate(marks):
            inside = [piece.text for piece in pieces if number in getattr(piece, name)]
            assert "".join(inside) == (text[slice(*span)] if span else "")
    ends = [number for piece in pieces for number in piece.last]
    assert sorted(ends) == [number for number, span in enumerate(issues) if span]


# The file


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(bitexts(), max_size=2))
def test_the_texts_stand_in_the_page_exactly(documents: list[Bitext]) -> None:
    assert Texts(write_bitexts(documents, "html")).found == texts(documents)


def parsed(*documents: Bitext) -> etree._Element:
    return lxml_html.document_fromstring(write_bitexts(documents, "html"))


def content(elements: Iterable[etree._Element]) -> list[str]:
    return ["".join(map(str, element.itertext())) for element in elements]


def test_the_page_is_what_another_parser_sees() -> None:
    root = parsed(article())
    shown = root.findall(".//span[@class='text']")
    assert content(shown) == texts([article()])
    assert [element.get("lang") for element in shown] == ["id", "en"] * len(ROWS)
    assert root.findtext(".//title") == "Rice Prices Rise 2.5 Percent"
    states = [row.get("data-state") for row in root.iterfind(".//tbody/tr")]
    assert states == ["good", "poor", "check", "untranslated", "good"]
    kinds = [body.get("data-kind") for body in root.iterfind(".//tbody")]
    assert kinds == [row[0] for row in ROWS]


def test_every_note_is_named_once_and_every_name_is_there() -> None:
    elements = list(parsed(article(), article()).iter(etree.Element))
    names = [element.get("id") for element in elements if element.get("id")]
    assert len(names) == len({*names})
    described = [n for e in elements for n in e.get("aria-describedby", "").split()]
    assert described
    assert {*described, *(e.get("href", "#text")[1:] for e in elements)} <= {*names}


def test_the_policy_lets_in_this_style_and_this_script_alone() -> None:
    page = write_bitexts([article()], "html").decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none'; ")
    for name in ("style", "script"):
        (content,) = re.findall(rf"<{name}>(.*?)</{name}>", page, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not re.findall(r'style="|\son\w+="|\ssrc=|url\(|@import|href="[^#]', page)


def test_the_summary_says_what_an_editor_asks() -> None:
    root = parsed(article())
    facts = {str(f[0].text): str(f[1].text) for f in root.iterfind(".//dl/div")}
    assert facts == {
        "Sentences": "5",
        "Mean quality, estimated": "0.62",
        "To check": "3",
        "Model": "id-en@0f3c0f3c",
        "Made with": "translate-kit 0.1.0",
    }
    assert content(root.iterfind(".//button")) == [
        "Good 2",
        "Check 1",
        "Poor 1",
        "Not translated 1",
    ]
    assert "Quality is an estimate" in content(root.iterfind(".//footer"))[0]


def test_an_alignment_without_estimates_speaks_of_none() -> None:
    plain = article().with_qualities([None] * len(ROWS))
    page = write_bitexts([plain], "html").decode()
    body = page[page.index("<body>") : page.index("<script>")]
    assert "Quality is an estimate" not in body
    assert "Mean quality" not in body
    assert 'class="bare"' in body


def test_a_page_of_several_articles_links_to_each() -> None:
    root = parsed(article(), article())
    assert [a.get("href") for a in root.iterfind(".//nav//a")] == ["#d1", "#d2"]
    assert [a.get("id") for a in root.iterfind(".//article")] == ["d1", "d2"]
    assert root.findtext(".//title") == "Rice Prices Rise 2.5 Percent and 1 more"
    assert content(root.iterfind(".//button"))[0] == "Good 4"


def _colours(style: str) -> Iterator[dict[str, str]]:
    """Yield the light, dark and print colours."""
    found: dict[str, str] = {}
    for block in re.findall(r":root \{(.*?)\}", style, flags=re.DOTALL):
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", block))
        yield dict(found)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_colour_has_the_contrast_that_wcag_asks() -> None:
    page = write_bitexts([article()], "html").decode()
    schemes = list(_colours(page))
    assert len(schemes) == 3
    for colours in schemes:
        for text in ("ink", "soft", "good", "check", "poor"):
            for ground in ("paper", "faint", "check-tint", "poor-tint"):
                assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        assert _contrast(colours["lit-ink"], colours["lit"]) >= 4.5


# In a browser


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(write_bitexts([article()], "html"))
    return path


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    """The article's page; a message on the console or a request is a failure."""
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url))
    page.goto(path.as_uri())
    yield page
    page.close()
    assert complaints == [path.as_uri()]


def lit(page: Page) -> list[str]:
    return page.locator(".lit").all_inner_texts()


def word(page: Page, text: str) -> Locator:
    return page.locator("[data-l]", has_text=re.compile(f"^{re.escape(text)}$"))


@pytest.mark.browser
def test_the_browser_shows_exactly_the_texts(page: Page) -> None:
    assert page.locator(".text").evaluate_all("all => all.map(e => e.textContent)") == texts(
        [article()]
    )


@pytest.mark.browser
def test_pointing_at_a_word_lights_its_partners(page: Page) -> None:
    word(page, "Harga").hover()
    assert lit(page) == ["Harga", "Prices"]
    word(page, "Pemerintah").hover()
    assert lit(page) == ["Pemerintah", "The", "government"]
    word(page, "said").hover()
    assert lit(page) == ["katanya", "said"]
    page.mouse.move(1, 1)
    assert lit(page) == []


@pytest.mark.browser
def test_keys_step_from_word_to_word(page: Page) -> None:
    word(page, "Harga").focus()
    assert lit(page) == ["Harga", "Prices"]
    page.keyboard.press("ArrowRight")
    assert lit(page) == ["Beras", "Rice"]
    page.keyboard.press("Tab")  # to the first word of the translation
    assert lit(page) == ["Beras", "Rice"]
    page.keyboard.press("ArrowRight")
    assert lit(page) == ["Harga", "Prices"]
    page.keyboard.press("Escape")
    assert lit(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("how", ["hover", "focus"])
def test_a_note_shows_under_pointer_and_focus(page: Page, how: str) -> None:
    tip = page.get_by_role("tooltip")
    assert not tip.is_visible()
    piece = page.locator(".target .issue", has_text="1,500")
    getattr(piece, how)()
    assert tip.inner_text() == "number: 1.400 became 1,500"
    box = tip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    page.keyboard.press("Escape")
    assert not tip.is_visible()


@pytest.mark.browser
def test_every_note_is_in_the_margin_too(page: Page) -> None:
    assert page.locator(".issues li:visible").all_text_contents() == [
        "a number: 1.400 became 1,500",
        "a negation: “tidak” is lost",
        "b omission: a word is missing",
    ]
    assert page.locator(".target [data-mark]").evaluate_all("a => a.map(e => e.dataset.mark)") == [
        *("a", "b", "a")
    ]


@pytest.mark.browser
def test_buttons_filter_by_band(page: Page) -> None:
    rows = page.locator("tbody > tr:visible")
    poor = page.get_by_role("button", name="Poor 1")
    missing = page.get_by_role("button", name="Not translated 1")
    assert rows.count() == len(ROWS)
    poor.focus()
    page.keyboard.press("Enter")
    assert poor.get_attribute("aria-pressed") == "true"
    assert rows.locator(".number").all_inner_texts() == ["2"]
    assert page.get_by_role("status").inner_text() == "1 of 5 sentences"
    missing.click()
    assert rows.locator(".number").all_inner_texts() == ["2", "4"]
    for button in (poor, missing):
        button.click()
        assert button.get_attribute("aria-pressed") == "false"
    assert rows.count() == len(ROWS)


@pytest.mark.browser
def test_what_is_not_translated_says_so(page: Page) -> None:
    assert page.locator('[data-state="untranslated"] .flag').inner_text() == "Not translated"


@pytest.mark.browser
def test_alternatives_open(page: Page) -> None:
    other = page.get_by_text("The government will not import rice.")
    assert not other.is_visible()
    page.get_by_text("1 alternative").click()
    assert other.is_visible()


@pytest.mark.browser
def test_titles_are_headings(page: Page) -> None:
    assert page.get_by_role("heading", level=1).inner_text() == "Rice Prices Rise 2.5 Percent"


@pytest.mark.browser
def test_dark_is_dark(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    assert min(page.evaluate(ground)) > 200
    page.emulate_media(color_scheme="dark")
    assert max(page.evaluate(ground)) < 50


@pytest.mark.browser
def test_narrow_screens_stack_and_never_scroll_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    row = page.locator("tbody > tr").nth(1)
    tops = [row.locator(name).bounding_box() for name in (".source", ".target", ".notes")]
    assert all(tops)
    edges = [box["y"] for box in tops if box]
    assert edges == sorted(edges)
    assert len({*edges}) == 3


@pytest.mark.browser
def test_paper_has_a4_pages_without_buttons(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "long.html"
    path.write_bytes(write_bitexts([article()] * 3, "html"))
    page = browser.new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.get_by_role("button").first.is_visible()
    assert page.locator("tr").nth(1).evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    assert page.locator("body").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 3  # an article a page
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4)) for w, h in boxes} == {
        (210, 297)
    }


@pytest.mark.browser
def test_without_script_all_is_there_but_the_buttons(browser: Browser, path: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(path.as_uri())
    assert page.locator("tbody > tr:visible").count() == len(ROWS)
    assert page.locator(".issues li:visible").count() == 3
    assert page.locator("button:visible").count() == 0
    page.close()


@pytest.mark.browser
def test_hostile_text_stays_text_everywhere(browser: Browser, tmp_path: Path) -> None:
    documents = [_hostile(text.strip()) for text in HOSTILE if text.strip()]
    path = tmp_path / "hostile.html"
    path.write_bytes(write_bitexts(documents, "html"))
    seen: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("request", lambda request: seen.append(request.url))
    page.goto(path.as_uri())
    shown = page.locator(".text").evaluate_all("all => all.map(e => e.textContent)")
    counts = page.evaluate(
        "['script', 'style', 'img', 'article'].map(n => document.querySelectorAll(n).length)"
    )
    page.close()
    assert shown == texts(documents)
    assert counts == [1, 1, 0, len(documents)]
    assert seen == [path.as_uri()]


def _hostile(text: str) -> Bitext:
    """A text in every place that a page shows, and kinds and languages that are as bad."""
    block = Block(text, text, (Sentence(0, len(text)),))
    sides = [Document(language, (block,), text, text) for language in (text, "en")]
    quality = Quality(0.3, "poor", (Issue(text, text, (0, 1), (0, len(text))),))
    bead = Bead(range(1), range(1), "model", (), quality, (Alternative(text, -1.0),))
    return Bitext(sides[0], sides[1], (bead,), Provenance(text, text, text, ((text, text),)))
