"""Digests of files: SHA-256, and Git's SHA-1 by which hubs know their small files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["matches", "sha256_of"]

CHUNK = 1 << 20
SHA256_DIGITS = 64


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return _digest(file, hashlib.sha256())


def matches(file: Path, digest: str) -> bool:
    """Tell whether a file has a digest as hubs give it in their ``ETag``.

    Args:
        file: the file.
        digest: 64 hexadecimal digits are a SHA-256 (files in large-file storage), 40 the SHA-1
            of a Git blob (all others).
    """
    if len(digest) == SHA256_DIGITS:
        return sha256_of(file) == digest
    blob = hashlib.sha1(usedforsecurity=False)  # Git's own; the hub offers no better one
    blob.update(b"blob %d\0" % file.stat().st_size)
    return _digest(file, blob) == digest


def _digest(file: Path, digest: hashlib._Hash) -> str:
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
