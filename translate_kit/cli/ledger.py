"""What became of many inputs: said as it happens, summed up at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import translate_kit as tk

if TYPE_CHECKING:
    from translate_kit.cli.talk import Talk

__all__ = ["Ledger"]

NAMED = 10
"""Failed inputs that the last line names; each was named when it failed."""


@dataclass(slots=True)
class Ledger:
    """Takes in the reports of a run.

    Args:
        inputs: how many there are.
        talk: where it is said.
        total: counts of all inputs so far.
        own: counts of the input that is being done.
    """

    inputs: int
    talk: Talk
    total: tk.Tally
    own: tk.Tally
    failed: list[str] = field(default_factory=list)
    before: int = 0

    @classmethod
    def of(cls, inputs: int, talk: Talk) -> Ledger:
        """Return an empty ledger."""
        return cls(inputs, talk, tk.Tally(), tk.Tally())

    def enter(self, report: tk.Report) -> None:
        """Take in what became of an input or of a part of one.

        Raises:
            InputError: if it failed and was the only one.
        """
        self.own = self.own.plus(report.tally)
        if report.status == "part":
            return
        if report.status == "failed":
            if self.inputs == 1:
                raise tk.InputError(report.error)
            self.talk.complain(report.error)
            self.failed.append(report.name)
        elif report.status == "before":
            self.before += 1
        else:
            self._done(report)
        self.total = self.total.plus(self.own)
        self.own = tk.Tally()

    def _done(self, report: tk.Report) -> None:
        if self.inputs > 1:
            where = f" -> {', '.join(map(str, report.written))}" if report.written else ""
            self.talk.say(f"{report.name}: {self.own.counts}{where}")
        else:
            for path in report.written:
                self.talk.say(f"wrote {path}")

    def close(self, seconds: float) -> int:
        """Say the sum and return the exit code."""
        if self.total.sentences:
            self.talk.say(self.total.line(seconds))
        if self.before:
            self.talk.say(f"{self.before} of {self.inputs} inputs were done before")
        if self.failed:
            names = ", ".join(self.failed[:NAMED]) + (", …" if len(self.failed) > NAMED else "")
            self.talk.complain(
                f"{len(self.failed)} of {self.inputs} inputs failed ({names}); the others are done"
            )
        return int(bool(self.failed))
