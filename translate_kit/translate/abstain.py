"""Rather no translation than a bad one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from translate_kit.bitext import BANDS, Bead, Bitext, Issue, Quality
from translate_kit.translate.assemble import target_document

if TYPE_CHECKING:
    from translate_kit.bitext import Band, BeadText

__all__ = ["without_band"]


def without_band(bitext: Bitext, band: Band) -> Bitext:
    """Leave out the translations that are estimated to be in a band or a worse one.

    Args:
        bitext: as `translate` returns it, a bead for every sentence, each with its quality.
        band: ``poor``, or ``check`` for ``check`` and ``poor``.

    Returns:
        The bitext with an empty target and the origin ``untranslated`` in these beads; every
        writer shows their source, marked. An issue says what was left out.
    """
    worse = BANDS[BANDS.index(band) :]
    rows = tuple(bitext.rows())
    dropped = [
        bool(row.target and row.bead.quality and row.bead.quality.band in worse) for row in rows
    ]
    if not any(dropped):
        return bitext
    texts = ["" if drop else row.target for row, drop in zip(rows, dropped, strict=True)]
    target = target_document(bitext.source, texts, bitext.target.language)
    beads: list[Bead] = []
    position = 0
    for row, drop, text in zip(rows, dropped, texts, strict=True):
        end = position + bool(text)
        bead = _left_out(row) if drop else row.bead
        beads.append(replace(bead, target=range(position, end)))
        position = end
    return Bitext(bitext.source, target, tuple(beads), bitext.provenance)


def _left_out(row: BeadText) -> Bead:
    quality = row.bead.quality
    was = f" ({quality.band}, {quality.score:.2f})" if quality else ""
    issue = Issue("untranslated", f"the translation was left out: not good enough{was}")
    return Bead(
        row.bead.source,
        row.bead.target,
        "untranslated",
        quality=Quality(0.0, "poor", (issue,), quality.signals if quality else ()),
    )
