#!/bin/sh
# Installs Chromium from Debian's or Ubuntu's packages; the tests that look at pages use it. Says so in one sentence where it cannot.
set -eu
if command -v chromium >/dev/null; then
    echo "Chromium is installed."
elif ! command -v apt-get >/dev/null; then
    echo "Chromium is not installed: there is no apt-get here. Install it by your system's own means; the tests of pages are skipped without it."
elif [ "$(id -u)" -ne 0 ]; then
    echo "Chromium is not installed: that needs root. Run as root: sh scripts/install-chromium.sh; the tests of pages are skipped without it."
else
    export DEBIAN_FRONTEND=noninteractive
    echo "Installing Chromium."
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
