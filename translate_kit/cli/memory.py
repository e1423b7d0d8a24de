"""``memory``: a file of translations that are used again, filled, looked at and given away."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import click

import translate_kit as tk
from translate_kit.cli import inputs, options
from translate_kit.cli.outputs import outputs_for, write_stdout
from translate_kit.cli.talk import Talk

__all__ = ["memory"]

_database = click.argument("database", metavar="DB")
_direction = click.option(
    "-d", "--direction", metavar="FROM-INTO", help="Only this one, as id-en [default: all]."
)


@click.group()
def memory() -> None:
    """Keep translations to use again, in a file for 'translate --memory'.

    DB is an SQLite file that several programs may use at once.
    """


@memory.command("import")
@_database
@options.files
@_direction
@options.from_format
@options.encoding
@options.quiet
def import_(database: str, files: tuple[str, ...], **values: Any) -> int:
    """Take in what people translated in bilingual files.

    A newer translation of a sentence replaces an older one. Machine translations that nobody
    has corrected are left out. The memory is made where there is none.
    """
    talk = Talk(values["quiet"], verbose=True)
    names = inputs.names(files)
    failed = 0
    with tk.MemoryStore(database) as store:
        for name in names:
            try:
                told = _taken(store, name, values)
            except tk.InputError as error:
                if len(names) == 1:
                    raise
                talk.complain(str(error))
                failed += 1
                continue
            talk.say(told)
    if failed:
        talk.complain(f"{failed} of {len(names)} inputs failed; the others are done")
    return int(failed > 0)


def _taken(store: tk.MemoryStore, name: str, values: dict[str, Any]) -> str:
    """Take in a file, whole or not at all, and say what came of it."""
    direction = _parsed(values["direction"])
    languages = direction or ("id", "en")
    form = values["from_format"] or ("jsonl" if name == inputs.STDIN else None)
    form = form or tk.format_for(name, "read").name
    data, called = inputs.bytes_of(name)
    reading = tk.Reading(called, *languages, encoding=values["encoding"])
    bitexts = tk.read_bitexts(data, form, reading)
    changed = store.add_human(bitexts, direction, called)
    ways = [
        f"{bitext.source.language}-{bitext.target.language}"
        for bitext in bitexts
        for bead in bitext.beads
        if bead.origin == "human"
    ]
    if not ways:
        return f"{called}: nothing by people in it; what machines translated is left out"
    counts = ", ".join(f"{count:,} {way}" for way, count in Counter(ways).items())
    return f"{called}: {counts} by people, {changed:,} new or changed"


@memory.command()
@_database
@_direction
@options.output
@options.to_formats
def export(database: str, **values: Any) -> None:
    """Write what people translated, as TMX by default.

    The order is that of the texts, whatever the memory's history.
    """
    outputs = outputs_for(values, [database], default="tmx")
    with tk.MemoryStore(database, create=False) as store:
        bitexts = store.bitexts(_parsed(values["direction"]))
    if not bitexts:
        raise tk.InputError(
            f"memory {database!r} has no such translations by people;"
            " take some in with 'translate-kit memory import'"
        )
    outputs.put(0, tk.Named.of(database), bitexts)
    outputs.close()


@memory.command()
@_database
@click.option("--json", "as_json", is_flag=True, help="Write one object.")
def info(database: str, *, as_json: bool) -> None:
    """Show what is in a memory.

    People's translations are counted by direction, machines' by context: the digest of a model,
    its options and all else that decides a translation.
    """
    with tk.MemoryStore(database, create=False) as store:
        found = store.info()
    record = {
        "path": found.path,
        "schema": found.schema,
        "bytes": found.size,
        "human": dict(found.human),
        "machine": dict(found.machine),
    }
    if as_json:
        write_stdout((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8"))
        return
    rows = [("path", found.path), ("size", f"{found.size / 1e6:.1f} MB")]
    rows += [(f"by people {way}", f"{count:,}") for way, count in found.human.items()]
    rows += [(f"by machine {name[:12]}", f"{count:,}") for name, count in found.machine.items()]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        click.echo(f"{name:{width}}  {value}")


@memory.command()
@_database
@options.quiet
def clear(database: str, *, quiet: bool) -> None:
    """Forget all machine translations.

    What people translated stays.
    """
    with tk.MemoryStore(database, create=False) as store:
        count = store.prune()
    Talk(quiet, verbose=True).say(f"{count:,} translations by machine forgotten")


def _parsed(direction: str | None) -> tuple[str, str] | None:
    """Return the two languages of a direction.

    Raises:
        OptionError: if it is not two languages.
    """
    if direction is None:
        return None
    source, _, target = direction.partition("-")
    if not source or not target or source == target:
        raise tk.OptionError(f"{direction!r} is no direction; write one as id-en")
    return source, target
