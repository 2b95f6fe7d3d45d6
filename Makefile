# Everything from a bare clone, with Python 3.11 and make: no root, no container, nothing but the package index.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# One season of sample returns, where somebody has laid it beside the checkout; the tests that want it say so.
WEEKS ?= 2
export DUBAN_SEASON ?= $(wildcard ../shared/data/season-2018)
# Where the environment forbids bytecode, every process that a test or a run starts would compile duban anew.
export PYTHONDONTWRITEBYTECODE :=

# Kinds of tests. The longest first, so that both cores are busy to the end. Those that start Airflow come after the
# others, each kind in a process of its own: Airflow is set up once a process.
QUICK_KINDS := $(wildcard tests/integration tests/properties tests/golden tests/spec tests/unit)
AIRFLOW_KINDS := $(wildcard tests/dags tests/e2e)
CODE := plugins dags tests
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header

.PHONY: help setup lock demo test test-long bench peers check docs fonts sbom licences audit cluster up down clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: .venv/.installed ## The environment .venv, with every locked dependency

.venv/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@# pip installs uv itself as the lock pins it; uv installs the rest, every archive checked against its hash.
	sed -n '/^uv==/,/# via/p' requirements.lock > .venv/uv.lock
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r .venv/uv.lock
	@# Compiled here: where PYTHONDONTWRITEBYTECODE is set, every start would compile Airflow anew, twice the time.
	$(BIN)/uv pip install --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock
	$(BIN)/uv pip install --python $(BIN)/python --no-build-isolation --no-deps -e .
	touch $@

lock: setup ## Lock what pyproject.toml names: all of it, and apart what the image has
	$(LOCK) --all-extras pyproject.toml -o requirements.lock
	$(LOCK) --extra cluster -c requirements.lock pyproject.toml -o docker/requirements.lock

demo: setup ## A simulated season through the real DAGs, and the papers it gives
	$(BIN)/duban demo

test: setup ## Every kind of test, but what takes minutes
	mkdir -p var
	$(PYTEST) $(QUICK_KINDS) -m "not long" -n 2 --dist loadgroup --junit-xml=var/junit-quick.xml
	$(PYTEST) $(AIRFLOW_KINDS) -m "not long" -n 2 --dist loadgroup --junit-xml=var/junit-airflow.xml

test-long: setup ## Every test, many more generated cases, the benchmarks; docs/test-long.md keeps how each kind went
	@# All kinds, whatever fails.
	$(MAKE) --keep-going $(patsubst tests/%,long-%,$(QUICK_KINDS) $(AIRFLOW_KINDS) $(wildcard tests/bench))

long-%: export HYPOTHESIS_PROFILE := long
long-%: setup
	mkdir -p var
	rm -f var/crash-points.json var/storm.json
	@# Those that start Airflow, and those that measure, have the machine for themselves.
	failed=0; \
	$(PYTEST) tests/$* $(if $(filter $*,dags e2e bench),,-n 2 --dist loadgroup) --junit-xml=var/junit-$*.xml || failed=1; \
	PYTHONPATH=tests $(BIN)/python -m long_record $* var/junit-$*.xml || failed=1; \
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

sbom: setup ## What the image is made of, as CycloneDX, into var/sbom.cdx.json
	mkdir -p var
	$(BIN)/cyclonedx-py requirements docker/requirements.lock --output-reproducible -o var/sbom.cdx.json
	@$(BIN)/python -c 'import json; print(len(json.load(open("var/sbom.cdx.json"))["components"]), "packages: var/sbom.cdx.json")'

licences: setup ## Every locked package with its licence, into var/licences.tsv; fails for one that is not allowed
	mkdir -p var
	PYTHONPATH=tests $(BIN)/python -m licences > var/licences.tsv || { grep 'NOT ALLOWED' var/licences.tsv; exit 1; }
	@wc -l < var/licences.tsv | xargs -I N echo 'N packages, every licence allowed: var/licences.tsv'

audit: setup ## Known weaknesses of the image's packages; fails, and says so, where their database could not be asked
	mkdir -p var
	@code=0; $(BIN)/pip-audit --require-hashes --disable-pip --progress-spinner off -r docker/requirements.lock \
	  > var/audit.txt 2>&1 || code=$$?; grep -v 'could not be audited' var/audit.txt || true; \
	unasked=$$(grep -c 'could not be audited' var/audit.txt || true); \
	if [[ $$unasked != 0 ]] || grep -qiE 'connection|name resolution|timed out|proxy|HTTPError' var/audit.txt; then \
	  echo "NOT AUDITED: the database of known weaknesses knew nothing of $$unasked packages, or was not reached."; exit 3; \
	fi; exit $$code

cluster: setup ## docker-compose.yml's stack without containers, WEEKS=2 simulated weeks on it, a worker killed
	PYTHONPATH=plugins:tests $(BIN)/python -m cluster $(WEEKS)

docs: setup ## The docs site, with the rules as their tests state them, into var/site
	@# Both of its makers warn of each other's plans at every start.
	NO_MKDOCS_2_WARNING=1 DISABLE_MKDOCS_2_WARNING=true $(BIN)/mkdocs build --strict --quiet

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
