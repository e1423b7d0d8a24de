"""The parts of the search, against slow and certain ways to the same result."""

from __future__ import annotations

from itertools import pairwise, product
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_kit.align.anchors import chain
from translate_kit.align.corridor import Corridor, through
from translate_kit.align.evidence import evidence
from translate_kit.align.model1 import Training, links
from translate_kit.align.search import Moves, nodes, search
from translate_kit.align.words import cognates, stem, tokens

KINDS = ((1, 1), (1, 2), (2, 1), (2, 2))
SKIP = -1.5

Beads = tuple[tuple[int, int], ...]


def moves(scores: dict[tuple[int, int, int], float], sources: int, targets: int) -> Moves:
    worth = []
    for row in range(sources):
        line = []
        for kind, (a, b) in enumerate(KINDS):
            columns = range(targets - b + 1) if row + a <= sources else range(0)
            line.append((0, np.array([scores[row, c, kind] for c in columns], np.float32)))
        worth.append(line)
    return Moves(KINDS, worth, SKIP)


def every_way(sources: int, targets: int) -> list[Beads]:
    if not sources and not targets:
        return [()]
    ways: list[Beads] = []
    for a, b in ((0, 1), (1, 0), *KINDS):
        if a <= sources and b <= targets:
            ways += [(*way, (a, b)) for way in every_way(sources - a, targets - b)]
    return ways


def weight(way: Beads, scores: dict[tuple[int, int, int], float]) -> float:
    i = j = 0
    total = 0.0
    for a, b in way:
        total += scores[i, j, KINDS.index((a, b))] if (a, b) in KINDS else SKIP
        i, j = i + a, j + b
    return total


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 3), st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_best_way_and_its_posteriors(sources: int, targets: int, chance: object) -> None:
    scores = {
        place: round(chance.uniform(-4, 3), 3)  # type: ignore[attr-defined]  # a Random
        for place in product(range(sources), range(targets), range(len(KINDS)))
    }
    found = search(through([], sources, targets), moves(scores, sources, targets))
    ways = every_way(sources, targets)
    best = max(weight(way, scores) for way in ways)
    ours = tuple((len(bead.source), len(bead.target)) for bead in found)
    assert weight(ours, scores) == pytest.approx(best, abs=1e-4)
    everything = sum(exp(weight(way, scores)) for way in ways)
    for bead in found:
        through_it = sum(
            exp(weight(way, scores))
            for way in ways
            if (bead.source.start, bead.target.start, len(bead.source), len(bead.target))
            in starts(way)
        )
        assert bead.sure == pytest.approx(through_it / everything, abs=1e-4)


def starts(way: Beads) -> set[tuple[int, int, int, int]]:
    i = j = 0
    found = set()
    for a, b in way:
        found.add((i, j, a, b))
        i, j = i + a, j + b
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9)),
        max_size=9,
        unique_by=lambda x: x[0],
    )
)
def test_the_chain_is_the_heaviest_that_rises(given_anchors: list[tuple[int, int, int]]) -> None:
    anchors = [(a, b, float(w)) for a, b, w in sorted(given_anchors)]
    best = 0.0
    for chosen in product((False, True), repeat=len(anchors)):
        way = [anchor for anchor, take in zip(anchors, chosen, strict=True) if take]
        if all(one[1] < other[1] for one, other in pairwise(way)):
            best = max(best, sum(anchor[2] for anchor in way))
    found = chain(anchors)
    weights = {(a, b): w for a, b, w in anchors}
    assert sum(weights[pair] for pair in found) == best
    assert all(one < other for one, other in pairwise(found))


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 2000),
    st.integers(1, 2000),
    st.integers(0, 12),
    st.randoms(use_true_random=False),
)
def test_a_corridor_holds_its_anchors_and_hangs_together(
    sources: int, targets: int, count: int, chance: object
) -> None:
    rows = sorted(chance.sample(range(sources), min(count, sources, targets)))  # type: ignore[attr-defined]
    columns = sorted(chance.sample(range(targets), len(rows)))  # type: ignore[attr-defined]
    anchors = list(zip(rows, columns, strict=True))
    corridor = through(anchors, sources, targets)
    assert corridor.first[0] == 0
    assert corridor.last[-1] == targets
    assert all(corridor.first[row] <= column < corridor.last[row] for row, column in anchors)
    assert (np.diff(corridor.first) >= 0).all()
    assert (np.diff(corridor.last) >= 0).all()
    assert (corridor.first[1:] <= corridor.last[:-1]).all()
    for first, last in nodes(corridor):
        assert first <= last


def test_evidence_is_the_likelihood_ratio_of_its_definition() -> None:
    corridor = Corridor(np.zeros(2, np.int64), np.full(2, 2, np.int64), 2)
    source, target = [["kucing"], ["anjing", "x"]], [["cat"], ["dog"]]
    found = evidence(source, target, {("kucing", "cat"): (0.5, 0.25)}, 0.4, corridor)
    common = (1 + 0.5) / (2 + 1000)
    floor = 1 - 0.6 * 0.5
    assert found.forward[0, 0] == pytest.approx(log(floor + 0.6 * 0.5 / common), abs=1e-4)
    assert found.forward[0, 1] == pytest.approx(0)  # nobody knows what a dog is
    assert found.forward[0, 2] == pytest.approx(log(floor), abs=1e-4)
    assert found.forward[1, 0] == pytest.approx(log(floor + 0.6 * 0.5 / 3 / common), abs=1e-4)


def test_model_1_learns_what_goes_together() -> None:
    pairs = [
        (["rumah", "besar"], ["big", "house"]),
        (["rumah", "kecil"], ["small", "house"]),
        (["buku", "besar"], ["big", "book"]),
    ] * 4
    learned = links(pairs, Training(diagonal=0.0))
    assert learned["rumah", "house"][0] > 0.7
    assert learned["rumah", "house"][0] > learned.get(("rumah", "big"), (0.0, 0.0))[0]
    assert links([], Training()) == {}


def test_words_meet_across_spellings() -> None:
    assert tokens("Rp11,9 triliun — al-Nakhala’s") == ["rp", "119", "triliun", "al-nakhala's"]
    assert stem("memperkirakan", 6) == "memper"
    assert stem("1234567", 6) == "1234567"
    near = {(a, b) for a, b, _ in cognates(["ekonomi", "rumah"], ["economy", "remark"], 0.5, 2)}
    assert near == {("ekonomi", "economy")}
