# What one can do here, in one word each: `make help`. Works with GNU make 3.81 and newer.

# The Python that makes the environments (3.11 or newer), as in `make report PYTHON=python3.13`.
PYTHON ?= python3
# Handed to the program, as in `make report OPTIONS="--year 2024"`, or to JupyterLab, as in `make lab OPTIONS=--no-browser`.
OPTIONS ?=
# Handed to pytest, as in `make test TESTS="tests/ingest -x"`. Files run side by side; `-n 0` ends that, for a debugger.
TESTS ?=
# Not empty: `make lock` takes the newest releases, and does not keep those already locked.
UPGRADE ?=

BIN := .venv/bin
LAB := .venv-lab/bin
# A stamp is newer than the lock it was installed from, so nothing is installed twice.
BUILD_STAMP := .venv/installed-build
DEV_STAMP := .venv/installed-dev
LAB_STAMP := .venv-lab/installed

INSTALL := -m pip install --quiet --disable-pip-version-check --no-input --no-deps
# Wheels only, so that no code of another project runs at install; bytecode is compiled here, on all cores,
# even where PYTHONDONTWRITEBYTECODE is set: without it every kernel starts twice as slowly.
INSTALL_LOCK := $(INSTALL) --no-compile --only-binary :all: --require-hashes -r
COMPILE := -m compileall -q -j 0
# Tests that look at the project's own files, and no further.
CHECKS := $(wildcard $(addprefix tests/,test_architecture.py test_environment.py test_readme.py curation/test_notebooks.py))
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
# What JupyterLab and papermill write into a notebook, and nobody wrote.
NOT_WRITTEN := cell.metadata.user_expressions cell.metadata.papermill cell.metadata.execution metadata.papermill \
	$(addprefix metadata.language_info.,codemirror_mode file_extension mimetype nbconvert_exporter pygments_lexer version)
STRIP := $(BIN)/nbstripout --keep-id --extra-keys "$(NOT_WRITTEN)"
LOCK := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
# Prints requirements of pyproject.toml, one a line, for `uv pip compile -`.
DECLARED := "$(PYTHON)" -c 'import sys, tomllib; declared = tomllib.load(open("pyproject.toml", "rb")); \
	print(*(declared["build-system"]["requires"] if sys.argv[1] == "build" \
	else declared["project"]["optional-dependencies"][sys.argv[1]]), sep="\n")'

.DEFAULT_GOAL := help
.PHONY: help report test lab check format lock benchmark-links benchmark-batch benchmark-scale clean

help: ## say what each target does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r target purpose; do \
		printf '%-20s %s\n' "$$target" "$$purpose"; done

report: $(BUILD_STAMP) ## build the newest report of Québec, in French and English, as HTML and PDF
	@$(BIN)/portrait build $(OPTIONS)

test: $(DEV_STAMP) ## run the tests
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder $(TESTS)

lab: $(BUILD_STAMP) $(LAB_STAMP) ## open the notebooks in JupyterLab
	@$(LAB)/jupyter lab $(OPTIONS) notebooks

check: $(DEV_STAMP) ## run the linters and the type checker
	@status=0; \
	$(BIN)/ruff check || status=1; \
	$(BIN)/ruff format --check || status=1; \
	$(BIN)/mypy || status=1; \
	$(if $(NOTEBOOKS),$(STRIP) --verify $(NOTEBOOKS) || { echo 'Outputs stand in a notebook: make format' >&2; status=1; };) \
	$(BIN)/python -m pip check --disable-pip-version-check || status=1; \
	$(BIN)/python -m pytest -q $(CHECKS) || status=1; \
	exit $$status

format: $(DEV_STAMP) ## put code in order and take outputs out of the notebooks
	@$(BIN)/ruff check --fix --exit-zero --silent
	@$(BIN)/ruff format
	@$(if $(NOTEBOOKS),$(STRIP) $(NOTEBOOKS))

lock: ## remake the locks from pyproject.toml (needs uv; UPGRADE=yes for newer releases)
	@$(DECLARED) build | $(LOCK) pyproject.toml - -o requirements.lock
	@$(DECLARED) build | $(LOCK) pyproject.toml - --extra dev -c requirements.lock -o requirements-dev.lock
	@$(DECLARED) lab | $(LOCK) - -c requirements-dev.lock -o requirements-lab.lock

benchmark-links: $(BUILD_STAMP) ## measure how right the links between years are, on the files of PORTRAIT_REAL_DATA
	@$(BIN)/python -m tests.benchmarks.links

benchmark-batch: $(BUILD_STAMP) ## measure a batch of documents against ordinary ways of making them
	@$(BIN)/python -m tests.benchmarks.batch $(OPTIONS)

benchmark-scale: $(BUILD_STAMP) ## measure reading, harmonising and counting a million rows, beside pandas
	@$(BIN)/python -m tests.benchmarks.scale

clean: ## remove the environments and caches; reports and data stay
	rm -rf .venv .venv-lab .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# $(call make_environment,FOLDER): a virtual environment in FOLDER, or a sentence that says what is missing.
define make_environment
@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo 'Portrait needs Python 3.11 or newer, which "$(PYTHON)" is not: install it, or name it, as in: make $(MAKECMDGOALS) PYTHON=python3.13' >&2; exit 1; }
@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	echo 'The venv module of "$(PYTHON)" is missing: install it (on Debian and Ubuntu, the package python3-venv), then run make again.' >&2; exit 1; }
@$(1)/bin/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(1)
endef

$(BUILD_STAMP): requirements.lock pyproject.toml
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

# JupyterLab stands apart: beside it the building environment would start more slowly. Its one kernel bears
# the name that notebooks everywhere ask for, python3, and runs the Python of .venv.
$(LAB_STAMP): requirements-lab.lock $(BUILD_STAMP)
	$(call make_environment,.venv-lab)
	@echo 'Setting up .venv-lab from requirements-lab.lock (once, less than a minute)...'
	@$(LAB)/python $(INSTALL_LOCK) requirements-lab.lock
	@$(LAB)/python $(COMPILE) .venv-lab
	@JUPYTER_PATH="$(CURDIR)/.venv-lab/share/jupyter" \
		$(BIN)/python -m ipykernel install --prefix .venv-lab --name python3 >/dev/null
	@touch $@
