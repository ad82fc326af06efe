# make book   set up once, then build the book into _build/html
# make test   set up once, then check the style and run the test suite
# make serve  show the built book, on this machine only (PORT=8000)
# make bench  compare with what a user would run instead
# make lock   write requirements.txt anew from pyproject.toml (needs uv)
# make clean  remove the built book and the set-up
#
# PYTHON=...  the Python to set up with (3.11, 3.12 or 3.13); otherwise the newest one found
# UV=         set up with pip even where uv is present

PYTHON ?=
UV ?= uv
PORT ?= 8000

# Paths are relative and quoted where a shell sees them: the folder's name may hold spaces or
# Chinese characters.
VENV := .venv
RUN := $(VENV)/bin/python
BEGUN := $(shell date +%s)

# The stamp .locked holds the folder that it was made in. A copied or moved folder is set up anew,
# for its .venv would run the code of the old place; so is one whose Python is gone.
HERE := $(shell pwd -P)
SET_UP_IN := $(shell $(RUN) -I -S -c "" 2>/dev/null && cat $(VENV)/.locked 2>/dev/null)
ifneq ($(SET_UP_IN),$(HERE))
ANEW := anew
endif

# uv reads none of pip's settings: where the environment steers pip's index, pip is used.
ifneq ($(PIP_INDEX_URL)$(PIP_NO_INDEX),)
ifeq ($(UV_DEFAULT_INDEX)$(UV_INDEX_URL),)
UV :=
endif
endif
WITH_UV := $(if $(UV),$(shell command -v "$(UV)" 2>/dev/null))

.DEFAULT_GOAL := book
.PHONY: book test serve bench lock clean set-up anew

book: set-up
	@ready=$$(date +%s); $(VENV)/bin/bindery build; status=$$?; done=$$(date +%s); \
	echo "make book: set-up $$((ready - $(BEGUN))) s, build $$((done - ready)) s"; \
	if [ $$status -eq 0 ]; then echo "The book: _build/html/index.html (make serve shows it)"; \
	elif [ -f _build/html/index.html ]; then \
	  echo "make book: the build failed; the last good book is still in _build/html" >&2; fi; \
	exit $$status

# Trials marked long run in .ci/run.
test: set-up
	@ready=$$(date +%s); $(RUN) -m ruff check . && $(RUN) -m ruff format --check .; style=$$?; \
	$(RUN) -m pytest -n auto --maxprocesses 4 -m "not long"; status=$$?; done=$$(date +%s); \
	echo "make test: set-up $$((ready - $(BEGUN))) s, tests $$((done - ready)) s"; \
	if [ -f _build/html/index.html ]; then echo "The book: _build/html/index.html"; \
	else echo "The book: not built yet (make book builds it)"; fi; \
	if [ $$status -eq 0 ]; then status=$$style; fi; exit $$status

serve: set-up
	@if [ ! -f _build/html/index.html ]; then \
	  echo "make serve: no book in _build/html; build it first: make book" >&2; exit 1; fi
	@echo "The book: http://127.0.0.1:$(PORT)/ (Ctrl-C ends)"
	@$(RUN) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

bench: set-up
	@for trial in benchmarks/bench_*.py; do \
	  if [ ! -f "$$trial" ]; then echo "make bench: no benchmarks/bench_*.py here" >&2; exit 1; fi; \
	  echo "== $$trial"; $(RUN) "$$trial" || exit $$?; \
	done

# One lock for Python 3.11 to 3.13; "fewest" keeps one numpy and one scipy for all three.
lock:
	@if [ -z "$(WITH_UV)" ]; then echo "make lock: needs uv (pip install uv)" >&2; exit 1; fi
	"$(UV)" pip compile --universal --generate-hashes --fork-strategy fewest --python-version 3.11 \
	  --extra test --extra build --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" --output-file requirements.txt pyproject.toml > /dev/null

clean:
	rm -rf _build $(VENV)

set-up: $(VENV)/.installed

# The project itself, editable; what it needs has come with the lock.
$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	@rm -f $@
	@echo "set-up: installing this project into $(VENV), editable"
	@if [ -n "$(WITH_UV)" ]; then \
	  "$(UV)" pip install --python $(RUN) --no-deps --no-build-isolation --editable .; \
	else $(RUN) -m pip install --no-user --no-deps --no-build-isolation --editable .; fi
	@touch $@
	@echo "set-up: ready after $$(($$(date +%s) - $(BEGUN))) s"

# Everything is made anew and the stamp comes last: an interrupted install counts for nothing.
# The build tools come first and from the lock: a package that there is no wheel of would otherwise
# fetch some that no hash vouches for.
BUILD_TOOLS := $(VENV)/build-tools.txt
$(VENV)/.locked: requirements.txt $(ANEW)
	@rm -rf $(VENV)
	@set -e; $(FIND_PYTHON); $(MAKE_VENV)
	@awk '/^[a-z]/ { kept = /^(packaging|setuptools|wheel)==/ } kept' requirements.txt > $(BUILD_TOOLS)
	@set -e; echo "set-up: installing the lock, requirements.txt, into $(VENV)"; \
	if [ -n "$(WITH_UV)" ]; then \
	  "$(UV)" pip install --python $(RUN) --require-hashes -r $(BUILD_TOOLS); \
	  "$(UV)" pip sync --python $(RUN) --require-hashes --no-build-isolation --compile-bytecode \
	    requirements.txt; \
	else \
	  $(RUN) -m pip install --no-user --require-hashes -r $(BUILD_TOOLS); \
	  $(RUN) -m pip install --no-user --require-hashes --no-build-isolation -r requirements.txt; \
	fi
	@pwd -P > $@

# Leaves the path of a fitting Python in $python. A candidate must run: a shim of pyenv may be there for
# a version that is not.
define FIND_PYTHON
python=; bare=; \
for candidate in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3); do \
  path=$$("$$candidate" -c "import sys; (3, 11) <= sys.version_info < (3, 14) and print(sys.executable)" \
    2>/dev/null) || continue; \
  if [ -z "$$path" ]; then continue; fi; \
  if [ -n "$(WITH_UV)" ] || "$$path" -c "import ensurepip, venv" 2>/dev/null; \
  then python=$$path; break; fi; \
  bare=$$path; \
done
endef

define MAKE_VENV
if [ -n "$$python" ]; then \
  echo "set-up: $$("$$python" --version) ($$python), with $(if $(WITH_UV),uv,pip), into $(VENV)"; \
elif [ -n "$$bare" ]; then \
  echo "set-up: $$bare cannot make a virtual environment: its venv module is missing or not whole." >&2; \
  echo "On Debian or Ubuntu: apt install python3-venv. Elsewhere: install uv, or name another" >&2; \
  echo "Python: make PYTHON=/path/to/python3.12" >&2; exit 1; \
elif [ -n "$(PYTHON)" ]; then \
  echo "set-up: PYTHON=$(PYTHON) does not run, or is not Python 3.11, 3.12 or 3.13." >&2; exit 1; \
elif [ -n "$(WITH_UV)" ]; then \
  echo "set-up: no Python 3.11, 3.12 or 3.13 found; asking uv for one"; python=">=3.11,<3.14"; \
else \
  echo "set-up: no Python 3.11, 3.12 or 3.13 found (tried python3.13, python3.12, python3.11, python3)." >&2; \
  echo "Install one of them, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; \
fi; \
if [ -n "$(WITH_UV)" ]; then "$(UV)" venv --quiet --python "$$python" $(VENV); \
else "$$python" -m venv $(VENV); fi
endef
