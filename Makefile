# Needs python3 (3.11 or later), git and make. Everything else goes into .venv, or is named in one line.

PYTHON ?= python3
DEMO ?= demo-office
VENV := .venv/bin
INSTALLED := .venv/.installed

export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test torture loop bench lint lock pictures portable

help:
	@echo "make run      build the fictitious city in $(DEMO)/ and open the window on it   (DEMO=folder for another place)"
	@echo "make test     format, lint, types, tests, coverage gates   (about 13 minutes on two cores)"
	@echo "make torture  the fault tests with their full counts"
	@echo "make loop     the whole loop through the window, with real keys and clicks, on a screen of its own"
	@echo "make bench    the benchmarks"
	@echo "make lint     format, lint and types only"
	@echo "make lock     renew packaging/requirements-dev.lock"
	@echo "make portable DIR=folder   the program for a stick, in this folder"
	@echo "make pictures take the pictures of the manual again, in docs/pictures/"

$(INSTALLED): pyproject.toml packaging/requirements-dev.lock packaging/create_venv.sh
	@sh packaging/create_venv.sh
	@touch $@

run: $(INSTALLED)
	@sh packaging/system_packages.sh window
	$(VENV)/mingcha demo "$(DEMO)" --keep
	@$(VENV)/python -m desktop.gui.show_demo "$(DEMO)"

pictures: $(INSTALLED)
	$(VENV)/mingcha demo "$(DEMO)" --keep
	$(VENV)/python -m desktop.gui.pictures "$(DEMO)" docs/pictures --languages zh en --sizes 1280x720 --small \
	--only office-overview office-print field-01-today-1 field-01-visit

portable: $(INSTALLED)
	@sh packaging/portable/make_portable.sh "$(DIR)"

lint: $(INSTALLED)
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/mypy

test: lint
	@sh packaging/system_packages.sh window test loop
	@$(VENV)/coverage erase
	QT_QPA_PLATFORM=offscreen $(VENV)/coverage run -m pytest -n auto --dist loadfile
	@$(VENV)/coverage combine --quiet
	@$(VENV)/coverage json --quiet -o .coverage.json
	$(VENV)/python tests/coverage_gates.py .coverage.json

torture: $(INSTALLED)
	@sh packaging/system_packages.sh window test
	QT_QPA_PLATFORM=offscreen MINGCHA_HYPOTHESIS_PROFILE=torture \
	MINGCHA_TORTURE_KILLS=$${MINGCHA_TORTURE_KILLS:-200} \
	MINGCHA_TORTURE_MUTATIONS=$${MINGCHA_TORTURE_MUTATIONS:-2000} \
	MINGCHA_TORTURE_FILM_MIB=$${MINGCHA_TORTURE_FILM_MIB:-2150} \
	MINGCHA_TORTURE_CALLS=$${MINGCHA_TORTURE_CALLS:-100000} \
	MINGCHA_TORTURE_CUTS=$${MINGCHA_TORTURE_CUTS:-1000} \
	$(VENV)/python -m pytest -p tests.torture_table -m torture -n auto --dist worksteal

loop: $(INSTALLED)
	@sh packaging/system_packages.sh window test loop desk
	MINGCHA_WINDOW_LOOP=1 $(VENV)/python -m pytest tests/office/test_window_loop.py tests/office/test_input_method.py \
	tests/office/test_microphone.py

bench: $(INSTALLED)
	@sh packaging/system_packages.sh bench loop
	$(VENV)/python -m benchmarks

lock: $(INSTALLED)
	$(VENV)/python -m pip install --quiet --disable-pip-version-check uv
	$(VENV)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --quiet \
	--custom-compile-command "make lock" --output-file packaging/requirements-dev.lock
