"""``model.toml`` written for a model that we brought in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from translate_kit.modelstore.digests import sha256_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from translate_kit.modelstore.recognition import Recognised

__all__ = ["to_toml", "write_manifest"]

HEAD = "# Written by translate-kit; models/README.md explains the keys.\n"


def write_manifest(folder: Path, found: Recognised, facts: Mapping[str, Any]) -> None:
    """Write the manifest of a folder of finished files, with the digest of each.

    Args:
        folder: all files that belong to the model, and no other.
        found: family, tokenizer and tokens.
        facts: ``name``, ``directions``, ``licence``, ``origin`` and whatever else is known.
    """
    values = {
        "family": found.family,
        "source_limit": found.source_limit,
        **facts,
        "tokenizer": {"source": found.source_tokenizer, "target": found.target_tokenizer},
        "tokens": dict(found.tokens),
        "files": {
            file.name: {"size": file.stat().st_size, "sha256": sha256_of(file)}
            for file in sorted(folder.iterdir())
            if file.name != "model.toml"
        },
    }
    (folder / "model.toml").write_text(HEAD + to_toml(values), encoding="utf-8")


def to_toml(values: Mapping[str, Any], path: tuple[str, ...] = ()) -> str:
    """Return TOML for strings, numbers, lists of strings, tables and lists of tables."""
    plain = "".join(
        f"{_key(name)} = {_value(value)}\n"
        for name, value in values.items()
        if not _is_table(value) and not _is_tables(value)
    )
    below = ""
    for name, value in values.items():
        here = (*path, name)
        header = ".".join(map(_key, here))
        if _is_table(value):
            inner = to_toml(value, here)
            has_own = any(not _is_table(v) and not _is_tables(v) for v in value.values())
            below += f"\n[{header}]\n{inner}" if has_own else inner
        elif _is_tables(value):
            below += "".join(f"\n[[{header}]]\n{to_toml(row, here)}" for row in value)
    return plain + below


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_table, value))


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else _string(name)


def _string(text: str) -> str:
    # JSON's escapes are TOML's; DEL is the one character only TOML wants escaped
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return _string(value) if isinstance(value, str) else str(value)
