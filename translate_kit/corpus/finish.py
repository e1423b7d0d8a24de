"""Renderings to bitexts to bytes: the last stages for the parts of a task."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from translate_kit.corpus.reading import reading_of
from translate_kit.corpus.spool import Spool
from translate_kit.corpus.tasks import STREAMED, Result, Tally
from translate_kit.errors import InputError
from translate_kit.formats import write_bitexts, write_documents
from translate_kit.pipeline import link_remembered
from translate_kit.translate import bitext_of, without_band

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from translate_kit.bitext import Bitext
    from translate_kit.corpus.reading import Part
    from translate_kit.corpus.stream import Knows
    from translate_kit.corpus.tasks import Making, Task
    from translate_kit.engine.runtime import Engine
    from translate_kit.translate.sentences import Rendering

__all__ = ["Finisher"]


class Finisher:
    """Makes the results of one task after another.

    Args:
        engine: gives what rendered the sentences.
        making: what is made of them.
        memory: gives bitexts near matches.
    """

    def __init__(
        self, engine: Callable[[], Engine], making: Making, memory: Knows | None = None
    ) -> None:
        self._memory = memory
        self._engine = engine
        self._making = making
        self._held = Spool()
        self._parts = 0

    def made(self, task: Task, part: Part, known: Mapping[str, Rendering]) -> Result:
        """Return what comes of a part: of formats that allow it their bytes.

        A part that cannot be mirrored is an error of the task, which ends with it.
        """
        bitext = self._bitext(part, known)
        streamed = [form for form in task.formats if form in STREAMED]
        outputs = [(form, self._bytes(form, bitext, part, task)) for form in streamed]
        mirror = None
        if task.mirrored and task.form in STREAMED:
            reading = replace(reading_of(task), encoding=None)
            mirror = write_documents([bitext], task.form, part.original, reading)
        if len(streamed) < len(task.formats) or (task.mirrored and mirror is None):
            self._held.append(bitext)
        self._parts += 1
        kept = (bitext,) if self._making.kept else ()
        return Result(
            replace(task, data=None),
            tuple(outputs),
            mirror,
            Tally.of([bitext]),
            last=False,
            bitexts=kept,
        )

    def ended(self, task: Task) -> Result:
        """Return the bytes of the formats that are written whole."""
        forms = [form for form in task.formats if form not in STREAMED]
        mirror = None
        try:
            if task.mirrored and task.form not in STREAMED:
                data = task.data or b""
                mirror = write_documents(self._held, task.form, data, reading_of(task))
        except InputError as error:
            return self.failed(task, str(error))
        outputs = tuple((form, write_bitexts(self._held, form)) for form in forms)
        self._clear()
        return Result(replace(task, data=None), outputs, mirror)

    def failed(self, task: Task, error: str) -> Result:
        """Return that a task failed; what was held of it is dropped."""
        self._clear()
        return Result(replace(task, data=None), error=error)

    def _clear(self) -> None:
        self._held.close()
        self._parts = 0

    def _bitext(self, part: Part, known: Mapping[str, Rendering]) -> Bitext:
        making, engine = self._making, self._engine()
        bitext = bitext_of(
            part.document,
            known,
            engine,
            making.decoding,
            judged=making.judged,
            glossary=making.glossary,
        )
        bitext = link_remembered(bitext, engine)
        bitext = without_band(bitext, making.abstain) if making.abstain else bitext
        return self._memory.matched(bitext) if self._memory else bitext

    def _bytes(self, form: str, bitext: Bitext, part: Part, task: Task) -> bytes:
        data = write_bitexts([bitext], form)
        # one document after another in a text has a blank line before it
        first = self._parts == 0 and task.line == 1
        between = form == "text" and not first and not part.goes_on
        return b"\n" + data if between else data
