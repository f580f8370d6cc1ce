#!/bin/sh
# Makes the environment of `make bench-peers` in the folder $1: the package and what it is compared with, none of which it needs.
set -eu
.venv/bin/python -m venv "$1"
"$1/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
"$1/bin/python" -m pip install --quiet --disable-pip-version-check --editable . --group peers
