"""What the checks find, and what they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate_kit.bitext import Issue
from translate_kit.quality import CHECKS, Evidence, Pair, estimate_pair

CASES = Path(__file__).parent / "cases" / "quality"


def cases(name: str) -> list[list[str]]:
    text = (CASES / name).read_text(encoding="utf-8")
    blocks = [block.splitlines() for block in text.split("\n\n")]
    return [block for block in blocks if not block[0].startswith("#")]


def described(pair: Pair, issue: Issue) -> str:
    """Write an issue as the case file does."""
    source = pair.source[slice(*issue.source)] if issue.source else "-"
    target = pair.target[slice(*issue.target)] if issue.target else "-"
    return f"{issue.kind} | {source} | {target}"


@pytest.mark.parametrize("case", cases("agreeing.txt"), ids=lambda case: case[0])
def test_nothing_is_found_in_pairs_that_agree(case: list[str]) -> None:
    pair = Pair(case[0], case[1])
    assert [described(pair, issue) for issue in estimate_pair(pair).issues] == []


@pytest.mark.parametrize("case", cases("agreeing.txt"), ids=lambda case: case[0])
def test_nothing_is_found_the_other_way_round(case: list[str]) -> None:
    pair = Pair(case[1], case[0], source_language="en", target_language="id")
    assert [described(pair, issue) for issue in estimate_pair(pair).issues] == []


@pytest.mark.parametrize("case", cases("differing.txt"), ids=lambda case: case[1])
def test_faults_are_named_and_located(case: list[str]) -> None:
    pair = Pair(case[0], case[1])
    found = {described(pair, issue) for issue in estimate_pair(pair).issues}
    assert found == set(case[2:])


def test_every_check_has_a_case() -> None:
    kinds = {line.split(" | ")[0] for case in cases("differing.txt") for line in case[2:]}
    assert kinds == set(CHECKS) | {"date"}


def test_names_of_a_title_in_another_language_are_no_numbers() -> None:
    pair = Pair("Ia menonton Six Days in Rome.", "He watched Six Days in Rome.")
    assert estimate_pair(pair).issues == ()


def test_an_escaped_apostrophe_is_no_number() -> None:
    pair = Pair("Mereka tidak bisa pergi.", "They can&#39;t leave.")
    assert estimate_pair(pair).issues == ()


def test_a_message_says_what_stands_where() -> None:
    (issue,) = estimate_pair(Pair("Ada 1.400 orang.", "There are 1,200 people.")).issues
    assert issue.message == "“1.400” became “1,200”"


def test_the_translators_own_issue_is_not_said_twice() -> None:
    known = Issue("repetition", "the model repeats itself here", target=(0, 20))
    pair = Pair("Mereka pergi.", "They they left.", evidence=Evidence(-0.5, issues=(known,)))
    assert estimate_pair(pair).issues == (known,)
