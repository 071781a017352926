#!/bin/sh
# Prints the first interpreter that the lock serves, Python 3.11 to 3.14. PYTHON, where set, is the only candidate.
set -eu

serves() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

if [ -n "${PYTHON:-}" ]; then
    if serves "$PYTHON"; then echo "$PYTHON"; exit; fi
    echo "PYTHON=$PYTHON is no Python 3.11, 3.12, 3.13 or 3.14. Give the name or the path of one." >&2
    exit 1
fi
for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if serves "$candidate"; then echo "$candidate"; exit; fi
done
echo "There is no Python 3.11, 3.12, 3.13 or 3.14 here. Install one, or name it: make PYTHON=/path/to/python3.12" >&2
exit 1
