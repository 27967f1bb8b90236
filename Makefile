# Two commands: `make check` runs the main job on the samples, `make test` all that CI runs.
# They need Python 3.11 and make.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
AS_OF := 2024-04-15

.PHONY: check test fuzz mutants bench offline sbom lock clean

$(VENV)/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# The samples, checked as of a fixed day: a table here, report.xlsx and report.json beside it.
check: $(VENV)/.run
	$(BIN)/soe-compliance check sample_filings --as-of $(AS_OF) --fail-on never -o report.xlsx -o report.json

# Lint, format, types (those of Windows too), layers, the rules' own examples, and the tests.
test: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 soe_compliance
	$(BIN)/lint-imports --no-cache
	$(BIN)/soe-compliance ruleset test
	$(BIN)/python docs/generate.py --check
	$(BIN)/pytest -n auto

# Inputs made wrong at random, for so many seconds; what breaks is kept in a folder of build/finds.
SECONDS ?= 60
fuzz: $(VENV)/.dev
	$(BIN)/python -m tools.fuzz $(SECONDS)

# Modules with a fault put in, one at a time, that the tests have to notice: all of tools/mutants/groups.py, or
# MODULES="domain/exact checks/caps". It takes hours; what was tried stays in build/mutants until its code changes.
MODULES ?=
mutants: $(VENV)/.dev
	$(BIN)/python -m tools.mutants $(MODULES)

# Reading, rules and start-up beside their yardsticks, written to benchmarks/RESULTS.md.
bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

# A folder to carry to a machine without internet: all wheels and install scripts, in build/offline.
offline: $(VENV)/.dev
	rm -rf build/offline
	$(BIN)/python -m tools.offline build/offline

# The software bill of materials of what is installed with the program, as CycloneDX, in build/sbom.json.
sbom: $(VENV)/.dev
	mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible \
		--output-format JSON --output-file build/sbom.json

# New pins within the ranges of pyproject.toml.
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --all-build-deps --upgrade \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links pyproject.toml
lock: $(VENV)/.dev
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	echo colorama | $(BIN)/pip-compile --quiet --generate-hashes --no-header --no-annotate --upgrade \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements-windows.lock -

clean:
	rm -rf $(VENV) build dist *.egg-info report.xlsx report.json
