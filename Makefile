# Everything here sets itself up in .venv on first use. `make help` lists what there is.

PYTHON ?= python3
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --progress-bar off
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header $(UPGRADE)
WORKFLOWS := .github/workflows kentongan/starter/files/common/.github/workflows

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help serve build publish test proof check lock clean

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/.main  ## Build, serve on http://localhost:8000 and rebuild on change (PORT=8000)
	$(BIN)/kentongan serve --port $(PORT) --sample content

build: $(VENV)/.main  ## Build for development into output/
	$(BIN)/kentongan build

publish: $(VENV)/.main  ## Cut a release into var/ and make it the current one (SITEURL=https://…)
	$(BIN)/kentongan publish

test: $(VENV)/.dev  ## Run the tests (PYTEST_ADDOPTS='-k word' chooses)
	$(BIN)/python -m pytest -n 2

proof: $(VENV)/.dev  ## Prove what is too large for the tests, and keep what was found in proof/results (NAME=calendars)
	$(BIN)/python -m proof $(NAME)

check: $(VENV)/.dev  ## Lint, types, import contracts, catalogues, documents, workflows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy -p kentongan -p kentongan_plugins -p kentongan_cms
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/check_catalogues.py
	$(BIN)/python tools/check_docs.py
	$(BIN)/zizmor --quiet --no-progress --offline --persona auditor $(WORKFLOWS)
	$(BIN)/actionlint $(WORKFLOWS:=/*.yml)
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS:=/*.yml)

lock: $(VENV)/.dev  ## Write the locks from pyproject.toml and requirements/*.in (UPGRADE=--upgrade)
	$(LOCK) pyproject.toml requirements/main.in -o requirements/main.txt
	$(LOCK) pyproject.toml requirements/dev.in -o requirements/dev.txt

clean:  ## Remove .venv, output/, caches and packaging leftovers; var/ holds releases and state, and stays
	rm -rf $(VENV) output build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ── setting up ─────────────────────────────────────────────────────────────────────────────────────
# A stamp is touched last, so that an interrupted step is done again.

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Kentongan needs Python 3.11 or newer, and $(PYTHON) is not that. Name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.main: $(VENV)/.python requirements/main.txt pyproject.toml
	@echo "Installing what Kentongan runs on (requirements/main.txt)"
	@$(PIP) --require-hashes -r requirements/main.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.main requirements/dev.txt
	@echo "Installing what tests and checks need (requirements/dev.txt)"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@mkdir -p $(VENV)/typing
	@for name in plugins cms theme; do ln -sfn ../../$$name $(VENV)/typing/kentongan_$$name; done
	@touch $@
