# Two commands on a fresh machine: `make run` and `make test`. `make help` lists all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test lint check eval-segment eval-quality eval bench bench-quality model test-model eval-align eval-links clean

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

$(VENV)/.eval: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[eval]'
	@touch $@ $(VENV)/.test $(VENV)/.run

$(VENV)/.lint: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[lint]'
	@touch $@ $(VENV)/.test $(VENV)/.run

run: $(VENV)/.run  ## translate the article in seeds/ into out/ and show it side by side
	@$(BIN)/translate-kit translate seeds/*.txt --view --verbose \
	    --output out/ --to html --to tmx --to jsonl --to md

test: $(VENV)/.test  ## run the tests
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

lint: $(VENV)/.lint  ## lint and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

check: lint test  ## lint, types and tests

eval-segment: $(VENV)/.eval  ## score the segmenter on development data
	$(BIN)/python tests/eval/segment.py

eval-align: $(VENV)/.eval  ## score the sentence aligner on development data
	$(BIN)/python tests/eval/align.py

eval-links: $(VENV)/.eval  ## score the word links on development data
	$(BIN)/python tests/eval/links.py

eval-quality: $(VENV)/.eval  ## score the quality estimates on development data
	$(BIN)/python tests/eval/quality.py

eval: $(VENV)/.eval  ## score the shipped model on development data
	$(BIN)/python tests/eval/translate.py

bench-quality: $(VENV)/.eval  ## compare with six published systems on development data
	$(BIN)/python tests/eval/bench_quality.py

$(VENV)/.bench: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[bench]'
	@touch $@ $(VENV)/.run

# QUICK=1 is two minutes; LINEAR=1 is half an hour more
bench: $(VENV)/.bench  ## compare speed and memory with other ways to use the same weights
	PYTHONPATH=tests $(BIN)/python -m bench $(if $(QUICK),--quick) $(if $(LINEAR),--linear)

# `make model` takes hours; interrupted, it goes on. SCALE=gpu is twenty minutes of one GPU.
DATA := ../shared/data/train
DEV := ../shared/data/dev/flores-dev
KEEP_OUT := ../shared/data/dev/alignment ../shared/data/dev/quality seeds
WORK := out/model
# Without these, training on two cores that are shared with anything else takes three times as long.
PATIENT := OMP_WAIT_POLICY=PASSIVE MALLOC_MMAP_THRESHOLD_=8589934592 \
    MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=268435456
SCALE := cpu

$(VENV)/.train: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[train]'
	@touch $@ $(VENV)/.run

model: $(VENV)/.train  ## train the shipped model anew, from data to card
	$(PATIENT) PYTHONPATH=models $(BIN)/python -m recipe --data $(DATA) --dev $(DEV) --keep-out $(KEEP_OUT) \
	    --work $(WORK) --scale $(SCALE)

test-model: $(VENV)/.test $(VENV)/.train  ## train a tiny model in two minutes and test the recipe
	TRANSLATE_KIT_REQUIRE_TRAIN=1 $(BIN)/python -m pytest tests/test_recipe*.py

clean:  ## remove what the other targets made
	rm -rf $(VENV) out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
