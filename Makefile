# Two commands matter: `make demo` and `make test`. Both work on a machine that has only Python 3.11+, make and git.

PYTHON ?= python3
PORT ?= 8000
DATA ?= var/demo
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test install check fix bench

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $(STAMP)

install: $(STAMP)

demo: $(STAMP)
	$(BIN)/iom demo --port $(PORT) --data $(DATA)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

fix: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: check
	$(BIN)/pytest --numprocesses 2 --dist loadgroup

bench: $(STAMP)
	$(BIN)/iom bench
