"""Markdown articles: what is text and what is not, and files that come back but for the words."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from articles import SAMPLES, mirrored
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from translate_kit.errors import FormatError, InputError
from translate_kit.formats import Reading, read_document
from translate_kit.formats.md_reader import MAX_CHARACTERS, MAX_INLINE

if TYPE_CHECKING:
    from translate_kit.document import Document


def blocks(text: str) -> list[tuple[str, str]]:
    document = read_document(text.encode(), "md", Reading())
    return [(block.kind, block.text) for block in document.blocks]


def shouted(text: str) -> str:
    return mirrored(text.encode(), "md").decode()


def test_kinds() -> None:
    text = "# Judul\n\nTeks satu\nlanjut.\n\n## Bab\n\n- butir\n\n  lagi\n\n> kutipan\n\n1. nomor\n"
    assert blocks(text) == [
        ("title", "Judul"),
        ("paragraph", "Teks satu lanjut."),
        ("heading", "Bab"),
        ("item", "butir"),
        ("paragraph", "lagi"),
        ("quote", "kutipan"),
        ("item", "nomor"),
    ]


def test_a_document_has_the_title_of_front_matter_or_of_its_first_heading() -> None:
    for text in ('---\ntitle: "Harga naik"\n---\n\nTeks.\n', "Harga naik\n===\n\nTeks.\n"):
        assert read_document(text.encode(), "md", Reading()).title == "Harga naik"
    assert read_document(b"Teks.\n\n# Bab\n", "md", Reading()).title is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Harga naik", "Harga naik"),
        ("'Harga ''beras'' naik'", "Harga 'beras' naik"),
        (r'"Harga \"beras\""', 'Harga "beras"'),
        ("|", None),
        ("[a, b]", None),
        ("harga: naik", None),
        ("*jangkar", None),
    ],
)
def test_front_matter_is_read_where_it_is_a_plain_string(value: str, text: str | None) -> None:
    source = f"---\ntitle: {value}\ndraft: true\n---\n\nTeks.\n"
    assert blocks(source)[:-1] == ([("title", text)] if text else [])
    written = shouted(source)
    assert "\ndraft: true\n---\n\nTEKS.\n" in written
    if text is None:
        assert written == source.replace("Teks", "TEKS")


def test_toml_front_matter_stays_toml() -> None:
    source = '+++\ntitle = "Harga naik"\nweight = 3\n+++\nTeks.\n'
    assert shouted(source) == '+++\ntitle = "HARGA NAIK"\nweight = 3\n+++\nTEKS.\n'


@pytest.mark.parametrize(
    "kept",
    [
        "```python\nharga = 'naik'\n```",
        "    kode dengan indentasi",
        "<div>\nblok\n</div>",
        "<!-- catatan -->",
        "[rujukan]: https://contoh.id 'judul'",
        "![foto](foto.jpg)",
        "***",
        "| a |\n| --- |",
    ],
)
def test_what_is_no_text_stays_character_by_character(kept: str) -> None:
    shown = kept.replace("| a |", "| A |")
    assert shouted(f"Teks.\n\n{kept}\n\nLagi.\n") == f"TEKS.\n\n{shown}\n\nLAGI.\n"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ('Lihat [laporan *baru*](https://a.id/x "Y") ini.', None),
        ("Jalankan `make test` sekarang.", "JALANKAN `make test` SEKARANG."),
        ("Pakai `` a`b `` saja.", "PAKAI ``a`b`` SAJA."),
        ("Buka <https://a.id/b> saja.", "BUKA <https://a.id/b> SAJA."),
        ("Buka https://a.id/b_c saja.", "BUKA https://a.id/b_c SAJA."),
        ("Ini **sangat _penting_** sekali.", "INI **SANGAT *PENTING*** SEKALI."),
        ("Air H<sub>2</sub>O bersih.", None),
        ("Foto ![x](y.png) ini.", "FOTO ![x](y.png) INI."),
        ("Satu.\\\nDua.", "SATU.\\\nDUA."),
        (r"Harga \*bukan\* tebal 5 < 6.", r"HARGA \*BUKAN\* TEBAL 5 < 6."),
        ("Kata[^1] ini.", "KATA[^1] INI."),
        ("- [x] beres", "- [x] BERES"),
        ("> kutip\n> lagi", "> KUTIP LAGI"),
        ("1. satu\n   lanjut\n2. dua", "1. SATU LANJUT\n2. DUA"),
        ("Judul\n=====", "JUDUL\n====="),
        ("## Bab ##", "## BAB ##"),
        ("> a | b\n---", "> A &#124; B\n---"),
        ("a | b\n--|--\nc | d \\| e", "A | B\n--|--\nC | D \\| E"),
        ("Teks.\r\n\r\nLagi.\r\n", "TEKS.\r\n\r\nLAGI.\r\n"),
        ("{{< foto x >}} teks", None),
    ],
)
def test_structure_survives(source: str, target: str | None) -> None:
    written = shouted(source)
    if target is not None:
        assert written == target
    assert blocks(written) == [(k, t if k == "code" else t.upper()) for k, t in blocks(source)] or (
        any(mark in source for mark in ("http", "`", "{{"))
    )


def test_links_keep_their_targets() -> None:
    source = "A [b](<x y> 'z') c [d](e_(f)) g [h][i] j.\n\n[i]: /k?l=1&copy=2\n"
    found = re.findall(r'href="[^"]*"', MarkdownIt().render(source))
    assert re.findall(r'href="[^"]*"', MarkdownIt().render(shouted(source))) == found


@pytest.mark.parametrize(
    "words",
    [
        *("# naik", "- naik", "1. naik", "> naik", "* * *", "`naik`", "[a](b)", "<b>", "&amp;"),
        *("a_b_ _c_", "---", "===", "~~~", "+ a", "\\", "![x](y)", "<!--", "|", "12) a", "~~a~~"),
        "https://a.id",
    ],
)
def test_a_translation_never_becomes_markup(words: str) -> None:
    for template in ("teks", "# teks", "- teks", "> teks", "a | b\n--|--\nteks | d"):
        source = template.encode()
        again = mirrored(source, "md", lambda text: words if text == "teks" else text)
        document = read_document(again, "md", Reading())
        before = read_document(source, "md", Reading())
        assert [b.kind if b.text != words.strip() else "" for b in document.blocks if b.kind] == [
            b.kind if b.text != "teks" else "" for b in before.blocks
        ]
        assert words.strip() in [b.text for b in document.blocks]


PIECES = st.sampled_from(
    [
        *("*", "_", "`", "[", "]", "(", ")", "<", ">", "#", "-", "+", "|", "\\", "&", "~", "!"),
        *("a", "b", " ", "\n", "\n\n", "\t", "  ", "    ", ":", "1", "."),
        *("> ", "- ", "1. ", "**", "```", "](", "---\n"),
    ]
)


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_markdown_given_back_word_by_word_reads_the_same(text: str) -> None:
    try:
        before = read_document(text.encode(), "md", Reading(source="x"))
        again = mirrored(text.encode(), "md", str)
    except InputError:  # no text, or nothing but code
        return
    after = read_document(again, "md", Reading(source="x"))
    if not any(block.markup for block in before.blocks):  # code among signs may change places
        assert squeezed(after) == squeezed(before)
    assert len(after.blocks) == len(before.blocks)


def squeezed(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, " ".join(block.text.split())) for block in document.blocks]


def test_the_limits_hold() -> None:
    with pytest.raises(FormatError, match="x: longer than"):
        read_document(b"a " * MAX_CHARACTERS, "md", Reading(source="x"))
    with pytest.raises(FormatError, match="x: line 3 is nested too deep"):
        read_document(b"a\n\n" + b">" * 200 + b"a", "md", Reading(source="x"))
    text = "*a* " * MAX_INLINE
    assert blocks(text) == [("paragraph", text.strip())], "too long to look for marks"
    start = time.monotonic()
    read_document(b"*a `b " * 1600, "md", Reading())
    assert time.monotonic() - start < 5


def test_the_sample_is_read_in_windows_1252_too() -> None:
    text = (SAMPLES / "beras.md").read_text(encoding="utf-8").replace("khawatir", "khaw\xe4tir")
    reading = Reading(encoding="windows-1252")
    document = read_document(text.encode("windows-1252"), "md", reading)
    assert any("khaw\xe4tir" in block.text for block in document.blocks)
