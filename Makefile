# Eventwire. `make demo` (offline; ONCE=1 ends by itself), `make run`, `make test`; each sets up what it needs.
PYTHON ?= python3
PORT ?= 0
VENV := .venv
BIN := $(VENV)/bin
export PYTHONPATH := $(CURDIR)
# Many images set it; then each of the hundreds of processes of a run or a test compiles all that it imports anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo run test lint setup env clean
help:
	@echo "make demo [ONCE=1]  the offline demo under a real Airflow; with ONCE=1 it checks itself and ends"
	@echo "make run            Airflow with the feeds of config/feeds.yaml"
	@echo "make test           linters, types, import rules and all tests"
	@echo "make env            write .env with random secrets for docker compose"
	@echo "make clean          remove var/ (database, index, mails, Airflow's home)"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Eventwire needs Python 3.11 to 3.13; set PYTHON=/path/to/one"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "missing: Python's venv module (Debian: apt-get install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check "$$(grep '^uv==' requirements/dev.txt)"

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo "installing pinned requirements into $(VENV)"
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q -r requirements/runtime.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q -r requirements/dev.txt
	@touch $@

setup: $(VENV)/.runtime

demo: $(VENV)/.runtime
	@exec $(BIN)/python plugins/eventwire_standalone.py --demo --port $(PORT) $(if $(ONCE),--once)

run: $(VENV)/.runtime
	@exec $(BIN)/python plugins/eventwire_standalone.py --port $(PORT)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/eventwire lexicon check

test: lint
	$(BIN)/python -m pytest $(if $(TESTS),$(TESTS),-n 2 --dist loadfile --no-loadscope-reorder)

env:
	@test ! -e .env || { echo ".env exists already; remove it to make a new one (passwords of existing volumes would not fit)"; exit 1; }
	@umask 077; { for name in POSTGRES_PASSWORD REDIS_PASSWORD ELASTIC_PASSWORD KIBANA_PASSWORD \
	  KIBANA_ENCRYPTION_KEY JWT_SECRET EVENTWIRE_SECRET AIRFLOW_ADMIN_PASSWORD; do \
	  echo "$$name=$$($(PYTHON) -c 'import secrets; print(secrets.token_hex(24))')"; done; \
	  echo "FERNET_KEY=$$($(PYTHON) -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())')"; \
	  echo "EVENTWIRE_MAIL__BASE_URL=http://127.0.0.1:8080/eventwire"; } > .env
	@echo ".env written; next: docker compose up -d"

clean:
	rm -rf var
