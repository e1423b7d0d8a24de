"""The glossary's file, what is wrong with it, and where a text has its terms."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import translate_kit as tk
from translate_kit.errors import EmptyInputError, FormatError
from translate_kit.glossary import FLAGS, Glossary, Term, parse_glossary, read_glossary

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """\
# names of offices
source\ttarget\tflags
Kementerian Kesehatan\tMinistry of Health

Kompas\t\tkeep
Tempo
bupati\tregent
bupati\tmayor\tforbid
BUPATI\thead of the regency
Ada\tAda\tcase, keep
ahli\texpert\texact
"""


def spans(glossary: Glossary, text: str) -> list[tuple[str, str]]:
    return [(o.term.source, text[o.start : o.end]) for o in glossary.found(text)]


# the file


def test_a_table_is_read() -> None:
    assert parse_glossary(TABLE.encode()).terms == (
        Term("Kementerian Kesehatan", ("Ministry of Health",)),
        Term("Kompas", keep=True),
        Term("Tempo", keep=True),
        Term("bupati", ("regent", "head of the regency"), ("mayor",)),
        Term("Ada", keep=True, case=True),
        Term("ahli", ("expert",), exact=True),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_line_ends_do_not_matter(encoding: str, end: str) -> None:
    data = TABLE.replace("\n", end).encode(encoding)
    assert parse_glossary(data).terms == parse_glossary(TABLE.encode()).terms


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text(TABLE, encoding="utf-8")
    assert tk.read_glossary(path).digest == parse_glossary(TABLE.encode()).digest


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("bupati\tregent\nwali\tx\tkepp\n", "terms.tsv, line 2: unknown flag 'kepp'; flags are"),
        ("# a\n\ta\n", "line 2: no source term; write it before the first tab"),
        ("a\tb\n…\tb\n", "line 2: no source term"),
        ("a\t…\n", "line 1: no word in the target; leave it empty"),
        ("a\tb\tkeep\n", "line 1: 'keep' with a target of its own"),
        ("a\t\tforbid\n", "line 1: 'forbid' without a target"),
        ("a\ta\tkeep forbid\n", "line 1: 'keep' and 'forbid' contradict"),
        ("a\tb\tcase\tnote\n", "line 1: 4 columns; a line is source, target and flags"),
        ("a\tb\nsource\ttarget\tflags\n", "line 2: unknown flag 'flags'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(table: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_glossary(table.encode(), "terms.tsv")
    assert message in str(caught.value)
    assert str(caught.value).startswith("terms.tsv, line ")


def test_a_file_without_a_term_says_how_to_write_one() -> None:
    with pytest.raises(EmptyInputError, match="no term in it; write a line as 'bupati<TAB>regent'"):
        parse_glossary(b"# nothing\nsource\ttarget\n")


def test_a_missing_file_and_a_wrong_language_are_named(tmp_path: Path) -> None:
    with pytest.raises(tk.InputError, match="no such file"):
        read_glossary(tmp_path / "none.tsv")
    with pytest.raises(tk.OptionError, match="no data for language 'de'"):
        parse_glossary(b"a\tb", "terms.tsv", ("de", "en"))


# the digest


def test_the_digest_is_of_what_the_terms_say() -> None:
    digest = parse_glossary(TABLE.encode()).digest
    head, *rows = TABLE.split("source\ttarget\tflags\n")
    turned = "\n".join((head, *reversed(rows[0].split("\n"))))
    turned = turned.replace("bupati\tregent", "").replace("BUPATI\t", "bupati\tregent\nBUPATI\t")
    assert len(digest) == 64
    assert parse_glossary(TABLE.replace("# names", "# other").encode()).digest == digest
    assert parse_glossary(TABLE.replace("Kompas\t\tkeep", "Kompas").encode()).digest == digest
    assert parse_glossary(turned.encode()).digest == digest, "the order of terms does not count"


@pytest.mark.parametrize(
    ("old", "new"),
    [("regent", "regents"), ("\texact", ""), ("forbid", ""), ("Kompas", "kompas"), ("Tempo\n", "")],
)
def test_another_term_is_another_digest(old: str, new: str) -> None:
    changed = TABLE.replace(old, new, 1).encode()
    assert parse_glossary(changed).digest != parse_glossary(TABLE.encode()).digest


def test_the_direction_and_the_order_of_translations_are_part_of_it() -> None:
    one, other = b"uang\tmoney\nuang\tfund\n", b"uang\tfund\nuang\tmoney\n"
    digests = {
        parse_glossary(one).digest,
        parse_glossary(other).digest,
        parse_glossary(one, "x", ("en", "id")).digest,
    }
    assert len(digests) == 3


def test_a_glossary_can_be_sent_to_another_process() -> None:
    glossary = parse_glossary(TABLE.encode())
    again = pickle.loads(pickle.dumps(glossary))  # noqa: S301  our own bytes
    assert again.digest == glossary.digest
    assert again.found("Bupati hadir.") == glossary.found("Bupati hadir.")


# where terms stand

NEWS = parse_glossary(
    "\n".join(
        [
            *("Kementerian", "Kementerian Kesehatan", "Kesehatan Dunia", "bupati", "KPK", "malu"),
            *("COVID", "R&D", "PT. Bank Mandiri", "Jum'at", "rupa\tlook\texact", "Ada\t\tcase"),
            *("e-KTP", "kota", "wali kota", "G20", "masa", "café"),
        ]
    ).encode()
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kementerian Kesehatan hadir", ["Kementerian Kesehatan"]),
        ("KEMENTERIAN  KESEHATAN hadir", ["KEMENTERIAN  KESEHATAN"]),
        ("Kementerian Kesehatan Dunia", ["Kementerian Kesehatan"]),
        ("kementerian-kementerian", ["kementerian-kementerian"]),
        ("Bupatinya, bupatilah, bupatinyalah", ["Bupatinya", "bupatilah", "bupatinyalah"]),
        ("bupati-bupatinya", ["bupati-bupatinya"]),
        ("KPK-lah yang KPKnya", ["KPK-lah", "KPKnya"]),
        ("Maluku malunya", ["malunya"]),
        ("masalah masanya", ["masanya"]),
        ("bupatian perbupati dibupatikan", []),
        ("COVID-19 dan COVID", ["COVID"]),
        ("KPK/Polri dan (KPK), “KPK”.", ["KPK", "KPK", "KPK"]),
        ("@KPK #KPK KPK@polri.id", []),
        ("R&D dan R & D", ["R&D", "R & D"]),
        ("PT. Bank Mandiri dan PT Bank", ["PT. Bank Mandiri"]),
        ("Jum’at", ["Jum’at"]),
        ("rupanya rupa rupa-rupa", ["rupa"]),
        ("Ada ada ADA", ["Ada"]),
        ("e-KTP-nya", ["e-KTP-nya"]),
        ("wali kota dan kota", ["wali kota", "kota"]),
        ("G20 G20-nya", ["G20", "G20-nya"]),
        ("cafe\u0301 itu", ["cafe\u0301"]),
        ("", []),
    ],
)
def test_terms_are_found_whole_and_with_their_endings(text: str, expected: list[str]) -> None:
    assert [found for _, found in spans(NEWS, text)] == expected


@pytest.mark.parametrize(
    ("text", "core", "plural"),
    [
        ("KPK-nya", "KPK", False),
        ("Bupatinya", "Bupati", False),
        ("bupati-bupati", "bupati", True),
        ("para bupati", "bupati", True),
        ("kementerian kesehatannya", "kementerian kesehatan", False),
    ],
)
def test_an_occurrence_knows_its_term_without_endings(
    text: str, core: str, *, plural: bool
) -> None:
    (occurrence,) = NEWS.found(text)
    assert (occurrence.text, occurrence.plural) == (core, plural)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The regent's house", ["regent's"]),
        ("regents and the regents’ houses", ["regents", "regents"]),
        ("ministers of health met", ["ministers of health"]),
        ("two ministries, a ministry", ["ministries", "ministry"]),
        ("the children", ["children"]),
        ("the churches", ["churches"]),
        ("regency", []),
        ("Iranian", []),
    ],
)
def test_english_terms_inflect_too(text: str, expected: list[str]) -> None:
    table = "regent\nminister of health\nministry\nchild\nchurch\nIran\n"
    glossary = parse_glossary(table.encode(), "terms.tsv", ("en", "id"))
    assert [found for _, found in spans(glossary, text)] == expected


ALPHABET = "aāBç’'-. @#n1"


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.text(ALPHABET, min_size=1, max_size=8), min_size=1, max_size=5),
    st.lists(st.sampled_from(["case", "exact", "", "case exact"]), min_size=5, max_size=5),
    st.text(ALPHABET, max_size=40),
)
def test_occurrences_are_in_order_apart_and_in_range(
    sources: list[str], flags: list[str], text: str
) -> None:
    rows = [f"{s}\t\t{f}" for s, f in zip(sources, flags, strict=False) if not s.startswith("#")]
    try:
        glossary = parse_glossary("\n".join(rows).encode())
    except tk.InputError:
        return
    place = 0
    for occurrence in glossary.found(text):
        assert place <= occurrence.start < occurrence.end <= len(text)
        assert text[occurrence.start :].startswith(occurrence.text)
        place = occurrence.end


@settings(max_examples=80, deadline=None)
@given(st.text(ALPHABET, min_size=1, max_size=12))
def test_a_term_is_found_in_a_text_that_is_nothing_else(text: str) -> None:
    try:
        glossary = parse_glossary(f"{text}\t\tcase".encode())
    except tk.InputError:
        return
    source = glossary.terms[0].source
    for before, after in (("", ""), ("“", "”"), ("kata ", " ini")):
        found = glossary.found(f"{before}{source}{after}")
        assert source in {occurrence.text for occurrence in found}


def test_flags_are_documented() -> None:
    assert tuple(sorted(FLAGS)) == FLAGS
    described = Term.__doc__ or ""
    assert all(flag in described for flag in ("case", "exact", "keep"))


def test_a_large_glossary_is_looked_up_in_one_go() -> None:
    """Every token is looked up once, however many terms there are."""
    glossary = Glossary(Term(f"istilah{n} panjang", keep=True) for n in range(20_000))
    text = " ".join(f"istilah{n} panjang dan pendek" for n in range(500))
    assert len(glossary.found(text)) == 500
