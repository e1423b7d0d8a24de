"""Clause boundaries in English."""

from __future__ import annotations

from translate_kit.languages.clauses import Clauses

__all__ = ["DATA"]

DATA = Clauses(
    conjunctions=frozenset(
        "after although and as because before but despite during for how if including like"
        " nor or since so than that then though to unless until what when where whereas"
        " whether which while who whom whose why with without yet".split()
    ),
    openers=frozenset(
        "a about according after all also although among an and another any are as at because"
        " before being both but by during each even every for from had has have he her his how"
        " however if in including is it its like many meanwhile more most moreover no not of"
        " on one only or other our over she since so some such than that the their them then"
        " there these they this those though through to under until was we were what when"
        " where which while who will with without would yet you your".split()
    ),
)
