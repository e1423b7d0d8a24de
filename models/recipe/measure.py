"""What a model is measured by beside BLEU: names kept, names and numbers linked.

A *name* is a capitalised word of the source that stands unchanged in the reference; it is kept
if it stands in our translation too. A word that stands in a source and in its translation
alike, once on each side, is its own counterpart: a *link* is right if it joins the two.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import translate_kit as tk
from recipe.data import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from translate_kit import Bitext

__all__ = ["Development", "Measures", "Share", "links_right", "measure", "names_kept"]

WORD = re.compile(r"\w+(?:[-'’.,:/]\w+)*")
"""As the toolkit links words: letters and digits with single joints inside."""

METRICS = ("bleu", "chrf++")
OTHER = {"id": "en", "en": "id"}


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole.

    Args:
        part: how many are right.
        whole: how many there are.
    """

    part: int
    whole: int

    @property
    def value(self) -> float:
        """0 to 1; 1 of nothing."""
        return self.part / self.whole if self.whole else 1.0

    def __str__(self) -> str:
        """Return per cent with the counts."""
        return f"{100 * self.value:.1f} % ({self.part} of {self.whole})"


@dataclass(frozen=True)
class Development:
    """Sentences and their translations by professionals, from a folder's id.txt and en.txt."""

    id: tuple[str, ...]
    en: tuple[str, ...]
    name: str

    @classmethod
    def read(cls, folder: Path, most: int = 0) -> Development:
        """Read at most so many lines; 0 reads all.

        Raises:
            InputError: if the files are missing or not of one length.
        """
        sides = [tuple(read_lines(folder / f"{code}.txt")) for code in ("id", "en")]
        if len(sides[0]) != len(sides[1]) or not sides[0]:
            raise tk.InputError(f"id.txt and en.txt in {folder} do not have the same lines")
        return cls(sides[0][: most or None], sides[1][: most or None], folder.name)

    def side(self, code: str) -> tuple[str, ...]:
        """Return the sentences in a language."""
        return self.id if code == "id" else self.en


@dataclass(frozen=True)
class Measures:
    """What a model reaches in a direction.

    Args:
        direction: as ``id-en``.
        scores: BLEU and chrF++, each with its signature.
        signature: what the scores depend on beside sacreBLEU: model, search, data.
        names: kept.
        name_links: of names; by attention alone and as the toolkit gives them.
        number_links: likewise of numbers.
        lost: sentences with lost names: source, translation, the names.
        outputs: the translations.
    """

    direction: str
    scores: tuple[tuple[str, float, str], ...]
    signature: str
    names: Share
    name_links: tuple[Share, Share]
    number_links: tuple[Share, Share]
    lost: tuple[tuple[str, str, str], ...]
    outputs: tuple[str, ...]

    def score(self, metric: str) -> float:
        """Return a score's value."""
        return next(value for name, value, _ in self.scores if name == metric)


def _words(text: str) -> Iterator[str]:
    # a name in the genitive is still the name
    return (re.sub(r"['’]s$", "", match[0]) for match in WORD.finditer(text))


def _names(text: str) -> Counter[str]:
    return Counter(word for word in _words(text) if word[0].isupper())


def names_kept(source: str, reference: str, output: str) -> tuple[Share, list[str]]:
    """Return the share of a sentence's names that its translation keeps, and those it lost."""
    names = _names(source) & Counter(_words(reference))
    lost = names - Counter(_words(output))
    return Share(names.total() - lost.total(), names.total()), sorted(lost.elements())


def _once(text: str) -> dict[str, tuple[int, int]]:
    """Words that come once in a text, and their places."""
    found = [(match[0], match.span()) for match in WORD.finditer(text)]
    counts = Counter(word for word, _ in found)
    return {word: span for word, span in found if counts[word] == 1}


def _is_number(word: str) -> bool:
    return any(c.isdigit() for c in word)


def _alike(source: str, target: str) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Names and numbers that stand once in both texts, with their places."""
    ours, theirs = _once(source), _once(target)
    return [
        (word, ours[word], theirs[word])
        for word in ours
        if word in theirs and (word[0].isupper() or _is_number(word))
    ]


def links_right(bitext: Bitext) -> dict[bool, Share]:
    """Return the share of right links of names (False) and of numbers (True)."""
    found = {False: [0, 0], True: [0, 0]}
    for bead in bitext.beads:
        source = " ".join(bitext.source.sentences[n].text for n in bead.source)
        target = " ".join(bitext.target.sentences[n].text for n in bead.target)
        links = set(bead.links)
        for word, here, there in _alike(source, target):
            counts = found[_is_number(word)]
            counts[0] += any(link[:2] == here and link[2:] == there for link in links)
            counts[1] += 1
    return {number: Share(*counts) for number, counts in found.items()}


def _attention_right(
    source: tuple[str, Sequence[tuple[int, int]]],
    target: tuple[str, Sequence[tuple[int, int]]],
    attention: Sequence[Sequence[float]],
) -> Counter[tuple[bool, bool]]:
    """Count words alike by (is a number, attention is strongest on its counterpart)."""

    def within(spans: Sequence[tuple[int, int]], place: tuple[int, int]) -> list[int]:
        return [n for n, (a, b) in enumerate(spans) if min(b, place[1]) > max(a, place[0])]

    places = [match.span() for match in WORD.finditer(source[0])]
    columns = [within(source[1], place) for place in places]
    found: Counter[tuple[bool, bool]] = Counter()
    for word, here, there in _alike(source[0], target[0]):
        rows = [attention[n] for n in within(target[1], there) if n < len(attention)]
        weights = [sum(row[c] for row in rows for c in some if c < len(row)) for some in columns]
        best = places[max(range(len(places)), key=weights.__getitem__)]
        found[_is_number(word), best == here] += 1
    return found


def measure(model: str, direction: str, data: Development) -> Measures:
    """Translate development data with the toolkit and score it in every way.

    Args:
        model: name or folder.
        direction: as ``id-en``.
        data: sentences and references.

    Raises:
        ModelError: if the model cannot be used in that direction.
    """
    engine = tk.load_engine(model, direction)
    code = direction.partition("-")[0]
    sources, references = data.side(code), data.side(OTHER[code])
    blocks = tuple(tk.Block("paragraph", s, (tk.Sentence(0, len(s)),)) for s in sources)
    bitext = tk.translate_document(tk.Document(code, blocks), engine)
    outputs = tuple(row.target for row in bitext.rows())
    scores = tk.score_lines(outputs, [references], METRICS)
    options = "|".join(f"{key}:{value}" for key, value in bitext.provenance.options)
    kept = Counter[str]()
    lost = []
    for source, reference, output in zip(sources, references, outputs, strict=True):
        share, missing = names_kept(source, reference, output)
        kept.update(part=share.part, whole=share.whole)
        if missing:
            lost.append((source, output, ", ".join(missing)))
    shown = links_right(bitext)
    plain: Counter[tuple[bool, bool]] = Counter()
    for h in engine.translate(sources, tk.Decoding()):
        plain += _attention_right(
            (h.source.text, h.source.spans), (h.target.text, h.target.spans), h.attention
        )
    alone = {n: Share(plain[n, True], plain[n, True] + plain[n, False]) for n in (False, True)}
    return Measures(
        direction=direction,
        scores=tuple((score.metric, round(score.value, 2), score.signature) for score in scores),
        signature=f"data:{data.name}|lines:{len(sources)}"
        f"|model:{engine.model.name}@{engine.model.digest[:12]}|{options}",
        names=Share(kept["part"], kept["whole"]),
        name_links=(alone[False], shown[False]),
        number_links=(alone[True], shown[True]),
        lost=tuple(lost),
        outputs=outputs,
    )
