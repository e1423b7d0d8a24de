"""``align``: two documents to one bilingual document."""

from __future__ import annotations

from typing import Any

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import Outputs

__all__ = ["align"]


@click.command()
@click.argument("source")
@click.argument("target")
@click.option("-d", "--direction", default="id-en", show_default=True, help="Languages of the two.")
@click.option("--presegmented", is_flag=True, help="Take every line as a sentence.")
@options.output
@options.to_formats
@options.encoding
def align(source: str, target: str, **values: Any) -> None:
    """Align a text with its translation, sentence by sentence.

    By the length of sentences alone: good for translations that keep to their source.
    """
    names = inputs.names((source, target))
    first, _, second = values["direction"].partition("-")
    outputs = Outputs(values["output"], values["formats"], names[:1], default="jsonl")
    splitting = tk.SegmentOptions(presegmented=values["presegmented"])
    documents = [
        tk.segment_document(inputs.document_of(name, language, values["encoding"]), splitting)
        for name, language in zip(names, (first, second), strict=True)
    ]
    outputs.put(source, [tk.align_documents(*documents)])
    outputs.close()
