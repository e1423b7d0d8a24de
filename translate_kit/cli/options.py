"""Options that several verbs share, as decorators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

import translate_kit as tk

__all__ = [
    "encoding",
    "files",
    "from_articles",
    "from_format",
    "language",
    "output",
    "quiet",
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
