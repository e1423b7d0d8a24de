"""``estimate``: a bilingual file with quality."""

from __future__ import annotations

from typing import Any

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import Outputs
from translate_kit.cli.view import Tally

__all__ = ["estimate"]


@click.command()
@options.files
@options.from_format
@options.to_formats
@options.output
@click.option(
    "--fail-under",
    type=click.FloatRange(0.0, 1.0),
    metavar="X",
    help="Leave with exit code 5 if the mean quality is below X.",
)
@options.encoding
def estimate(files: tuple[str, ...], **values: Any) -> None:
    """Estimate the quality of translations in bilingual files, whoever made them."""
    names = inputs.names(files)
    outputs = Outputs(values["output"], values["formats"], names, default="jsonl")
    tally = Tally()
    for name in names:
        bitexts = inputs.bitexts_of(name, values["from_format"], values["encoding"])
        estimated = [tk.estimate_quality(bitext) for bitext in bitexts]
        tally = tally.plus(estimated)
        outputs.put(name, estimated)
    outputs.close()
    mean = tally.score / max(1, tally.scored)
    wanted = values["fail_under"]
    if wanted is not None and mean < wanted:
        raise tk.QualityError(f"mean quality {mean:.3f} is below the {wanted} of --fail-under")
