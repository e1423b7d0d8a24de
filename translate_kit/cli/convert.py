"""``convert``: from one bilingual format to another."""

from __future__ import annotations

from typing import Any

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import outputs_for

__all__ = ["convert"]


@click.command()
@options.files
@options.from_format
@options.to_formats
@options.output
@options.encoding
def convert(files: tuple[str, ...], **values: Any) -> None:
    """Convert bilingual files from one format to another."""
    names = inputs.names(files)
    outputs = outputs_for(values, names)
    for number, name in enumerate(names):
        bitexts = inputs.bitexts_of(name, values["from_format"], values["encoding"])
        outputs.put(number, tk.Named.of(name), bitexts)
    outputs.close()
