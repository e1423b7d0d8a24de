"""What is marked up in a sentence, after translation: in its place, and never lost."""

from __future__ import annotations

import pytest
from articles import links
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.formats.marks import (
    CODE,
    LINK,
    MAX_NESTING,
    Mark,
    Marked,
    Node,
    Restored,
    carry,
    nest,
)

SOURCE = "Jalankan make test di folder proyek."


def mark(text: str, part: str, name: str) -> Mark:
    start = text.index(part)
    return Mark(start, start + len(part), name, object())


def spans(marked: Marked) -> list[tuple[str, str]]:
    return [(m.name, marked.text[m.start : m.end]) for m in marked.marks]


def test_a_mark_goes_to_the_words_that_its_words_became() -> None:
    source = Marked("Harga beras naik.", (mark("Harga beras naik.", "beras", "strong"),))
    target = "The price of rice rose."
    assert spans(carry(source, target, ((6, 11, 13, 17),))) == [("strong", "rice")]


def test_a_name_that_stays_itself_needs_no_word_links() -> None:
    text = "Presiden tiba di Surabaya pagi ini."
    source = Marked(text, (mark(text, "Surabaya", "strong"),))
    target = "The president arrived in Surabaya this morning."
    assert spans(carry(source, target, ())) == [("strong", "Surabaya")]


def test_code_comes_back_as_it_was() -> None:
    source = Marked(SOURCE, (mark(SOURCE, "make test", CODE),))
    target = "Run create tests in the project folder."
    carried = carry(source, target, ((9, 13, 4, 10), (14, 18, 11, 16)))
    assert carried.text == "Run make test in the project folder."
    assert spans(carried) == [(CODE, "make test")]


def test_code_without_a_place_stands_behind_the_sentence() -> None:
    source = Marked(SOURCE, (mark(SOURCE, "make test", CODE),))
    carried = carry(source, "Run it in the folder.", ())
    assert carried.text == "Run it in the folder. make test"
    assert spans(carried) == [(CODE, "make test")]


def test_a_link_without_a_place_is_on_the_whole_sentence() -> None:
    source = Marked(SOURCE, (mark(SOURCE, "folder", LINK),))
    carried = carry(source, "Run it there.", ())
    assert (carried.text, spans(carried)) == ("Run it there.", [(LINK, "Run it there.")])


def test_links_without_a_place_stand_behind_where_another_has_one() -> None:
    source = Marked(SOURCE, (mark(SOURCE, "folder", LINK), mark(SOURCE, "Jalankan", LINK)))
    carried = carry(source, "Run it there.", ((0, 8, 0, 3),))
    assert carried.text == "Run it there. (folder)"
    assert spans(carried) == [(LINK, "Run"), (LINK, "folder")]


def test_emphasis_without_a_place_is_left_out() -> None:
    source = Marked(SOURCE, (mark(SOURCE, "folder", "em"),))
    assert carry(source, "Run it there.", ()) == Marked("Run it there.")


def test_what_is_on_the_whole_sentence_stays_there() -> None:
    source = Marked(SOURCE, (Mark(0, len(SOURCE) - 1, "strong", object()),))
    assert spans(carry(source, "Run it there.", ())) == [("strong", "Run it there")]


def test_an_object_stands_before_the_word_that_its_next_word_became() -> None:
    place = SOURCE.index("folder")
    source = Marked(SOURCE, (Mark(place, place, "object", object()),))
    (moved,) = carry(source, "Run it in the folder.", ((place, place + 6, 14, 20),)).marks
    assert (moved.start, moved.end) == (14, 14)


@pytest.mark.parametrize("depth", [3, 5000])
def test_marks_that_nest_or_cross_make_a_tree_of_the_same_text(depth: int) -> None:
    text = "a" * (2 * depth)
    marks = tuple(Mark(n, 2 * depth - n, "em", object()) for n in range(depth))
    tree, height = nest(Marked(text, marks)), 0
    nodes = list(tree)
    while nodes:
        height += any(isinstance(node, Node) for node in nodes)
        nodes = [child for node in nodes if isinstance(node, Node) for child in node.children]
    assert height == min(depth, MAX_NESTING)
    crossing = Marked("abcdef", (Mark(0, 4, "em", object()), Mark(2, 6, "strong", object())))
    assert flat(nest(crossing)) == "abcdef"


def flat(nodes: tuple[Node | str, ...]) -> str:
    return "".join(n if isinstance(n, str) else flat(n.children) for n in nodes)


def test_word_links_follow_the_code() -> None:
    source = Marked(SOURCE, (mark(SOURCE, "make test", CODE),))
    before = ((0, 8, 0, 3), (9, 13, 4, 10), (14, 18, 11, 16), (22, 28, 32, 38))
    restored = Restored(source, "Run create tests in the project folder.", before)
    shown = [(SOURCE[a:b], restored.text[c:d]) for a, b, c, d in restored.links()]
    assert shown == [("Jalankan", "Run"), ("make test", "make test"), ("folder", "folder")]


TEXTS = st.text("ab c.", min_size=1, max_size=20)


@settings(deadline=None, max_examples=150)
@given(source=TEXTS, target=TEXTS, data=st.data())
def test_code_and_links_are_never_lost_and_the_tree_has_the_text(
    source: str, target: str, data: st.DataObject
) -> None:
    places = st.tuples(st.integers(0, len(source)), st.integers(0, len(source))).map(sorted)
    drawn = data.draw(st.lists(st.tuples(places, st.sampled_from((CODE, LINK, "em"))), max_size=4))
    marks: list[Mark] = []
    for (start, end), name in drawn:
        apart = all(end <= m.start or m.end <= start for m in marks if name == m.name == CODE)
        if start < end and apart:
            marks.append(Mark(start, end, name, object()))
    carried = carry(Marked(source, tuple(marks)), target, links(source, target))
    assert flat(nest(carried)) == carried.text
    assert all(0 <= m.start <= m.end <= len(carried.text) for m in carried.marks)
    for before in marks:
        after = [m for m in carried.marks if m.payload is before.payload]
        if before.name == CODE:
            texts = [carried.text[m.start : m.end] for m in after]
            assert texts == [source[before.start : before.end]]
        elif before.name == LINK:
            assert len(after) == 1
            assert after[0].start < after[0].end
