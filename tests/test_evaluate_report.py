"""The page of an evaluation: safe, whole without its script, sortable with it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.evaluate import Corpus, Evaluation, Run, Scoring, Stream, System, evaluate
from translate_kit.evaluate.report import write_report
from translate_kit.evaluate.report.sentences import chosen
from translate_kit.evaluate.report.svg import Scale
from translate_kit.evaluate.report.words import marked

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

EVIL = "</script><script>alert('!')</script><img src=x onerror=alert(1)>"
SOURCES = (
    "Harga beras naik 10 persen.",
    "Presiden Joko tiba di Jakarta.",
    "“Kami tidak takut,” kata Budi.",
    "Pasar sepi.",
)
REFERENCES = (
    "The price of rice rose by 10 percent.",
    "President Joko arrived in Jakarta.",
    "“We are not afraid,” Budi said.",
    "The market is quiet.",
)
GOOD = (
    "The price of rice rose 10 percent.",
    "President Joko arrived in Jakarta.",
    "“We are not scared,” said Budi.",
    "Markets are quiet.",
)
BAD = ("Price rice up.", "President come Jakarta.", "We scare, Budi say.", EVIL)


def found(*systems: System, sources: bool = True) -> Evaluation:
    source = Stream("news.id", SOURCES) if sources else None
    parts = Corpus(systems, (Stream("news.en", REFERENCES),), source)
    return evaluate(parts, Scoring(bootstrap=50, trials=50, slices=True, trust=True))


@pytest.fixture(scope="module")
def pair() -> Evaluation:
    run = Run(0.5, 2.0, 4, 120, 40, 100_000_000)
    made = (("model", "tiny@12"), ("beam", "4"))
    return found(System("bad <b>", BAD), System("good", GOOD, signature=made, run=run))


class Reader(HTMLParser):
    """Collects tags and checks that they are balanced."""

    VOID = frozenset({"meta", "input", "path", "line", "br", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(page: bytes) -> Reader:
    reader = Reader()
    reader.feed(page.decode("utf-8"))
    assert not reader.open
    return reader


def test_text_never_becomes_markup_and_nothing_is_fetched(pair: Evaluation) -> None:
    page = write_report(pair)
    reader = read(page)
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert not any(tag == "img" for tag, _ in reader.tags)
    for _, attributes in reader.tags:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert not (attributes.get("href") or "#").startswith("http")
        assert "src" not in attributes
    policy = next(a["content"] for t, a in reader.tags if t == "meta" and "http-equiv" in a)
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert b"bad &lt;b&gt;" in page


def test_the_same_evaluation_gives_the_same_bytes(pair: Evaluation) -> None:
    assert write_report(pair) == write_report(pair)


def test_every_plot_says_what_it_shows(pair: Evaluation) -> None:
    page = write_report(pair).decode()
    plots = re.findall(r'<svg role="img".*?</svg>', page, flags=re.DOTALL)
    assert len(plots) == 3 + 3 + 1 + 1 + 2
    for plot in plots:
        label = re.search(r'aria-labelledby="([^"]+)" aria-describedby="([^"]+)"', plot)
        assert label is not None
        for name in label.groups():
            (text,) = re.findall(rf'<\w+ id="{name}">([^<]+)<', page)
            assert text.strip()
        assert not re.search(r"\b(nan|inf)\b", plot)


def test_the_page_holds_signatures_scores_and_what_models_cost(pair: Evaluation) -> None:
    page = write_report(pair).decode()
    for score in pair.scores:
        assert score.signature in page
        assert f"{score.value:.1f}" in page
    assert "model:tiny@12|beam:4" in page
    assert "100 MB" in page
    assert "2.0 s" in page


def test_a_single_system_without_sources_has_a_page_too() -> None:
    alone = found(System("good", GOOD), sources=False)
    page = write_report(alone).decode()
    read(page.encode())
    assert "good on 4 segments" in page
    assert "lowest-scoring sentences" in page
    assert "less that of" not in page
    assert "Can the quality estimates" not in page


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40), st.text(max_size=40))
def test_marks_change_no_word_of_the_translation(text: str, reference: str) -> None:
    from html import unescape  # noqa: PLC0415

    html = marked(text, reference)
    kept = re.sub(r"<del>.*?</del>", "", html, flags=re.DOTALL)
    plain = re.sub(r"</?ins>", "", kept)
    assert unescape(plain) == unescape(text.replace("\0", "\ufffd")) or plain == _escaped(text)


def _escaped(text: str) -> str:
    from translate_kit.evaluate.report.svg import label  # noqa: PLC0415

    return label(text)


def test_marks_stand_at_the_words_that_differ() -> None:
    assert marked("He left the town.", "He left the city early.") == (
        "He left the <del>city early</del><ins>town</ins>."
    )
    assert marked("Same.", "Same.") == "Same."
    assert marked("Rose.", "Prices rose.") == "<del>Prices rose</del><ins>Rose</ins>."


def test_sentences_shown_are_those_where_systems_differ_most(pair: Evaluation) -> None:
    scores = pair.of("chrf++")
    order = chosen(scores, most=2, each=1)
    spreads = [abs(scores[0].sentences[n] - scores[1].sentences[n]) for n in range(4)]
    assert order[0] == spreads.index(max(spreads))
    assert len(order) == 2
    assert len(chosen(scores[:1])) == 4


@settings(deadline=None, max_examples=200)
@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=8))
def test_a_scale_holds_its_values_and_has_a_few_round_ticks(values: list[float]) -> None:
    scale = Scale.around(values, 10, 110)
    for value in values:
        assert 10 <= scale(value) <= 110
    ticks = scale.ticks()
    assert 1 <= len(ticks) <= 6
    assert all(scale.low - 1e-6 <= value <= scale.high + 1e-6 for value, _ in ticks)
    assert len({text for _, text in ticks}) == len(ticks)


# In a browser


@pytest.fixture
def opened(browser: Browser, pair: Evaluation, tmp_path: Path) -> Page:
    path = tmp_path / "report.html"
    path.write_bytes(write_report(pair))
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.on("dialog", lambda dialog: pytest.fail(f"a script of the text ran: {dialog.message}"))
    page.on("console", lambda message: pytest.fail(message.text))
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(path.as_uri())
    return page


@pytest.mark.browser
def test_a_table_is_sorted_by_keyboard(opened: Page) -> None:
    table = opened.locator("#scores table").first
    names = table.locator("tbody tr th")
    assert names.all_inner_texts()[0].startswith("bad")
    button = table.locator("thead tr[data-heads] button").nth(1)
    button.focus()
    opened.keyboard.press("Enter")
    assert names.all_inner_texts()[0] == "good"
    head = table.locator("thead tr[data-heads] th").nth(1)
    assert head.get_attribute("aria-sort") == "descending"
    opened.keyboard.press("Space")
    assert names.all_inner_texts()[0].startswith("bad")
    assert head.get_attribute("aria-sort") == "ascending"
    assert "ascending" in opened.locator("#status").inner_text()


@pytest.mark.browser
def test_systems_are_shown_and_hidden_and_the_spread_follows(opened: Page) -> None:
    columns = opened.locator("#sentences thead [data-system]:not([hidden])")
    spread = opened.locator("#sentences tbody .spread").first
    assert columns.count() == 2
    assert float(spread.inner_text()) > 0
    opened.get_by_label("good").uncheck()
    assert columns.count() == 1
    assert float(opened.locator("#sentences tbody .spread").first.inner_text()) == 0


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_its_window(opened: Page, width: int, scheme: str) -> None:
    opened.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    paper = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(23, 22, 20)" if scheme == "dark" else "rgb(252, 251, 248)")
