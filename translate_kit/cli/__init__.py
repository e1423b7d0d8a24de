"""The command line: click verbs over the public package, one small module each.

``boundary`` turns errors into one line and an exit code, ``inputs`` and ``outputs`` resolve
FILE, ``--from``, ``-o`` and ``--to``, ``talk`` is all that goes to standard error, ``view``
draws on the terminal.
"""

from __future__ import annotations

from translate_kit.cli.boundary import main

__all__ = ["main"]
