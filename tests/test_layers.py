"""Imports go downwards only, read from the source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "translate_kit"

FLOORS = {
    "_version": 0,
    "errors": 0,
    "document": 0,
    "bitext": 1,
    "files": 2,
    "languages": 2,
    "memory": 3,
    "database": 2,
    "modelstore": 3,
    "segment": 4,
    "engine": 4,
    "align": 4,
    "formats": 4,
    "quality": 5,
    "translate": 6,  # above quality: a translation comes with its estimate
    "acquire": 5,  # models brought in: the store's files through the engine's converters
    "pipeline": 7,
    "corpus": 8,  # many documents through the pipeline
    "evaluate": 8,  # the last stage: it may translate and align first
    "__init__": 9,
    "cli": 10,
    "__main__": 11,
}
SEAMS = {
    "ctranslate2": {"engine"},
    "sentencepiece": {"engine"},
    "transformers": {"engine"},
    "safetensors": {"engine"},
    "yaml": {"engine"},
    "torch": set(),  # the converters import it
    "huggingface_hub": {"modelstore"},
    "nltk": {"segment"},
    "sqlite3": {"database"},
    "numpy": {"align", "evaluate"},
    "sacrebleu": {"evaluate"},
    "click": {"cli"},
    "rich": {"cli"},
    "lxml": {"formats"},
    "markdown_it": {"formats"},
    "trafilatura": {"formats"},
    "watchfiles": {"corpus"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def unit(path: Path) -> str:
    """Return the top-level module or package that a file belongs to."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_every_module_has_its_floor() -> None:
    assert {unit(path) for path in MODULES} == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    here = unit(path)
    for name in imports(path):
        head, _, rest = name.partition(".")
        if head != "translate_kit":
            continue
        there = rest.partition(".")[0] or "__init__"
        if there not in FLOORS:  # a name of the package itself
            there = "__init__"
        if here == "__init__" or there in {here, "_version"}:
            continue  # the public package names everything, lazily
        assert FLOORS[there] < FLOORS[here], f"{here} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_are_imported_at_their_seam(path: Path) -> None:
    for name in imports(path):
        head = name.partition(".")[0]
        assert unit(path) in SEAMS.get(head, {unit(path)}), f"{path} imports {head}"


def test_the_command_line_uses_the_public_package_only() -> None:
    for path in (PACKAGE / "cli").glob("*.py"):
        ours = {n for n in imports(path) if n.startswith("translate_kit.")}
        assert all(name.startswith("translate_kit.cli") for name in ours), path


def test_few_modules_import_ctranslate2() -> None:
    """Running a model, choosing what to compute in, loading once, and the converters."""
    users = [path for path in MODULES if any(n.startswith("ctranslate2") for n in imports(path))]
    assert {unit(path) for path in users} == {"engine"}
    assert [path.name for path in users] == [
        "conversion.py",
        "devices.py",
        "runtime.py",
        "seam.py",
    ]


def test_the_hub_is_spoken_to_in_one_module() -> None:
    users = [
        path for path in MODULES if any(n.startswith("huggingface_hub") for n in imports(path))
    ]
    assert [path.name for path in users] == ["hub.py"]
