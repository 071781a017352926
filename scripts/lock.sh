#!/bin/sh
# Renews requirements.txt from the intents in pyproject.toml: one version of each package for all of Python 3.11 to 3.14.
# Uses uv where it is on PATH, else one of its own under build/.
set -eu
uv=$(command -v uv) || uv=build/uv/bin/uv
if ! command -v "$uv" >/dev/null; then
    "$(sh scripts/find-python.sh)" -m venv --clear build/uv
    build/uv/bin/python -m pip install --disable-pip-version-check --quiet uv
fi
"$uv" pip compile --quiet --upgrade --universal --fork-strategy fewest --generate-hashes --python-version 3.11 \
    --custom-compile-command "make lock" pyproject.toml -o requirements.txt
