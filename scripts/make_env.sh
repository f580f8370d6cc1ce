#!/bin/sh
# Makes the environment in the folder $1: with the newest Python from 3.11 to 3.14 that is here and can make one.
# PYTHON=… names another. Says what to install when there is none.
set -eu
folder=$1
case "${PYTHON:-}" in "") candidates="python3.14 python3.13 python3.12 python3.11 python3 python" ;; *) candidates=$PYTHON ;; esac

fits() {
    "$1" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 15)))' >/dev/null 2>&1
}

made=
for python in $candidates; do
    command -v "$python" >/dev/null 2>&1 || continue
    fits "$python" || continue
    rm -rf "$folder"
    # A Python without ensurepip (Debian without python3-venv) makes nothing usable: try the next one.
    if "$python" -m venv "$folder" >/dev/null 2>&1 && "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
        made=$python
        break
    fi
done
if [ -z "$made" ]; then
    rm -rf "$folder"
    echo "需要 Python 3.11 至 3.14（带 venv）。Debian/Ubuntu：apt install python3 python3-venv；macOS：brew install python@3.13；" >&2
    echo "Python 3.11 to 3.14 with venv is needed. Debian/Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13;" >&2
    echo "PYTHON=/path/to/python make … 可指定解释器 / names an interpreter." >&2
    exit 1
fi
echo "environment: $("$folder/bin/python" --version) in $folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.lock --editable . --group dev
# Of DingTalk's generated SDK only the models are used, which need none of the 20 packages that it makes calls with.
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.lock --no-deps --no-compile --group wire
