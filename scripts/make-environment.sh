#!/bin/sh
# Makes .venv, the locked environment, unless it is there already. PYTHON chooses the interpreter.
#
# What .venv was made from is kept inside it: the lock, the project file and the place. Times of files tell nothing after a clone, and a
# moved environment has scripts that point to where it was.
set -eu
umask 022  # a grader started as root drops to an unprivileged user, who must be able to read the libraries
python=.venv/bin/python
lock=.venv/made-from-requirements.txt
project=.venv/made-from-pyproject.toml
place=.venv/made-in

# Shows that pip is alive: one line for every 20 packages in place of some hundreds.
count_packages() {
    total=$(grep -c '^[a-z][^;]*\\$' requirements.txt)
    found=0
    while read -r first second rest; do
        case "$first $second" in
            "Collecting "*)
                found=$((found + 1))
                if [ $((found % 20)) -eq 0 ]; then echo "  $found of $total packages"; fi ;;
            "Installing collected") echo "  putting them in place" ;;
            "pip failed") return 1 ;;
        esac
    done
}

install() {
    "$python" -m pip install --disable-pip-version-check --no-input "$@"
}

if ! cmp -s requirements.txt "$lock" || [ "$(cat "$place")" != "$(pwd -P)" ]; then
    base=$(sh scripts/find-python.sh)
    echo "Making .venv by $("$base" --version), once; it takes a minute or two."
    if ! "$base" -m venv --clear .venv; then
        echo "$base cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
    { install --require-hashes -r requirements.txt || echo "pip failed"; } | count_packages
    pwd -P > "$place"
    cp requirements.txt "$lock"
fi

if ! cmp -s pyproject.toml "$project"; then
    install --quiet --no-deps --no-build-isolation -e .
    echo "Filling the caches of numba and matplotlib."
    "$python" -m autograder.sandbox.preload
    cp pyproject.toml "$project"
fi
