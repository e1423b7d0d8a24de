"""Shared by all tests: a browser where there is one, and a clear word where there is none."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

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


def _lacking() -> str | None:
    if _CHROMIUM is None:
        return "no Chromium on PATH"
    return None if find_spec("playwright") else "playwright is not installed"


def pytest_configure() -> None:
    """Make a missing browser an error where one is asked for, as in a release check."""
    if os.environ.get("TRANSLATE_KIT_REQUIRE_BROWSER") == "1" and (reason := _lacking()):
        raise pytest.UsageError(f"TRANSLATE_KIT_REQUIRE_BROWSER=1, but {reason}")


def pytest_report_header() -> str | None:
    """Say that browser tests are left out."""
    reason = _lacking()
    return f"browser tests left out: {reason}" if reason else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave browser tests out where there is no browser."""
    if _lacking():
        left_out = [item for item in items if item.get_closest_marker("browser")]
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
