# Everything a developer or an administrator starts; `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help env requirements run quick test test-services rules mutants check audit pictures bench bench-data bench-sqlite bench-compare bench-search bench-growth bench-freshness faults messages graphs

PY := .venv/bin/python
PYTEST := $(PY) -m pytest -n $(or $(JOBS),2)
EVERY_BRANCH := --cov --cov-report=term --cov-fail-under=100
RULE_TESTS = $(shell $(PY) -m tests.rules)
STAMP := .venv/.requirements-installed
APPS := config hotline satisfaction routing search cases
CATALOGUES := $(sort $(patsubst %/locale,%,$(shell find $(APPS) -type d -name locale)))
COMPILE := CUSTOM_COMPILE_COMMAND="make requirements" $(CURDIR)/.venv/bin/pip-compile -q --strip-extras \
  --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

help:  ## List these targets
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed 's/:.*  ## /\t/' | expand -t 16

env: $(STAMP)  ## Make the Python environment in .venv (quick when up to date)

$(STAMP): requirements/base.txt requirements/dev.txt requirements/install.sh
	@bash requirements/install.sh
	@touch $@

run: env  ## Start the office: http://127.0.0.1:8000/ (obeys PORT, HOST, DATA_DIR, DEMO=0)
	@exec $(PY) manage.py run

quick: env  ## Style, types, contracts, structure, and the tests nearest to what was touched (90 s)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --check --lint --quiet $(APPS)
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache >/dev/null || .venv/bin/lint-imports
	$(PYTEST) -q tests/structure $$($(PY) -m tests.touched)

test: env  ## Run the tests that need no server (SQLite; at most 5 minutes on 2 cores)
	$(PYTEST)

test-services: env  ## Run the whole suite on PostgreSQL, with Redis, Elasticsearch, Chromium (installs them as root)
	bash tests/services/with.sh $(PYTEST) -m "not slow"

rules: env  ## The tests of the rule modules, which must run every branch of them
	$(PYTEST) -q $(EVERY_BRANCH) $(RULE_TESTS)

.venv-mutants/.installed: requirements/base.txt requirements/dev.txt requirements/mutants.txt requirements/install.sh
	@bash requirements/install.sh .venv-mutants mutants
	@touch $@

mutants: .venv-mutants/.installed  ## Change rule modules bit by bit: does a test notice? (MODULE=cases.clocks.term; all of them take hours)
	@.venv-mutants/bin/python -m tests.mutants.run $(MODULE)

check: env  ## Exactly what CI checks: style, types, layers, migrations, translations, tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --check --lint --quiet $(APPS)
	.venv/bin/mypy
	.venv/bin/lint-imports
	@d=$$(mktemp -d) && DATA_DIR=$$d $(PY) manage.py makemigrations --check --dry-run && rm -r $$d
	$(PY) -m pytest -q -m gettext tests/structure
	$(PYTEST) $(EVERY_BRANCH) $(RULE_TESTS)
	$(PYTEST) $(RULE_TESTS:%=--ignore=%)

audit: env  ## Look the pinned packages up in ADVISORIES=path, a file of advisories (OSV format); no network
	@ADVISORIES="$(ADVISORIES)" $(PY) -m tests.advisories.audit

pictures: env  ## Render each role's screens at both sizes into pictures/
	bash tests/services/with.sh --only chromium $(PY) -m tests.browser.pictures

bench: env  ## Measure against the floor on PostgreSQL; writes docs/benchmarks.md
	bash tests/services/with.sh --only postgres --durable $(PY) -m tests.benchmarks.measure

bench-data: env  ## Generate the cases to measure on (BENCH_DATABASE_URL keeps them; CASES=100000)
	bash tests/services/with.sh --only postgres --durable $(PY) -m tests.benchmarks.measure --fill-only

bench-sqlite: env  ## The same on SQLite, as one machine runs it; writes docs/benchmarks.md
	@d=$$(mktemp -d) && DATA_DIR=$$d $(PY) -m tests.benchmarks.measure && rm -r $$d

bench-compare: env  ## Measure another version (BEFORE=folder) and this one side by side, on PostgreSQL
	bash tests/services/with.sh --only postgres --durable $(PY) -m tests.benchmarks.compare $(BEFORE)

bench-search: env  ## Measure both search engines side by side (BENCH_DATABASE_URL, CASES=100000)
	bash tests/services/with.sh --only postgres,elasticsearch --durable $(PY) -m tests.benchmarks.engines --fill --rebuild

bench-growth: env  ## Measure growth from SMALL_DATABASE_URL to LARGE_DATABASE_URL, filled by bench-data, on both engines
	ELASTICSEARCH_HEAP=1g bash tests/services/with.sh --only elasticsearch $(PY) -m tests.benchmarks.growth

bench-freshness: env  ## Measure how soon a search finds what was done, with the real workers
	bash tests/services/with.sh --only postgres,elasticsearch --durable $(PY) -m tests.benchmarks.freshness --fill

faults: env  ## Kill, race and starve the real processes, in full size (long)
	FAULTS_SCALE=$(or $(FAULTS_SCALE),1) bash tests/services/with.sh --only postgres,elasticsearch $(PYTEST) -n 0 -s -m "" --timeout 5400 tests/faults

messages: env  ## Collect strings into the catalogues of each folder, and compile them
	@for folder in $(CATALOGUES); do \
	  (cd $$folder && $(CURDIR)/$(PY) -P -m django makemessages -l zh_Hans --no-location --no-wrap) || exit 1; done
	@sed -i '/^"POT-Creation-Date/d' $(CATALOGUES:%=%/locale/*/LC_MESSAGES/django.po)
	@for folder in $(CATALOGUES); do (cd $$folder && $(CURDIR)/$(PY) -P -m django compilemessages) || exit 1; done

graphs: env  ## Draw the states and the rooms of docs/ from the code
	$(PY) manage.py draw_states

requirements: env  ## Pin what requirements/*.in ask for, with hashes
	cd requirements && for name in base dev mutants; do $(COMPILE) -o $$name.txt $$name.in; done
