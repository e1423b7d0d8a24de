"""``align``: two documents to one bilingual document."""

from __future__ import annotations

from typing import Any

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import outputs_for, write_stdout
from translate_kit.cli.talk import Talk

__all__ = ["align"]


@click.command()
@click.argument("source")
@click.argument("target")
@options.direction
@click.option("-m", "--model", metavar="NAME|PATH", help="Model [default: the shipped one].")
@click.option("--lexical-only", is_flag=True, help="Ask no model: faster, for whole books.")
@click.option("--presegmented", is_flag=True, help="Take every line as a sentence.")
@click.option("--ladder", is_flag=True, help="Print sentence numbers only, [0]:[0, 1]:cost.")
@options.output
@options.to_formats
@options.encoding
@options.quiet
def align(source: str, target: str, **values: Any) -> None:
    """Align a text with its translation, sentence by sentence and word by word.

    Sentences are compared by their words, through a lexicon and the model's own translation.
    What looks wrong with the two texts is said on standard error.
    """
    names = inputs.names((source, target))
    if values["ladder"] and (values["formats"] or values["output"]):
        raise tk.OptionError("--ladder goes to standard output; leave out -o and --to")
    first, _, second = values["direction"].partition("-")
    outputs = outputs_for(values, names[:1])
    outputs.refuse(tk.Named.of(names[1]))
    splitting = tk.SegmentOptions(presegmented=values["presegmented"])
    documents = [
        tk.segment_document(inputs.document_of(name, language, values["encoding"]), splitting)
        for name, language in zip(names, (first, second), strict=True)
    ]
    talk = Talk(values["quiet"])
    engine = None if values["lexical_only"] else _engine(values["model"], (first, second), talk)
    with talk.progress(target, sum(len(document.sentences) for document in documents)) as on_done:
        bitext = tk.align_documents(documents[0], documents[1], engine, on_done)
    if not talk.quiet:
        for doubt in tk.alignment_doubts(bitext):
            talk.complain(doubt)
    if values["ladder"]:
        write_stdout(tk.alignment_ladder(bitext).encode("ascii"))
    else:
        outputs.put(0, tk.Named.of(source), [bitext])
        outputs.close()


def _engine(model: str | None, languages: tuple[str, str], talk: Talk) -> Any:
    """Load a model for either direction; None, and a word, where there is none for the pair."""
    ways = ("-".join(languages), "-".join(languages[::-1]))
    if model is None and not set(languages) <= set(tk.LANGUAGES):
        return None
    try:
        return tk.load_engine(model, ways[0])
    except tk.ModelError:
        return _other_way(model, ways[1], talk)


def _other_way(model: str | None, way: str, talk: Talk) -> Any:
    try:
        return tk.load_engine(model, way)
    except tk.ModelError:
        if model is not None:
            raise
    talk.say(f"no model for {way}: aligned by the lexicon alone")
    return None
