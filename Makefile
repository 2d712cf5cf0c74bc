# One word for each task: `make help` lists them. Works with GNU make 3.81 and newer.

# Python of the environments (3.11 or newer), as in `make report PYTHON=python3.13`; `make clean` first to change it.
PYTHON ?= python3
# Options of the program, as in `make report OPTIONS="--year 2024"`, or of JupyterLab, as in `make lab OPTIONS=--no-browser`.
OPTIONS ?=
# Options of pytest, as in `make test TESTS="tests/ingest -x"`; `-n 0` runs files one after the other, for a debugger.
TESTS ?=
# If not empty, `make lock` takes the newest releases instead of those already locked.
UPGRADE ?=

BIN := .venv/bin
LAB := .venv-lab/bin
# A stamp is newer than the lock it was installed from: nothing is installed twice.
BUILD_STAMP := .venv/installed-build
DEV_STAMP := .venv/installed-dev
LAB_STAMP := .venv-lab/installed

INSTALL := -m pip install --quiet --disable-pip-version-check --no-input --no-deps
# Wheels only: no code of another project runs at install. Bytecode is compiled on all cores, even where
# PYTHONDONTWRITEBYTECODE is set: without it kernels start twice as slowly.
INSTALL_LOCK := $(INSTALL) --no-compile --only-binary :all: --require-hashes -r
COMPILE := -m compileall -q -j 0 -x "/tests/"
# Tests of the project's own files; none where all tests run anyway, as in `.ci/run`.
CHECKS ?= $(wildcard $(addprefix tests/,test_architecture.py test_environment.py test_readme.py))
# Tests rewritten for pytest are kept from one run to the next, even where bytecode is not.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder
LOCK := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
# Prints requirements of pyproject.toml, one a line, for `uv pip compile -`.
DECLARED := "$(PYTHON)" -c 'import sys, tomllib; declared = tomllib.load(open("pyproject.toml", "rb")); \
	print(*(declared["build-system"]["requires"] if sys.argv[1] == "build" \
	else declared["project"]["optional-dependencies"][sys.argv[1]]), sep="\n")'

.DEFAULT_GOAL := help
.PHONY: help report handbook test test-all fuzz mutants lab check format lock benchmark-links benchmark-batch benchmark-scale clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r target purpose; do \
		printf '%-20s %s\n' "$$target" "$$purpose"; done

report: $(BUILD_STAMP) ## build the newest report of Québec, in French and English, as HTML and PDF
	@$(BIN)/portrait build $(OPTIONS)

handbook: $(BUILD_STAMP) ## write the pages of the handbook in reports/handbook/, in French and English
	@$(BIN)/portrait handbook $(OPTIONS)

test: $(DEV_STAMP) ## run the quick tests
	@$(PYTEST) -m "not slow" $(TESTS)

test-all: test ## run the quick tests, then the slow ones
	@$(PYTEST) -m slow $(TESTS)

fuzz: $(DEV_STAMP) ## read files changed at random until interrupted (OPTIONS="--seconds 600 --seed 7")
	@$(BIN)/python -m tests.fuzz.fuzz $(OPTIONS)

mutants: $(DEV_STAMP) ## plant small faults in the code and list those that no test notices (hours)
	@$(BIN)/python -m tests.mutants.mutants $(OPTIONS)

lab: $(BUILD_STAMP) $(LAB_STAMP) ## open the notebooks in JupyterLab
	@$(BIN)/portrait lab -- $(OPTIONS)

check: $(DEV_STAMP) ## run the linters and the type checker
	@status=0; \
	$(BIN)/ruff check || status=1; \
	$(BIN)/ruff format --check || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/portrait format --check || status=1; \
	$(BIN)/python -m pip check --disable-pip-version-check || status=1; \
	$(if $(CHECKS),$(BIN)/python -m pytest -q $(CHECKS) || status=1;) \
	exit $$status

format: $(DEV_STAMP) ## format the code and remove outputs from the notebooks
	@$(BIN)/ruff check --fix --exit-zero --silent
	@$(BIN)/ruff format
	@$(BIN)/portrait format

lock: ## update the locks from pyproject.toml (needs uv; UPGRADE=yes for newer releases)
	@$(DECLARED) build | $(LOCK) pyproject.toml - -o requirements.lock
	@$(DECLARED) build | $(LOCK) pyproject.toml - --extra dev -c requirements.lock -o requirements-dev.lock
	@$(DECLARED) lab | $(LOCK) - -c requirements-dev.lock -o requirements-lab.lock
	@echo pip | $(LOCK) - -o requirements-pip.lock

benchmark-links: $(BUILD_STAMP) ## measure the links between years on the files of PORTRAIT_REAL_DATA
	@$(BIN)/python -m tests.benchmarks.links

benchmark-batch: $(BUILD_STAMP) ## measure a batch of documents against ordinary ways of making them
	@$(BIN)/python -m tests.benchmarks.batch $(OPTIONS)

benchmark-scale: $(BUILD_STAMP) ## measure reading, harmonising and counting a million rows, beside pandas
	@$(BIN)/python -m tests.benchmarks.scale

clean: ## remove environments and caches, not reports or data
	rm -rf .venv .venv-lab .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# $(call make_environment,FOLDER): a virtual environment in FOLDER, or a sentence that says what is missing.
# Its pip is ours: that of Python 3.11 takes twice as long to choose wheels.
define make_environment
@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo 'Portrait needs Python 3.11 or newer, which "$(PYTHON)" is not: install it, or name it, as in: make $(MAKECMDGOALS) PYTHON=python3.13' >&2; exit 1; }
@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	echo 'The venv module of "$(PYTHON)" is missing: install it (on Debian and Ubuntu, the package python3-venv), then run make again.' >&2; exit 1; }
@$(1)/bin/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(1)
@$(1)/bin/python $(INSTALL) --only-binary :all: --require-hashes -r requirements-pip.lock
endef

$(BUILD_STAMP): requirements.lock requirements-pip.lock pyproject.toml
	$(call make_environment,.venv)
	@echo 'Setting up .venv from requirements.lock (once, less than a minute)...'
	@$(BIN)/python $(INSTALL_LOCK) requirements.lock
	@$(BIN)/python $(INSTALL) --no-build-isolation --editable .
	@$(BIN)/python $(COMPILE) .venv portrait
	@touch $@

$(DEV_STAMP): requirements-dev.lock $(BUILD_STAMP)
	@echo 'Adding to .venv what tests need, from requirements-dev.lock...'
	@$(BIN)/python $(INSTALL_LOCK) requirements-dev.lock
	@$(BIN)/python $(COMPILE) .venv
	@touch $@

# JupyterLab has its own environment, so that builds start quickly. Its only kernel is named python3, as notebooks
# expect, and runs the Python of .venv.
$(LAB_STAMP): requirements-lab.lock $(BUILD_STAMP)
	$(call make_environment,.venv-lab)
	@echo 'Setting up .venv-lab from requirements-lab.lock (once, less than a minute)...'
	@$(LAB)/python $(INSTALL_LOCK) requirements-lab.lock
	@$(LAB)/python $(COMPILE) .venv-lab
	@JUPYTER_PATH="$(CURDIR)/.venv-lab/share/jupyter" \
		$(BIN)/python -m ipykernel install --prefix .venv-lab --name python3 >/dev/null
	@touch $@
