"""Terms of a glossary stand in the translation, or it is said that they do not."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import translate_kit as tk
from translate_kit.align import words
from translate_kit.bitext import Issue
from translate_kit.cli.boundary import run
from translate_kit.engine import Decoding, load_engine
from translate_kit.glossary import parse_glossary, read_glossary
from translate_kit.languages import Direction
from translate_kit.languages.wording import wording
from translate_kit.translate.demands import Demands
from translate_kit.translate.edits import Edit, edited
from translate_kit.translate.sentences import Rendering, render
from translate_kit.translate.terms import with_terms
from translate_kit.translate.wording import article_for, plural_of

if TYPE_CHECKING:
    from translate_kit.bitext import WordLink
    from translate_kit.engine.runtime import Engine

CASES = Path(__file__).parent / "cases" / "translate"
WAY = Direction("id", "en")
GLOSSARY = read_glossary(CASES / "terms.tsv")


@dataclass(frozen=True)
class Case:
    name: str
    source: str
    hypothesis: str
    links: str
    expected: str
    issues: tuple[str, ...]

    @property
    def rendering(self) -> Rendering:
        return Rendering(self.hypothesis, -0.5, links=linked(self))


def linked(case: Case) -> tuple[WordLink, ...]:
    """Read ``a b = c d``: each word on the left is linked to each on the right, in order."""
    found = []
    places: dict[str, int] = {}
    for pair in case.links.split(";"):
        left, _, right = pair.partition("=")
        sources = [match.span() for word in left.split() for match in first(word, case.source)]
        for word in right.split():
            start = case.hypothesis.index(word, places.get(word, 0))
            places[word] = start + 1
            found += [(*source, start, start + len(word)) for source in sources]
    return tuple(sorted(found, key=lambda link: link[2]))


def first(word: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, flags=re.IGNORECASE))[:1]


def read_cases() -> list[Case]:
    text = (CASES / "terms.txt").read_text(encoding="utf-8")
    cases = []
    for block in text.split("\n\n")[1:]:
        name, source, hypothesis, links, expected, *issues = block.strip().split("\n")
        open_terms = tuple(issue.removeprefix("! ") for issue in issues)
        cases.append(Case(name[2:], source, hypothesis, links, expected, open_terms))
    return cases


def told(case: Case, issue: Issue, rendering: Rendering) -> str:
    assert issue.source is not None
    source = case.source[slice(*issue.source)]
    return f"{source}: {rendering.text[slice(*issue.target)]}" if issue.target else source


# golden cases


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_terms_are_put_where_they_belong(case: Case) -> None:
    found = with_terms(case.source, case.rendering, Demands.of(case.source, GLOSSARY), WAY)
    assert found.text == case.expected
    assert [told(case, issue, found) for issue in found.issues] == [*case.issues]
    assert {issue.kind for issue in found.issues} <= {"glossary"}
    check_spans(case.source, found)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_enforcing_twice_changes_nothing_more(case: Case) -> None:
    demands = Demands.of(case.source, GLOSSARY)
    once = with_terms(case.source, case.rendering, demands, WAY)
    assert with_terms(case.source, once, demands, WAY).text == once.text


def check_spans(source: str, rendering: Rendering) -> None:
    for s0, s1, t0, t1 in rendering.links:
        assert 0 <= s0 < s1 <= len(source)
        assert 0 <= t0 < t1 <= len(rendering.text)
    for issue in rendering.issues:
        assert issue.source is None or issue.source[1] <= len(source)
        assert issue.target is None or issue.target[1] <= len(rendering.text)


def test_a_term_is_linked_to_its_translation() -> None:
    case = next(case for case in read_cases() if "small words around" in case.name)
    found = with_terms(case.source, case.rendering, Demands.of(case.source, GLOSSARY), WAY)
    pairs = {(case.source[a:b], found.text[c:d]) for a, b, c, d in found.links}
    assert pairs == {("Kemenkes", "Ministry of Health"), ("di", "in"), ("di", "the")}


def test_without_a_term_the_rendering_is_the_same_object() -> None:
    rendering = Rendering("He came.", -0.5, links=((0, 3, 0, 2),))
    assert (
        with_terms("Dia datang.", rendering, Demands.of("Dia datang.", GLOSSARY), WAY) is rendering
    )


# properties

WORDS = (
    "bupati Kemenkes KPK uang DPR anak-anak di dan Ridwan Kamil hadir 12 Kompas Ada ahlinya".split()
)
OTHERS = (
    "the The a an regents Ministry of Health mayor KPK and Police's (money) 12 “child” was".split()
)
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map(" ".join)
translations = st.lists(st.sampled_from(OTHERS), max_size=12).map(" ".join)


@st.composite
def rendered(draw: st.DrawFn) -> tuple[str, Rendering]:
    source, target = draw(sentences), draw(translations)
    ours, theirs = words(source), words(target)
    links = []
    if theirs:
        pairs = st.tuples(st.sampled_from(ours), st.sampled_from(theirs))
        links = draw(st.lists(pairs, max_size=12, unique=True))
    spans = [(0, len(target)), *theirs[:1]] if target else []
    issues = tuple(Issue("repetition", "again", None, span) for span in spans)
    return source, Rendering(target, -0.5, links=tuple((*s, *t) for s, t in links), issues=issues)


@settings(max_examples=120, deadline=None)
@given(rendered())
def test_terms_are_met_or_flagged_and_spans_stay_in_range(pair: tuple[str, Rendering]) -> None:
    source, rendering = pair
    demands = Demands.of(source, GLOSSARY)
    found = with_terms(source, rendering, demands, WAY)
    check_spans(source, found)
    flagged = {issue.source for issue in found.issues if issue.kind == "glossary"}
    for occurrence in demands.occurrences if found.text else ():
        one = Demands((occurrence,), "en", demands.capitals)
        assert (
            one.are_met(found.text)
            or (occurrence.start, occurrence.end) in flagged
            or (occurrence.term.forbidden)
        )
    kept = [issue for issue in found.issues if issue.kind != "glossary"]
    assert len(kept) == len(rendering.issues)


@settings(max_examples=100, deadline=None)
@given(rendered())
def test_words_that_no_term_became_are_not_lost(pair: tuple[str, Rendering]) -> None:
    source, rendering = pair
    demands = Demands.of(source, GLOSSARY)
    found = with_terms(source, rendering, demands, WAY)
    spans = [(o.start, o.end) for o in demands.occurrences]
    itself = {word for o in demands.occurrences for word in o.text.split()}
    for start, end in words(rendering.text):
        word = rendering.text[start:end]
        sources = [link[:2] for link in rendering.links if link[2:] == (start, end)]
        names = [
            source[slice(*s)] for s in sources if all(s[1] <= a or b <= s[0] for a, b in spans)
        ]
        if word not in itself | {"a", "an"} and any(not name[0].islower() for name in names):
            assert word in found.text, "a name or number outside the terms became it"


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    new = st.text("xyz ", max_size=4)
    source = st.sampled_from([None, (0, 3), (4, 8)])
    return [Edit(a, b, draw(new), draw(source)) for a, b in pairs]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_an_edit_moves_what_stands_behind_it_and_loses_nothing(data: st.DataObject) -> None:
    text = data.draw(st.text("ab c", min_size=1, max_size=30))
    spans = words(text)
    links = tuple((*data.draw(st.sampled_from([(0, 3), (4, 8), (9, 12)])), *span) for span in spans)
    edits = data.draw(edits_of(text))
    found = edited(Rendering(text, -0.5, links=links), edits)
    check_spans("x" * 12, found)
    untouched = [
        link
        for link in links
        if all(link[3] <= edit.start or edit.end <= link[2] for edit in edits)
    ]
    texts = sorted(text[a:b] for _, _, a, b in untouched)
    left = [found.text[a:b] for _, _, a, b in found.links]
    for word in texts:
        assert word in left
    kept = "".join(c for n, c in enumerate(text) if all(not e.start <= n < e.end for e in edits))
    rest = iter(found.text)
    assert all(c in rest for c in kept), "what was not edited stands there in order"


# grammar of the target


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("regent", "a"),
        ("expert", "an"),
        ("hour", "an"),
        ("university", "a"),
        ("uninvited guest", "an"),
        ("European", "a"),
        ("FBI agent", "an"),
        ("UN envoy", "a"),
        ("NATO envoy", "a"),
        ("ASEAN envoy", "an"),
        ("IMF loan", "an"),
        ("one-day visit", "a"),
        ("8", "a"),
    ],
)
def test_the_article_goes_by_the_sound(term: str, expected: str) -> None:
    indefinite = wording("en").indefinite
    assert indefinite is not None
    assert article_for(term, indefinite) == expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("regent", "regents"),
        ("ministry", "ministries"),
        ("day", "days"),
        ("child", "children"),
        ("minister of health", "ministers of health"),
        ("box", "boxes"),
        ("human rights", "human rights"),
        ("Ministry of Health", "Ministry of Health"),
    ],
)
def test_plurals(term: str, expected: str) -> None:
    assert plural_of(term, "en") == expected


# with the model


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine()


ARTICLE = (
    "Menteri Keuangan bertemu Bupati Bogor di gedung DPR.",
    "Menurut Kementerian Kesehatan, sebanyak 12.345 warga terinfeksi.",
    "KPK menangkap seorang bupati di Jawa Timur pada Rabu malam.",
    "Ridwan Kamil membaca Kompas.",
    "Harga naik.",
    "HARGA BERAS NAIK, BUPATI MINTA MAAF",
)


def test_terms_are_met_or_flagged_by_the_model(engine: Engine) -> None:
    renderings = render(ARTICLE, engine, Decoding(), None, GLOSSARY)
    for text, rendering in zip(ARTICLE, renderings, strict=True):
        check_spans(text, rendering)
        flagged = {issue.source for issue in rendering.issues if issue.kind == "glossary"}
        demands = Demands.of(text, GLOSSARY)
        for occurrence in demands.occurrences:
            one = Demands((occurrence,), "en", demands.capitals)
            met = one.are_met(rendering.text)
            assert met == ((occurrence.start, occurrence.end) not in flagged)
    assert renderings == render(ARTICLE, engine, Decoding(), None, GLOSSARY), "repeatable"


def test_a_translation_of_a_wider_beam_is_taken_whole(engine: Engine) -> None:
    """What the search itself can say is better than a word put in by hand."""
    text = "Menurut Kementerian Kesehatan, sebanyak 300 orang terinfeksi."
    wide = Decoding(beam_size=8, alternatives=7)
    (found,) = engine.translate([text], wide)
    texts = [found.target.text, *(other.text for other in found.alternatives)]
    (plain,) = render([text], engine, Decoding(alternatives=2))
    for other in texts:
        known = {*re.findall(r"\w+", plain.text)}
        fresh = sorted({*re.findall(r"\b[a-z]{4,}\b", other)} - known)
        if fresh:
            break
    else:
        pytest.skip("the model has one way to say it")
    glossary = parse_glossary(f"terinfeksi\t{fresh[0]}".encode())
    (rendering,) = render([text], engine, Decoding(alternatives=2), None, glossary)
    assert fresh[0] in rendering.text
    assert rendering.text.rstrip(".") in {other.rstrip(".") for other in texts}
    assert rendering.links
    assert rendering.score < 0
    assert plain.text.rstrip(".") == rendering.alternatives[0].text.rstrip(".")
    assert len(rendering.alternatives) == 2


def test_a_glossary_without_a_matching_term_changes_nothing(engine: Engine) -> None:
    glossary = parse_glossary(b"zebra\tstriped horse\nMoskow\t\tkeep\n")
    texts = ["Harga beras naik 10 persen.", "Pasar sepi."]
    assert render(texts, engine, Decoding(), None, glossary) == render(texts, engine, Decoding())


def test_a_glossary_for_the_other_direction_is_refused(engine: Engine) -> None:
    glossary = parse_glossary(b"market\tpasar", "terms.tsv", ("en", "id"))
    with pytest.raises(tk.OptionError, match="for en-id, the model translates id-en"):
        render(["Pasar sepi."], engine, Decoding(), None, glossary)


# from the command line


def test_a_glossary_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms, article, out = tmp_path / "terms.tsv", tmp_path / "a.txt", tmp_path / "a.jsonl"
    terms.write_text("pasar\tbazaar\nPresiden\tHead of State\n", encoding="utf-8")
    article.write_text("Pasar itu sepi. Presiden tiba di Bandung.\n", encoding="utf-8")
    assert run(["translate", str(article), "--glossary", str(terms), "-o", str(out)]) == 0
    head, *beads = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    options = dict(head["options"])
    assert options["glossary"] == tk.read_glossary(terms).digest
    for bead, wanted in zip(beads, ("bazaar", "head of state"), strict=True):
        issues = [issue for issue in bead["quality"]["issues"] if issue["kind"] == "glossary"]
        assert (wanted in bead["target"].lower()) == (not issues)
        for issue in issues:
            assert bead["source"][slice(*issue["source"])] in {"Pasar", "Presiden"}
            assert bead["quality"]["band"] != "good"
    capsys.readouterr()


def test_a_broken_glossary_ends_before_anything_is_translated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms, article = tmp_path / "terms.tsv", tmp_path / "a.txt"
    terms.write_text("pasar\tbazaar\tkepp\n", encoding="utf-8")
    article.write_text("Pasar itu sepi.\n", encoding="utf-8")
    assert run(["translate", str(article), "--glossary", str(terms)]) == 4
    assert "terms.tsv, line 1: unknown flag 'kepp'" in capsys.readouterr().err
    assert run(["translate", str(article), "--glossary", str(tmp_path / "none.tsv")]) == 4
    assert "no such file" in capsys.readouterr().err
