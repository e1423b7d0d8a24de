"""TMX: valid by the specification, safe to read, and kind to what other tools write."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from strategies import bitexts

from translate_kit.bitext import Bead, Bitext, Provenance
from translate_kit.document import Block, Document, Sentence
from translate_kit.errors import EncodingError, FormatError
from translate_kit.formats import Reading, read_bitexts, write_bitexts

if TYPE_CHECKING:
    from collections.abc import Iterator

# TMX 1.4b (OSCAR recommendation, 26 April 2005), what our files use of it: for an element its
# children as a pattern over their names, its attributes, and whether it holds text.
SPECIFICATION = {
    "tmx": ("header body", {"version"}, set[str](), False),
    "header": (
        "( ?(note|prop|ude))*",
        set("creationtool creationtoolversion segtype o-tmf adminlang srclang datatype".split()),
        set("o-encoding creationdate creationid changedate changeid".split()),
        False,
    ),
    "body": ("( ?tu)*", set[str](), set[str](), False),
    "tu": ("( ?(note|prop))*( ?tuv)+", set[str](), {"tuid", "srclang", "segtype"}, False),
    "tuv": ("( ?(note|prop))* ?seg", {"xml:lang"}, {"creationtool", "datatype"}, False),
    "prop": ("", {"type"}, {"xml:lang", "o-encoding"}, True),
    "seg": ("( ?(bpt|ept|ph|it|hi|ut))*", set[str](), set[str](), True),
    "ph": ("( ?sub)*", set[str](), {"x", "assoc", "type"}, True),
}


def complaints(data: bytes) -> Iterator[str]:
    """Yield what of a file is not as the specification has it."""
    root = etree.fromstring(data)
    if root.tag != "tmx" or root.get("version") != "1.4":
        yield "root"
    for element in root.iter():
        content, required, optional, text = SPECIFICATION[str(element.tag)]
        names = {re.sub(r"^\{.*\}", "xml:", str(name)) for name in element.attrib}
        if not re.fullmatch(content, " ".join(str(child.tag) for child in element)):
            yield f"children of {element.tag}"
        if not required <= names <= required | optional:
            yield f"attributes of {element.tag}: {names}"
        if not text and ((element.text or "") + "".join(c.tail or "" for c in element)).strip():
            yield f"text in {element.tag}"


def tmx(*units: str, srclang: str = "id") -> bytes:
    body = "".join(f"<tu>{unit}</tu>" for unit in units)
    header = f'<header srclang="{srclang}" segtype="sentence"/>'
    return (
        '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'
        f'<tmx version="1.4">{header}<body>{body}</body></tmx>'
    ).encode()


def tuv(language: str, segment: str, attribute: str = "xml:lang") -> str:
    return f'<tuv {attribute}="{language}"><seg>{segment}</seg></tuv>'


def read(data: bytes, reading: Reading | None = None) -> list[tuple[str, str]]:
    return [
        (row.source, row.target)
        for bitext in read_bitexts(data, "tmx", reading or Reading(source="m.tmx"))
        for row in bitext.rows()
    ]


def pair(*texts: str) -> Bitext:
    sides = [
        Document(language, (Block("paragraph", text, (Sentence(0, len(text)),)),))
        for language, text in zip(("id", "en"), texts, strict=True)
    ]
    return Bitext(sides[0], sides[1], (Bead(range(1), range(1)),))


# Written


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(bitexts())
def test_what_is_written_is_as_the_specification_has_it(bitext: Bitext) -> None:
    assert list(complaints(write_bitexts([bitext], "tmx"))) == []
    swapped = Bitext(bitext.target, bitext.source, tuple(_swap(bead) for bead in bitext.beads))
    assert list(complaints(write_bitexts([bitext, swapped], "tmx"))) == []


def _swap(bead: Bead) -> Bead:
    return Bead(bead.target, bead.source, bead.origin)


def test_the_check_itself_finds_faults() -> None:
    for bad in (
        b'<tmx version="1.3"><header/><body/></tmx>',
        b'<tmx version="1.4"><body/></tmx>',
        tmx(),
        b'<tmx version="1.4"><body><tu/></body></tmx>',
        b'<tmx version="1.4"><body>text</body></tmx>',
    ):
        assert list(complaints(bad))


def test_languages_titles_names_and_model_come_back() -> None:
    bitext = pair("Beras", "Rice")
    described = Bitext(
        replace(bitext.source, title="Harga", source="a.txt"),
        replace(bitext.target, title="Prices", language="en-GB"),
        bitext.beads,
        Provenance("translate-kit 0.1.0", "id-en", "0f3c" * 16),
    )
    assert read_bitexts(write_bitexts([described], "tmx"), "tmx", Reading()) == (described,)


def test_documents_of_several_languages_stay_apart() -> None:
    there = pair("Beras", "Rice")
    back = Bitext(there.target, there.source, there.beads)
    data = write_bitexts([there, back, there], "tmx")
    assert b'srclang="*all*"' in data
    assert read_bitexts(data, "tmx", Reading()) == (there, back, there)


def test_a_memory_does_not_learn_that_a_translation_is_nothing() -> None:
    bitext = pair("Beras", "Rice")
    alone = Bitext(bitext.source, Document("en", ()), (Bead(range(1), range(0), "untranslated"),))
    data = write_bitexts([alone], "tmx")
    assert data.count(b"<tuv ") == 1
    assert read(data) == [("Beras", "")]


# Read


def test_tags_of_other_formats_are_left_out_and_marked_text_is_kept() -> None:
    source = (
        'Harga <bpt i="1">&lt;b&gt;</bpt>beras<ept i="1">&lt;/b&gt;</ept> '
        '<hi type="term">naik <ph x="1">{0}</ph>lagi</hi><it pos="begin">&lt;i&gt;</it>'
        '<ut>\\par </ut><ph type="lb"/>kini<ph>&lt;a title="<sub>judul</sub>"&gt;</ph>.'
    )
    assert read(tmx(tuv("id", source) + tuv("en", "Rice"))) == [
        ("Harga beras naik lagi\nkini.", "Rice")
    ]


@pytest.mark.parametrize("code", ["0007", "FFFE", "0041", "zzzz", ""])
def test_a_placeholder_is_a_character_only_where_xml_cannot_hold_it(code: str) -> None:
    held = {"0007": "\x07", "FFFE": "\ufffe"}.get(code, "")
    data = tmx(tuv("id", f'a<ph type="x-char">{code}</ph>b') + tuv("en", "c"))
    assert read(data) == [(f"a{held}b", "c")]


def test_the_file_names_the_source_and_regions_do_not_matter() -> None:
    unit = tuv("ID-id", "Beras") + tuv("en-US", "Rice")
    (bitext,) = read_bitexts(tmx(unit, srclang="EN-us"), "tmx", Reading())
    assert (bitext.source.language, bitext.target.language) == ("en", "id")
    assert read(tmx(unit, srclang="EN-us")) == [("Rice", "Beras")]


def test_of_many_languages_those_of_the_reading_are_taken() -> None:
    unit = tuv("fr", "Riz") + tuv("en", "Rice") + tuv("id", "Beras") + tuv("ms", "Beras")
    assert read(tmx(unit, srclang="*all*")) == [("Beras", "Rice")]
    assert read(tmx(unit, srclang="fr")) == [("Riz", "Rice")]
    assert read(tmx(unit, srclang="en")) == [("Rice", "Riz")]
    assert read(tmx(unit), Reading(target_language="ms")) == [("Beras", "Beras")]


def test_old_language_attributes_and_one_sided_units_are_read() -> None:
    data = tmx(tuv("id", "Beras", "lang") + tuv("en", "Rice", "lang"), tuv("en", "More"))
    assert read(data) == [("Beras", "Rice"), ("", "More")]


def test_an_encoding_may_be_declared_or_given() -> None:
    text = tmx(tuv("id", "caf\xe9") + tuv("en", "coffee")).decode()
    declared = text.replace('"1.0"?', '"1.0" encoding="windows-1252"?').encode("cp1252")
    assert read(declared) == [("caf\xe9", "coffee")]
    assert read(text.encode("utf-16")) == [("caf\xe9", "coffee")]
    assert read(text.encode("cp1252"), Reading(encoding="cp1252")) == [("caf\xe9", "coffee")]
    with pytest.raises(EncodingError):
        read(text.encode("cp1252"), Reading(encoding="utf-8"))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "no element found"),
        (b"<tmx", "unclosed token"),
        (b"<html/>", r"no TMX file \(tmx with header and body expected\)"),
        (b'<tmx version="1.4"><body/></tmx>', "no TMX file"),
        (tmx(), "no unit in id or en; languages in it: none"),
        (tmx("<tuv><seg>a</seg></tuv>"), "unit 1 has a variant without language or segment"),
        (tmx('<tuv xml:lang="id"/>'), "unit 1 has a variant without language or segment"),
        (tmx('<prop type="x-block">x</prop>' + tuv("id", "a")), "invalid literal"),
        (tmx(tuv("id", "&laugh;")), "entities are not allowed: line 1"),
        (b'<!DOCTYPE tmx [<!ENTITY l0 "ha">' + LAUGHS.encode() + b"]><tmx/>", "not allowed"),
        (b'<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><t>&x;</t>', "not allowed"),
        (b'<!DOCTYPE t [<!ENTITY % x SYSTEM "http://x/">%x;]><t/>', "not allowed"),
        (tmx(tuv("id", "<hi>" * 300 + "a" + "</hi>" * 300)), "nested deeper than 200: line 1"),
        (b'<?xml version="1.0" encoding="klingon"?><tmx/>', "encoding"),
    ],
)
def test_broken_and_hostile_files_are_refused(data: bytes, cause: str) -> None:
    with pytest.raises(FormatError, match=rf"^m\.tmx: .*{cause}"):
        read(data)


# Inline tags


def test_tags_are_no_language_and_come_back() -> None:
    source = (
        'Harga <bpt i="1" type="bold">&lt;b&gt;</bpt>beras<ept i="1">&lt;/b&gt;</ept> '
        '<hi type="term">naik <ph x="1">{0}</ph>lagi</hi><it pos="begin">&lt;i&gt;</it>'
        "<ut>\\par </ut>."
    )
    units = (tuv("id", source) + tuv("en", "<hi>Rice</hi> rises."), tuv("id", "Dua <ph/>ekor"))
    read_once = read_bitexts(tmx(*units), "tmx", Reading())
    kept = read_bitexts(write_bitexts(read_once, "jsonl"), "jsonl", Reading())
    assert kept == read_once
    written = re.findall(r"<seg>(.*)</seg>", write_bitexts(kept, "tmx").decode())
    assert written == [source, "<hi>Rice</hi> rises.", "Dua <ph/>ekor"]


def test_tags_of_one_format_do_not_go_into_another() -> None:
    bitexts = read_bitexts(tmx(tuv("id", "<hi>Beras</hi>") + tuv("en", "Rice")), "tmx", Reading())
    assert b"<source>Beras</source>" in write_bitexts(bitexts, "xliff")


def test_another_program_reads_the_same_texts() -> None:
    storage = pytest.importorskip("translate.storage.tmx")
    rows = [("“Beras & jagung” <b>", "Rice\nand corn ]]>"), ("Pasar", "Market")]
    store = storage.tmxfile(BytesIO(write_bitexts([pair(*row) for row in rows], "tmx")))
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == rows
