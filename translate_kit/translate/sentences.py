"""Sentences to renderings: cut what is too long, retry what went wrong, join the parts.

Every step works on many sentences at once, so that the engine's batches stay full. A sentence
that needs nothing more of the engine is finished while that works on the next batches.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from translate_kit.align import word_links
from translate_kit.bitext import Issue
from translate_kit.errors import OptionError
from translate_kit.languages.clauses import clauses
from translate_kit.translate.clauses import cut_to_fit, halve
from translate_kit.translate.demands import Demands
from translate_kit.translate.finish import finished
from translate_kit.translate.headline import lowered, style_of, the_likelier
from translate_kit.translate.surface import Tidied, tidy
from translate_kit.translate.terms import Piece, choose
from translate_kit.translate.trouble import trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from translate_kit.bitext import Alternative, Span, WordLink
    from translate_kit.engine import Decoding, Hypothesis
    from translate_kit.engine.families import Tokenized
    from translate_kit.engine.runtime import Engine
    from translate_kit.glossary import Glossary
    from translate_kit.translate.headline import Style
    from translate_kit.translate.trouble import Trouble

__all__ = ["Rendering", "render"]

TOGETHER = 256
"""Sentences finished in one go: in smaller groups the processor's cache is cold for each step."""

RETRY_NGRAM = 3
RETRY_BEAM = 8

_MESSAGES: dict[Trouble, tuple[str, str]] = {
    "empty": ("untranslated", "the model gave no translation"),
    "echo": ("untranslated", "the model gave the source back"),
    "looped": ("repetition", "the model repeats itself here"),
    "short": ("omission", "the translation is far shorter than its source"),
}


@dataclass(frozen=True, slots=True)
class Rendering:
    """A sentence's translation with all that is known of it.

    Args:
        text: the translation; empty if the model gave none.
        score: mean log-probability of its tokens, ≤ 0.
        token_log_probabilities: of every token, the ends of parts included; none unless
            `Decoding.token_scores` asks for them.
        links: word links between the sentence and ``text``.
        alternatives: other translations, best first; none for a sentence cut into parts.
        issues: what went wrong and stayed wrong, and whether the sentence was cut.
        remembered: whether a person wrote it before and the engine was not asked.
    """

    text: str
    score: float
    token_log_probabilities: tuple[float, ...] = ()
    links: tuple[WordLink, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    issues: tuple[Issue, ...] = ()
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """What the engine is given: a sentence, by its number, or a part of one."""

    sentence: int
    span: Span
    read: Tokenized
    is_whole: bool = True


@dataclass(frozen=True)
class _Part:
    """A piece of a sentence: its span there, and what the engine made of it."""

    span: Span
    hypothesis: Hypothesis

    @cached_property
    def trouble(self) -> Trouble | None:
        return trouble(self.hypothesis)


def render(
    texts: Sequence[str],
    engine: Engine,
    decoding: Decoding,
    on_done: Callable[[int], None] | None = None,
    glossary: Glossary | None = None,
    on_rendered: Callable[[dict[str, Rendering]], None] | None = None,
) -> list[Rendering]:
    """Translate sentences, whatever their length.

    A rendering depends on the sentence, the engine, the decoding and the glossary alone.

    Args:
        texts: sentences, each translated by itself.
        engine: a loaded model.
        decoding: how to search.
        on_done: called with 1 for every part that is ready.
        glossary: terms of the engine's direction that the translations must have.
        on_rendered: given some sentences' renderings as they are made, each once.

    Raises:
        OptionError: if the glossary is for another direction.
        EngineError: if the engine fails.
    """
    _check(glossary, engine)
    pieces = list(_pieces(texts, engine))
    finished_early = not glossary and not decoding.token_scores
    renderings: dict[int, Rendering] = {}
    sound: dict[int, list[_Part]] = {}
    rest: defaultdict[int, list[_Part]] = defaultdict(list)

    def have(numbers: Iterable[int], made: Iterable[Rendering]) -> None:
        found = dict(zip(numbers, made, strict=True))
        renderings.update(found)
        if on_rendered and found:
            on_rendered({texts[number]: rendering for number, rendering in found.items()})

    def finish(rows: Mapping[int, list[_Part]]) -> None:
        have(rows, _finished([texts[number] for number in rows], rows.values(), engine))

    for piece, hypothesis in _searched(pieces, engine, decoding, on_done):
        part = _Part(piece.span, hypothesis)
        if finished_early and piece.is_whole and not part.trouble:
            sound[piece.sentence] = [part]
        else:
            rest[piece.sentence].append(part)
        if len(sound) == TOGETHER:
            finish(sound)
            sound.clear()
    finish(sound)
    rows = [sorted(row, key=lambda part: part.span) for row in rest.values()]
    again = _finished_late([texts[n] for n in rest], rows, engine, decoding, glossary)
    have(rest, again)
    return [renderings[number] for number in range(len(texts))]


def _finished_late(
    texts: Sequence[str],
    parts: list[list[_Part]],
    engine: Engine,
    decoding: Decoding,
    glossary: Glossary | None,
) -> list[Rendering]:
    """Finish sentences after what the engine has to do once more for some of them."""
    parts = _retried(parts, engine, decoding)
    demands = [Demands.of(text, glossary) for text in texts] if glossary else []
    if glossary:
        parts = _reworded(texts, parts, demands, engine, decoding)
    if decoding.token_scores:
        parts = _scored(parts, engine, decoding)
    return _finished(texts, parts, engine, demands)


def _finished(
    texts: Sequence[str],
    parts: Iterable[Sequence[_Part]],
    engine: Engine,
    demands: Sequence[Demands] = (),
) -> list[Rendering]:
    rows = zip(texts, parts, strict=True)
    joined = [_joined(text, row, engine.direction.target) for text, row in rows]
    return finished(texts, joined, engine.direction, demands)


def _check(glossary: Glossary | None, engine: Engine) -> None:
    way = (engine.direction.source, engine.direction.target)
    if glossary and glossary.direction != way:
        raise OptionError(
            f"the glossary is for {'-'.join(glossary.direction)}, the model translates"
            f" {engine.direction}; read the glossary for that direction"
        )


def _pieces(texts: Sequence[str], engine: Engine) -> Iterator[_Piece]:
    """Cut sentences that are longer than the model reads at once."""
    limit = engine.model.source_limit
    for number, read in enumerate(engine.tokenize(texts)):
        text = texts[number]
        if len(read.tokens) <= limit:
            yield _Piece(number, (0, len(text)), read)
            continue
        cut = cut_to_fit(text, engine.direction.source, engine.count_tokens, limit)
        parts = engine.tokenize([text[a:b] for a, b in cut])
        for span, part in zip(cut, parts, strict=True):
            yield _Piece(number, span, part, is_whole=False)


def _searched(
    pieces: Sequence[_Piece],
    engine: Engine,
    decoding: Decoding,
    on_done: Callable[[int], None] | None,
) -> Iterator[tuple[_Piece, Hypothesis]]:
    """Yield pieces with their translations, as the engine has them.

    Headlines in capitals are translated in small letters too and come at the end, the likelier way.
    """
    second: dict[int, tuple[Style, str]] = {}
    for number, piece in enumerate(pieces):
        text = piece.read.text
        style = style_of(text, engine.direction.source)
        small = lowered(text, style) if style else None
        if style and small:
            second[number] = (style, small)
    small_ones = engine.tokenize([small for _, small in second.values()])
    held: dict[int, Hypothesis] = {}
    sources = [*(piece.read for piece in pieces), *small_ones]
    for number, hypothesis in engine.search(sources, decoding, on_done):
        if number in second or number >= len(pieces):
            held[number] = hypothesis
        else:
            yield pieces[number], hypothesis
    for other, (number, (style, _)) in enumerate(second.items(), len(pieces)):
        likelier = the_likelier(held[number], held[other], style, engine.direction.target)
        yield pieces[number], likelier


def _retried(sentences: list[list[_Part]], engine: Engine, decoding: Decoding) -> list[list[_Part]]:
    """Search again, otherwise, for what went wrong; keep the first try that went well."""
    wrong = [part for row in sentences for part in row if part.trouble]
    if not wrong:
        return sentences
    careful = replace(
        decoding,
        beam_size=max(RETRY_BEAM, decoding.beam_size),
        no_repeat_ngram_size=RETRY_NGRAM,
        alternatives=0,
    )
    better: dict[int, list[_Part]] = {}
    again = engine.translate([part.hypothesis.source.text for part in wrong], careful)
    halves: list[tuple[_Part, tuple[Span, Span]]] = []
    for part, hypothesis in zip(wrong, again, strict=True):
        if not trouble(hypothesis):
            better[id(part)] = [_Part(part.span, hypothesis)]
        elif cut := halve(part.hypothesis.source.text, engine.direction.source):
            halves.append((part, cut))
    pieces = [part.hypothesis.source.text[a:b] for part, cut in halves for a, b in cut]
    hypotheses = iter(engine.translate(pieces, careful))
    for part, cut in halves:
        start = part.span[0]
        row = [_Part((start + a, start + b), next(hypotheses)) for a, b in cut]
        if not any(trouble(piece.hypothesis) for piece in row):
            better[id(part)] = row
    return [[new for part in row for new in better.get(id(part), [part])] for row in sentences]


def _reworded(
    texts: Sequence[str],
    sentences: list[list[_Part]],
    demands: Sequence[Demands],
    engine: Engine,
    decoding: Decoding,
) -> list[list[_Part]]:
    """Take the translations that have the glossary's terms, where the engine finds some."""
    asked = [
        Piece(part.hypothesis, whole.part(part.span), _style_read(text, part, engine))
        for text, row, whole in zip(texts, sentences, demands, strict=True)
        for part in row
    ]
    found = iter(choose(asked, engine, decoding))
    return [[replace(part, hypothesis=next(found)) for part in row] for row in sentences]


def _style_read(text: str, part: _Part, engine: Engine) -> Style | None:
    """Return the style of a headline that was read in small letters, None for any other part."""
    piece = text[slice(*part.span)]
    changed = part.hypothesis.source.text != piece
    return style_of(piece, engine.direction.source) if changed else None


def _scored(sentences: list[list[_Part]], engine: Engine, decoding: Decoding) -> list[list[_Part]]:
    flat = [part.hypothesis for row in sentences for part in row]
    scored = iter(engine.score(flat, decoding))
    return [[replace(part, hypothesis=next(scored)) for part in row] for row in sentences]


def _joined(text: str, parts: Sequence[_Part], language: str) -> Rendering:
    """Put the parts of a sentence together again, word links and all."""
    openers = clauses(language).openers
    written, position = "", 0
    links: list[WordLink] = []
    issues: list[Issue] = []
    for number, part in enumerate(parts):
        tidied = _fitted(part, openers, first=number == 0, last=number == len(parts) - 1)
        if written and tidied.text:
            written += " "
        position = len(written)
        written += tidied.text
        links += _moved(part, tidied, position)
        if kind := part.trouble:
            name, message = _MESSAGES[kind]
            target = (position, len(written)) if tidied.text else None
            issues.append(Issue(name, message, part.span, target))
    if len(parts) > 1:
        issues.append(Issue("split", f"longer than the model reads at once: cut in {len(parts)}"))
    best = parts[0].hypothesis
    return Rendering(
        text=written,
        score=_mean_score(parts),
        token_log_probabilities=tuple(
            value for part in parts for value in part.hypothesis.token_log_probabilities
        ),
        links=tuple(links),
        alternatives=tuple(
            replace(other, text=tidy(text, other.text).text) for other in best.alternatives
        )
        if len(parts) == 1
        else (),
        issues=tuple(issues),
    )


def _fitted(part: _Part, openers: frozenset[str], *, first: bool, last: bool) -> Tidied:
    """Tidy a part; inside a sentence it neither begins with a capital nor ends with a stop."""
    source, target = part.hypothesis.source.text, part.hypothesis.target.text
    tidied = tidy(source, target)
    text, edits = tidied.text, tidied.edits
    if not first and source[:1].islower() and text:
        word = text.split(maxsplit=1)[0].rstrip(",")
        if word.lower() in openers:
            text = text[0].lower() + text[1:]
    if not last and text.endswith(".") and not source.endswith("."):
        text = text[:-1]
    return Tidied(text, edits)


def _moved(part: _Part, tidied: Tidied, position: int) -> list[WordLink]:
    """The word links of a part as spans of its sentence and of the joined translation."""
    hypothesis, start = part.hypothesis, part.span[0]
    found = word_links(
        (hypothesis.source.text, hypothesis.source.spans),
        (hypothesis.target.text, hypothesis.target.spans),
        hypothesis.attention,
    )
    moved = []
    for s0, s1, t0, t1 in found:
        low, high = tidied.moved(t0), min(tidied.moved(t1), len(tidied.text))
        if low < high:
            moved.append((start + s0, start + s1, position + low, position + high))
    return moved


def _mean_score(parts: Sequence[_Part]) -> float:
    """The parts' scores, each weighed by its tokens (the end of each counted)."""
    sizes = [len(part.hypothesis.target.tokens) + 1 for part in parts]
    total = sum(part.hypothesis.score * size for part, size in zip(parts, sizes, strict=True))
    return total / sum(sizes)
