"""The front matter of a Markdown file: YAML between ``---`` or TOML between ``+++``.

Only what a reader of the article sees is looked for, title and description, and only where it is
a plain string on one line; all else is the site's own and stays as it is.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["fields", "length", "quoted"]

_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(?:.*?\r?\n)??\1[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(
    r"^(?P<name>title|description)[ \t]*[:=][ \t]*(?P<value>\S(?:[^\r\n]*\S)?)", re.MULTILINE
)


def length(text: str) -> int:
    """Return the length of the front matter that a text begins with, or 0."""
    match = _FRONT.match(text)
    return match.end() if match else 0


def fields(text: str, end: int) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Yield name, text and place of title and description in the front matter up to ``end``."""
    seen = set()
    for field in _FIELD.finditer(text, 0, end):
        value = _scalar(field["value"])
        if value and value == value.strip() and field["name"] not in seen:
            seen.add(field["name"])
            yield field["name"], value, field.span("value")


def quoted(text: str) -> str:
    """Return a text as a string of YAML or TOML: between double quotes, on one line."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "\\u007f")


def _scalar(value: str) -> str | None:
    """Return the text of a value, or None where it is more than a plain string."""
    if value.startswith('"'):
        try:
            text = json.loads(value)
        except ValueError:  # no string, or one with an escape or comment of YAML's own
            return None
        return text if text.isprintable() else None
    if value.startswith("'"):
        inner = value[1:-1].replace("''", "\0")
        whole = len(value) > 1 and value.endswith("'") and "'" not in inner
        return inner.replace("\0", "'") if whole else None
    special = value.startswith(tuple("[]{}&*!|>%@`#,?-")) or ": " in value or " #" in value
    return None if special or not value.isprintable() else value
