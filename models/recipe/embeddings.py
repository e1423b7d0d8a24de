"""Bilingual embeddings of the joint vocabulary, by counting.

Positive pointwise mutual information with the neighbours (Levy and Goldberg 2014, "Neural Word
Embedding as Implicit Matrix Factorization"), then a truncated SVD. An Indonesian piece's
neighbours are first translated into English pieces, so that translations get like rows. With
tied embeddings a decoder that attends to the right source piece then already predicts its
translation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from scipy import sparse
from torch.nn import functional

from recipe.ibm1 import NULL

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["bilingual_embeddings", "neighbours"]

WINDOW = 4
SMOOTHING = 0.75
"""Exponent of the neighbours' frequencies: rare ones count less than they would."""

RARE = 5
"""Pieces with fewer neighbours than this start from noise."""

UNSURE = 0.02
"""Translations with a lower probability are left out where neighbours are translated."""


def neighbours(rows: Sequence[Sequence[int]], vocabulary: int) -> Any:
    """Count what stands within `WINDOW` of what, weighted by 1/distance: sparse, symmetric."""
    gap = [-1] * WINDOW  # so that no sentence touches the next
    flat = np.concatenate([np.array([*row, *gap], np.int32) for row in rows])
    counts = sparse.csr_matrix((vocabulary, vocabulary), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        left, right = flat[:-distance], flat[distance:]
        inside = (left >= 0) & (right >= 0)
        weights = np.full(int(inside.sum()), 1 / distance, np.float32)
        places = (left[inside], right[inside])
        counts += sparse.coo_matrix((weights, places), shape=counts.shape).tocsr()
    return counts + counts.T


def _information(counts: Any) -> Any:
    """Positive pointwise mutual information, rows of unit length."""
    cells = counts.tocoo()
    rows = np.asarray(counts.sum(axis=1)).ravel()
    columns = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    expected = rows[cells.row] * columns[cells.col] + 1e-9
    values = np.log(np.maximum(cells.data * columns.sum() / expected, 1e-9))
    keep = values > 0
    found = (values[keep], (cells.row[keep], cells.col[keep]))
    return _unit(sparse.csr_matrix(found, shape=counts.shape, dtype=np.float32))


def _unit(matrix: Any) -> Any:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags(1 / (lengths + 1e-9)) @ matrix


def _confident(forward: Any) -> Any:
    """The translation table without `NULL` and without what is unlikely."""
    table = forward.tocoo()
    keep = (table.data >= UNSURE) & (table.row != NULL)
    places = (table.row[keep], table.col[keep])
    return sparse.csr_matrix((table.data[keep], places), shape=table.shape)


def bilingual_embeddings(indonesian: Any, english: Any, forward: Any, width: int) -> torch.Tensor:
    """Return a row for each piece: [vocabulary, width] float32, rows of unit length.

    Args:
        indonesian: neighbours of the pieces in Indonesian text.
        english: likewise in English text.
        forward: p(English piece | Indonesian piece).
        width: columns; the first ``k`` serve a narrower model.
    """
    translate = _confident(forward)
    rows_en = _information(english)
    # half from the translations of its neighbours, half from its own translations
    rows_id = 0.5 * _information(indonesian @ translate) + 0.5 * _unit(translate @ rows_en)
    count_id, count_en = (np.asarray(c.sum(axis=1)).ravel() for c in (indonesian, english))
    share = count_id / (count_id + count_en + 1e-9)  # the languages share the vocabulary
    mixed = _unit(sparse.diags(share) @ rows_id + sparse.diags(1 - share) @ rows_en)
    left, strengths, _ = torch.svd_lowrank(
        torch.from_numpy(mixed.astype(np.float32).toarray()), q=width, niter=3
    )
    found = left * strengths.sqrt()
    found -= found.mean(dim=0, keepdim=True)
    rare = torch.from_numpy(count_id + count_en < RARE)
    found[rare] = torch.randn(int(rare.sum()), width)
    return functional.normalize(found, dim=1)
