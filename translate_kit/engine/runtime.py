"""A model in CTranslate2: loaded, searched, scored."""

from __future__ import annotations

import os
import time
from array import array
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ctranslate2

from translate_kit.bitext import Alternative
from translate_kit.engine.batches import batches
from translate_kit.engine.decoding import Decoding, EngineOptions, Hypothesis
from translate_kit.engine.devices import BATCH_FACTORS, settled
from translate_kit.engine.families import Family, Tokenized, tokenizer_for
from translate_kit.engine.seam import ctranslate2_errors
from translate_kit.languages import Direction
from translate_kit.modelstore import Model, find_model, verify_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Engine", "load_engine"]

MAX_TARGET = 500
"""Target tokens after which a search ends: below every family's table of positions (512)."""

GLANCE = 0.02
"""Seconds between two looks whether a batch is done."""

QUEUED = 2
"""Full batches, or as many tokens, waiting for each thread: enough to keep it busy, few enough to
stop soon. Many small batches may wait, so that those of few sentences, which somebody waits for,
are not held up by others' large ones."""


class Engine:
    """A loaded model for one direction. Made by `load_engine`; safe to use from threads."""

    def __init__(self, model: Model, direction: Direction, options: EngineOptions) -> None:
        self.model = model
        self.direction = direction
        self._family: Family = tokenizer_for(model, direction)
        options = settled(options)
        on_cpu = options.device == "cpu"
        self._batch_factor = BATCH_FACTORS[options.device]
        self._threads = (options.threads or _available_cores()) if on_cpu else 1
        with ctranslate2_errors(f"model {model.name!r} cannot be loaded"):
            # one thread for each of many batches: two threads on one batch wait for each other
            self._translator: Any = ctranslate2.Translator(
                str(model.path),
                device=options.device,
                compute_type=options.compute_type,
                inter_threads=self._threads,
                intra_threads=1 if on_cpu else 0,
                max_queued_batches=-1,  # `_in_batches` keeps count
            )

    @property
    def provenance(self) -> tuple[tuple[str, str], ...]:
        """What a result depends on beside model and decoding, as pairs of strings."""
        larger = (("batch_factor", str(self._batch_factor)),) if self._batch_factor > 1 else ()
        shortlist = self.model.shortlist_digest[:12]
        return (
            *larger,
            ("compute_type", str(self._translator.compute_type)),
            ("ctranslate2", str(ctranslate2.__version__)),
            ("device", str(self._translator.device)),
            *((("shortlist", shortlist),) if shortlist else ()),
        )

    def tokenize(self, texts: Sequence[str]) -> list[Tokenized]:
        """Return source texts with their tokens, special ones included."""
        return self._family.encode(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many source tokens each text makes, special ones included."""
        return [len(source.tokens) for source in self.tokenize(texts)]

    def count_target_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each target text makes, without prefix and end."""
        return [len(encoded.tokens) for encoded in self._family.encode_target(texts)]

    def translate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Hypothesis]:
        """Translate texts, each in one piece.

        Args:
            texts: source texts; those that make more than `Model.source_limit` tokens may lose
                content, as with any model. None is cut.
            decoding: how to search.
            on_done: as for `search`.

        Returns:
            The best hypothesis for each text, in the order of the texts.

        Raises:
            EngineError: if CTranslate2 fails.
        """
        found = dict(self.search(self.tokenize(texts), decoding, on_done))
        return [found[number] for number in range(len(texts))]

    def search(
        self,
        sources: Sequence[Tokenized],
        decoding: Decoding,
        on_done: Callable[[int], None] | None = None,
    ) -> Iterator[tuple[int, Hypothesis]]:
        """Yield the best hypothesis for each source as soon as the engine has it.

        The engine goes on with later batches while the caller works on what it has been given.

        Args:
            sources: as `tokenize` returns them.
            decoding: how to search.
            on_done: called with the number of sources that have become ready, and with 0 while a
                batch is waited for; may raise to stop.

        Yields:
            The number of a source and its hypothesis, a batch after another, long sources first.

        Raises:
            EngineError: if CTranslate2 fails.
        """
        prefix = list(self._family.prefix)

        def start(batch: list[Tokenized]) -> Any:
            return self._translator.translate_batch(
                [list(source.tokens) for source in batch],
                target_prefix=[prefix] * len(batch) if prefix else None,
                beam_size=decoding.beam_size,
                num_hypotheses=1 + decoding.alternatives,
                length_penalty=decoding.length_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram_size,
                max_input_length=0,  # never cut silently; the caller splits
                max_decoding_length=max(_target_limit(source) for source in batch),
                return_scores=True,
                return_attention=True,
                use_vmap=bool(self.model.shortlist),
                asynchronous=True,
            )

        with ctranslate2_errors("translation failed"):
            for numbers, results in self._in_batches(sources, decoding, start, on_done):
                batch = [sources[number] for number in numbers]
                yield from zip(numbers, self._hypotheses(batch, results), strict=True)

    def _in_batches(
        self,
        sources: Sequence[Tokenized],
        decoding: Decoding,
        start: Callable[[list[Tokenized]], Any],
        on_done: Callable[[int], None] | None = None,
    ) -> Iterator[tuple[list[int], list[Any]]]:
        """Start batches, a few ahead of the one waited for; yield each with its results."""
        waiting: deque[tuple[list[int], Any]] = deque()
        lengths = [len(source.tokens) for source in sources]

        def finish() -> tuple[list[int], list[Any]]:
            numbers, handles = waiting.popleft()
            while on_done and not handles[-1].done():
                on_done(0)  # whoever wants to stop need not wait for the batch
                time.sleep(GLANCE)
            results = [handle.result() for handle in handles]
            if on_done:
                on_done(len(numbers))
            return numbers, results

        most = decoding.batch_tokens * self._batch_factor
        room = QUEUED * self._threads * most
        for batch in batches(lengths, most):
            waiting.append((batch, start([sources[number] for number in batch])))
            room -= sum(lengths[number] for number in batch)
            while room < 0:
                done = finish()
                room += sum(lengths[number] for number in done[0])
                yield done
        while waiting:
            yield finish()

    def _in_order(
        self,
        sources: Sequence[Tokenized],
        decoding: Decoding,
        start: Callable[[list[Tokenized]], Any],
    ) -> list[Any]:
        """Return the result for every source, in their order."""
        results: list[Any] = [None] * len(sources)
        for numbers, found in self._in_batches(sources, decoding, start):
            for number, result in zip(numbers, found, strict=True):
                results[number] = result
        return results

    def _hypotheses(self, sources: Sequence[Tokenized], results: Sequence[Any]) -> list[Hypothesis]:
        skip = len(self._family.prefix)
        flat = [tokens[skip:] for result in results for tokens in result.hypotheses]
        decoded = iter(self._family.decode(flat))
        hypotheses = []
        for source, result in zip(sources, results, strict=True):
            best, *others = [next(decoded) for _ in result.hypotheses]
            hypotheses.append(
                Hypothesis(
                    source=source,
                    target=best,
                    score=result.scores[0],
                    attention=_rows(result.attention[0][skip:]),
                    alternatives=tuple(
                        Alternative(other.text, score)
                        for other, score in zip(others, result.scores[1:], strict=True)
                    ),
                    complete=len(best.tokens) < _target_limit(source) - skip,
                )
            )
        return hypotheses

    def score(self, hypotheses: Sequence[Hypothesis], decoding: Decoding) -> list[Hypothesis]:
        """Return the hypotheses with the log-probability of each of their tokens.

        One pass with the target given (teacher forcing), much cheaper than the search.

        Raises:
            EngineError: if CTranslate2 fails.
        """
        prefix = list(self._family.prefix)
        targets = {id(h.source): prefix + list(h.target.tokens) for h in hypotheses}

        def start(batch: list[Tokenized]) -> Any:
            return self._translator.score_batch(
                [list(source.tokens) for source in batch],
                [targets[id(source)] for source in batch],
                max_input_length=0,
                offset=len(prefix),
                asynchronous=True,
            )

        with ctranslate2_errors("scoring failed"):
            results = self._in_order([h.source for h in hypotheses], decoding, start)
        return [
            replace(hypothesis, token_log_probabilities=tuple(result.log_probs))
            for hypothesis, result in zip(hypotheses, results, strict=True)
        ]

    def attend(self, pairs: Sequence[tuple[str, str]], decoding: Decoding) -> list[Hypothesis]:
        """Return for given translations the attention that the model pays as it reads them.

        The target is forced as a prefix of the search, so that every row of the attention is
        that of a given token (Garg et al. 2019, section 4.2).

        Args:
            pairs: source texts and their translations.
            decoding: its ``batch_tokens`` count; nothing is searched for.

        Returns:
            For each pair its tokens and attention, [target tokens, source tokens]; the score is
            0. A pair with a side that is empty or longer than the model can read has no attention.

        Raises:
            EngineError: if CTranslate2 fails.
        """
        prefix = list(self._family.prefix)
        sources = self.tokenize([source for source, _ in pairs])
        targets = self._family.encode_target([target for _, target in pairs])
        short = [
            number
            for number, (source, target) in enumerate(zip(sources, targets, strict=True))
            if target.tokens and max(len(source.tokens), len(target.tokens)) <= MAX_TARGET
        ]
        forced = {id(sources[number]): prefix + list(targets[number].tokens) for number in short}

        def start(batch: list[Tokenized]) -> Any:
            given = [forced[id(source)] for source in batch]
            return self._translator.translate_batch(
                [list(source.tokens) for source in batch],
                target_prefix=given,
                beam_size=1,
                max_input_length=0,
                max_decoding_length=max(map(len, given)),
                return_attention=True,
                asynchronous=True,
            )

        with ctranslate2_errors("reading a translation failed"):
            results = self._in_order([sources[number] for number in short], decoding, start)
        attention = {
            number: _rows(result.attention[0][len(prefix) :][: len(targets[number].tokens)])
            for number, result in zip(short, results, strict=True)
        }
        return [
            Hypothesis(source, target, 0.0, attention.get(number, ()))
            for number, (source, target) in enumerate(zip(sources, targets, strict=True))
        ]

    def search_score(self, log_probabilities: Sequence[float]) -> float:
        """Return the score that a search would give a translation, from those of its tokens.

        CTranslate2 counts a prefix's tokens too when it divides by the length.

        Args:
            log_probabilities: of every token and of the end, as `score_pairs` returns them.
        """
        length = len(log_probabilities) + len(self._family.prefix)
        return min(0.0, sum(log_probabilities) / max(1, length))

    def score_pairs(
        self,
        pairs: Sequence[tuple[str, str]],
        decoding: Decoding,
    ) -> list[tuple[float, ...]]:
        """Return how likely the model finds given translations, whoever made them.

        Args:
            pairs: source texts and their translations.
            decoding: its ``batch_tokens`` count.

        Returns:
            For each pair the log-probability of every target token and of the end; nothing for a
            pair with a side that is empty or longer than the model can read.

        Raises:
            EngineError: if CTranslate2 fails.
        """
        sources = self.tokenize([source for source, _ in pairs])
        targets = self._family.encode_target([target for _, target in pairs])
        found: list[tuple[float, ...]] = [()] * len(pairs)
        numbers = [
            number
            for number, (source, target) in enumerate(zip(sources, targets, strict=True))
            if source.tokens
            and target.tokens
            and max(len(source.tokens), len(target.tokens)) <= MAX_TARGET
        ]
        given = [Hypothesis(sources[number], targets[number], 0.0) for number in numbers]
        for number, scored in zip(numbers, self.score(given, decoding), strict=True):
            found[number] = scored.token_log_probabilities
        return found


def _rows(attention: Sequence[Sequence[float]]) -> tuple[Sequence[float], ...]:
    """Return attention in an eighth of the memory that lists of Python's numbers take."""
    return tuple(array("f", row) for row in attention)


def _target_limit(source: Tokenized) -> int:
    return min(MAX_TARGET, 2 * len(source.tokens) + 32)


def _available_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load_engine(
    model: str | None = None,
    direction: str = "id-en",
    options: EngineOptions | None = None,
) -> Engine:
    """Load a model.

    Args:
        model: name or path; None takes the shipped model for the direction.
        direction: as ``id-en``.
        options: device, compute type, threads.

    Raises:
        OptionError: if the direction is none.
        ModelNotFoundError: if there is no such model.
        BrokenModelError: if its files are missing or changed.
        DirectionError: if it does not translate in this direction.
        EngineError: if CTranslate2 cannot load it.
    """
    way = Direction.parse(direction)
    found = find_model(model, way)
    verify_model(found, thorough=False)
    return Engine(found, way, options or EngineOptions())
