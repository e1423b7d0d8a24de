"""Subtitles: what SRT and WebVTT share.

A sentence often runs over several cues. It is read as one: cues are put together until a sentence
ends, a pause comes or another speaker, so that the model sees whole sentences. Written back, the
translation is cut where the cues were cut, at the words that their words became, and every cue
keeps its time, number and settings; lines are wrapped at `LINE` characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from translate_kit.document import Block, Document, Markup
from translate_kit.errors import FormatError, OptionError
from translate_kit.files import decode
from translate_kit.formats.marks import Mark, Marked, Node, Raw, nest
from translate_kit.formats.mirror import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from translate_kit.bitext import Bitext
    from translate_kit.formats import Reading

__all__ = ["LINE", "MAX_CUES", "MAX_PAUSE", "Style", "bilingual", "mirrored", "read"]

LINE = 42
"""Characters of a line, as broadcasters have it; more are wrapped."""
MAX_CUES = 8
"""Cues of one sentence: subtitles without any full stop are not one endless sentence."""
MAX_PAUSE = 2000
"""Milliseconds between two cues of one sentence."""

_TIMING = re.compile(
    r"[ \t]*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})[ \t]*-->[ \t]*"
    r"((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})(?:[ \t]+(.*))?"
)
_LINES = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_FINAL = re.compile(r"[.!?…:;♪][\"'”’»)\]]*$|[)\]]$")
_SPEAKER = re.compile(r"[-–—]\s*\S")
_BULLET = re.compile(r"[-–—](?=\s)")
_NAME = re.compile(r"</?([A-Za-z]*)")


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of subtitles is written.

    Args:
        name: for messages.
        header: what a file begins with.
        numbered: cues have numbers.
        comma: between seconds and milliseconds.
        tags: pattern of what is markup in a line.
        blank_ends: a blank line ends a cue.
        decoded: characters of the file as text.
        encoded: text as characters of the file.
    """

    name: str
    header: str
    numbered: bool
    comma: str
    tags: re.Pattern[str]
    blank_ends: bool
    decoded: Callable[[str], str]
    encoded: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Cue:
    """When something is shown, in milliseconds, with settings, and the spans of its lines."""

    start: int
    end: int
    settings: str
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one speaker says in a cue."""

    cue: _Cue
    span: tuple[int, int]
    marked: Marked


def read(data: bytes, reading: Reading, style: Style) -> Document:
    """Read subtitles; a block is one or more cues, with their times as attributes ``cue``.

    Raises:
        OptionError: if the reading's encoding is unknown.
        FormatError: if there is no cue.
        InputError: if the bytes are no text.
    """
    text = decode(data, reading.encoding, reading.source)
    blocks = tuple(_block(group) for group in _groups(text, reading.source, style))
    return Document(reading.language, blocks, source=reading.source)


def mirrored(bitext: Bitext, original: bytes, reading: Reading, style: Style) -> bytes:
    """Return the subtitles in translation, each cue at its time, in UTF-8.

    Raises:
        FormatError: if the original is not what was translated.
    """
    text = decode(original, reading.encoding, reading.source)
    groups = list(_groups(text, reading.source, style))
    end = "\r\n" if "\r\n" in text else "\n"
    written, position = [], 0
    news = translated(bitext, [_marked(group) for group in groups])
    for group, new in zip(groups, news, strict=True):
        parts = _cut(new, [len(piece.marked.text) for piece in group]) if new else None
        for piece, part in zip(group, parts or (), strict=True):
            words = _encoded(nest(_wrapped(part)), style).replace("\n", end)
            written += [text[position : piece.span[0]], words]
            position = piece.span[1]
    return "".join([*written, text[position:]]).encode("utf-8")


def bilingual(bitexts: Sequence[Bitext], style: Style) -> bytes:
    """Return subtitles with the source's lines above those of the translation.

    Raises:
        OptionError: if an article has no cues, and so no times.
    """
    shown: list[tuple[str, str, str]] = []
    for bitext in bitexts:
        shown += _timed(bitext, style)
    lines = [style.header] if style.header else []
    for number, (timing, group) in enumerate(groupby(shown, key=lambda entry: entry[0]), 1):
        entries = list(group)
        sides = [text for side in (1, 2) for entry in entries if (text := entry[side])]
        lines += [*([str(number)] if style.numbered else []), timing, *sides, ""]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


# Reading


def _groups(text: str, source: str, style: Style) -> Iterator[tuple[_Piece, ...]]:
    """Yield the pieces of every block."""
    cues = list(_cues(text, style))
    if not cues:
        raise FormatError(f"{source}: no cue with a time; is it {style.name}?")
    pieces = (piece for cue in cues for piece in _pieces(cue, text, style))
    group: list[_Piece] = []
    for piece in pieces:
        if group and not (len(group) < MAX_CUES and _continues(group[-1], piece)):
            yield tuple(group)
            group = []
        group.append(piece)
    if group:
        yield tuple(group)


def _continues(piece: _Piece, following: _Piece) -> bool:
    before, after = piece.marked.text, following.marked.text
    apart = not -MAX_PAUSE <= following.cue.start - piece.cue.end <= MAX_PAUSE
    return not (apart or _FINAL.search(before[-8:]) or _SPEAKER.match(after) or after[0] in "([♪")


def _cues(text: str, style: Style) -> Iterator[_Cue]:
    """Yield the cues: a line with times, and the lines below it."""
    lines = [match.span(1) for match in _LINES.finditer(text)]
    times = [_TIMING.fullmatch(text, *span) for span in lines]
    starts = [number for number, match in enumerate(times) if match]
    for number, following in pairwise([*starts, len(lines)]):
        match = times[number]
        below = lines[number + 1 : following]
        if following < len(lines) and below and style.numbered:
            number_line = text[slice(*below[-1])].strip()
            below = below[: -int(number_line.isdigit())] if number_line.isdigit() else below
        if match and (shown := tuple(_shown(below, text, style))):
            start, end = (_milliseconds(match[n]) for n in (1, 2))
            yield _Cue(start, end, match[3] or "", shown)


def _shown(lines: Sequence[tuple[int, int]], text: str, style: Style) -> Iterator[tuple[int, int]]:
    """Yield the lines of a cue that have text."""
    for span in lines:
        if text[slice(*span)].strip():
            yield span
        elif style.blank_ends:
            return


def _milliseconds(time: str) -> int:
    *hours, minutes, seconds = time.replace(",", ".").split(":")
    whole, _, rest = seconds.partition(".")
    total = (int(hours[0]) if hours else 0) * 3600 + int(minutes) * 60 + int(whole)
    return total * 1000 + int(rest.ljust(3, "0"))


def _pieces(cue: _Cue, text: str, style: Style) -> Iterator[_Piece]:
    """Yield what each speaker says: two dashes in front of lines are two speakers."""
    lines = [(span, _line(text[slice(*span)], style)) for span in cue.lines]
    spoken = [bool(_SPEAKER.match(marked.text)) for _, marked in lines]
    held: list[tuple[tuple[int, int], Marked]] = []
    for line, speaks in zip(lines, spoken, strict=True):
        if held and speaks and sum(spoken) > 1:
            yield from _piece(cue, held)
            held = []
        held.append(line)
    yield from _piece(cue, held)


def _piece(cue: _Cue, lines: Sequence[tuple[tuple[int, int], Marked]]) -> Iterator[_Piece]:
    marked = _paired(_together([marked for _, marked in lines if marked.text or marked.marks]))
    if marked.text:
        yield _Piece(cue, (lines[0][0][0], lines[-1][0][1]), marked)


def _together(parts: Iterable[Marked]) -> Marked:
    """Return texts as one, a space between them."""
    text, marks = "", list[Mark]()
    for part in parts:
        if text and part.text:  # a line that ends a sentence stays a line
            text += "\n" if _FINAL.search(text[-8:]) else " "
        marks += [mark.moved(len(text)) for mark in part.marks]
        text += part.text
    return Marked(text, tuple(marks))


def _line(line: str, style: Style) -> Marked:
    """Return a line's text, its tags as objects."""
    parts, position = [], 0
    line = line.strip()
    for match in style.tags.finditer(line):
        parts.append((line[position : match.start()], match.group()))
        position = match.end()
    text, marks = "", []
    for words, tag in [*parts, (line[position:], "")]:
        decoded = style.decoded(words)
        text += decoded.lstrip() if not text or text.endswith(" ") else decoded
        if tag:
            marks.append(Mark(len(text), len(text), "object", Raw(tag)))
    fitted = text.rstrip()
    return Marked(
        fitted,
        tuple(
            replace(m, start=min(m.start, len(fitted)), end=min(m.end, len(fitted))) for m in marks
        ),
    )


def _paired(marked: Marked) -> Marked:
    """Make start and end tags one mark; a tag without the other stays an object."""
    done: list[Mark] = []
    waiting: list[tuple[str, Mark]] = []
    for mark in marked.marks:
        opening = mark.payload.opening
        match = _NAME.match(opening)
        name = match[1] if match else ""
        if name and not opening.startswith("</"):
            waiting.append((name, mark))
        elif name and waiting and waiting[-1][0] == name:
            _, start = waiting.pop()
            kind = "tag" if start.start < mark.start else "object"
            both = Raw(start.payload.opening, opening)
            done.append(Mark(start.start, mark.start, kind, both))
        else:
            done.append(mark)
    return Marked(marked.text, (*done, *(mark for _, mark in waiting)))


def _marked(group: Sequence[_Piece]) -> Marked:
    """Return a block's text and marks; where a cue begins but the first is an object too."""
    text, marks = "", list[Mark]()
    for piece in group:
        if text:
            text += " "
            marks.append(Mark(len(text), len(text), _CUT, Raw("")))
        marks += [mark.moved(len(text)) for mark in piece.marked.marks]
        text += piece.marked.text
    return Marked(text, tuple(marks))


_CUT = "cut"


def _block(group: Sequence[_Piece]) -> Block:
    attributes, position = [], 0
    for piece in group:
        end = position + len(piece.marked.text)
        cue = piece.cue
        value = f"{position} {end} {cue.start} {cue.end} {cue.settings}".rstrip()
        attributes.append(("cue", value))
        position = end + 1
    text = _marked(group).text
    markup = tuple(Markup(0, 1, "bullet") for _ in [0] if _BULLET.match(text))
    return Block("cue", text, (), markup, tuple(attributes))


# Writing


def _cut(new: Marked, lengths: Sequence[int]) -> list[Marked]:
    """Cut a block's translation into as many pieces as its cues have, each some words."""
    places = [mark.start for mark in new.marks if mark.name == _CUT]
    marked = Marked(new.text, tuple(mark for mark in new.marks if mark.name != _CUT))
    edges = [0, *places, len(new.text)]
    pieces = [new.text[a:b].strip() for a, b in pairwise(edges)]
    if len(pieces) != len(lengths) or not all(pieces):
        edges = _proportional(new.text, lengths)
    return [_stripped(marked.part(a, b, closed=b == edges[-1])) for a, b in pairwise(edges)]


def _proportional(text: str, lengths: Sequence[int]) -> list[int]:
    """Return where to cut a text at spaces so that its parts are as the source's."""
    spaces = [match.end() for match in re.finditer(r"\s+", text)]
    edges, done = [0], 0
    for length in lengths[:-1]:
        done += length
        ideal = done * len(text) / sum(lengths)
        free = [place for place in spaces if place > edges[-1]]
        edges.append(min(free, key=lambda place: abs(place - ideal), default=len(text)))
    return [*edges, len(text)]


def _stripped(marked: Marked) -> Marked:
    start = len(marked.text) - len(marked.text.lstrip())
    end = max(len(marked.text.rstrip()), start)
    return marked.part(start, end, closed=True)


def _wrapped(marked: Marked) -> Marked:
    """Return the text in lines of about the same length, not longer than `LINE` if words allow."""
    lines = [_wrapped_line(line) for line in re.split(r"[\r\n]", marked.text)]
    return Marked("\n".join(lines), marked.marks)  # as long as before: the marks stay right


def _wrapped_line(text: str) -> str:
    rows = -(-len(text) // LINE)
    spaces = [match.start() for match in re.finditer(" ", text)]
    letters = list(text)
    for row in range(1, rows):
        ideal = row * len(text) / rows
        place = min(spaces, key=lambda space: abs(space - ideal), default=None)
        if place is not None:
            letters[place] = "\n"
    return "".join(letters)


def _encoded(nodes: Iterable[Node | str], style: Style) -> str:
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(style.encoded(node))
        else:
            raw: Raw = node.mark.payload
            parts += [raw.opening, _encoded(node.children, style), raw.closing]
    return "".join(parts)


def _timed(bitext: Bitext, style: Style) -> Iterator[tuple[str, str, str]]:
    """Yield times, source and translation of every piece of a bitext."""
    blocks = bitext.source.blocks
    cues = [list(_times(block, style)) for block in blocks]
    if not all(cues):
        name = bitext.source.source or "the article"
        raise OptionError(f"{name} has no times for {style.name}; choose another format with --to")
    originals = [
        Marked(block.text, tuple(Mark(a, a, _CUT, Raw("")) for a, *_ in spans[1:]))
        for block, spans in zip(blocks, cues, strict=True)
    ]
    news = translated(bitext, originals)
    for block, spans, new in zip(blocks, cues, news, strict=True):
        parts = _cut(new or Marked(block.text), [b - a for a, b, _ in spans])
        for (a, b, timing), part in zip(spans, parts, strict=True):
            source = style.encoded(_wrapped(Marked(block.text[a:b])).text)
            yield timing, source, style.encoded(_wrapped(part).text)


def _times(block: Block, style: Style) -> Iterator[tuple[int, int, str]]:
    """Yield the span of every piece of a block and when it is shown."""
    for name, value in block.attributes:
        numbers = value.split(" ", 4)
        if name == "cue" and len(numbers) > 3 and all(map(str.isdecimal, numbers[:4])):
            a, b, start, end = map(int, numbers[:4])
            settings = f" {numbers[4]}" if len(numbers) > 4 and not style.numbered else ""
            yield a, b, f"{_clock(start, style)} --> {_clock(end, style)}{settings}"


def _clock(milliseconds: int, style: Style) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{style.comma}{rest:03}"
