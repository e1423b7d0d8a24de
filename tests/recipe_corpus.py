"""A little parallel corpus made of templates: true translations, as many as one likes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WHO = {
    "presiden": "the president",
    "menteri itu": "the minister",
    "polisi": "the police",
    "para petani": "the farmers",
    "gubernur": "the governor",
    "dokter itu": "the doctor",
    "seorang guru": "a teacher",
    "wartawan": "the journalist",
}
DID = {
    "membeli": "bought",
    "menjual": "sold",
    "melihat": "saw",
    "mengirim": "sent",
    "memeriksa": "checked",
    "menyimpan": "kept",
}
WHAT = {
    "beras merah": "red rice",
    "ikan segar": "fresh fish",
    "dua mobil baru": "two new cars",
    "obat mahal": "expensive medicine",
    "buku tua": "old books",
    "tiga kapal": "three ships",
    "banyak uang": "much money",
    "jagung": "corn",
}
WHEN = {
    "kemarin": "yesterday",
    "pada hari Senin": "on Monday",
    "pada hari Jumat": "on Friday",
    "tadi malam": "last night",
    "bulan lalu": "last month",
    "tahun ini": "this year",
}
WHERE = ("Jakarta", "Medan", "Surabaya", "Bandung", "Makassar", "Ambon")
SYLLABLES = "ba ka ra do mi su ti ne lo wa pu sa hi ga".split()


def names(count: int, seed: int) -> list[str]:
    """Invented names: to translate them is to copy them."""
    draw = random.Random(seed)
    return ["".join(draw.choices(SYLLABLES, k=3)).capitalize() for _ in range(count)]


def pairs(count: int, seed: int) -> list[tuple[str, str]]:
    """Return different pairs (Indonesian, English); other seeds give other combinations."""
    draw = random.Random(seed)
    people = names(40, 1)
    found: dict[str, str] = {}
    while len(found) < count:
        who, did, what, when = (draw.choice(list(t.items())) for t in (WHO, DID, WHAT, WHEN))
        where, number = draw.choice(WHERE), draw.randint(2, 99)
        kind = draw.randrange(4)
        if kind == 0:
            indonesian = f"{who[0]} {did[0]} {what[0]} di {where} {when[0]}."
            english = f"{who[1]} {did[1]} {what[1]} in {where} {when[1]}."
        elif kind == 1:
            person = draw.choice(people)
            indonesian = f"{when[0]} {person} {did[0]} {what[0]} untuk {who[0]}."
            english = f"{when[1]} {person} {did[1]} {what[1]} for {who[1]}."
        elif kind == 2:
            indonesian = f"harga {what[0]} di {where} naik {number} persen {when[0]}."
            english = f"the price of {what[1]} in {where} rose {number} percent {when[1]}."
        else:
            person = draw.choice(people)
            indonesian = f"menurut {person}, {who[0]} sudah {did[0]} {what[0]}."
            english = f"according to {person}, {who[1]} has already {did[1]} {what[1]}."
        found[indonesian[0].upper() + indonesian[1:]] = english[0].upper() + english[1:]
    return list(found.items())


SOURCES = """\
# Training data

## parallel
| source | pairs | from | licence stated | domain | translated by |
|---|---|---|---|---|---|
| templates | 3,000 | tests/recipe_corpus.py | MIT | news of a small world | human |
| javascript-info | 1 | elsewhere | CC BY-NC-SA 4.0 | a tutorial | human |

## mono.id
| source | lines | from | licence stated |
|---|---|---|---|
| templates | 600 | tests/recipe_corpus.py | MIT |
"""


def write_sources(folder: Path, count: int = 3000, held_out: int = 60) -> None:
    """Write ``data`` as `recipe.collect` reads it and ``dev`` as `recipe.evaluate` does."""
    data, dev = folder / "data", folder / "dev"
    data.mkdir()
    dev.mkdir()
    rows = pairs(count + held_out, 1)
    for number, name in enumerate(("id.txt", "en.txt")):
        lines = [row[number] for row in rows[count:]]
        (dev / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    # what must not come through: an evaluation sentence, a forbidden source, noise
    bad = [
        f"templates\t{rows[-1][0]}\t{rows[-1][1]}",
        "javascript-info\tFungsi itu mengembalikan nilai.\tThe function returns a value.",
        "templates\tThe two sides are English here.\tThe two sides are English here and so on.",
        "templates\tYa.\tThis is much longer than what stands on the other side of it.",
    ]
    good = [f"templates\t{indonesian}\t{english}" for indonesian, english in rows[:count]]
    (data / "parallel.tsv").write_text("\n".join(good + bad) + "\n", encoding="utf-8")
    news = pairs(600, 2)
    for number, code in enumerate(("id", "en")):
        lines = [row[number] for row in news]
        (data / f"mono.{code}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (data / "SOURCES.md").write_text(SOURCES, encoding="utf-8")
