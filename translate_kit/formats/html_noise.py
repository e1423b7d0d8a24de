"""What a news page has around its article: told by elements, roles, classes and set phrases."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from translate_kit.formats.html_runs import local
from translate_kit.formats.marks import LINK

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from translate_kit.formats.html_runs import Run

__all__ = ["is_noise", "is_reference", "words_of"]

_ELEMENTS = frozenset("nav footer aside form dialog menu button select fieldset".split())
_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar"
    " form button".split()
)
_CLASSES = frozenset(
    "ad ads adv advert advertisement adsbygoogle iklan sponsor sponsored promo banner"
    " nav navbar navigation menu breadcrumb breadcrumbs sidebar widget footer"
    " share sharing social sosmed bagikan"
    " related terkait bacajuga rekomendasi recommendation recommendations recommended"
    " popular terpopuler trending mostread readmore morenews beritalain lainnya"
    " cookie cookies consent gdpr newsletter subscribe subscription langganan paywall"
    " comment comments komentar disqus tags taglist topics topik pagination paging"
    " login signin popup modal overlay skip hidden sronly".split()
)
_NEVER = frozenset(("html", "body", "main", "article"))
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MOST = 2000
"""Characters of text that no noise has: a wrapper named oddly is not thrown away."""

_PHRASES = (
    *("baca juga", "baca selengkapnya", "lihat juga", "simak juga", "simak video"),
    *("simak selengkapnya", "tonton juga", "tonton video", "saksikan juga", "artikel terkait"),
    *("berita terkait", "pilihan editor", "ikuti kami", "ikuti berita", "dapatkan update"),
    *("gabung ke", "also read", "read also", "read more", "see also", "related article"),
    *("lanjutkan membaca", "scroll to continue"),
)
_ALONE = frozenset(
    "iklan|advertisement|sponsored|bagikan|share|tags|tag|komentar|salin tautan|copy link"
    "|cetak|print|foto|video".split("|")
)


def words_of(element: Element) -> set[str]:
    """Return the words in an element's class, id and the like, and each two of them as one."""
    found: set[str] = set()
    for name in ("class", "id", "rel", "itemprop"):
        for value in (element.get(name) or "")[:500].split():
            words = [word.lower() for word in _WORD.findall(value)]
            found.update(words)
            found.update(map("".join, pairwise(words)))
    return found


def is_noise(element: Element) -> bool:
    """Whether a block element is no part of an article, by what it says of itself."""
    name = local(element)
    if name in _NEVER:
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if name in _ELEMENTS or (element.get("role") or "").lower() in _ROLES:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    named = bool(words_of(element) & _CLASSES) or "display:none" in style
    return named and _length(element) < _MOST


def _length(element: Element) -> int:
    """Return the length of the element's text in paragraphs, counted up to `_MOST`."""
    total = 0
    for paragraph in element.iter("p"):
        total += sum(map(len, paragraph.itertext()))
        if total >= _MOST:
            break
    return total


def is_reference(run: Run) -> bool:
    """Whether a run leads away from the article: *Baca juga: …*, a button's label, mere links."""
    text = run.text.strip(" :»›>→-").lower()
    if text in _ALONE or (len(text) < 200 and text.startswith(_PHRASES)):
        return True
    linked = sum(mark.end - mark.start for mark in run.marked.marks if mark.name == LINK)
    listed = run.kind in ("item", "cell") or len(run.text) < 40
    return listed and run.kind != "byline" and linked >= 0.9 * len(run.text)
