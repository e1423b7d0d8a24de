"""Hypothesis strategies for any valid `Document` and `Bitext`, however odd."""

from __future__ import annotations

from hypothesis import strategies as st

from translate_kit.bitext import (
    BANDS,
    ORIGINS,
    Alternative,
    Bead,
    Bitext,
    Issue,
    Match,
    Provenance,
    Quality,
    Span,
    WordLink,
)
from translate_kit.document import Block, Document, Markup, Sentence

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style>",
    "</td></tr></table>",
    "<!-- -->",
    "]]>",
    "&amp; &lt; &#0;",
    "=1+1",
    "@SUM(A1)",
    "-2 persen",
    "'=1",
    '"dikutip"',
    '"tak ditutup',
    "a\tb",
    "a\nb",
    "a\r\nb",
    r"C:\temp\new",
    "a|b",
    "*tebal* _miring_ `kode` ~~coret~~",
    "# judul",
    "- butir",
    "1. satu",
    "[tautan](http://example.com)",
    "http://example.com www.example.com",
    "![gambar](x.png)",
    "a  \nb",
    "\x00\x07\x1b\x7f\x85",
    "\u2028\u2029\ufeff\ufffe\uffff",
    "e\u0301 \U0001f1ee\U0001f1e9 \u202eterbalik",
    "“Harga naik 2,5 persen,” katanya.",
)
"""Texts that some format, if it were careless, would take for its own."""

_plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_words = st.one_of(st.sampled_from(HOSTILE), _plain, st.just("Harga beras naik."))
_sentences = _words.map(str.strip).filter(bool)
_blanks = st.sampled_from((" ", "  ", "\n", "\r\n", "\t", "\u00a0", ""))
_names = st.sampled_from(("bullet", "href", "code"))
_pairs = st.lists(st.tuples(_plain, _plain), max_size=2).map(tuple)
_scores = st.floats(0, 1)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """Draw a block: sentences, blanks and markup, or a text without sentences."""
    text = ""
    sentences: list[Sentence] = []
    markup: list[Markup] = []
    for _ in range(draw(st.integers(0, 3))):
        text += draw(_blanks)
        if draw(st.booleans()) and (piece := draw(_words)):
            markup.append(Markup(len(text), len(text) + len(piece), draw(_names)))
            text += piece + draw(_blanks)
        piece = draw(_sentences)
        sentences.append(Sentence(len(text), len(text) + len(piece)))
        text += piece
    kind = draw(st.sampled_from(("paragraph", "title", "item", "code", "quote")))
    offset = draw(st.one_of(st.none(), st.integers(0, 1000)))
    text += draw(_blanks if sentences else _words)
    return Block(kind, text, tuple(sentences), tuple(markup), draw(_pairs), offset)


@st.composite
def documents(draw: st.DrawFn, language: str = "id") -> Document:
    """Draw a segmented document of up to three blocks."""
    drawn = tuple(draw(st.lists(blocks(), max_size=3)))
    title = draw(st.one_of(st.none(), _words))
    return Document(language, drawn, title, draw(st.one_of(st.none(), _words)))


@st.composite
def _spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length))
    return start, draw(st.integers(start, length))


@st.composite
def _links(draw: st.DrawFn, source: int, target: int) -> WordLink:
    s0, t0 = draw(st.integers(0, source - 1)), draw(st.integers(0, target - 1))
    return s0, draw(st.integers(s0 + 1, source)), t0, draw(st.integers(t0 + 1, target))


@st.composite
def _qualities(draw: st.DrawFn, source: int, target: int) -> Quality:
    issue = st.builds(
        Issue,
        st.sampled_from(("number", "name", "omission")),
        _words,
        st.one_of(st.none(), _spans(source)),
        st.one_of(st.none(), _spans(target)),
    )
    signals = st.lists(st.tuples(_plain, st.floats(allow_nan=False, allow_infinity=False)))
    return Quality(
        draw(_scores),
        draw(st.sampled_from(BANDS)),
        tuple(draw(st.lists(issue, max_size=2))),
        tuple(draw(signals))[:2],
    )


@st.composite
def bitexts(draw: st.DrawFn) -> Bitext:
    """Draw a bitext: beads of any shape, with anything a bead may carry."""
    source, target = draw(documents("id")), draw(documents("en"))
    ends = (len(source.sentences), len(target.sentences))
    beads: list[Bead] = []
    s = t = 0
    while (s, t) != ends:
        steps = [(i, j) for i in range(3) for j in range(3) if i + j]
        fitting = [(i, j) for i, j in steps if s + i <= ends[0] and t + j <= ends[1]]
        i, j = draw(st.sampled_from(fitting))
        sides = (range(s, s + i), range(t, t + j))
        lengths = (len(source.span_text(sides[0])), len(target.span_text(sides[1])))
        links = st.lists(_links(*lengths), max_size=3) if all(lengths) else st.just([])
        alternative = st.builds(Alternative, _words, st.floats(-20, 0))
        match = st.builds(Match, _sentences, _sentences, _scores)
        beads.append(
            Bead(
                *sides,
                draw(st.sampled_from(ORIGINS)),
                tuple(draw(links)),
                draw(st.one_of(st.none(), _qualities(*lengths))),
                tuple(draw(st.lists(alternative, max_size=2))),
                matches=tuple(draw(st.lists(match, max_size=2))),
            )
        )
        s, t = s + i, t + j
    digest = draw(st.sampled_from((None, "ab12" * 16)))
    provenance = Provenance(draw(_plain), draw(st.one_of(st.none(), _plain)), digest, draw(_pairs))
    return Bitext(source, target, tuple(beads), provenance)
