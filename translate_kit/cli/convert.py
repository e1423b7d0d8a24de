"""``convert``: from one bilingual format to another."""

from __future__ import annotations

from typing import Any

import click

from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import Outputs

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
    outputs = Outputs(values["output"], values["formats"], names, default="jsonl")
    for name in names:
        outputs.put(name, inputs.bitexts_of(name, values["from_format"], values["encoding"]))
    outputs.close()
