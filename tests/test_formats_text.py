"""Plain text: what goes through a pipe must be whole, and say what is missing."""

from __future__ import annotations

import pytest

from translate_kit.bitext import Bead, Bitext, Origin
from translate_kit.document import PLAIN, Block, Document, Markup, Sentence
from translate_kit.errors import EmptyInputError, EncodingError
from translate_kit.formats import Reading, read_document, write_bitexts


def block(*texts: str, kind: str = "paragraph", between: str = " ") -> Block:
    """A block of these sentences; one without sentences where its kind is code."""
    text = between.join(texts)
    if kind == "code":
        return Block(kind, text)
    sentences, position = [], 0
    for part in texts:
        sentences.append(Sentence(position, position + len(part)))
        position += len(part) + len(between)
    return Block(kind, text, tuple(sentences))


def written(source: list[Block], target: list[Block], *steps: tuple[int, int, Origin]) -> str:
    """The text of a bitext whose beads take so many sentences of either side."""
    beads: list[Bead] = []
    s = t = 0
    for i, j, origin in steps:
        beads.append(Bead(range(s, s + i), range(t, t + j), origin))
        s, t = s + i, t + j
    sides = (Document("id", tuple(source)), Document("en", tuple(target)))
    return write_bitexts([Bitext(*sides, tuple(beads))], "text").decode()


def test_an_article_is_one_block_that_is_not_segmented() -> None:
    text = "Judul\r\n\r\nHarga naik.\nTurun lagi.\n"
    document = read_document(text.encode(), "text", Reading(source="a.txt"))
    assert document == Document("id", (Block(PLAIN, text, offset=0),), source="a.txt")


def test_a_byte_order_mark_is_no_text() -> None:
    document = read_document("\ufeffHarga".encode(), "text", Reading(language="en"))
    assert (document.language, document.blocks[0].text) == ("en", "Harga")


def test_the_encoding_of_the_reading_holds() -> None:
    data = "caf\xe9".encode("cp1252")
    with pytest.raises(EncodingError):
        read_document(data, "text", Reading())
    document = read_document(data, "text", Reading(encoding="cp1252"))
    assert document.blocks[0].text == "caf\xe9"


def test_an_empty_article_is_refused() -> None:
    with pytest.raises(EmptyInputError, match="-: no text in it"):
        read_document(b"\n \n", "text", Reading())


def test_a_paragraph_is_a_line() -> None:
    source = [block("Satu."), block("Dua.", "Tiga.")]
    target = [block("One."), block("Two.", "Three.", between="\n")]
    steps: list[tuple[int, int, Origin]] = [(1, 1, "model")] * 3
    assert written(source, target, *steps) == "One.\nTwo. Three.\n"


def test_line_ends_in_a_sentence_are_spaces() -> None:
    target = [block("Rice prices\n  rose\r\nagain\u2028today.")]
    assert written([block("Satu.")], target, (1, 1, "model")) == "Rice prices rose again today.\n"


def test_a_bullet_stays() -> None:
    bullet = Block("item", "-  One.", (Sentence(3, 7),), (Markup(0, 1, "bullet"),))
    assert written([block("Satu.")], [bullet], (1, 1, "model")) == "-  One.\n"


def test_code_stands_in_its_place_as_it_is() -> None:
    code = block("if x:\n  y()", kind="code")
    source = [block("Satu."), code, block("Dua."), code]
    target = [block("One."), code, block("Two."), code]
    text = written(source, target, (1, 1, "model"), (1, 1, "model"))
    assert text == "One.\nif x:\n  y()\nTwo.\nif x:\n  y()\n"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_sentence_without_translation_is_named_in_its_paragraph(place: int) -> None:
    texts = ["One.", "Two.", "Three."]
    source = [block("Awal."), block("Satu.", "Dua.", "Tiga."), block("Akhir.")]
    target = [block("Start."), block(*(texts[:place] + texts[place + 1 :])), block("End.")]
    steps: list[tuple[int, int, Origin]] = [(1, 1, "model")] * 5
    steps[1 + place] = (1, 0, "untranslated")
    texts[place] = f"[untranslated: {('Satu.', 'Dua.', 'Tiga.')[place]}]"
    assert written(source, target, *steps) == f"Start.\n{' '.join(texts)}\nEnd.\n"


def test_a_paragraph_without_translation_is_a_line_of_its_own() -> None:
    source = [block("Satu."), block("Dua.", "Tiga."), block("Empat.")]
    target = [block("One."), block("Four.")]
    text = written(source, target, (1, 1, "model"), (2, 0, "model"), (1, 1, "model"))
    assert text == "One.\n[untranslated: Dua. Tiga.]\nFour.\n"


def test_source_that_was_passed_on_is_named_untranslated() -> None:
    both = [block("Satu."), block("Dua.")]
    text = written(both, both, (1, 1, "untranslated"), (1, 1, "human"))
    assert text == "[untranslated: Satu.]\nDua.\n"


def test_an_addition_is_there() -> None:
    target = [block("One.", "And more."), block("Two.")]
    text = written(
        [block("Satu."), block("Dua.")], target, (1, 1, "model"), (0, 1, "human"), (1, 1, "model")
    )
    assert text == "One. And more.\nTwo.\n"


def test_documents_are_parted_by_a_blank_line() -> None:
    side = Document("id", (block("Satu."),))
    bitext = Bitext(side, side, (Bead(range(1), range(1)),))
    assert write_bitexts([bitext, bitext], "text") == b"Satu.\n\nSatu.\n"
    assert write_bitexts([], "text") == b""
