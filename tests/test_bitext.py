"""Bitexts: beads cover both sides once and in order; spans stay inside."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from strategies import bitexts

from translate_kit.bitext import Bead, Bitext, Issue, Quality
from translate_kit.document import Block, Document, Sentence


def document(language: str, *sentences: str) -> Document:
    blocks = tuple(Block("paragraph", text, (Sentence(0, len(text)),)) for text in sentences)
    return Document(language, blocks)


SOURCE = document("id", "Satu.", "Dua.", "Tiga.")
TARGET = document("en", "One and two.", "Three.")


@given(bitexts())
def test_beads_give_back_every_sentence_once_and_in_order(bitext: Bitext) -> None:
    for side in ("source", "target"):
        told = [n for bead in bitext.beads for n in getattr(bead, side)]
        assert told == list(range(len(getattr(bitext, side).sentences)))
    rows = list(bitext.rows())
    assert [row.bead for row in rows] == list(bitext.beads)
    for row in rows:
        assert row.source == bitext.source.span_text(row.bead.source)
        assert row.target == bitext.target.span_text(row.bead.target)


def test_a_bead_may_join_and_leave_out() -> None:
    bitext = Bitext(SOURCE, TARGET, (Bead(range(2), range(1)), Bead(range(2, 3), range(1, 2))))
    assert [(row.source, row.target) for row in bitext.rows()] == [
        ("Satu.\nDua.", "One and two."),
        ("Tiga.", "Three."),
    ]


@pytest.mark.parametrize(
    ("beads", "message"),
    [
        ((Bead(range(2), range(2)),), "beads cover 2 of 3 source"),
        ((Bead(range(3), range(1)),), "beads cover 1 of 2 target"),
        ((Bead(range(1, 3), range(2)), Bead(range(1), range(2, 2))), "sentence 0 expected"),
        ((Bead(range(2), range(1)), Bead(range(1, 3), range(1, 2))), "sentence 2 expected"),
    ],
)
def test_beads_that_lose_or_repeat_a_sentence_are_refused(
    beads: tuple[Bead, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Bitext(SOURCE, TARGET, beads)


def test_links_and_issues_outside_their_bead_are_refused() -> None:
    whole = Bead(range(3), range(2))
    with pytest.raises(ValueError, match="leaves its bead"):
        Bitext(SOURCE, TARGET, (replace(whole, links=((0, 4, 0, 99),)),))
    issue = Issue("number", "lost", (0, 4), (0, 99))
    with pytest.raises(ValueError, match="leaves its bead"):
        Bitext(SOURCE, TARGET, (replace(whole, quality=Quality(0.5, "check", (issue,))),))


@pytest.mark.parametrize(
    ("source", "target"),
    [(range(0), range(0)), (range(0, 4, 2), range(1)), (range(2, 1), range(1))],
)
def test_a_bead_is_made_of_neighbours(source: range, target: range) -> None:
    with pytest.raises(ValueError, match="bead"):
        Bead(source, target)


@pytest.mark.parametrize("score", [-0.01, 1.01, float("nan")])
def test_a_score_is_a_share(score: float) -> None:
    with pytest.raises(ValueError, match=r"not in \[0, 1\]"):
        Quality(score, "good")


def test_signals_are_finite_and_bands_known() -> None:
    with pytest.raises(ValueError, match="signal"):
        Quality(0.5, "good", signals=(("mean", float("inf")),))
    with pytest.raises(ValueError, match="band"):
        Quality(0.5, "fine")  # type: ignore[arg-type]  # what a careless caller passes


def test_estimates_make_a_new_bitext() -> None:
    plain = Bitext(SOURCE, TARGET, (Bead(range(3), range(2)),))
    estimated = plain.with_qualities([Quality(0.7, "good")])
    assert plain.beads[0].quality is None
    assert estimated.beads[0].quality == Quality(0.7, "good")
    with pytest.raises(ValueError, match="argument 2"):
        plain.with_qualities([])
    with pytest.raises(FrozenInstanceError):
        plain.beads = ()  # type: ignore[misc]  # that it cannot be done is the point
