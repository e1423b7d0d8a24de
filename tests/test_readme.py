"""The README tells the truth: its commands are run and its output is compared.

A ``console`` block is a session: ``$ command`` and what it prints. A line ``…`` stands for any
lines. ``UPDATE_README=1 pytest tests/test_readme.py`` writes the present output in.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from translate_kit.cli.app import cli
from translate_kit.formats import FORMATS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```\n", flags=re.DOTALL)
FORMAT_TABLE = re.compile(r"<!-- formats -->\n(.*?)<!-- /formats -->", flags=re.DOTALL)
GAP = "…"


@dataclass(frozen=True)
class Step:
    """A command and the lines it is said to print."""

    command: str
    expected: tuple[str, ...]


def steps(block: str) -> list[Step]:
    found: list[Step] = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *lines = part.splitlines()
        found.append(Step(command, tuple(lines)))
    return found


def matches(expected: tuple[str, ...], actual: list[str]) -> bool:
    if GAP not in expected:
        return list(expected) == actual
    at = expected.index(GAP)
    head, tail = list(expected[:at]), list(expected[at + 1 :])
    return actual[:at] == head and actual[len(actual) - len(tail) :] == tail


def updated(step: Step, actual: list[str]) -> str:
    lines = actual
    if GAP in step.expected:
        at = step.expected.index(GAP)
        rest = len(step.expected) - at - 1
        lines = [*actual[:at], GAP, *actual[len(actual) - rest :]] if rest else [*actual[:at], GAP]
    return "".join(f"{line}\n" for line in (f"$ {step.command}", *lines))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the article, as a reader of the README has it."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    (folder / "bin").mkdir()
    program = folder / "bin" / "translate-kit"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m translate_kit "$@"\n')
    program.chmod(0o755)
    return folder


def output(command: str, desk: Path) -> list[str]:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],  # noqa: S607 (the README's own commands)
        cwd=desk,
        capture_output=True,
        text=True,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("TRANSLATE_KIT_")},
            "PATH": f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "XDG_DATA_HOME": str(desk / "data"),  # no models but the shipped one
        },
        check=False,
    )
    assert done.returncode == 0 or "| head" in command, (command, done.stderr)
    return [line.rstrip() for line in done.stdout.splitlines()]


def test_every_command_prints_what_the_readme_says(desk: Path) -> None:
    text = README.read_text(encoding="utf-8")
    wrong: list[str] = []
    fresh: list[str] = []
    for block in BLOCK.findall(text):
        written = ""
        for step in steps(block):
            actual = output(step.command, desk)
            if not matches(step.expected, actual):
                wrong.append("\n".join([step.command, *actual]))
            written += updated(step, actual)
        fresh.append(written)
    if os.environ.get("UPDATE_README"):
        parts = iter(fresh)
        text = BLOCK.sub(lambda _: f"```console\n{next(parts)}```\n", text)
        text = FORMAT_TABLE.sub(lambda _: f"<!-- formats -->\n{table()}<!-- /formats -->", text)
        README.write_text(text, encoding="utf-8")
        return
    assert not wrong, "\n\n".join(wrong)


def table() -> str:
    rows = [
        "| name | suffix | article in | article out | bilingual in | bilingual out | what |",
        "|---|---|---|---|---|---|---|",
    ]
    for form in FORMATS.values():
        uses = " | ".join(
            "yes" if use in form.uses else "" for use in ("document", "mirror", "read", "write")
        )
        suffixes = " ".join(f"`{suffix}`" for suffix in form.suffixes)
        rows.append(f"| `{form.name}` | {suffixes} | {uses} | {form.summary} |")
    return "".join(f"{row}\n" for row in rows)


def test_the_table_of_formats_is_the_programs() -> None:
    found = FORMAT_TABLE.search(README.read_text(encoding="utf-8"))
    assert found is not None
    assert found.group(1) == table()


def test_every_verb_has_an_example() -> None:
    commands = " ".join(
        step.command for block in BLOCK.findall(README.read_text("utf-8")) for step in steps(block)
    )
    for verb in cli.commands:
        assert f"translate-kit {verb}" in commands, verb


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert code is not None
    names: dict[str, object] = {}
    exec(code.group(1), names)  # noqa: S102 (the README's own example)
    assert "Jakarta" in capsys.readouterr().out
    assert names["page"]


def test_the_readme_names_no_place_of_one_machine() -> None:
    for name in ("README.md", "CHANGELOG.md", "models/README.md", "Makefile"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(?:home|root|tmp|work)/", text), name
