# One-word targets; `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup match test test-all lint bench clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12"; exit 2; }
	@echo "Setting up $(VENV) (once; a few minutes)…"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

setup: $(READY) ## set up .venv (every other target does it when needed)

match: $(READY) ## match the sample proposals against the real announcement
	@$(BIN)/matcher match corpus/lang-son-2025/proposals.csv --announcement lang-son-2025 \
	  --register corpus/lang-son-2025/register.csv \
	  --output out/lang-son-2025.jsonl --output out/lang-son-2025.xlsx --output out/lang-son-2025.html

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest -q -m "not slow"

test-all: $(READY) ## run the tests, the slow ones too
	@$(BIN)/python -m pytest -q

lint: $(READY) ## ruff and mypy, as pre-commit runs them
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: $(READY) ## measure speed and memory beside named alternatives
	@$(BIN)/python -m benchmarks $(ONLY)

clean: ## remove the environment, caches and outputs
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
