"""Matches for an editor: the nearest there are, in one order, in every format with room."""

from __future__ import annotations

import random
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import HOSTILE

import translate_kit as tk
from translate_kit.memory.normal import normalised
from translate_kit.memory.people import bitext_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WAY = ("id", "en")
CASES = Path(__file__).parent / "cases"


@pytest.fixture
def store() -> Iterator[tk.MemoryStore]:
    with tk.MemoryStore(":memory:") as opened:
        yield opened


def filled(store: tk.MemoryStore, *sources: str) -> tk.MemoryStore:
    store.add_human([bitext_of([(source, f"<{source}>") for source in sources], WAY)])
    return store


def distance(one: str, other: str) -> int:
    """Levenshtein's, by the textbook."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def nearest(kept: Sequence[str], asked: str, least: float, most: int) -> list[tuple[str, float]]:
    """The oracle: all distances, no short cut."""
    wanted = normalised(asked)
    found = []
    for source in kept if wanted else ():
        longer = max(len(source), len(wanted))
        same = longer - distance(source, wanted)
        if same >= least * longer - 1e-9:
            found.append((source, same * 10_000 // longer / 10_000))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


_letters = st.text("aAbi .é\u0301\u4e00", max_size=12) | st.just("a" * 300) | st.just("b" * 290)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(_letters, max_size=12), _letters, st.sampled_from([0.01, 0.5, 0.75, 0.85, 0.9, 1.0])
)
def test_the_nearest_are_found_and_no_others(kept: list[str], asked: str, least: float) -> None:
    sources = {normalised(text) for text in kept if normalised(text)}
    with tk.MemoryStore(":memory:") as store:
        found = filled(store, *sources).near(asked, WAY, least, 4)
    assert [(m.source, m.similarity) for m in found] == nearest([*sources], asked, least, 4)
    assert all(match.target == f"<{match.source}>" for match in found)


def test_real_sentences_are_found_as_well() -> None:
    chance = random.Random(3)
    text = next((Path(__file__).parents[1] / "seeds").glob("*.txt")).read_text(encoding="utf-8")
    words = text.split()
    kept = [" ".join(words[n : n + chance.randint(5, 15)]) for n in range(0, len(words), 3)]
    with tk.MemoryStore(":memory:") as store:
        filled(store, *kept)
        sources = [row.source for bitext in store.bitexts() for row in bitext.rows()]
        for sentence in chance.sample(sources, 8):
            changed = sentence.split()
            changed[chance.randrange(len(changed))] = "ganti"
            asked = " ".join(changed)
            found = store.near(asked, WAY, 0.6, 5)
            assert [(m.source, m.similarity) for m in found] == nearest(sources, asked, 0.6, 5)


def test_what_differs_is_never_the_same(store: tk.MemoryStore) -> None:
    long = " ".join(["Harga beras naik."] * 2_000)
    (match,) = filled(store, long).near(f"{long}!", WAY)
    assert 0.9999 <= match.similarity < 1.0
    (match,) = store.near(f" {long} ", WAY)
    assert match.similarity == 1.0


def test_a_memory_that_grows_is_seen(store: tk.MemoryStore) -> None:
    assert store.near("Harga naik.", WAY) == ()
    filled(store, "Harga naik!")
    assert [m.source for m in store.near("Harga naik.", WAY)] == ["Harga naik!"]
    assert store.near("Harga naik.", ("en", "id")) == ()
    filled(store, "Harga naik?")
    assert [m.source for m in store.near("Harga naik.", WAY)] == ["Harga naik!", "Harga naik?"]
    assert [m.source for m in store.near("Harga naik.", WAY, most=1)] == ["Harga naik!"]


@pytest.mark.parametrize(("least", "most"), [(0.0, 3), (1.1, 3), (float("nan"), 3), (0.8, 0)])
def test_limits_without_sense_are_refused(store: tk.MemoryStore, least: float, most: int) -> None:
    with pytest.raises(tk.OptionError, match=r"give 0\.85 say|ask for one or more"):
        store.near("a", WAY, least, most)
    with pytest.raises(tk.OptionError, match=r"give 0\.85 say|ask for one or more"):
        tk.with_matches(bitext_of([], WAY), store, least, most)


def test_a_large_memory_is_searched_in_little_time(store: tk.MemoryStore) -> None:
    chance = random.Random(5)
    words = [f"{a}{b}{c}" for a in "bdghjk" for b in "aiu" for c in ("ras", "lan", "ti", "ng")]
    rows = [" ".join(chance.choices(words, k=chance.randint(8, 30))) for _ in range(20_000)]
    filled(store, *rows)
    store.near(rows[0], WAY)  # what is made once
    began = time.process_time()
    for row in rows[:50]:
        assert store.near(f"{row} baru", WAY, 0.85)[0].source == row
    assert time.process_time() - began < 2.5, (
        "a twentieth of a second each, ten times what it takes"
    )


# Bitexts


def translated(*pairs: tuple[str, str], origin: str = "model") -> tk.Bitext:
    bitext = bitext_of(pairs, WAY)
    beads = tuple(
        replace(bead, origin=next(o for o in ("model", "memory", "human") if o == origin))
        for bead in bitext.beads
    )
    return replace(bitext, beads=beads)


def test_beads_that_an_editor_works_on_get_matches(store: tk.MemoryStore) -> None:
    filled(store, "Harga naik 10 persen.", "Harga naik 11 persen.", "Pasar sepi.")
    pairs = (("Harga naik 12 persen.", "x"), ("Pasar sepi.", "y"), ("Presiden tiba.", "z"))
    done = tk.with_matches(translated(*pairs), store)
    found = [[(m.source, m.similarity) for m in bead.matches] for bead in done.beads]
    assert found == [
        [("Harga naik 10 persen.", 0.9523), ("Harga naik 11 persen.", 0.9523)],
        [("Pasar sepi.", 1.0)],
        [],
    ]
    assert replace(done, beads=translated(*pairs).beads) == translated(*pairs)
    for origin in ("memory", "human"):
        known = translated(*pairs, origin=origin)
        assert tk.with_matches(known, store) == known


def test_the_best_of_several_memories_stay(store: tk.MemoryStore) -> None:
    filled(store, "Harga naik 10 persen.", "Harga turun 12 persen.")
    with tk.MemoryStore(":memory:") as other:
        filled(other, "Harga naik 10 persen.", "Harga naik 12 persen!")
        bitext = translated(("Harga naik 12 persen.", "x"))
        done = tk.with_matches(tk.with_matches(bitext, store, 0.7, 2), other, 0.7, 2)
        turned = tk.with_matches(tk.with_matches(bitext, other, 0.7, 2), store, 0.7, 2)
    sources = [match.source for match in done.beads[0].matches]
    assert sources == ["Harga naik 10 persen.", "Harga naik 12 persen!"]
    assert turned == done


@pytest.mark.parametrize(
    ("source", "target", "similarity"), [("", "a", 0.9), ("a", "", 0.9), ("a", "b", 1.1)]
)
def test_a_match_has_both_texts_and_a_similarity(
    source: str, target: str, similarity: float
) -> None:
    with pytest.raises(ValueError, match=r"a match has|is not in"):
        tk.Match(source, target, similarity)


# Formats


def matched(*matches: tk.Match) -> tk.Bitext:
    bitext = translated(("Harga naik 12 persen.", "Prices rise 12 percent."))
    return replace(bitext, beads=(replace(bitext.beads[0], matches=matches),))


@pytest.mark.parametrize("name", ["jsonl", "xliff", "xliff2"])
def test_matches_come_back(name: str) -> None:
    texts = [text.strip() for text in HOSTILE]
    matches = [tk.Match(a, b, 0.1 + 0.2) for a, b in zip(texts, reversed(texts), strict=True)]
    bitext = matched(*matches, tk.Match("Sama.", "Same.", 1.0))
    (again,) = tk.read_bitexts(tk.write_bitexts([bitext], name), name, tk.Reading())
    assert again.beads == bitext.beads


def test_json_lines_have_matches_only_where_there_are_some() -> None:
    assert b"matches" not in tk.write_bitexts([matched()], "jsonl")
    data = tk.write_bitexts([matched(tk.Match("a", "b", 0.87))], "jsonl")
    assert data.endswith(b'"matches": [{"source": "a", "target": "b", "similarity": 0.87}]}\n')
    for bad in (b'"similarity": 1.87', b'"similarity": null', b'"similarly": 0.87'):
        with pytest.raises(tk.InputError, match=r"line 2: .*similarity"):
            tk.read_bitexts(data.replace(b'"similarity": 0.87', bad), "jsonl", tk.Reading())


@pytest.mark.parametrize(
    ("similarity", "percent"), [(0.87, 87), (0.29, 29), (0.999, 99), (1.0, 100), (0.0, 0)]
)
def test_programs_of_translators_are_told_percent_rounded_down(
    similarity: float, percent: int
) -> None:
    bitext = matched(tk.Match("Harga.", "Prices.", similarity))
    old, new = (tk.write_bitexts([bitext], name).decode() for name in ("xliff", "xliff2"))
    assert f'origin="similar in memory" match-quality="{percent}%"' in old
    assert '"preserve"><source>Harga.</source><target>Prices.</target></alt-trans>' in old
    assert f'type="tm" origin="similar in memory" similarity="{percent}.0">' in new
    assert "<source>Harga.</source><target>Prices.</target></mtc:match>" in new
    page = tk.write_bitexts([bitext], "html").decode()
    assert f"<b>{percent}\u00a0%</b>" in page


@pytest.mark.parametrize("name", ["xliff", "xliff2"])
def test_a_similarity_that_is_none_is_said(name: str) -> None:
    data = tk.write_bitexts([matched(tk.Match("a", "b", 0.875))], name)
    with pytest.raises(tk.InputError, match=r"^-: similarity 8\.75 is not in"):
        tk.read_bitexts(data.replace(b"0.875", b"8.75"), name, tk.Reading())


def test_in_a_page_matches_are_text() -> None:
    texts = [text.strip() for text in HOSTILE]
    matches = [tk.Match(text, text, 0.9) for text in texts]
    page = tk.write_bitexts([matched(*matches)], "html").decode()
    assert f"<summary>{len(texts)} similar in memory</summary>" in page
    details = page[page.index('<details class="matches">') : page.index("</details>")]
    tags = {*re.findall(r"<[^>]*>", details)}
    assert tags == {
        *('<details class="matches">', "<summary>", "</summary>", "<ul>", "</ul>"),
        *("<li>", "</li>", "<b>", "</b>", '<p lang="id">', '<p lang="en">', "</p>"),
    }
    (again,) = tk.read_bitexts(page.encode(), "html", tk.Reading())
    assert [(row.source, row.target) for row in again.rows()] == [
        ("Harga naik 12 persen.", "Prices rise 12 percent.")
    ]
