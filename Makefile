# orgtools: everything sets itself up. `make` alone says what there is.
#
#   PYTHON     the interpreter that makes .venv               make clean test PYTHON=python3.12
#   SCENARIO   what make rehearse runs, or "all"              make rehearse SCENARIO=landing-zones
#   LANGUAGE   what orgtools speaks: en or ja                 make lab LANGUAGE=ja
#   ARGS       more arguments for pytest or orgtools          make test ARGS="-k plan -x"
#   WORKERS    how many tests run side by side                make test WORKERS=0
#   SEED       what make exhaustive chooses by; without it a new one, printed      make exhaustive SEED=42
#   SHARE      only so many seconds of it, chosen by the seed                      make exhaustive SHARE=900

PYTHON  ?= python3
ARGS    ?=
WORKERS ?= auto
SCENARIO ?= two-waves

VENV := .venv
BIN  := $(VENV)/bin
# What is set up: what the notebooks and the rehearsal need, and what tests and tools need beside.
MADE := $(VENV)/.made
DEV  := $(VENV)/.made-dev

# Python keeps what it compiled where this is not set: whatever is imported is compiled once.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip install --disable-pip-version-check --no-compile --no-deps

# Many a shell sets LANGUAGE for other programs: what counts is what was asked of make.
ifeq ($(origin LANGUAGE),command line)
export ORGTOOLS_LANGUAGE := $(LANGUAGE)
endif

# What nbval runs, in the same pytest as everything else: the notebooks of that language, in their order.
NOTEBOOKS := $(sort $(or $(wildcard notebooks/$(ORGTOOLS_LANGUAGE)/*.ipynb),$(wildcard notebooks/*.ipynb)))
NBVAL ?= $(if $(NOTEBOOKS),--nbval-lax $(NOTEBOOKS))

# The one tool that only `make lock` needs, in an environment of its own.
UV_VERSION := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help setup rehearse lab quick test exhaustive mutants lint format types policies pages docs coverage pictures bench lock clean

help:
	@awk -F ': .*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "Most set up .venv first: Python 3.11 or newer is all it takes (PYTHON=python3.12 names another)."

setup: $(DEV) ## only set up .venv, as requirements-dev.lock says

$(MADE): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "orgtools needs Python 3.11 or newer, and there is no '$(PYTHON)' here: name one, as in 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "orgtools needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 | head -n 1): name another, as in 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments: on Debian or Ubuntu run 'apt-get install python3-venv', then make again." >&2; exit 1; }
	@echo "Setting up $(VENV) for the notebooks and the rehearsal, once (a minute or so):"
	@$(BIN)/python -c 'import pip' 2>/dev/null || { echo "  a virtual environment ..."; $(PYTHON) -m venv --clear $(VENV); }
	$(call install,requirements.lock)
	@echo "  orgtools itself ..."
	@$(PIP) --quiet --no-build-isolation --editable .
	@touch $@

$(DEV): $(MADE) requirements-dev.lock
	@echo "Adding what tests and tools need (another minute or so):"
	$(call install,requirements-dev.lock)
	@touch $@

# pip tells too much or nothing: a line for every 30 packages, one before all are unpacked, and errors.
define install
	@rm -f $(VENV)/.failed; { $(PIP) --require-hashes --requirement $(1) 2>&1 || touch $(VENV)/.failed; } | awk \
	  '/^(Collecting|Processing)/ && ++n % 30 == 0 { print "  " n " packages fetched ..."; fflush() } \
	   /^Installing/ { print "  " n " packages fetched; unpacking them ..."; fflush() } \
	   /^ERROR/ { failed = 1 } failed'; test ! -e $(VENV)/.failed
endef

rehearse: $(MADE) ## start the rehearsed organizations, run every notebook in order, print what happened
	@$(BIN)/orgtools rehearse --scenario "$(SCENARIO)" $(ARGS)

lab: $(MADE) ## open JupyterLab on the same rehearsal, to step through by hand
	@$(BIN)/orgtools lab $(ARGS)

# A browser that is missing does not keep the other tests from running: it fails its own, saying why.
.PHONY: browser
browser: $(DEV)
	@$(BIN)/python -m tests.browser.chromium --install || true

# Three tiers, found by what a test needs: see tests/tiers.py. A worker takes whole files, or in the last tier single tests.
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --durations=10 --durations-min=5
# Many tests wait for a server, a kernel or a browser: one more worker than processors keeps these busy.
MORE_WORKERS = $(if $(filter auto,$(WORKERS)),$(shell expr $$(getconf _NPROCESSORS_ONLN) + 1),$(WORKERS))
FILES := --dist loadfile --no-loadscope-reorder

quick: lint types ## lint, types, arrows, and every test that needs no server, kernel, browser or other program: a minute
	$(PYTEST) $(FILES) -m quick tests $(ARGS)

test: lint types browser ## quick, and all tests with the rehearsal, the notebooks (nbval) and the browser: before you commit
	$(PYTEST:$(WORKERS)=$(MORE_WORKERS)) $(FILES) tests $(NBVAL) $(ARGS)

SEED ?= $(shell od -An -N4 -tu4 /dev/urandom | tr -d ' ')
exhaustive: SEED := $(SEED)
exhaustive: browser ## long waves killed everywhere, new random schedules and examples, second passes, Dask: an hour
	@$(PYTEST) --dist worksteal -m "exhaustive or hypothesis" --hypothesis-profile=exhaustive --hypothesis-seed=$(SEED) \
	  $(if $(SHARE),--share=$(SHARE)) tests $(ARGS) || { failed=$$?; \
	  echo "All of it again: make exhaustive SEED=$(SEED)$(if $(SHARE), SHARE=$(SHARE))"; \
	  echo "One test again:  $(BIN)/python -m pytest -n 0 --hypothesis-profile=exhaustive --hypothesis-seed=$(SEED) TEST"; \
	  exit $$failed; }

.PHONY: judges
judges: $(DEV) ## install programs of others (JavaScript SDK, org-formation, Cloud Custodian) apart, and run them on the rehearsal
	@rm -rf .judges .judges-new && mkdir .judges-new && cp tests/judges/package*.json .judges-new && mv .judges-new .judges
	@$(PYTHON) -m venv .judges/python && .judges/python/bin/python -m pip install -qq --disable-pip-version-check --no-deps -r tests/judges/python.txt \
	  && npm ci --prefix .judges --silent --no-audit --no-fund || { rm -rf .judges; exit 1; }
	$(BIN)/python -m pytest -n 0 -m exhaustive tests/judges $(ARGS)

lint: $(DEV) ## ruff: rules and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# Where Node is; no test needs it.
.PHONY: script
script: ## look over the script of notebooks and record, where there is Node
	@if command -v node >/dev/null; then node --check orgtools/html/script.js && echo "orgtools/html/script.js: well formed"; \
	else echo "orgtools/html/script.js was not looked at: there is no Node here"; fi

format: $(DEV) ## ruff: mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(DEV) ## mypy, strict
	$(BIN)/mypy

# What a step needs and what a check declares change the policies: tests compare.
policies: $(DEV) ## write the policies that follow from the code, and the CloudFormation templates, anew
	@$(BIN)/python -m tests.policies.writing
	@for file in orgtools/policies/cloudformation/*.json; do \
	  $(BIN)/orgtools policies "$$(basename "$$file" .json)" --template > "$$file.new" && mv "$$file.new" "$$file" || exit 1; done

# What follows from the code is checked in, so that it reads well without a site: a test compares.
pages: $(DEV) ## write the pages of docs/reference anew
	@$(BIN)/python -m tests.docs.pages

docs: $(DEV) ## build the site from docs/ into site/; a warning is an error
	$(BIN)/zensical build --strict

# In one process: what a worker of several runs nobody would add up.
coverage: $(DEV) ## how much of orgtools the quick tests run; fails below the floor of pyproject.toml
	$(BIN)/python -m coverage run -m pytest -n 0 -q --timeout=1800 -m quick tests $(ARGS)
	$(BIN)/python -m coverage report

pictures: browser ## take the README's pictures anew, from JupyterLab on the rehearsal
	@$(BIN)/python -m tests.browser.pictures

bench: browser ## the benchmarks
	$(BIN)/python -m pytest -n 0 tests/benchmarks tests/steps -m "benchmark or tally" -s $(ARGS)

# One at a time unless WORKERS is a number: each needs a core.
mutants: $(DEV) ## break one promise of orgtools after the other, and show which test of which tier notices
	@$(BIN)/python -m tests.mutants $(if $(filter-out auto,$(WORKERS)),--workers $(WORKERS)) $(ARGS)

# Every dependency with its hashes, for every Python that pyproject.toml allows, and no index address.
# ARGS=--upgrade takes the newest releases within the ranges; without it only what must change does.
# requirements.lock is what the notebooks and the rehearsal need, requirements-dev.lock everything, in the same releases.
COMPILE = "$$scratch/bin/uv" pip compile --quiet --universal --python-version 3.11 --group clone --generate-hashes \
  --no-emit-index-url --no-annotate --custom-compile-command "make lock"
lock: ## write requirements.lock and requirements-dev.lock anew from pyproject.toml
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT \
	&& $(PYTHON) -m venv "$$scratch" \
	&& "$$scratch/bin/python" -m pip install -qq --disable-pip-version-check "uv==$(UV_VERSION)" \
	&& $(COMPILE) $(ARGS) --all-extras --output-file requirements-dev.lock pyproject.toml \
	&& $(COMPILE) --extra notebooks --extra rehearsal --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

# What each choice of extras installs, in empty environments of its own, from the packages that requirements-dev.lock pins.
.PHONY: sizes
sizes: ## count the packages and the MB of the base, of the rehearsal's set-up and of everything
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT \
	&& sed 's/ *--hash=[^ ]*//; s/ *\\$$//' requirements-dev.lock >"$$scratch/pins" \
	&& for extras in "" "[notebooks,rehearsal]" "[all,dev]"; do \
	  $(PYTHON) -m venv "$$scratch/venv" \
	  && "$$scratch/venv/bin/python" -m pip install -qq --disable-pip-version-check --no-compile --constraint "$$scratch/pins" ".$$extras" \
	  && "$$scratch/venv/bin/python" -m pip uninstall -qq --yes pip setuptools 2>/dev/null \
	  && printf '%-32s %4d packages  %5d MB\n' "orgtools$$extras" \
	    $$(ls "$$scratch"/venv/lib/python*/site-packages | grep -c 'dist-info$$') $$(du -sm "$$scratch/venv" | cut -f 1) \
	  && rm -rf "$$scratch/venv" || exit 1; done

clean: ## remove what make and its tools made
	rm -rf $(VENV) .judges build dist site .cache .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
