"""Models brought in: pulled from a hub or converted from files, and put into the user's store.

Whatever way it came, a model is made whole in a folder beside the store, described in a
``model.toml`` with the digest of every file, loaded once, and then moved to its place in one
step. What breaks off before that is no model; the next attempt goes on from it.
"""

from __future__ import annotations

from translate_kit.acquire.convert import convert_model
from translate_kit.acquire.options import Listener, ModelOptions, Silent
from translate_kit.acquire.pull import pull_model

__all__ = ["Listener", "ModelOptions", "Silent", "convert_model", "pull_model"]
