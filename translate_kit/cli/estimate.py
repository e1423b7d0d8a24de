"""``estimate``: a bilingual file with quality."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.explain import as_json, as_text
from translate_kit.cli.outputs import outputs_for, write_stdout
from translate_kit.cli.talk import Talk

__all__ = ["estimate"]


@dataclass
class Judge:
    """Estimates bitexts; loads the shipped model for each direction once.

    Args:
        fast: do without a model.
        talk: is told where there is none.
    """

    fast: bool
    talk: Talk
    engines: dict[str, Any] = field(default_factory=dict)

    def estimated(self, bitext: tk.Bitext) -> tk.Bitext:
        """Return a bitext with quality."""
        engine = None if self.fast else self._engine(bitext)
        with self.talk.progress(str(bitext.source.source), len(bitext.beads)) as on_done:
            return tk.estimate_quality(bitext, engine, on_done)

    def _engine(self, bitext: tk.Bitext) -> Any:
        """Return the engine to ask; what it says means something once it is known how much."""
        way = bitext.direction
        if way not in self.engines:
            self.engines[way] = None
            with suppress(tk.ModelError, tk.OptionError):
                self.engines[way] = tk.load_engine(None, way)
        engine = self.engines[way]
        digest = engine.model.digest if engine else None
        kind: Any = "model" if bitext.provenance.digest == digest else "judged"
        if tk.is_calibrated(digest, way, kind):
            return engine
        self.talk.say(
            f"{bitext.source.source or 'input'}: no model is calibrated to judge {way}:"
            " estimated by the texts alone"
        )
        return None


@click.command()
@options.files
@options.from_format
@options.to_formats
@options.output
@click.option(
    "--fast", is_flag=True, help="Go by the texts alone, without asking the shipped model."
)
@click.option(
    "--explain",
    is_flag=True,
    help="Print for each sentence what moved its score; a bilingual file is written only with -o.",
)
@click.option("--json", "as_lines", is_flag=True, help="Explain in JSON, a sentence a line.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0.0, 1.0),
    metavar="X",
    help="Leave with exit code 5 if the mean quality is below X.",
)
@options.encoding
@options.quiet
@options.verbose
def estimate(files: tuple[str, ...], **values: Any) -> None:
    """Estimate the quality of translations in bilingual files, whoever made them.

    The shipped model is asked how likely it finds each translation into English and what it would
    say itself; into Indonesian it is asked about its own. With --fast nobody is.
    """
    if values["as_lines"] and not values["explain"]:
        raise tk.OptionError(
            "--json belongs to --explain; a bilingual file is JSON with --to jsonl"
        )
    names = inputs.names(files)
    explained = values["explain"]
    written = not explained or values["output"] is not None
    outputs = outputs_for(values, names) if written else None
    judge = Judge(values["fast"], Talk(values["quiet"], values["verbose"]))
    tally = tk.Tally()
    for number, name in enumerate(names):
        bitexts = inputs.bitexts_of(name, values["from_format"], values["encoding"])
        estimated = [judge.estimated(bitext) for bitext in bitexts]
        tally = tally.plus(tk.Tally.of(estimated))
        if explained:
            write_stdout((as_json if values["as_lines"] else as_text)(estimated).encode())
        if outputs:
            outputs.put(number, tk.Named.of(name), estimated)
    if outputs:
        outputs.close()
    mean = tally.score / max(1, tally.scored)
    wanted = values["fail_under"]
    if wanted is not None and mean < wanted:
        raise tk.QualityError(f"mean quality {mean:.3f} is below the {wanted} of --fail-under")
