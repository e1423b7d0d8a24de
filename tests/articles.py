"""Sample articles, and a translation of any article that needs no model: the same in capitals."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from translate_kit.bitext import Bead, Bitext
from translate_kit.formats import Reading, format_for, read_documents, write_documents
from translate_kit.pipeline import segment_document
from translate_kit.translate.assemble import target_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from translate_kit.bitext import Origin, WordLink
    from translate_kit.document import Document

SAMPLES = Path(__file__).parent / "cases" / "formats" / "articles"
WORD = re.compile(r"\w+(?:[^\w\s]\w+)*")


def links(source: str, target: str) -> tuple[WordLink, ...]:
    """Link the words of two texts one after the other."""
    pairs = zip(WORD.finditer(source), WORD.finditer(target), strict=False)
    return tuple((*s.span(), *t.span()) for s, t in pairs)


def rendered(document: Document, say: Callable[[str], str] = str.upper) -> Bitext:
    """Translate a document by a function on its sentences, with word links."""
    source = segment_document(document)
    texts = [say(sentence.text.replace("\n", " ")) for sentence in source.sentences]
    target = target_document(source, texts, "en")
    beads, position = [], 0
    for number, (sentence, text) in enumerate(zip(source.sentences, texts, strict=True)):
        end = position + bool(text)
        origin: Origin = "model" if text else "untranslated"
        found = links(sentence.text, text)
        beads.append(Bead(range(number, number + 1), range(position, end), origin, found))
        position = end
    return Bitext(source, target, tuple(beads))


def mirrored(data: bytes, name: str, say: Callable[[str], str] = str.upper) -> bytes:
    """Return a file with every article in it translated by `rendered`."""
    reading = Reading(source="x")
    bitexts = [rendered(document, say) for document in read_documents(data, name, reading)]
    return write_documents(bitexts, name, data, reading)


def outline(document: Document) -> list[str]:
    """Return a line for every block with its kind and attributes, and one for each sentence."""
    lines = []
    for block in segment_document(document).blocks:
        attributes = " ".join(f"{name}={value!r}" for name, value in block.attributes)
        lines.append(f"{block.kind} {attributes}".strip())
        lines += [f"    {sentence.text!r}" for sentence in block.sentences]
        lines += [f"    without sentences: {block.text!r}"] * (not block.sentences)
    return lines


def form(path: Path) -> str:
    """Return the format of a sample."""
    return format_for(path.name, "document").name
