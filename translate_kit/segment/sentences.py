"""The sentence layer: the text of one block into sentences, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from translate_kit.document import Sentence
from translate_kit.segment.candidates import Since, candidates, passage
from translate_kit.segment.knowledge import knowledge
from translate_kit.segment.options import DEFAULT, Decision
from translate_kit.segment.rules import decide
from translate_kit.segment.rules.last import full_stop
from translate_kit.segment.unmarked import unmarked
from translate_kit.segment.view import view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate_kit.segment.candidates import Candidate
    from translate_kit.segment.knowledge import Knowledge
    from translate_kit.segment.options import SegmentOptions

__all__ = ["boundaries", "explain", "split", "trim"]


def explain(text: str, language: str, options: SegmentOptions = DEFAULT) -> tuple[Decision, ...]:
    """Return what was decided about every candidate boundary of a block's text, in order.

    Args:
        text: of one block.
        language: BCP 47 tag.
        options: how to segment.

    Raises:
        OptionError: if we have no data for the language.
    """
    known = knowledge(language)
    return tuple(
        Decision(v.position, v.boundary, v.rule, _reason(v, known))
        for v in _verdicts(text, known, options)
    )


def split(text: str, language: str, options: SegmentOptions = DEFAULT) -> tuple[Sentence, ...]:
    """Return the sentences of one block's text.

    They cover every character that is not white space, in order and apart.

    Args:
        text: of one block; a blank line ends a sentence, another line end does not.
        language: BCP 47 tag.
        options: how to segment.

    Raises:
        OptionError: if we have no data for the language.
    """
    positions = boundaries(text, language, options)
    spans = zip([0, *positions], [*positions, len(text)], strict=True)
    return tuple(s for start, end in spans if (s := trim(text, start, end)))


def boundaries(text: str, language: str, options: SegmentOptions) -> list[int]:
    """Return where sentences begin, but for the first, in a block's text."""
    return [v.position for v in _verdicts(text, knowledge(language), options) if v.boundary]


def trim(text: str, start: int, end: int) -> Sentence | None:
    """Return the span without white space at its ends, or None if nothing is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Sentence(start + left, start + right) if right > left else None


class _Verdict(NamedTuple):
    position: int
    boundary: bool
    rule: str
    summary: str
    candidate: Candidate | None = None


def _verdicts(text: str, known: Knowledge, options: SegmentOptions) -> Iterator[_Verdict]:
    if options.presegmented:
        yield from _lines(text)
        return
    seen = view(text)
    begin = 0
    for cut, rule, summary in (*unmarked(seen.text, known.facts), (len(seen.text), "", "")):
        piece = passage(seen.text[begin:cut].replace("\n", " "), known, options)
        since = Since()
        for candidate in candidates(piece, since):
            decider, verdict = decide(candidate)
            position = seen.origin(begin + candidate.next)
            yield _Verdict(position, verdict, decider.__name__, decider.__doc__ or "", candidate)
            if verdict:
                since.position = candidate.next
        if rule:
            yield _Verdict(seen.origin(cut), boundary=True, rule=rule, summary=summary)
        begin = cut


def _lines(text: str) -> Iterator[_Verdict]:
    position = 0
    for line in text.splitlines(keepends=True)[:-1]:
        position += len(line)
        yield _Verdict(
            position, boundary=True, rule="presegmented", summary="A line is a sentence."
        )


def _reason(verdict: _Verdict, known: Knowledge) -> str:
    """Return the rule's one line, the class or heuristic it used, and what stands there."""
    summary = verdict.summary.split("\n", 1)[0].rstrip(".")
    c = verdict.candidate
    if c is None:
        return summary
    detail = c.group.name if c.group else ""
    if verdict.rule == full_stop.__name__ and c.stop:
        detail = known.punkt.rule(c.word, c.after).reason
    return f"{summary}{f' ({detail})' if detail else ''}: {c.word}{c.mark}{c.trail} {c.after}"
