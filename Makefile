# make help says what there is.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
INSTALLED = $(VENV)/.installed
TESTED = $(VENV)/.installed-test
PIP = $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run test bench check fmt clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED)  ## a virtual environment in .venv with everything in it

run: $(INSTALLED)  ## the page, at the address that is printed
	$(BIN)/workbench serve

test: $(TESTED)  ## tests and ruff
	$(BIN)/python -m pytest
	$(BIN)/ruff check .

bench: $(INSTALLED)  ## measure quality and speed
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.glossary --entries 1000 10000

check: $(TESTED)  ## ruff alone: mistakes and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

fmt: $(TESTED)  ## lay the code out
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## remove what was built; .venv and models stay
	rm -rf build dist *.egg-info .pytest_cache .ruff_cache
	find app.py workbench tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "Python 3.10 or newer is needed: make PYTHON=python3.12 install" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) has no venv module. Debian, Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml setup.py constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(TESTED): $(INSTALLED)
	$(PIP) install -c constraints.txt -e '.[test]'
	@touch $@
