"""The text of a model card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recipe.measure import Share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recipe.sources import Source

__all__ = ["Facts", "card"]

LANGUAGES = {"id": "Indonesian", "en": "English"}

PUBLISHED = (
    ("Argos Translate", 29.5),
    ("OPUS-MT id-en", 35.1),
    ("Bergamot tiny (17 M parameters, distilled)", 39.5),
    ("NLLB-200", 39.2),
    ("Google Translate", 47.5),
)
"""BLEU on FLORES-200 dev, Indonesian to English, of published outputs."""


LICENSED = (
    "as far as the authors can license them, for research and evaluation: the data below come"
    " under many licences, some share-alike, and many state none.\n"
)


@dataclass(frozen=True)
class Facts:
    """What a card says.

    Args:
        name: of the model.
        summary: one line.
        licence: of the weights.
        directions: it translates.
        counts: pairs of each source that it was trained on.
        left_out: sources that were not used, and why.
        listed: what the list of sources says.
        evaluation: figures of `recipe.evaluate`.
        exported: figures of `recipe.export`.
        trained: entries of `recipe.train`, in order.
        synthetic: figures of `recipe.synthesise`.
        notes: what a reader noticed, in Markdown.
        begun: what weights the training went on from, in words.
    """

    name: str
    summary: str
    licence: str
    directions: list[str]
    counts: Mapping[str, int]
    left_out: Mapping[str, str]
    listed: Sequence[Source]
    evaluation: Mapping[str, Any]
    exported: Mapping[str, Any]
    trained: Sequence[Mapping[str, Any]]
    synthetic: Sequence[Mapping[str, Any]]
    notes: str
    begun: str = ""

    @property
    def longest(self) -> int:
        """Tokens of the longest sentence seen in training."""
        return int(self.trained[-1]["options"]["longest"])

    @property
    def amount(self) -> str:
        """Pairs and sources, in words."""
        pairs = _many(sum(self.counts.values()), "pair")
        return f"{pairs} from {_many(len(self.counts), 'source')}"

    @property
    def effort(self) -> str:
        """Time and machine of the training, in words."""
        hours = sum(entry["figures"]["minutes"] for entry in self.trained) / 60
        machines = dict.fromkeys(str(entry["machine"]) for entry in self.trained)
        time = f"{hours:.1f} hours" if hours >= 1 else _many(round(60 * hours), "minute")
        return f"{time} on {', then '.join(machines)}"


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _ways(facts: Facts) -> str:
    return " and ".join(
        " to ".join(LANGUAGES[code] for code in way.split("-")) for way in facts.directions
    )


def _table(facts: Facts) -> Iterator[str]:
    shape = facts.exported["shape"]
    figures = [entry["figures"] for entry in facts.trained]
    yield "| | |\n|---|---|"
    yield f"| Task | {_ways(facts)}, news and general prose |"
    yield (
        "| Shape | NLLB (M2M-100 architecture: pre-norm Transformer, ReLU, sinusoidal positions),"
        f" d {shape['width']}, feed-forward {shape['feed_forward']:,}, {shape['heads']} heads,"
        f" {shape['encoder']} encoder and {shape['decoder']} decoder layers, all embeddings tied |"
    )
    size = facts.exported["bytes"] / 1e6
    yield (
        f"| Parameters | {facts.exported['parameters'] / 1e6:.1f} million;"
        f" {size:.1f} MB as CTranslate2 {facts.exported['quantization']} |"
    )
    yield f"| Vocabulary | {shape['vocabulary']:,} joint SentencePiece pieces (unigram, bytes) |"
    yield (
        "| Tokens | source `ind_Latn pieces </s>` or `eng_Latn pieces </s>`, target prefix the"
        " other one; `</s>` is not appended by the engine (`add_source_eos` is false) |"
    )
    yield f"| Longest source | {facts.longest} tokens were seen in training |"
    yield "| Attention | head 0 of the last decoder layer was trained towards word alignments |"
    yield (
        f"| Trained | {sum(f['tokens'] for f in figures) / 1e6:.1f} million target pieces in"
        f" {sum(f['steps'] for f in figures):,} steps, {facts.effort} |"
    )
    if facts.begun:
        yield f"| Begun | with {facts.begun} |"
    for made in facts.synthetic:
        yield (
            f"| Synthetic | {made['pairs']:,} of {made['lines']:,} news sentences translated"
            f" {made['direction']} by model {made['model']} |"
        )


def _scores(facts: Facts) -> Iterator[str]:
    found = facts.evaluation
    yield (
        f"Measured through the whole toolkit on {found['set']} ({found['lines']} sentences, used to"
        " choose the model; nothing was trained on it). Signatures stand in `model.toml`.\n"
    )
    yield "| Direction | BLEU | chrF++ | names kept | names linked | numbers linked |"
    yield "|---|---|---|---|---|---|"
    for way in facts.directions:
        row = found[way]
        scores = (f"{row['scores'][metric]['value']:.1f}" for metric in ("bleu", "chrf++"))
        shares = (str(Share(*row[name])) for name in ("names", "name_links", "number_links"))
        yield f"| {way} | {' | '.join((*scores, *shares))} |"
    if found["set"] == "flores-dev" and "id-en" in facts.directions:
        others = ", ".join(f"{name} {value}" for name, value in PUBLISHED)
        yield (
            f"\nOthers on the same sentences, id-en, BLEU of published outputs: {others}"
            " (kept in mozilla/firefox-translations-models, scored the same way)."
        )


def _weaknesses(facts: Facts) -> Iterator[str]:
    if facts.notes:
        yield facts.notes.strip() + "\n"
    for way in facts.directions:
        lost = facts.evaluation[way]["lost"]
        if lost:
            yield f"Names it lost ({way}):\n"
        for source, output, names in lost:
            yield f"- {names}: “{source}” became “{output}”"
        yield ""
    yield (
        "It repeats what its data says, errors and prejudices included. Check numbers and names"
        " before publishing."
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _data(facts: Facts) -> Iterator[str]:
    listed = {source.name: source for source in facts.listed if source.kind == "parallel"}
    yield (
        f"{facts.amount}, Indonesian and English, cleaned and filtered by `models/recipe`, every"
        " sentence of the evaluation sets removed on either side. Sources were sampled at the rates"
        " of `models/recipe/sources.toml`.\n"
    )
    if facts.left_out:
        left = ", ".join(f"{name} ({why})" for name, why in sorted(facts.left_out.items()))
        yield f"Left out because of their licences: {left}.\n"
    yield "| source | pairs | licence stated | translated by | from |\n|---|---|---|---|---|"
    for name, count in sorted(facts.counts.items(), key=lambda item: (-item[1], item[0])):
        known = listed.get(name)
        told = (known.licence, known.translator, known.origin) if known else ("not listed", "", "")
        yield f"| {name} | {count:,} | {' | '.join(map(_cell, told))} |"
    news = [source for source in facts.listed if source.kind.startswith("mono")]
    if news and facts.synthetic:
        yield "\nNews in one language, for synthetic pairs:\n"
        yield "| source | lines | licence stated | from |\n|---|---|---|---|"
        for source in news:
            ends = f"{_cell(source.licence)} | {_cell(source.origin)}"
            yield f"| {source.name} | {source.lines} | {ends} |"


def card(facts: Facts) -> str:
    """Return ``MODEL_CARD.md``."""
    parts = (
        f"# {facts.name}: {facts.summary}\n",
        *_table(facts),
        "\n## Scores\n",
        *_scores(facts),
        "\n## What it is weak at\n",
        *_weaknesses(facts),
        "\n## Licence and training data\n",
        f"The weights are offered under {facts.licence} {LICENSED}",
        *_data(facts),
    )
    return "\n".join(parts) + "\n"
