# Two commands on a fresh machine: `make run` and `make test`. `make help` lists all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test lint check eval-segment eval-quality eval bench-quality clean

help:  ## show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# One stamp for each set of dependencies: set-up happens once, and again when they change.
$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(PIP) install --editable .
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[test]'
	@touch $@ $(VENV)/.run

$(VENV)/.lint: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[lint]'
	@touch $@ $(VENV)/.test $(VENV)/.run

run: $(VENV)/.run  ## translate the article in seeds/ into out/ and show it side by side
	@$(BIN)/translate-kit translate seeds/*.txt --view --verbose \
	    --output out/ --to html --to tmx --to jsonl --to md

test: $(VENV)/.test  ## run the tests
	$(BIN)/python -m pytest

lint: $(VENV)/.lint  ## lint and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

check: lint test  ## lint, types and tests

eval-segment: $(VENV)/.test  ## score the segmenter on development data
	$(BIN)/python tests/eval/segment.py

eval-quality: $(VENV)/.test  ## score the quality estimates on development data
	$(BIN)/python tests/eval/quality.py

eval: $(VENV)/.test  ## score the shipped model on development data
	$(BIN)/python tests/eval/translate.py

bench-quality: $(VENV)/.test  ## compare with six published systems on development data
	$(BIN)/python tests/eval/bench_quality.py

clean:  ## remove what the other targets made
	rm -rf $(VENV) out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
