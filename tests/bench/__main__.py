"""Measure everything, print tables, write JSON: ``make bench``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import translate_kit as tk
from bench.parts import UNITS
from bench.plan import FULL, LINEAR, QUICK, TINY
from bench.report import claims, claims_table, parts_table, stage_table
from bench.turns import Bench

if TYPE_CHECKING:
    from bench.plan import Plan

ROOT = Path(__file__).resolve().parents[2]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="two minutes instead of fifteen")
    parser.add_argument("--tiny", action="store_true", help="only see whether it works")
    parser.add_argument(
        "--linear",
        action="store_true",
        help="also ten times the input and one core for the largest: half an hour more",
    )
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "id-en", help="folder")
    beam = tk.Decoding().beam_size
    parser.add_argument("--beam", type=int, default=beam, help="width of the search, for all")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "bench.json", help="file")
    return parser.parse_args(arguments)


def _measure(bench: Bench, plan: Plan) -> None:
    for stage in plan.stages:
        bench.stage(stage)
        print(stage_table(bench.measured, stage.sentences, stage.cores) + "\n", flush=True)
    if plan.parts:
        bench.single_parts(plan.parts, plan.rounds)
        print(parts_table(bench.parts, UNITS) + "\n", flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run; return the exit code, which does not depend on the numbers."""
    options = _options(arguments)
    plan = TINY if options.tiny else QUICK if options.quick else FULL
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options.model, Path(folder), options.out, options.beam)
        print(bench.heading() + "\n", flush=True)
        for one in (plan, LINEAR) if options.linear else (plan,):
            _measure(bench, one)
        print(claims_table(claims(bench.measured)))
        if not options.linear:
            print("10 times the input takes half an hour and is measured with LINEAR=1 only")
    print(f"every measurement is in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
