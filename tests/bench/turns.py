"""Systems take turns on the same articles, round after round."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from bench.machine import available_cores, describe
from bench.parts import PARTS, TARGETS
from bench.process import run, surroundings
from bench.report import Measurement, Part, as_json
from bench.systems import SYSTEMS, Setting, checkpoint_of, missing

if TYPE_CHECKING:
    from pathlib import Path

    from bench.plan import Stage

__all__ = ["Bench"]

LIMIT = 300
"""Seconds for what is done once."""


class Bench:
    """A run: makes material when it is needed and keeps all that is measured."""

    def __init__(self, model: Path, folder: Path, out: Path, beam: int) -> None:
        self.measured: list[Measurement] = []
        self.parts: list[Part] = []
        self._model, self._folder, self._out, self._beam = model, folder, out, beam
        self._checkpoint = checkpoint_of(model)
        self._machine = {**describe(model), "beam": beam}
        self.cores = available_cores()
        self._warm: set[str] = set()
        self._left = {key: missing(system, self._checkpoint) for key, system in SYSTEMS.items()}

    def heading(self) -> str:
        """Return what is measured, on what."""
        machine = ", ".join(f"{name} {value}" for name, value in self._machine.items())
        left = [
            f"{SYSTEMS[key].label} is left out: {why}" for key, why in self._left.items() if why
        ]
        return "\n".join([machine, *left])

    def _setting(self, articles: int, cores: int, count: int) -> Setting:
        material = self._folder / str(articles)
        if not material.is_dir():
            command = [sys.executable, "-m", "bench.material", str(articles), str(material)]
            subprocess.run(command, check=True, env=surroundings())
        return Setting(self._model, self._checkpoint, material, cores, self._beam, count)

    def stage(self, stage: Stage) -> None:
        """Let the systems take turns."""
        keys = [key for key in stage.systems if not self._left[key]]
        if stage.cores > self.cores:
            return
        for key in keys if stage.rounds > 1 else ():
            self._warm_up(key, stage)
        spent = 0.0
        before = max((m.round for m in self.measured), default=-1) + 1
        for number in range(stage.rounds):
            if number >= 2 and spent * (number + 1) / number > stage.seconds:
                break
            for key in keys:
                measurement = self._measure(key, stage, before + number)
                spent += measurement.run.seconds
                self.measured.append(measurement)
            self.save()

    def _warm_up(self, key: str, stage: Stage) -> None:
        """Run a system once, so that files are in memory and modules compiled."""
        if key not in self._warm:
            self._warm.add(key)
            run(SYSTEMS[key].command(self._setting(1, stage.cores, 1)), stage.cores, LIMIT)

    def _measure(self, key: str, stage: Stage, number: int) -> Measurement:
        count = stage.count(key)
        command = SYSTEMS[key].command(self._setting(stage.sentences, stage.cores, count))
        taken = run(command, stage.cores, stage.limit)
        if not taken.stopped and taken.sentences != count:
            raise SystemExit(f"{SYSTEMS[key].label}: {taken.sentences} of {count} sentences came")
        found = Measurement(key, stage.sentences, stage.cores, number, count, taken)
        print(
            f"{stage.sentences} sentences, {stage.cores} cores, {SYSTEMS[key].letter}:"
            f" {taken.sentences} in {taken.seconds:.2f} s",
            file=sys.stderr,
        )
        return found

    def single_parts(self, count: int, rounds: int) -> None:
        """Measure stages of the pipeline alone, and the engine beside them, turn by turn."""
        setting = self._setting(count, min(2, self.cores), count)
        targets = setting.material / TARGETS
        targets.write_text(json.dumps(_translated(setting), ensure_ascii=False), encoding="utf-8")
        for number in range(rounds):
            taken = run(SYSTEMS["sorted"].command(setting), setting.cores, LIMIT)
            self.parts.append(Part("translate", number, count, taken.seconds - taken.ready))
            for name in PARTS:
                command = [sys.executable, "-m", "bench.parts", name, str(setting.model)]
                command += [str(setting.material), str(setting.cores), str(count)]
                told = subprocess.run(command, check=True, capture_output=True, env=surroundings())
                found = json.loads(told.stdout)
                self.parts.append(Part(name, number, found["done"], found["seconds"]))
        self.save()

    def save(self) -> None:
        """Write what is measured so far."""
        self._out.parent.mkdir(parents=True, exist_ok=True)
        found = as_json(self._machine, self.measured, self.parts)
        text = json.dumps(found, ensure_ascii=False, indent=1)
        self._out.write_text(text + "\n", encoding="utf-8")


def _translated(setting: Setting) -> list[str]:
    command = SYSTEMS["plain"].command(setting)
    done = subprocess.run(command, check=True, capture_output=True, env=surroundings())
    beads: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    return [bead["target"] for bead in beads if "source_range" in bead]
