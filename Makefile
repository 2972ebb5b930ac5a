# Two commands: `make run` and `make test`. `make help` lists the rest.
# Works with the make 3.81 of macOS; needs Python >= 3.11, and for the tests Node >= 20.

PORT ?= 8000
HOST ?= 127.0.0.1
TYPO_REPORTS_DATA_DIR ?= ./var
export PORT HOST TYPO_REPORTS_DATA_DIR
# Some images of Python set it; then each process that tests start compiles all it imports again.
export PYTHONDONTWRITEBYTECODE =

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help run install dev test test-fast environment check js messages bench wheel

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: .venv/.installed ## install, migrate, and open the demo newspaper and desk on PORT
	@exec $(BIN)/typo-reports demo

install: .venv/.installed ## install the program into .venv

test: dev node_modules/.installed environment ## set up all that the tests need, then run every test
	npm test --silent
	@export CHROMIUM_PATH="$$($(BIN)/python -m tests.environment.chromium)"; \
	npm run test:browser --silent && node tests/browser/desk/run.mjs
	@FIREFOX_PATH="$$($(BIN)/python -m tests.environment.firefox)"; export FIREFOX_PATH; \
	if [ -n "$$FIREFOX_PATH" ] || [ -n "$$CI" ]; then npm run test:browser --silent -- --firefox; \
	else echo "Not run: the reporter's scenarios in Firefox, which is missing."; fi
	@WEBKIT_DRIVER_PATH="$$($(BIN)/python -m tests.environment.webkit)"; export WEBKIT_DRIVER_PATH; \
	if [ -n "$$WEBKIT_DRIVER_PATH" ] || [ -n "$$CI" ]; then npm run test:browser --silent -- --webkit; \
	else echo "Not run: the reporter's scenarios in WebKit, which is missing."; fi
	$(PYTEST) -n 2

test-fast: dev ## tests without browser, PostgreSQL, Redis and wheel: about a minute
	$(PYTEST) -n 2 -m "not postgresql and not redis and not slow and not wheel"

check: dev ## lint, format, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

js: node_modules/.installed ## build static/js from static/js/src
	npm run build --silent

messages: dev ## bring translations/ up to date with the words in the code
	$(BIN)/python -m tests.environment.messages

bench: dev node_modules/.installed ## measure; see bench/README.md
	$(BIN)/python -m bench

wheel: dev ## build dist/*.whl and the sdist
	$(BIN)/python -m hatchling build -d dist

dev: .venv/.dev

environment: dev node_modules/.installed
	@$(BIN)/python -m tests.environment.prepare

.venv/.python:
	@sh -e .ci/make-venv .venv
	@touch $@

.venv/.installed: .venv/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/.dev: .venv/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch .venv/.installed $@

node_modules/.installed: package.json package-lock.json
	@sh -e .ci/check-node
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@
