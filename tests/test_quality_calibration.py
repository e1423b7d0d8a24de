"""The shipped weights, and what they say about a score."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

import translate_kit as tk
from translate_kit.bitext import BANDS
from translate_kit.languages import Direction
from translate_kit.quality import SIGNALS, Evidence, Pair, estimate_pair, explain, is_calibrated
from translate_kit.quality.calibration import profile_of

SOURCE = "Sedikitnya 1.400 orang tewas di Gaza pada 7 Oktober 2023."
TARGET = "At least 1,400 people were killed in Gaza on October 7, 2023."
WRONG = "At least 1,200 people were killed in Gaza on October 7, 2023."


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    text = files("translate_kit.quality").joinpath("weights.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def profiles(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for fitted in data["directions"].values() for one in fitted["profiles"].values()]


def test_each_direction_has_the_profiles_there_are_data_for(data: dict[str, Any]) -> None:
    found = {way: set(fitted["profiles"]) for way, fitted in data["directions"].items()}
    assert found == {"id-en": {"text", "judged", "model"}, "en-id": {"model"}}


def test_every_weight_is_of_a_signal(data: dict[str, Any]) -> None:
    for profile in profiles(data):
        assert set(profile["weights"]) == set(profile["typical"])
        assert set(profile["weights"]) | set(profile["penalties"]) <= set(SIGNALS)


def test_a_fault_never_raises_a_score(data: dict[str, Any]) -> None:
    for profile in profiles(data):
        assert all(weight < 0 for weight in profile["penalties"].values())


def test_bands_are_in_order_and_say_how_right_they_are(data: dict[str, Any]) -> None:
    for profile in profiles(data):
        bands = profile["bands"]
        assert list(bands) == list(BANDS)
        starts = [bands[band]["from"] for band in BANDS]
        assert starts == sorted(starts, reverse=True)
        assert bands["good"]["acceptable"] >= 0.75
        assert bands["good"]["acceptable"] > bands["check"]["acceptable"]
        assert bands["check"]["acceptable"] > bands["poor"]["acceptable"]


def test_what_is_known_chooses_the_profile() -> None:
    asked = Evidence(-0.5, reference=TARGET, reference_score=-0.4)
    for evidence, name in ((None, "text"), (Evidence(-0.5), "model"), (asked, "judged")):
        quality = estimate_pair(Pair(SOURCE, TARGET, evidence=evidence))
        assert profile_of(dict(quality.signals)).name == name


def test_the_other_direction_has_its_own_profile_for_its_model_alone() -> None:
    asked = Evidence(-0.5, reference=SOURCE, reference_score=-0.4)
    for evidence, name in ((None, "text"), (Evidence(-0.5), "model"), (asked, "text")):
        quality = estimate_pair(Pair(TARGET, SOURCE, "en-GB", "id", evidence=evidence))
        used = profile_of(dict(quality.signals), "en-id")
        assert used.name == name
        assert quality.score == used.score(dict(quality.signals))
    there = profile_of({"mean_log_probability": -0.5}, "id-en")
    assert profile_of({"mean_log_probability": -0.5}, "en-id") != there


def test_an_explanation_is_of_the_profile_of_the_direction() -> None:
    pair = Pair(TARGET, SOURCE, "en", "id", evidence=Evidence(-2.0))
    quality = estimate_pair(pair)
    effects = {one.signal: one.effect for one in explain(quality, pair.direction)}
    usual = profile_of(dict(quality.signals), "en-id").typical["mean_log_probability"]
    better = estimate_pair(replace(pair, evidence=Evidence(usual)))
    assert effects["mean_log_probability"] == pytest.approx(quality.score - better.score, abs=1e-3)


def test_agreement_with_the_model_raises_the_score() -> None:
    same, other = (
        estimate_pair(Pair(SOURCE, TARGET, evidence=Evidence(-0.5, reference=reference))).score
        for reference in (TARGET, "Something quite different was said there.")
    )
    assert same > other


def test_an_explanation_names_what_moved_the_score_most_first() -> None:
    found = explain(estimate_pair(Pair(SOURCE, WRONG)))
    assert found[0].signal == "number_disagreement"
    assert found[0].value == 1
    assert found[0].effect < -0.1
    assert [abs(one.effect) for one in found] == sorted(
        (abs(o.effect) for o in found), reverse=True
    )


def test_the_effect_is_what_the_typical_value_would_change() -> None:
    good, bad = estimate_pair(Pair(SOURCE, TARGET)), estimate_pair(Pair(SOURCE, WRONG))
    effects = {one.signal: one.effect for one in explain(bad)}
    assert bad.score - good.score == pytest.approx(effects["number_disagreement"], abs=0.05)


def test_nothing_measured_is_nothing_explained() -> None:
    assert explain(estimate_pair(Pair(SOURCE, ""))) == ()


def test_only_a_known_model_is_calibrated(data: dict[str, Any]) -> None:
    there, back = (data["directions"][way]["model"]["digest"] for way in ("id-en", "en-id"))
    assert is_calibrated(there)
    assert is_calibrated(there, "id-en", "judged")
    assert is_calibrated(back, "en-id")
    assert not is_calibrated(back, "en-id", "judged"), "it was measured on its own output alone"
    assert not is_calibrated(back, "id-en")
    assert not is_calibrated("0" * 64)
    assert not is_calibrated(None)
    assert not is_calibrated(there, "en-fr")


def test_both_shipped_models_are_calibrated() -> None:
    for way in ("id-en", "en-id"):
        assert is_calibrated(tk.find_model(None, Direction.parse(way)).digest, way)


def test_signals_have_four_digits_at_most() -> None:
    evidence = Evidence(-0.123456789, (-0.1234567,) * 5, reference=WRONG, reference_score=-1 / 3)
    quality = estimate_pair(Pair(SOURCE, TARGET, evidence=evidence))
    assert len(quality.signals) > 10
    assert all(value == round(value, 4) for _, value in quality.signals)
