"""Translation memory: what was translated before is used again.

``people`` holds human translations in a mapping, out of bilingual files; ``store`` keeps them in
SQLite, and beside them what a machine rendered, for exactly the same sentence and settings alone;
``fuzzy`` finds sentences that are nearly the same.
"""

from __future__ import annotations

from translate_kit.memory.normal import context_digest
from translate_kit.memory.people import Memory
from translate_kit.memory.store import Store, StoreInfo

__all__ = ["Memory", "Store", "StoreInfo", "context_digest"]
