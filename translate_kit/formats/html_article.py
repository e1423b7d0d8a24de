"""The main article of a web page: which runs of the tree belong to it, and what they are.

Two judges decide. Where trafilatura is installed (the extra ``web``), a run belongs to the article
if trafilatura's text has it. Without it the plain rule holds: the smallest element that contains
most of the page's long paragraphs, which `translate_kit.formats.html_noise` has freed from
navigation, advertisements and references. Either way the headline above it, who wrote it, when,
and the captions of its pictures belong to it, and the text is the page's own, not the judge's.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

from translate_kit.formats.html_noise import is_noise, is_reference, words_of
from translate_kit.formats.html_runs import Run, find_runs, local
from translate_kit.formats.marks import Marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element as Element

__all__ = ["MAX_JUDGED", "article", "facts", "title_run", "trafilatura_judge"]

_EXTRA = ("trafilatura", "lxml_html_clean")
"""Modules of the extra ``web``; without the second the first cannot be imported."""

MAX_JUDGED = 20_000
"""Tags of a page that trafilatura is asked about: its time grows with their square."""

_LONG = 60
"""Characters of a paragraph that can only be of the article, or of another one's teaser."""
_MOST = 0.7
"""Share of the long paragraphs' text that the article's element holds."""
_MARKED = 0.4
"""Share that an element marked up as the article must hold to be believed."""
_AGREED = 0.5
"""Share of the judge's text that must be found in the page for the judge to be believed."""
_SHORT = 30
"""Characters under which a run must be a whole line of the judge's text, not a part of it."""

_BYLINE = frozenset("author authors byline penulis reporter writer editor jurnalis".split())
_DATE = frozenset(
    "date datetime tanggal published publishdate pubdate timestamp waktu time".split()
)
_CAPTION = frozenset("caption captions keterangan fotocaption photocaption".split())
_SPACES = re.compile(r"\s+")


def article(root: Element, judge: Callable[[], str | None] | None) -> list[Run]:
    """Return the runs of the page's article in order; the headline is a ``title``.

    Args:
        root: the page's tree.
        judge: gives the text of the article; None goes by the plain rule alone.
    """
    body = next((child for child in root if local(child) == "body"), root)
    runs = [_named(run) for run in find_runs(body, is_noise)]
    text = judge() if judge else None
    chosen = _judged(runs, text) if text else set()
    chosen = chosen or _plain(runs, body)
    headline = _headline(runs, chosen, _page_title(root))
    return [*_assembled(runs, chosen, headline)] if chosen else []


def _assembled(runs: Sequence[Run], chosen: set[int], headline: int | None) -> Iterator[Run]:
    first, last = min(chosen), max(chosen)
    begin = first if headline is None else min(headline, first)
    for number, run in enumerate(runs[begin : last + 1], begin):
        if number == headline:
            yield replace(run, kind="title")
        elif number in chosen or run.kind in ("byline", "dateline", "caption"):
            yield run


def _named(run: Run) -> Run:
    """Return the run with the kind that classes and elements around it tell."""
    if run.kind not in ("paragraph", "item") or len(run.text) > 200:
        return run
    words: set[str] = set()
    names: set[str] = set()
    for element in _near(run):
        words |= words_of(element)
        names.add(local(element))
    if words & _CAPTION:
        return replace(run, kind="caption")
    if words & _BYLINE and len(run.text) <= 100:
        return replace(run, kind="byline")
    if ("time" in names or words & _DATE) and any(map(str.isdigit, run.text)):
        return replace(run, kind="dateline") if len(run.text) <= 100 else run
    return run


def _near(run: Run) -> Iterator[Element]:
    """Yield a run's elements: its parent, that one's parent, and what stands alone in it."""
    yield run.parent
    if (above := run.parent.getparent()) is not None and len(list(islice(above, 7))) < 7:
        yield above
    if run.nodes and len(run.text) <= 100:
        yield run.nodes[0]


# The judge


def _judged(runs: Sequence[Run], text: str) -> set[int]:
    """Return the numbers of the runs that a judge's text has, or none if it has too few."""
    lines = {_tight(line.lstrip("-*• ")) for line in text.splitlines()}
    whole = _tight(text)
    chosen = set()
    for number, run in enumerate(runs):
        tight = _tight(run.text)
        if (tight in lines or (len(tight) >= _SHORT and tight in whole)) and not is_reference(run):
            chosen.add(number)
    found = sum(len(_tight(runs[number].text)) for number in chosen)
    return chosen if found >= _AGREED * len(whole) else set()


def _tight(text: str) -> str:
    return _SPACES.sub("", text)


def trafilatura_judge(page: str) -> Callable[[], str | None] | None:
    """Return the judge of a page where trafilatura is installed whole. Nothing is fetched."""
    if not all(map(find_spec, _EXTRA)) or page.count("<") > MAX_JUDGED:
        return None

    def judge() -> str | None:
        import trafilatura  # noqa: PLC0415  an extra, and it costs half a second

        text: str | None = trafilatura.extract(
            page, output_format="txt", include_comments=False, include_tables=True
        )
        return text

    return judge


# The plain rule


def _plain(runs: Sequence[Run], body: Element) -> set[int]:
    """Return the numbers of the runs in the element that holds most long paragraphs."""
    held: dict[Element, int] = {}
    for run in runs:
        if run.kind == "paragraph" and len(run.text) >= _LONG and not is_reference(run):
            for element in _holders(run):
                held[element] = held.get(element, 0) + len(run.text)
    if not held:
        return set()
    container = _smallest(held, _marked_up(held, held.get(body, 0)))
    within = {container, *container.iterdescendants()}
    return {n for n, run in enumerate(runs) if run.parent in within and not is_reference(run)}


def _holders(run: Run) -> Iterator[Element]:
    """Yield the elements that hold a paragraph among others: not the paragraph itself."""
    if local(run.parent) != "p":
        yield run.parent
    yield from run.parent.iterancestors()


def _smallest(held: dict[Element, int], root: Element) -> Element:
    """Return the smallest element in another one that holds `_MOST` of that one's text."""
    container = root
    for element, length in held.items():
        if length >= _MOST * held[root] and _below(element, container):
            container = element
    return container


def _below(element: Element, container: Element) -> bool:
    return any(above is container for above in element.iterancestors())


def _marked_up(held: dict[Element, int], total: int) -> Element:
    """Return the element that says it is the article, or the one that holds all."""
    named = [e for e in held if _says_article(e) and held[e] >= _MARKED * total]
    return max(named or held, key=lambda e: held[e])


def _says_article(element: Element) -> bool:
    return (
        local(element) in ("article", "main")
        or element.get("itemprop") == "articleBody"
        or element.get("role") in ("main", "article")
    )


# The headline and what the head says


def _page_title(root: Element) -> str:
    return " ".join(root.findtext(".//head/title", "").split())


def _headline(runs: Sequence[Run], chosen: set[int], title: str) -> int | None:
    """Return the number of the headline: a heading of the first level, best one in the title."""
    if not chosen:
        return None
    heads = [n for n, run in enumerate(runs) if local(run.parent) == "h1" and n <= max(chosen)]
    named = [n for n in heads if runs[n].text in title]
    return next(iter(named or heads), None)


def facts(root: Element) -> dict[str, str]:
    """Return ``title``, ``author`` and ``date`` as far as the page's head tells them."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").lower()
        key = _META.get(name)
        value = " ".join((element.get("content") or "").split())
        if key and value:
            found.setdefault(key, value)
    for element in root.iter("script"):
        if element.get("type") == "application/ld+json":
            for key, value in _linked_data(element.text or ""):
                found.setdefault(key, value)
    if title := _page_title(root):
        found.setdefault("title", title)
    return found


_META = {
    "og:title": "title",
    "author": "author",
    "article:author": "author",
    "article:published_time": "date",
    "pubdate": "date",
    "date": "date",
}


def _linked_data(text: str) -> Iterator[tuple[str, str]]:
    """Yield what JSON-LD says of an article; what cannot be read says nothing."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    entries = data.get("@graph", [data]) if isinstance(data, dict) else data
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and "Article" in str(entry.get("@type")):
            for name, key in (("headline", "title"), ("datePublished", "date")):
                if isinstance(entry.get(name), str):
                    yield key, entry[name]
            if author := _name(entry.get("author")):
                yield "author", author


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:10]))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None


def title_run(root: Element) -> Run | None:
    """Return the page's ``<title>`` as a run, for a page without a headline."""
    for element in root.iter("title"):
        if element.text and element.text.strip() and len(element) == 0:
            return Run("title", Marked(" ".join(element.text.split())), element, None, ())
    return None
