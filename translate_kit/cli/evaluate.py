"""``evaluate``: translations scored against references."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import write_stdout
from translate_kit.cli.scores import as_json, as_latex, as_numbers, as_sentences, as_text
from translate_kit.cli.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["evaluate"]


def metric_options(command: Any) -> Any:
    """Add the options of sacreBLEU's metrics, by the names they have there."""
    text = {"type": str, "metavar": "NAME", "show_default": True}
    number = {"type": int, "metavar": "N", "show_default": True}
    flag = {"is_flag": True}
    rows: tuple[tuple[str, dict[str, Any], Any, str], ...] = (
        ("--tokenize", text, "13a", "BLEU: 13a, intl, char, zh, none, flores200, …."),
        ("--lowercase", flag, False, "BLEU: case does not count."),
        ("--smooth-method", text, "exp", "BLEU: exp, floor, add-k or none."),
        ("--smooth-value", {"type": float, "metavar": "X"}, None, "BLEU: of floor and add-k."),
        ("--chrf-char-order", number, 6, "chrF: longest n-gram of characters."),
        ("--chrf-word-order", number, 0, "chrF: longest n-gram of words; chrF++ has 2."),
        ("--chrf-beta", number, 2, "chrF: weight of recall."),
        ("--chrf-whitespace", flag, False, "chrF: n-grams hold white space."),
        ("--chrf-lowercase", flag, False, "chrF: case does not count."),
        ("--chrf-eps-smoothing", flag, False, "chrF: smooth as chrF++.py and Moses do."),
        ("--ter-case-sensitive", flag, False, "TER: case counts."),
        ("--ter-asian-support", flag, False, "TER: cut Asian characters apart."),
        ("--ter-no-punct", flag, False, "TER: leave punctuation out."),
        ("--ter-normalized", flag, False, "TER: normalise and tokenize."),
    )
    for name, kind, default, text_of in reversed(rows):
        command = click.option(name, default=default, help=text_of, **kind)(command)
    return command


def model_options(command: Any) -> Any:
    """Add what says which models translate, and how."""
    for option in reversed(
        (
            click.option(
                "--model",
                "models",
                multiple=True,
                metavar="NAME|PATH",
                help="Model to translate SOURCE with; several with several --model.",
            ),
            options.direction,
            options.beam_size(4),
            options.device,
            click.option(
                "--compute-type",
                default="default",
                show_default=True,
                metavar="NAME",
                help="Arithmetic of models, as CTranslate2 names it.",
            ),
            options.threads,
        )
    ):
        command = option(command)
    return command


def output_options(command: Any) -> Any:
    """Add what says which numbers are shown, and how."""
    for option in reversed(
        (
            click.option(
                "-w",
                "--width",
                type=click.IntRange(0, 12),
                default=1,
                show_default=True,
                help="Decimal places.",
            ),
            click.option(
                "-b", "--score-only", is_flag=True, help="Print scores alone: a line a system."
            ),
            click.option("--json", "in_json", is_flag=True, help="Write an object a line."),
            click.option("--latex", is_flag=True, help="Write a table for a paper (booktabs)."),
            click.option(
                "--per-sentence",
                is_flag=True,
                help="Print the scores of every segment, between tabs.",
            ),
            click.option(
                "--slices", is_flag=True, help="Also score parts: by length, numbers, names, …."
            ),
            click.option(
                "--trust",
                is_flag=True,
                help="Also compare quality estimates with what sentences were worth.",
            ),
            click.option(
                "--report",
                metavar="FILE.html",
                help="Also write a page with all of it, plots and sentences.",
            ),
            click.option(
                "--bootstrap",
                type=click.IntRange(0),
                default=1000,
                show_default=True,
                metavar="N",
                help="Resamples for intervals and paired test; 0 for none.",
            ),
            click.option(
                "--trials",
                type=click.IntRange(0),
                default=10000,
                show_default=True,
                metavar="N",
                help="Trials of approximate randomisation; 0 for none.",
            ),
        )
    ):
        command = option(command)
    return command


@dataclass(frozen=True)
class Settings:
    """The verb's own options; those of metrics and models go straight to the library."""

    hypotheses: tuple[str, ...]
    references: tuple[str, ...]
    source: str | None
    metrics: tuple[str, ...]
    models: tuple[str, ...]
    align: bool | None
    form: str | None
    num_refs: int
    encoding: str | None
    width: int
    score_only: bool
    in_json: bool
    latex: bool
    per_sentence: bool
    slices: bool
    trust: bool
    report: str | None
    bootstrap: int
    trials: int

    def read(self, name: str, columns: int = 1) -> Any:
        """Read a file of segments."""
        data, called = inputs.bytes_of(name)
        return tk.read_segments(data, called, self.form, self.encoding, columns)

    def scoring(self, settings: tk.MetricSettings) -> tk.Scoring:
        """Say what to compute: no intervals where none are shown."""
        bare = (self.score_only or self.per_sentence) and not self.report
        return tk.Scoring(
            metrics=self.metrics,
            settings=settings,
            bootstrap=0 if bare else self.bootstrap,
            trials=0 if bare else self.trials,
            slices=self.slices or self.report is not None,
            trust=self.trust or self.report is not None,
        )


@click.command()
@click.argument("hypotheses", nargs=-1, metavar="[HYPOTHESIS]...")
@click.option(
    "-r",
    "--reference",
    "references",
    multiple=True,
    required=True,
    metavar="FILE",
    help="Reference, a segment a line; several with several -r.",
)
@click.option("-s", "--source", metavar="FILE", help="Source, for models, slices and trust.")
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
@output_options
@model_options
@click.option(
    "--align/--no-align",
    default=None,
    help="Align the reference first, or never [default: where the outputs are articles].",
)
@click.option(
    "--num-refs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="References in each line of -r, between tabs.",
)
@click.option(
    "--from",
    "form",
    metavar="FORMAT",
    help="Format of all files: lines, sgm, xml or a bilingual one [default: by suffix].",
)
@metric_options
@options.encoding
@options.quiet
@options.verbose
def evaluate(**values: Any) -> None:
    """Score translations against references with sacreBLEU, and compare systems.

    The first system is the baseline of the others. Files hold a segment a line, or are
    bilingual files, WMT's sgm or xml; all may end in .gz. With --model the source is
    translated first, and speed, load time and peak memory are told. SACREBLEU_SEED is the seed
    of resampling, as in sacreBLEU.
    """
    talk = Talk(values.pop("quiet"), values.pop("verbose"))
    metric = tk.MetricSettings(**_metric_values(values))
    model = tk.ModelSettings(
        **{
            name: values.pop(name)
            for name in ("direction", "beam_size", "device", "compute_type", "threads")
        }
    )
    settings = Settings(**values)
    if not settings.hypotheses and not settings.models:
        raise tk.OptionError("nothing to score: name files with translations, or --model")
    named = (*settings.hypotheses, *settings.references, *filter(None, (settings.source,)))
    inputs.names(named)
    evaluation = _evaluated(settings, model, settings.scoring(metric), talk)
    if settings.report:
        tk.write_atomically(settings.report, tk.evaluation_report(evaluation))
        talk.say(f"wrote {settings.report}")
    _show(evaluation, settings, talk)


def _metric_values(values: dict[str, Any]) -> dict[str, Any]:
    """Take the metrics' options, by the names that `MetricSettings` has for them."""
    ours = ("tokenize", "lowercase", "smooth_method", "smooth_value")
    taken = {name: values.pop(name) for name in ours}
    for name in [name for name in values if name.startswith("chrf_")]:
        taken["chrf_lowercase" if name == "chrf_lowercase" else name[5:]] = values.pop(name)
    for name in [name for name in values if name.startswith("ter_")]:
        taken[name] = values.pop(name)
    return taken


def _evaluated(
    settings: Settings, model: tk.ModelSettings, scoring: tk.Scoring, talk: Talk
) -> tk.Evaluation:
    gathering = tk.Gathering(
        hypotheses=tuple(settings.read(name) for name in settings.hypotheses),
        references=tuple(settings.read(name, settings.num_refs) for name in settings.references),
        source=settings.read(settings.source) if settings.source else None,
        models=settings.models,
        settings=model,
        align=settings.align,
    )
    with ExitStack() as bars:

        def on_model(name: str, count: int) -> Callable[[int], None] | None:
            bars.close()  # one bar at a time
            return bars.enter_context(talk.progress(f"translating with {name}", count))

        corpus = tk.gather_corpus(gathering, on_model)
    if settings.trust and corpus.sources is None:
        raise tk.OptionError("trust compares estimates, and those need the source: name it with -s")
    with talk.progress("scoring", tk.evaluation_steps(corpus, scoring)) as on_done:
        return tk.evaluate_corpus(corpus, scoring, on_done)


def _show(evaluation: tk.Evaluation, settings: Settings, talk: Talk) -> None:
    """Print what was asked for; a report asks for more than that."""
    asked = replace(
        evaluation,
        slices=evaluation.slices if settings.slices else (),
        trust=evaluation.trust if settings.trust else (),
    )
    if settings.in_json:
        lines = as_json(asked, per_sentence=settings.per_sentence)
    elif settings.latex:
        lines = as_latex(asked, settings.width)
    elif settings.per_sentence:
        lines = as_sentences(asked, settings.width)
    elif settings.score_only:
        lines = as_numbers(asked, settings.width)
    else:
        lines = as_text(asked, settings.width)
    write_stdout("".join(f"{line}\n" for line in lines).encode("utf-8"))
    if settings.latex or settings.per_sentence or settings.score_only:
        for note in evaluation.notes:
            talk.complain(note)
