"""XLIFF 1.2 and 2.0: valid by their specifications, and kind to what other tools write."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import bitexts

from translate_kit.bitext import Alternative, Bead, Bitext, Issue, Provenance, Quality
from translate_kit.document import Block, Document, Sentence
from translate_kit.errors import FormatError, OutputError
from translate_kit.formats import Reading, read_bitexts, write_bitexts

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD = "urn:oasis:names:tc:xliff:document:1.2"
NEW = "urn:oasis:names:tc:xliff:document:2.0"
PREFIXES = {
    OLD: "",
    NEW: "",
    "urn:oasis:names:tc:xliff:metadata:2.0": "mda:",
    "urn:oasis:names:tc:xliff:matches:2.0": "mtc:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}

# What our files use of either version: for an element its children as a pattern over their
# names, its required attributes, its optional ones, and whether it holds text. Values that the
# specifications list are in VALUES.
_Rule = tuple[str, set[str], set[str], bool]
NONE: set[str] = set()

# XLIFF 1.2 (OASIS Standard, 1 February 2008), in its strict form
SPECIFICATION_12: dict[str, _Rule] = {
    "xliff": ("( ?file)+", {"version"}, {"xml:lang"}, False),
    "file": (
        "(header )?body",
        {"original", "source-language", "datatype"},
        {"target-language", "tool-id", "date", "xml:space", "category", "product-name"},
        False,
    ),
    "header": ("(skl ?)?(phase-group ?)?( ?(note|tool))*", NONE, NONE, False),
    "tool": ("", {"tool-id", "tool-name"}, {"tool-version", "tool-company"}, False),
    "body": ("( ?(group|trans-unit))*", NONE, NONE, False),
    "group": (
        "( ?context-group)*( ?note)*( ?(group|trans-unit))*",
        NONE,
        {"id", "restype", "resname", "xml:space"},
        False,
    ),
    "context-group": ("context( context)*", NONE, {"name", "crc", "purpose"}, False),
    "context": ("", {"context-type"}, {"match-mandatory", "crc"}, True),
    "trans-unit": (
        "source( seg-source)?( target)?( (context-group|note|alt-trans))*",
        {"id"},
        {"approved", "translate", "xml:space", "restype", "resname"},
        False,
    ),
    "source": ("( ?(ph|g|x|bx|ex|bpt|ept|it|mrk))*", NONE, {"xml:lang"}, True),
    "target": (
        "( ?(ph|g|x|bx|ex|bpt|ept|it|mrk))*",
        NONE,
        {"state", "state-qualifier", "phase-name", "xml:lang"},
        True,
    ),
    "ph": ("( ?sub)*", {"id"}, {"ctype", "crc", "assoc", "xid", "equiv-text"}, True),
    "alt-trans": (
        "(source )?target( context-group)*( note)*",
        NONE,
        {"match-quality", "tool-id", "origin", "extradata", "xml:space", "alttranstype"},
        False,
    ),
    "note": ("", NONE, {"xml:lang", "priority", "from", "annotates"}, True),
}

# XLIFF 2.0 (OASIS Standard, 5 August 2014): core, Translation Candidates, Metadata
SPECIFICATION_20: dict[str, _Rule] = {
    "xliff": ("( ?file)+", {"version", "srcLang"}, {"trgLang", "xml:space"}, False),
    "file": (
        r"(skeleton )?( ?mda:\S+)*( ?notes)?( ?(unit|group))+",
        {"id"},
        {"original", "canResegment", "translate", "srcDir", "trgDir", "xml:space"},
        False,
    ),
    "group": (r"( ?mda:\S+)*( ?notes)?( ?(unit|group))*", {"id"}, {"name", "type"}, False),
    "unit": (
        r"( ?(mda|mtc):\S+)*( ?notes)?( ?originalData)?( ?(segment|ignorable))+",
        {"id"},
        {"name", "canResegment", "translate", "xml:space", "type"},
        False,
    ),
    "segment": ("source( target)?", NONE, {"id", "canResegment", "state", "subState"}, False),
    "source": ("( ?(cp|ph|pc|sc|ec|mrk|sm|em))*", NONE, {"xml:lang", "xml:space"}, True),
    "target": ("( ?(cp|ph|pc|sc|ec|mrk|sm|em))*", NONE, {"xml:lang", "xml:space", "order"}, True),
    "cp": ("", {"hex"}, NONE, False),
    "notes": ("note( note)*", NONE, NONE, False),
    "note": ("", NONE, {"id", "appliesTo", "category", "priority"}, True),
    "mda:metadata": ("mda:metaGroup( mda:metaGroup)*", NONE, {"id"}, False),
    "mda:metaGroup": ("mda:meta( mda:meta)*", NONE, {"id", "category", "appliesTo"}, False),
    "mda:meta": ("", {"type"}, NONE, True),
    "mtc:matches": ("mtc:match( mtc:match)*", NONE, NONE, False),
    "mtc:match": (
        "(mda:metadata )?(originalData )?source target",
        {"ref"},
        {"id", "matchQuality", "matchSuitability", "origin", "similarity", "subType", "type"},
        False,
    ),
}
VALUES = {
    (
        "target",
        "state",
    ): "final|needs-(adaptation|l10n|translation|review-translation)|new|translated"
    "|signed-off|needs-review-(adaptation|l10n)",
    (
        "target",
        "state-qualifier",
    ): "exact-match|fuzzy-match|id-match|leveraged-(inherited|mt|repository|tm)"
    "|mt-suggestion|tm-suggestion|rejected-(grammar|inaccurate|length|spelling)",
    ("context-group", "purpose"): "(information|location|match)( (information|location|match))*",
    ("context", "context-type"): r"database|element|record|sourcefile|x-\S+",
    ("note", "annotates"): "source|target|general",
    ("ph", "ctype"): r"image|pb|lb|x-\S+",
    ("file", "datatype"): "plaintext",
    ("segment", "state"): "initial|translated|reviewed|final",
    ("segment", "subState"): r"[^\s:]+:[^\s:]+",
    ("note", "appliesTo"): "source|target",
    ("mtc:match", "matchQuality"): r"100\.0|[0-9]{1,2}\.[0-9]+",
    ("mtc:match", "type"): "am|mt|icm|idm|tb|tm|other",
    ("mtc:match", "ref"): "#s1",
    ("cp", "hex"): "([0-9A-F]{2})+",
}


def plain(name: object) -> str:
    space, _, local = str(name).rpartition("}")
    return PREFIXES[space.removeprefix("{")] + local if space else local


def complaints(data: bytes) -> Iterator[str]:
    """Yield what of a file is not as its specification has it."""
    root = etree.fromstring(data)
    new = root.tag == f"{{{NEW}}}xliff"
    specification = SPECIFICATION_20 if new else SPECIFICATION_12
    if root.get("version") != ("2.0" if new else "1.2"):
        yield "version"
    for element in root.iter():
        name = plain(element.tag)
        content, required, optional, text = specification[name]
        names = {plain(attribute) for attribute in element.attrib}
        if not re.fullmatch(content, " ".join(plain(child.tag) for child in element)):
            yield f"children of {name}"
        if not required <= names <= required | optional:
            yield f"attributes of {name}: {names}"
        if not text and ((element.text or "") + "".join(c.tail or "" for c in element)).strip():
            yield f"text in {name}"
        for attribute, value in element.attrib.items():
            pattern = VALUES.get((name, plain(attribute)), ".*")
            if not re.fullmatch(pattern, str(value), flags=re.DOTALL):
                yield f"{plain(attribute)} of {name}: {value!s}"
    yield from _repeated(root, new)


def _repeated(root: Any, new: bool) -> Iterator[str]:  # noqa: FBT001  which version
    """Yield identifiers that come twice where they must not."""
    scopes = [(root, "file"), *((file, "unit" if new else "trans-unit") for file in root)]
    for scope, name in scopes:
        identifiers = [e.get("id") for e in scope.iter(f"{{{NEW if new else OLD}}}{name}")]
        if name != "file" or new:
            yield from (f"{name} {i} twice" for i in identifiers if identifiers.count(i) > 1)


def pair(source: str, target: str, bead: Bead | None = None) -> Bitext:
    sides = [
        Document(code, (Block("paragraph", text, (Sentence(0, len(text)),)),) if text else ())
        for code, text in (("id", source), ("en", target))
    ]
    made = bead or Bead(range(bool(source)), range(bool(target)))
    return Bitext(sides[0], sides[1], (made,), Provenance(model="id-en", digest="0f3c" * 16))


def old(*units: str, languages: str = 'source-language="id" target-language="en"') -> bytes:
    file = f'<file original="a.html" {languages} datatype="html">'
    body = "".join(units)
    return (
        f'<?xml version="1.0"?><xliff xmlns="{OLD}" version="1.2">{file}<header/><body>{body}'
        "</body></file></xliff>"
    ).encode()


def new(*units: str) -> bytes:
    return (
        f'<?xml version="1.0"?><xliff xmlns="{NEW}" version="2.0" srcLang="id-ID" trgLang="en-US">'
        f'<file id="f1">{"".join(units)}</file></xliff>'
    ).encode()


def texts(data: bytes) -> list[tuple[str, str]]:
    return [
        (row.source, row.target)
        for bitext in read_bitexts(data, "xliff", Reading(source="a.xlf"))
        for row in bitext.rows()
    ]


# Written


@pytest.mark.parametrize("name", ["xliff", "xliff2"])
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(documents=st.lists(bitexts(), min_size=1, max_size=2))
def test_what_is_written_is_as_the_specification_has_it(name: str, documents: list[Bitext]) -> None:
    assert list(complaints(write_bitexts(documents, name))) == []


def test_the_check_itself_finds_faults() -> None:
    unit = '<trans-unit id="1"><source>a</source></trans-unit>'
    for bad in (
        old(unit, unit),
        old("<trans-unit><source>a</source></trans-unit>"),
        old('<trans-unit id="1"><target>a</target></trans-unit>'),
        old('<trans-unit id="1"><source>a</source><target state="ok">b</target></trans-unit>'),
        old("text"),
        new(),
        new('<unit id="u"><segment><source/></segment></unit>' * 2),
        new('<unit id="u"><segment state="done"><source/></segment></unit>'),
        new('<unit id="u"><notes/><segment><source/></segment></unit>'),
    ):
        assert list(complaints(bad))


QUALITIES = {
    "good": Quality(0.82, "good"),
    "check": Quality(0.6, "check", (Issue("number", "2 became 3", None, (0, 1)),)),
}


@pytest.mark.parametrize(
    ("bead", "expected"),
    [
        (Bead(range(1), range(1)), 'state="translated" state-qualifier="leveraged-mt"'),
        (Bead(range(1), range(1), "memory"), 'state="translated" state-qualifier="leveraged-tm"'),
        (Bead(range(1), range(1), "human"), '<target state="translated">'),
        (Bead(range(1), range(1), "untranslated"), '<target state="needs-translation">'),
        (
            Bead(range(1), range(1), quality=QUALITIES["check"]),
            'state="needs-review-translation" state-qualifier="leveraged-mt"',
        ),
        (
            Bead(range(1), range(1), quality=QUALITIES["good"]),
            'origin="id-en@0f3c0f3c" match-quality="82%"',
        ),
        (
            Bead(range(1), range(1), quality=QUALITIES["check"]),
            '<note from="translate-kit" annotates="target">number: 2 became 3</note>',
        ),
        (
            Bead(range(1), range(1), alternatives=(Alternative("Paddy", -0.5),)),
            'origin="alternative" extradata="-0.5"',
        ),
    ],
)
def test_what_the_old_standard_has_a_place_for_stands_there(bead: Bead, expected: str) -> None:
    assert expected in write_bitexts([pair("Beras", "Rice", bead)], "xliff").decode()


@pytest.mark.parametrize(
    ("bead", "expected"),
    [
        (Bead(range(1), range(1)), 'state="translated">'),
        (Bead(range(1), range(1), "human"), 'state="reviewed">'),
        (Bead(range(1), range(1), "untranslated"), 'state="initial">'),
        (
            Bead(range(1), range(1), quality=QUALITIES["check"]),
            'state="translated" subState="translate-kit:check"',
        ),
        (
            Bead(range(1), range(1), "memory", quality=QUALITIES["good"]),
            'type="tm" origin="memory" matchQuality="82.0"',
        ),
        (
            Bead(range(1), range(1), quality=QUALITIES["check"]),
            '<note id="issue1" appliesTo="target" category="number">2 became 3</note>',
        ),
    ],
)
def test_what_the_new_standard_has_a_place_for_stands_there(bead: Bead, expected: str) -> None:
    assert expected in write_bitexts([pair("Beras", "Rice", bead)], "xliff2").decode()


@pytest.mark.parametrize("name", ["xliff", "xliff2"])
def test_a_sentence_without_translation_has_no_target(name: str) -> None:
    data = write_bitexts([pair("Beras", "", Bead(range(1), range(0), "untranslated"))], name)
    assert b"<target" not in data
    assert texts(data) == [("Beras", "")]


@pytest.mark.parametrize("name", ["xliff", "xliff2"])
def test_documents_keep_titles_names_and_model(name: str) -> None:
    bitext = pair("Beras", "Rice")
    named = replace(
        bitext,
        source=replace(bitext.source, title="Harga", source="a.txt"),
        target=replace(bitext.target, title="Prices"),
    )
    data = write_bitexts([named, bitext], name)
    assert read_bitexts(data, name, Reading()) == (named, bitext)
    assert data.count(b"<file ") == 2


def test_one_new_file_has_one_pair_of_languages() -> None:
    there = pair("Beras", "Rice")
    back = Bitext(there.target, there.source, there.beads)
    assert len(read_bitexts(write_bitexts([there, back], "xliff"), "xliff", Reading())) == 2
    with pytest.raises(OutputError, match=r"one pair of languages, not id-en, en-id; .*xliff"):
        write_bitexts([there, back], "xliff2")


@pytest.mark.parametrize(
    ("name", "module", "kind"),
    [("xliff", "xliff", "xlifffile"), ("xliff2", "xliff2", "Xliff2File")],
)
def test_another_program_reads_the_same_texts(name: str, module: str, kind: str) -> None:
    storage = pytest.importorskip(f"translate.storage.{module}")
    rows = [("“Beras & jagung” <b>", "Rice\nand corn ]]>"), ("Pasar", "")]
    store = getattr(storage, kind)(BytesIO(write_bitexts([pair(*row) for row in rows], name)))
    read = [(str(unit.source), str(unit.target or "")) for unit in store.units]
    assert read == rows


# Read


def test_the_files_languages_are_taken_without_regions() -> None:
    unit = '<trans-unit id="1"><source>Beras</source><target>Rice</target></trans-unit>'
    languages = 'source-language="id-ID" target-language="en-GB"'
    (bitext,) = read_bitexts(old(unit, languages=languages), "xliff", Reading())
    assert (bitext.source.language, bitext.target.language) == ("id", "en")
    assert (bitext.source.source, bitext.beads[0].origin) == ("a.html", "human")
    (bitext,) = read_bitexts(old(unit, languages='source-language="id"'), "xliff", Reading())
    assert bitext.target.language == "en"


def test_files_of_version_1_1_and_1_0_are_read() -> None:
    unit = '<trans-unit id="1"><source>Beras</source><target>Rice</target></trans-unit>'
    for space in ("urn:oasis:names:tc:xliff:document:1.1", ""):
        data = old(unit).replace(f'xmlns="{OLD}"'.encode(), f'xmlns="{space}"'.encode())
        assert texts(data) == [("Beras", "Rice")]


def test_segments_that_a_program_made_are_beads_of_one_paragraph() -> None:
    data = old(
        '<trans-unit id="1"><source>Satu. Dua.</source><seg-source><mrk mtype="seg" mid="1">Satu.'
        '</mrk> <mrk mtype="seg" mid="2">Dua.</mrk></seg-source><target><mrk mtype="seg" mid="1">'
        'One.</mrk> <mrk mtype="seg" mid="2">Two.</mrk></target></trans-unit>'
    )
    (bitext,) = read_bitexts(data, "xliff", Reading())
    assert texts(data) == [("Satu.", "One."), ("Dua.", "Two.")]
    assert [block.text for block in bitext.target.blocks] == ["One. Two."]


def test_segments_of_a_new_unit_are_beads_of_one_paragraph() -> None:
    data = new(
        '<group id="g"><unit id="u1"><segment><source>Satu.</source><target>One.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        "<segment><source>Dua.</source></segment></unit></group>"
    )
    (bitext,) = read_bitexts(data, "xliff2", Reading())
    assert texts(data) == [("Satu.", "One."), ("Dua.", "")]
    assert [block.text for block in bitext.source.blocks] == ["Satu. Dua."]
    assert bitext.source.language == "id"


def test_a_unit_of_ours_that_was_parted_is_one_bead_again() -> None:
    data = write_bitexts([pair("Satu. Dua.", "One. Two.")], "xliff2").decode()
    parted = re.sub(
        r"<segment id.*</segment>",
        "<segment><source>Satu.</source><target>One.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment><source>Dua.</source><target>Two.</target></segment>",
        data,
        flags=re.DOTALL,
    )
    (bitext,) = read_bitexts(parted.encode(), "xliff2", Reading())
    assert texts(parted.encode()) == [("Satu. Dua.", "One. Two.")]
    assert bitext.beads[0].origin == "model"


def test_notes_and_proposals_of_others_are_not_ours() -> None:
    data = old(
        '<trans-unit id="1"><source>Beras</source><target>Rice</target><note>number: hm</note>'
        '<alt-trans match-quality="99%"><target>Paddy</target></alt-trans></trans-unit>'
    )
    (bitext,) = read_bitexts(data, "xliff", Reading())
    assert bitext.beads[0] == Bead(range(1), range(1), "human")


@pytest.mark.parametrize(
    ("state", "origin"),
    [
        ("", "human"),
        ('state="final"', "human"),
        ('state="translated" state-qualifier="mt-suggestion"', "model"),
        ('state="needs-review-translation" state-qualifier="fuzzy-match"', "memory"),
        ('state="new"', "untranslated"),
        ('state="needs-translation" state-qualifier="leveraged-mt"', "untranslated"),
    ],
)
def test_what_a_machine_proposed_in_another_program_is_no_persons(state: str, origin: str) -> None:
    unit = f'<trans-unit id="1"><source>Beras</source><target {state}>Rice</target></trans-unit>'
    (bitext,) = read_bitexts(old(unit), "xliff", Reading())
    assert bitext.beads[0].origin == origin


# Inline tags


INLINE = {
    "xliff": old(
        '<trans-unit id="1"><source>Harga <g id="1" ctype="bold">beras <x id="2"/></g> naik'
        '<bpt id="3">&lt;i&gt;</bpt>!<ept id="3">&lt;/i&gt;</ept></source>'
        '<target><g id="1" ctype="bold">Rice <x id="2"/></g> rises</target></trans-unit>'
    ),
    "xliff2": new(
        '<unit id="u1"><segment><source>Harga <pc id="1">beras <ph id="2" disp="x"/></pc> naik'
        '<sc id="3"/>!<ec startRef="3"/></source>'
        '<target><pc id="1">Rice <ph id="2" disp="x"/></pc> rises</target></segment></unit>'
    ),
}


def inner(data: bytes, *names: str) -> list[str]:
    """The content of elements as it is written."""
    text = data.decode()
    return [c for name in names for c in re.findall(rf"<{name}(?: [^>]*)?>(.*?)</{name}>", text)]


@pytest.mark.parametrize("name", INLINE)
def test_tags_are_no_language_and_come_back(name: str) -> None:
    read = read_bitexts(INLINE[name], name, Reading())
    assert texts(INLINE[name]) == [("Harga beras  naik!", "Rice  rises")]
    kept = read_bitexts(write_bitexts(read, "jsonl"), "jsonl", Reading())
    assert kept == read
    written = inner(write_bitexts(kept, name), "source", "target")
    assert written == inner(INLINE[name], "source", "target")


@pytest.mark.parametrize("name", INLINE)
def test_tags_go_where_their_text_went(name: str) -> None:
    (read,) = read_bitexts(INLINE[name], name, Reading())
    text = "Rice prices rise"
    changed = replace(
        read,
        target=replace(
            read.target,
            blocks=(
                replace(read.target.blocks[0], text=text, sentences=(Sentence(0, len(text)),)),
            ),
        ),
    )
    data = write_bitexts([changed], name)
    assert inner(data, "target")[:1] == [text]
    assert inner(data, "source")[0] == inner(INLINE[name], "source")[0]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "[]",
        "[0, 1, 2]",
        '[0, "%s", [[0, "open", "g", {}, ""]]]',
        '[0, "%s", [[0, "close", "g", {}, ""]]]',
        '[0, "%s", [[3, "whole", "x", {}, ""], [2, "whole", "x", {}, ""]]]',
        '[0, "%s", [[99, "whole", "x", {}, ""]]]',
        '[0, "%s", [[0, "whole", "script", {}, ""]]]',
        '[0, "%s", [[0, "whole", "x", {"a b": ""}, ""]]]',
        '[0, "%s", [["0", "whole", "x", {}, ""]]]',
    ],
)
def test_attributes_that_are_no_tags_of_ours_write_none(value: str) -> None:
    read = read_bitexts(INLINE["xliff"], "xliff", Reading())[0]
    seal = re.search(r'\[0, "([0-9a-f]{12})"', read.source.blocks[0].attributes[0][1])
    assert seal
    told = (("inline-xliff", value.replace("%s", seal[1])),)
    block = replace(read.source.blocks[0], attributes=told)
    data = write_bitexts([replace(read, source=replace(read.source, blocks=(block,)))], "xliff")
    assert inner(data, "source") == ["Harga beras  naik!"]


# Refused


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"<tmx/>", "no XLIFF file"),
        (b"<myxliff/>", "no XLIFF file"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:9"/>', "no XLIFF file"),
        (b"<xliff", "cannot be read as XML"),
        (old(), "no unit with text in it"),
        (new('<unit id="u"><segment><source/></segment></unit>'), "no unit with text in it"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xliff version="1.2">&a;</xliff>', "entities"),
        (
            write_bitexts(
                [pair("Beras", "Rice", Bead(range(1), range(1), quality=QUALITIES["good"]))],
                "xliff",
            ).replace(b">good<", b">fine<"),
            "unknown band 'fine'",
        ),
    ],
)
def test_other_files_are_refused_with_the_cause(data: bytes, cause: str) -> None:
    with pytest.raises(FormatError, match=f"^a\\.xlf: .*{cause}"):
        read_bitexts(data, "xliff", Reading(source="a.xlf"))
