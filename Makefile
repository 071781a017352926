# Verbs only. Each makes what it needs first, so a fresh clone may begin with any of them.

PYTHON_IN_VENV = .venv/bin/python
AUTOGRADER = $(PYTHON_IN_VENV) -m autograder
lesson = $(or $(LESSON),$(error name the lesson: make $@ LESSON=01_sine))
exercise = $(or $(EXERCISE),$(error name the exercise: make $@ LESSON=01_sine EXERCISE=sine))

# One thread a process: tests and submissions run side by side, and threads of threads only wait for each other.
export OMP_NUM_THREADS = 1
export OPENBLAS_NUM_THREADS = 1

.DEFAULT_GOAL = help
.PHONY: help demo test book links exercises grade lab bench lock check-exercise grade-the-graders try-secrets tolerances clean .venv

help:  ## lists the verbs
	@sed -n 's/^\([a-z-]*\):.*## /\1  /p' Makefile | awk '{ verb = $$1; sub(/^[a-z-]+ +/, ""); printf "make %-17s %s\n", verb, $$0 }'

demo: exercises book  ## the main job end to end: exercises, book, three classes graded, reports
	@$(PYTHON_IN_VENV) -m autograder.demo

test: .venv  ## the whole test suite
	@$(PYTHON_IN_VENV) -m pytest -n 2 --dist loadgroup

book: .venv  ## the book, in book/_build/html
	@.venv/bin/jupyter-book build book --config _config.yml --path-output book -W --keep-going

links: .venv  ## do the book's links to other sites lead somewhere? Needs the network
	@.venv/bin/jupyter-book build book --config _config.yml --path-output build/links --builder linkcheck

exercises: .venv  ## exercises/ from solutions/
	@$(AUTOGRADER) derive

grade: .venv  ## a class's submissions of one lesson: make grade LESSON=01_sine
	@$(AUTOGRADER) grade "$(lesson)"

lab: .venv  ## JupyterLab on the exercises, with nbgrader's formgrader and lists
	@$(PYTHON_IN_VENV) -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/exercises $(if $(filter 0,$(shell id -u)),--allow-root)

bench: .venv  ## data sets and models against the original tutorial; seconds a submission; the book's pages
	@$(PYTHON_IN_VENV) -m benchmarks

lock:  ## requirements.txt from pyproject.toml, at the newest versions it allows
	@PYTHON="$(PYTHON)" sh scripts/lock.sh

check-exercise: .venv  ## what an exercise still lacks: make check-exercise LESSON=01_sine EXERCISE=sine
	@$(AUTOGRADER) new "$(lesson)" "$(exercise)"

grade-the-graders: .venv  ## do the hidden tests notice? Judges mutants of all answers, or of LESSON=01_sine
	@$(PYTHON_IN_VENV) -m autograder.mutants $(LESSON)

try-secrets: .venv  ## luck has no say: answers, alternatives, misconceptions under SECRETS=200 course secrets; all, or LESSON=01_sine
	@$(PYTHON_IN_VENV) -m autograder.many_secrets $(LESSON) --secrets $(or $(SECRETS),200)

tolerances: .venv  ## the graders' tolerances, each with its worst acceptable and mildest wrong figure
	@$(PYTHON_IN_VENV) -m autograder.tolerances $(LESSON)

clean:  ## removes what was built, neither the environment nor anybody's work
	@rm -rf book/_build
	@if [ -d build ]; then find build -mindepth 1 -maxdepth 1 ! -name replaced -exec rm -rf {} +; fi
	@find . -path ./.venv -prune -o -type d \( -name __pycache__ -o -name .pytest_cache \) -prune -exec rm -rf {} +

.venv:
	@PYTHON="$(PYTHON)" sh scripts/make-environment.sh
