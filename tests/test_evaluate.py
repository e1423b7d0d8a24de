"""Scores are sacreBLEU's own, with its signatures."""

from __future__ import annotations

import pytest
import sacrebleu

from translate_kit.errors import InputError, OptionError
from translate_kit.evaluate import METRICS, evaluate

HYPOTHESES = ["The president arrived in Jakarta.", "Prices rose by 10 percent."]
REFERENCES = [["The president has arrived in Jakarta.", "Prices rose 10 per cent."]]


def test_scores_are_those_of_the_library() -> None:
    scores = {s.metric: s for s in evaluate(HYPOTHESES, REFERENCES, list(METRICS))}
    assert scores["bleu"].value == sacrebleu.corpus_bleu(HYPOTHESES, REFERENCES).score
    assert scores["chrf"].value == sacrebleu.corpus_chrf(HYPOTHESES, REFERENCES).score
    assert scores["ter"].value == sacrebleu.corpus_ter(HYPOTHESES, REFERENCES).score
    plus = sacrebleu.corpus_chrf(HYPOTHESES, REFERENCES, word_order=2)
    assert scores["chrf++"].value == plus.score


def test_a_score_carries_its_signature() -> None:
    (score,) = evaluate(HYPOTHESES, REFERENCES, ["bleu"])
    assert f"version:{sacrebleu.__version__}" in score.signature
    assert "tok:13a" in score.signature


def test_a_perfect_translation_scores_100() -> None:
    (score,) = evaluate(REFERENCES[0], REFERENCES, ["chrf++"])
    assert score.value == pytest.approx(100)


def test_files_of_different_length_are_refused_naming_the_place() -> None:
    with pytest.raises(InputError, match="line 2 has no counterpart"):
        evaluate(HYPOTHESES, [["only one"]])


def test_nothing_to_score_and_unknown_metrics_are_refused() -> None:
    with pytest.raises(InputError, match="nothing to score"):
        evaluate([], [[]])
    with pytest.raises(OptionError, match="meteor"):
        evaluate(HYPOTHESES, REFERENCES, ["meteor"])
