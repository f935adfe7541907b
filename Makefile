# orgtools: everything sets itself up. `make` alone says what there is.
#
#   PYTHON     the interpreter that makes .venv               make clean test PYTHON=python3.12
#   SCENARIO   what make rehearse runs, or "all"              make rehearse SCENARIO=landing-zones
#   ARGS       more arguments for pytest or orgtools          make test ARGS="-k plan -x"
#   WORKERS    how many tests run side by side                make test WORKERS=0

PYTHON  ?= python3
ARGS    ?=
WORKERS ?= auto
SCENARIO ?= two-waves

VENV := .venv
BIN  := $(VENV)/bin
MADE := $(VENV)/.made

# What nbval runs, in the same pytest as everything else: the notebooks, in their order.
NBVAL ?= $(if $(wildcard notebooks/*.ipynb),--nbval-lax notebooks)

# The one tool that only `make lock` needs, in an environment of its own.
UV_VERSION := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help setup rehearse lab test lint format types policies pictures bench lock clean

help:
	@awk -F ': .*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "Each sets up .venv first: Python 3.11 or newer is all it takes (PYTHON=python3.12 names another)."

setup: $(MADE) ## only set up .venv, as requirements.lock says

$(MADE): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "orgtools needs Python 3.11 or newer, and there is no '$(PYTHON)' here: name one, as in 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "orgtools needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 | head -n 1): name another, as in 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments: on Debian or Ubuntu run 'apt-get install python3-venv', then make again." >&2; exit 1; }
	@echo "Setting up $(VENV), as requirements.lock says (two minutes or so the first time) ..."
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile --no-deps --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@# On all cores, and also where PYTHONDONTWRITEBYTECODE is set: without it every kernel compiles pandas anew.
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib
	@touch $@

rehearse: $(MADE) ## start two rehearsed organizations, run every notebook in order, print what happened
	@$(BIN)/orgtools rehearse --scenario $(SCENARIO) $(ARGS)

lab: $(MADE) ## open JupyterLab on the same rehearsal, to step through by hand
	@$(BIN)/orgtools lab $(ARGS)

# A browser that is missing does not keep the other tests from running: it fails its own, saying why.
.PHONY: browser
browser: $(MADE)
	@$(BIN)/python -m tests.browser.chromium --install || true

test: browser ## all tests: logic, notebooks, browser
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder tests $(NBVAL) $(ARGS)

lint: $(MADE) ## ruff: rules and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(MADE) ## ruff: mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(MADE) ## mypy, strict
	$(BIN)/mypy

# What a check declares changes the policies of those who assess: a test compares.
policies: $(MADE) ## write the CloudFormation templates anew
	@for file in orgtools/policies/cloudformation/*.json; do \
	  $(BIN)/orgtools policies "$$(basename "$$file" .json)" --template > "$$file.new" && mv "$$file.new" "$$file" || exit 1; done

pictures: browser ## take the README's pictures anew, from JupyterLab on the rehearsal
	@$(BIN)/python -m tests.browser.pictures

bench: browser ## the benchmarks
	$(BIN)/python -m pytest -n 0 tests/benchmarks tests/steps -m "benchmark or tally" -s $(ARGS)

# Every dependency with its hashes, for every Python that pyproject.toml allows, and no index address.
# ARGS=--upgrade takes the newest releases within the ranges; without it only what must change does.
lock: ## write requirements.lock anew from pyproject.toml
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT \
	&& $(PYTHON) -m venv "$$scratch" \
	&& "$$scratch/bin/python" -m pip install -qq --disable-pip-version-check "uv==$(UV_VERSION)" \
	&& "$$scratch/bin/uv" pip compile --quiet --universal --python-version 3.11 --extra dask --extra dev --generate-hashes \
	   --no-emit-index-url --no-annotate --custom-compile-command "make lock" $(ARGS) \
	   --output-file requirements.lock pyproject.toml

clean: ## remove what make and its tools made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
