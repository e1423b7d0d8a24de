"""The statistics of the quality gate, against their definitions."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from types import ModuleType

values = st.lists(st.integers(0, 9), min_size=2, max_size=12)


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    path = Path(__file__).parent / "eval" / "quality.py"
    spec = importlib.util.spec_from_file_location("quality_gate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@settings(deadline=None, max_examples=60)
@given(values, values)
def test_auc_counts_the_pairs_in_order(gate: ModuleType, high: list[int], low: list[int]) -> None:
    wins = sum((a > b) + (a == b) / 2 for a in high for b in low)
    assert gate.auc(high, low) == pytest.approx(wins / (len(high) * len(low)))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(), min_size=2, unique=True))
def test_spearman_is_1_for_the_same_order_and_minus_1_for_the_reverse(
    gate: ModuleType, numbers: list[int]
) -> None:
    assert gate.spearman(numbers, [2 * n + 1 for n in numbers]) == pytest.approx(1)
    assert gate.spearman(numbers, [-n for n in numbers]) == pytest.approx(-1)


def test_ties_share_their_rank(gate: ModuleType) -> None:
    assert gate.ranks([5, 1, 5, 9]) == [1.5, 0, 1.5, 3]


def test_the_calibration_error_is_the_mean_gap(gate: ModuleType) -> None:
    assert gate.ece([0.1, 0.2, 0.8, 0.9], [0.1, 0.4, 0.8, 0.7], bins=2) == pytest.approx(0.1)


def test_figures_out_of_range_are_named(gate: ModuleType) -> None:
    floors = {"a": [0.5, 1], "b": [0, 0.1], "c": [0, 1]}
    broken = list(gate.failures({"a": 0.4, "b": 0.05}, floors))
    assert [line.split()[0] for line in broken] == ["a", "c"]
