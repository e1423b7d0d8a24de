"""``python -m translate_kit`` is the command line."""

from __future__ import annotations

from translate_kit.cli import main

if __name__ == "__main__":
    main()
