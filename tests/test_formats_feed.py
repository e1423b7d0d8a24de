"""Feeds: an article a line, and everything else in the line carried through."""

from __future__ import annotations

import json

import pytest
from articles import SAMPLES, mirrored, rendered
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.errors import FormatError, InputError
from translate_kit.formats import (
    Reading,
    read_bitexts,
    read_document,
    read_documents,
    write_bitexts,
)

FEED = (SAMPLES / "umpan.jsonl").read_bytes()


def test_articles_are_named_by_file_and_id_or_line() -> None:
    data = b'{"id": "a", "text": "x"}\n{"text": "y"}\n{"id": 7, "text": "z"}\n'
    documents = read_documents(data, "jsonl", Reading(source="f"))
    assert [document.source for document in documents] == ["f#a", "f#2", "f#7"]


def test_other_fields_are_attributes_and_reach_the_bilingual_file() -> None:
    first, _ = read_documents(FEED, "jsonl", Reading())
    assert json.loads(first.blocks[0].attribute("tags") or "") == ["ekonomi", "pangan"]
    (again,) = read_bitexts(write_bitexts([rendered(first)], "jsonl"), "jsonl", Reading())
    assert again.source.blocks[0].attribute("author") == '"Sri Wahyuni"'


def test_a_mirrored_feed_has_the_same_fields_and_the_same_layout_of_text() -> None:
    before = [json.loads(line) for line in FEED.splitlines() if line]
    after = [json.loads(line) for line in mirrored(FEED, "jsonl").splitlines()]
    for old, new in zip(before, after, strict=True):
        assert list(new) == list(old)
        assert {k: v for k, v in new.items() if k not in ("title", "text")} == {
            k: v for k, v in old.items() if k not in ("title", "text")
        }
        assert new["text"] == old["text"].upper()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 2: no JSON at character 1"),
        ("[]", 'line 2: an object with a "text"'),
        ('{"title": "a"}', 'line 2: an object with a "text"'),
        ('{"text": 1}', 'line 2: an object with a "text"'),
        ('{"text": "a", "title": 1}', 'line 2: "title" is no string'),
        ('{"text": " ", "title": ""}', "line 2: neither"),
        ('{"text": "a", "b": 1e999}', "line 2: 1e999 is no JSON number"),
        ('{"text": "\\ud800"}', "line 2"),
        ('{"translate_kit": 1}', "line 2: a bilingual file, no feed"),
    ],
)
def test_a_line_that_is_no_article_is_named(line: str, words: str) -> None:
    data = f'{{"text": "a"}}\n{line}\n'.encode()
    with pytest.raises(FormatError, match=f"^x, {words}"):
        read_documents(data, "jsonl", Reading(source="x"))


def test_one_article_can_be_read_alone_but_not_one_of_several() -> None:
    assert read_document(b'{"text": "a"}', "jsonl", Reading()).blocks[0].text == "a"
    with pytest.raises(FormatError, match="2 articles where one is wanted"):
        read_document(FEED, "jsonl", Reading())


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)
TEXTS = st.text(st.sampled_from("ab. \n-1,A?\t\u2028"), max_size=40)


@settings(deadline=None, max_examples=150)
@given(
    title=TEXTS, text=TEXTS, extra=st.dictionaries(st.text("xyz", min_size=1), VALUES, max_size=3)
)
def test_any_article_given_back_word_by_word_is_the_same(
    title: str, text: str, extra: dict[str, object]
) -> None:
    record = {**extra, "title": title, "text": text}
    try:
        line = json.dumps(record).encode()
        again = json.loads(mirrored(line, "jsonl", str))
    except (InputError, UnicodeEncodeError):
        return
    assert {**again, "title": "", "text": ""} == {**record, "title": "", "text": ""}
    # between sentences that nothing stood between a space is put
    assert "".join(again["title"].split()) == "".join(title.split())
    assert "".join(again["text"].split()) == "".join(text.split())
