"""Capitals in Indonesian headlines (Ejaan yang Disempurnakan V: function words stay small)."""

from __future__ import annotations

from translate_kit.languages.casing import Casing

__all__ = ["DATA"]

DATA = Casing(
    small=frozenset(
        "agar akan atau bagi bahwa dalam dan dari dengan di hingga jika karena ke kepada namun"
        " oleh pada para pun saat sampai seperti serta si tak tanpa tapi tentang terhadap"
        " tetapi untuk yang".split()
    ),
)
