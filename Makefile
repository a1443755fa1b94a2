# Everything a developer or a script runs. Needs Python 3.11 or newer, make and a network; nothing else.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

# The first of these that is new enough makes the environment; say `make PYTHON=...` to choose one.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11

.PHONY: help run install test test-fast check lint types layers pages locks containers forms format playground pictures lock upgrade bench clean
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME) ## Start the database, fill it with the demo when it is empty, and serve the API
	@$(BIN)/sightline serve --seed-when-empty demo

install: $(RUNTIME) ## Install the application into .venv

test: $(DEVELOPMENT) ## Run every test, in two processes, each with a real database of its own
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --durations 20 $(PYTEST_ARGUMENTS)

test-fast: $(DEVELOPMENT) ## Run the tests that need no database, browser or network, in a minute on two processors
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --durations 20 -m fast $(PYTEST_ARGUMENTS)

check: lint types layers pages locks containers forms ## Check style, types, layers, containers, forms, and that what is generated is up to date

lint: $(DEVELOPMENT)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(DEVELOPMENT)
	@$(BIN)/mypy

layers: $(DEVELOPMENT)
	@$(BIN)/lint-imports

pages: $(DEVELOPMENT)
	@$(BIN)/python -m api.schema schema.graphql --check
	@$(BIN)/python -m graph.dictionary docs/data-dictionary.md --check
	@$(BIN)/python -m queries.catalogue docs/catalogue.md --check
	@$(BIN)/python -m api.playground

locks: $(DEVELOPMENT)
	@$(BIN)/python .ci/locks.py --check

containers: $(DEVELOPMENT)
	@$(BIN)/hadolint Dockerfile .devcontainer/Dockerfile
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

forms: $(DEVELOPMENT)
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms \
		$(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))

format: $(DEVELOPMENT) ## Mend style, and write the schema, the data dictionary and the catalogue anew
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(BIN)/python -m api.schema schema.graphql
	@$(BIN)/python -m graph.dictionary docs/data-dictionary.md
	@$(BIN)/python -m queries.catalogue docs/catalogue.md

playground: ## Build the playground anew from its sources; this alone needs Node, 20 or newer
	@cd api/playground/web && npm ci --silent && npm run --silent build

pictures: $(DEVELOPMENT) ## Retake the pictures in the pages, from the running playground
	@$(BIN)/python -m tests.pictures

lock: $(DEVELOPMENT) ## Lock the dependencies that pyproject.toml asks for
	@$(BIN)/python .ci/locks.py

upgrade: $(DEVELOPMENT) ## Lock the newest dependencies that pyproject.toml allows
	@$(BIN)/python .ci/locks.py --upgrade

bench: $(DEVELOPMENT) ## Time the API against a peer and a limit (Node 20); SCALE, ONLY and BENCH_DATA choose what
	@$(BIN)/python -m bench $(if $(SCALE),--scale $(SCALE)) $(if $(ONLY),--only $(ONLY)) \
		$(if $(BENCH_DATA),--data $(BENCH_DATA)) $(BENCH_ARGUMENTS)

clean: ## Remove what was installed and cached here; the data stays
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info

$(BIN)/python:
	@for python in $(PYTHON); do \
		if "$$python" -c '$(IS_NEW_ENOUGH)' 2>/dev/null; then \
			echo "Making $(VENV) with $$("$$python" --version)"; \
			exec "$$python" -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "Sightline needs Python 3.11 or newer, and found none as: $(PYTHON). Install one, or name it with make PYTHON=..." >&2; \
	exit 1

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what requirements.lock names"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): requirements-dev.lock $(RUNTIME)
	@echo "Installing what requirements-dev.lock names"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
