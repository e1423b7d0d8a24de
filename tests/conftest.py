"""Shared by all tests: what some of them need, and a clear word where it is not there.

Tests marked ``browser`` need a Chromium, those marked ``convert`` torch and transformers, those
marked ``ray`` Ray (large, so no part of the extra ``test``). Where these are missing the tests are
left out and the header says so; TRANSLATE_KIT_REQUIRE_BROWSER=1 and the like make that an error.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

# int8 products come out a little differently on processors with and without VNNI, with MKL and
# without, and now and then that is another word: what tests compare is computed in one way on all
if platform.machine() in {"x86_64", "AMD64"}:
    os.environ |= {"CT2_USE_MKL": "0", "CT2_FORCE_CPU_ISA": "AVX2", "ONEDNN_MAX_CPU_ISA": "AVX2"}

# how quickly examples are made depends on what else the machine does
settings.register_profile("any machine", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def _no_browser() -> str | None:
    if _CHROMIUM is None:
        return "no Chromium on PATH"
    return None if find_spec("playwright") else "playwright is not installed"


def _without(extra: str, *modules: str) -> str | None:
    missing = [name for name in modules if find_spec(name) is None]
    return f"{' and '.join(missing)} not installed (extra '{extra}')" if missing else None


_LACKING = {
    "browser": _no_browser(),
    "convert": _without("convert", "torch", "transformers"),
    "ray": _without("ray", "ray"),
    "train": _without("train", "torch", "safetensors", "scipy"),
}
"""Marks of tests, and why they cannot run here; None where they can."""

# these import torch at their head, so they are not even collected without it
collect_ignore_glob = ["test_recipe_torch*.py"] if _LACKING["train"] else []


def pytest_configure() -> None:
    """Make what is missing an error where it is asked for, as in a release check."""
    for mark, reason in _LACKING.items():
        name = f"TRANSLATE_KIT_REQUIRE_{mark.upper()}"
        if reason and os.environ.get(name) == "1":
            raise pytest.UsageError(f"{name}=1, but {reason}")


def pytest_report_header() -> list[str]:
    """Say which tests are left out."""
    return [f"{mark} tests left out: {why}" for mark, why in _LACKING.items() if why]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that cannot run here."""
    marks = [mark for mark, reason in _LACKING.items() if reason]
    left_out = [item for item in items if any(map(item.get_closest_marker, marks))]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium that is installed; nothing is downloaded."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only browser tests need it

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte, where this machine lets one be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)  # noqa: S607
