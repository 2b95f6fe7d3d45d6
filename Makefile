# Everything from a bare clone, with Python 3.11 and make: no root, no container, nothing but the package index.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# One season of sample returns, where somebody has laid it beside the checkout; the tests that want it say so.
export DUBAN_SEASON ?= $(wildcard ../shared/data/season-2018)

# Kinds of tests. The longest first, so that both cores are busy to the end. Those that start Airflow have a process
# of their own: it is set up once a process.
QUICK_KINDS := $(wildcard tests/integration tests/properties tests/golden tests/spec tests/unit)
AIRFLOW_KINDS := $(wildcard tests/dags tests/e2e)
CODE := plugins dags tests

.PHONY: help setup demo test test-long bench peers check fonts up down clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: .venv/.installed ## The environment .venv, with every locked dependency

.venv/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@# pip installs uv itself as the lock pins it; uv installs the rest, every archive checked against its hash.
	sed -n '/^uv==/,/# via/p' requirements.lock > .venv/uv.lock
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r .venv/uv.lock
	$(BIN)/uv pip install --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --python $(BIN)/python --no-build-isolation --no-deps -e .
	touch $@

demo: setup ## A simulated season through the real DAGs, and the papers it gives
	$(BIN)/duban demo

test: setup ## Every kind of test, but what takes minutes
	mkdir -p var
	$(PYTEST) $(QUICK_KINDS) -m "not long" -n 2 --dist loadgroup --junit-xml=var/junit-quick.xml
	$(PYTEST) $(AIRFLOW_KINDS) -m "not long" --junit-xml=var/junit-airflow.xml

test-long: export HYPOTHESIS_PROFILE := long
test-long: setup ## Every test, many more generated cases, the benchmarks; keeps the result in docs/test-long.md
	mkdir -p var
	rm -f var/junit-*.xml var/crash-points.json
	@# All of them, whatever fails: the record tells.
	failed=0; \
	$(PYTEST) $(QUICK_KINDS) -n 2 --dist loadgroup --junit-xml=var/junit-quick.xml || failed=1; \
	$(PYTEST) $(AIRFLOW_KINDS) --junit-xml=var/junit-airflow.xml || failed=1; \
	$(if $(wildcard tests/bench),$(PYTEST) tests/bench --junit-xml=var/junit-bench.xml || failed=1;) \
	PYTHONPATH=tests $(BIN)/python -m long_record var/junit-*.xml || failed=1; \
	exit $$failed

peers: ## npm's peers for the benchmarks, into var/bench/npm
	mkdir -p var/bench/npm
	npm install --silent --prefix var/bench/npm xlsx@0.18.5 docxtemplater@3.71.0 pizzip@3 easy-template-x@7 \
	  carbone@3.8.2

bench: setup ## Ours beside the peers in one run; writes docs/performance.md
	mkdir -p var/bench/npm
	PYTHONPATH=plugins:tests $(BIN)/python -m bench

check: setup ## Lint, format, types, import contracts; changes nothing
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

fonts: ## The free fonts that tests and pictures print papers with, into var/fonts (Debian)
	.ci/fonts var/fonts

up: setup ## Airflow in the background, web pages on http://localhost:8080
	$(BIN)/duban up

down: setup ## Stop Airflow and the embedded PostgreSQL
	$(BIN)/duban down

clean: ## Stop what runs, then remove var/ and every cache
	@# The demo's home has a database of its own, and databases outlive the commands that started them.
	for running in $$(find var -name postmaster.pid 2>/dev/null); do \
	  DUBAN_HOME=$${running%/postgres/postmaster.pid} $(BIN)/duban down; \
	done
	rm -rf var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
