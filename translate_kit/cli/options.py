"""Options that several verbs share, as decorators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

import translate_kit as tk

__all__ = [
    "beam_size",
    "device",
    "direction",
    "encoding",
    "files",
    "from_articles",
    "from_format",
    "language",
    "making",
    "making_of",
    "output",
    "quiet",
    "recalling",
    "threads",
    "to_formats",
    "verbose",
]

Command = TypeVar("Command", bound=Callable[..., Any])
Decorator = Callable[[Command], Command]

files: Decorator[Any] = click.argument("files", nargs=-1, metavar="[FILE]...")

output: Decorator[Any] = click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="File to write, or folder where there are several inputs or formats"
    " [default: standard output].",
)

encoding: Decorator[Any] = click.option(
    "--encoding", metavar="NAME", help="Encoding of text input [default: UTF-8, or by its BOM]."
)

language: Decorator[Any] = click.option(
    "-l",
    "--language",
    type=click.Choice(list(tk.LANGUAGES)),
    default="id",
    show_default=True,
    help="Language of the text.",
)

quiet: Decorator[Any] = click.option(
    "-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors."
)

verbose: Decorator[Any] = click.option(
    "-v", "--verbose", is_flag=True, help="Say what is done, also where nobody watches."
)

to_formats: Decorator[Any] = click.option(
    "--to",
    "formats",
    multiple=True,
    type=click.Choice(tk.formats_with("write")),
    help="Format to write, several with several --to [default: by the suffix of -o, else text].",
)

from_format: Decorator[Any] = click.option(
    "--from",
    "from_format",
    type=click.Choice(tk.formats_with("read")),
    help="Format of the bilingual input [default: by its suffix, else jsonl].",
)

from_articles: Decorator[Any] = click.option(
    "--from",
    "from_format",
    type=click.Choice(tk.formats_with("document")),
    help="Format of the articles [default: by the suffix, else text].",
)

direction: Decorator[Any] = click.option(
    "-d",
    "--direction",
    default="id-en",
    show_default=True,
    help="From which language into which.",
)

device: Decorator[Any] = click.option(
    "--device",
    type=click.Choice(["cpu", "cuda", "auto"]),
    default="cpu",
    show_default=True,
    help="Where to compute.",
)

threads: Decorator[Any] = click.option(
    "--threads",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Processor cores to use; 0 is all.",
)


def beam_size(default: int) -> Decorator[Any]:
    """Return the option of the search's width; verbs differ in what they take it for."""
    return click.option(
        "--beam-size",
        type=click.IntRange(1, 64),
        default=default,
        show_default=True,
        help="Beam width.",
    )


_MAKING: tuple[Decorator[Any], ...] = (
    direction,
    click.option(
        "-m", "--model", metavar="NAME|PATH", help="Model to use [default: the shipped one]."
    ),
    beam_size(3),
    click.option(
        "--alternatives",
        type=click.IntRange(0, 16),
        default=0,
        show_default=True,
        help="Other translations to keep for each sentence.",
    ),
    device,
    threads,
    click.option(
        "--abstain",
        metavar="BAND",
        type=click.Choice(["check", "poor"]),
        help="Leave out translations of this band or a worse one; their source stands there,"
        " marked.",
    ),
    click.option(
        "--no-quality",
        "quality",
        flag_value=False,
        type=bool,
        default=True,
        help="Do without quality estimates.",
    ),
    click.option(
        "--glossary",
        metavar="FILE",
        help="Terms that must be translated so, or not at all: lines of source, target and flags,"
        " parted by tabs.",
    ),
)


def making(command: Command) -> Command:
    """Add the options that say what is made of an article."""
    for option in reversed(_MAKING):
        command = option(command)
    return command


def making_of(values: Mapping[str, Any]) -> tk.Making:
    """Return what is made of an article, from the values of the options of `making`.

    Raises:
        OptionError: if they do not fit each other.
    """
    if values["abstain"] and not values["quality"]:
        raise tk.OptionError("--abstain goes by quality; leave out --no-quality")
    return tk.Making(
        model=values["model"],
        direction=values["direction"],
        engine=tk.EngineOptions(device=values["device"], threads=values["threads"]),
        decoding=tk.Decoding(beam_size=values["beam_size"], alternatives=values["alternatives"]),
        judged=values["quality"],
        abstain=values["abstain"],
        glossary=_glossary(values),
    )


def _glossary(values: Mapping[str, Any]) -> tk.Glossary | None:
    if not values["glossary"]:
        return None
    source, _, target = values["direction"].lower().partition("-")
    return tk.read_glossary(values["glossary"], (source, target))


_RECALLING: tuple[Decorator[Any], ...] = (
    click.option(
        "--memory",
        metavar="FILE",
        multiple=True,
        type=click.Path(),
        help="Memory (.db, see 'memory --help') or bilingual file whose human translations are used"
        " again; several with several --memory.",
    ),
    click.option("--no-memory", is_flag=True, help="Use no memory, whatever the environment says."),
    click.option(
        "--fuzzy",
        metavar="SIMILARITY",
        type=click.FloatRange(0, 1, min_open=True),
        help="Show an editor what the memory has of sentences at least so similar, as 0.85.",
    ),
)


def recalling(command: Command) -> Command:
    """Add the options that name translation memories."""
    for option in reversed(_RECALLING):
        command = option(command)
    return command
