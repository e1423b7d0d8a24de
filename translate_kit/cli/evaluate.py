"""``evaluate``: translations scored against references."""

from __future__ import annotations

import json
from typing import Any

import click

import translate_kit as tk
from translate_kit.cli import inputs, options

__all__ = ["evaluate"]


@click.command()
@click.argument("hypotheses", nargs=-1, required=True, metavar="HYPOTHESIS...")
@click.option(
    "-r",
    "--reference",
    "references",
    multiple=True,
    required=True,
    metavar="FILE",
    help="Reference, a sentence a line; several with several -r.",
)
@click.option(
    "-m",
    "--metric",
    "metrics",
    multiple=True,
    type=click.Choice(list(tk.METRICS)),
    default=("bleu", "chrf++", "ter"),
    show_default=True,
    help="Score to compute.",
)
@click.option("--json", "as_json", is_flag=True, help="Write an object a score.")
@options.encoding
def evaluate(hypotheses: tuple[str, ...], **values: Any) -> None:
    """Score translations (a sentence a line) against references, with sacreBLEU."""
    encoding = values["encoding"]
    references = [inputs.lines_of(name, encoding) for name in values["references"]]
    for name in hypotheses:
        scores = tk.evaluate_corpus(inputs.lines_of(name, encoding), references, values["metrics"])
        for score in scores:
            if values["as_json"]:
                row = {
                    "system": name,
                    "metric": score.metric,
                    "value": round(score.value, 4),
                    "signature": score.signature,
                }
                click.echo(json.dumps(row, ensure_ascii=False))
            else:
                click.echo(f"{name}\t{score.metric}\t{score.value:.1f}\t{score.signature}")
