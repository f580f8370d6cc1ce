#!/bin/sh
# Builds the wheel with the Python $1, installs it into an environment of its own, and lets it validate an example
# far from the checkout: so the grammar is known to ship.
set -eu
python=$1
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
"$python" -m build --wheel --outdir "$away/dist" . >"$away/build.log" 2>&1 || { cat "$away/build.log" >&2; exit 1; }
"$python" -m venv "$away/env"
"$away/env/bin/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.lock "$away"/dist/*.whl
cp -r examples/helpdesk "$away/helpdesk"
cd "$away/helpdesk"
"$away/env/bin/prx-router" validate --strict
"$away/env/bin/python" -m prx_dingtalk_router --version
