#!/bin/sh
# make_env.sh FOLDER run: makes an environment with what running needs, by the newest Python from 3.11 to 3.14 that is here
# and can make one; PYTHON=… names another. Says what to install when there is none.
# make_env.sh FOLDER all: adds what checks and tests need to an environment that was made so.
set -eu
folder=$1

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in [zZ][hH]*) chinese=yes ;; *) chinese= ;; esac

say() { # Chinese, English
    if [ -n "$chinese" ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi
}

fits() {
    "$1" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 15)))' >/dev/null 2>&1
}

make_folder() {
    case "${PYTHON:-}" in "") candidates="python3.14 python3.13 python3.12 python3.11 python3 python" ;; *) candidates=$PYTHON ;; esac
    for python in $candidates; do
        command -v "$python" >/dev/null 2>&1 || continue
        fits "$python" || continue
        rm -rf "$folder"
        # A Python without ensurepip (Debian without python3-venv) makes nothing usable: try the next one.
        if "$python" -m venv "$folder" >/dev/null 2>&1 && "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
            return
        fi
    done
    rm -rf "$folder"
    say "需要 Python 3.11 至 3.14（带 venv）。Debian/Ubuntu：apt install python3 python3-venv；macOS：brew install python@3.13。已装在别处的，用 PYTHON=/路径/python make … 指定。" \
        "Python 3.11 to 3.14 with venv is needed. Debian/Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13. PYTHON=/path/to/python make … names one that is elsewhere." >&2
    exit 1
}

# Installs quietly: on a terminal a line shows which package it is at, and only a failure shows what pip said.
install() {
    said="$folder/pip.log"
    { "$folder/bin/python" -m pip install --disable-pip-version-check --no-input --progress-bar off \
        --constraint constraints.lock "$@" 2>&1 && echo installed; } | tee "$said" | while IFS= read -r line; do
        [ -t 1 ] || continue
        case $line in "Collecting "*) line=${line#Collecting } && printf '\r      %.60s\033[K' "${line%%[!a-zA-Z0-9._-]*}" ;; esac
    done
    [ ! -t 1 ] || printf '\r\033[K'
    if [ "$(tail -n 1 "$said")" != installed ]; then
        tail -n 15 "$said" >&2
        say "安装没有成功，上面是 pip 的原话。没有网络，或要用代理、镜像？先设置 HTTPS_PROXY、PIP_INDEX_URL，再执行一次同样的命令。" \
            "That could not be installed; above is what pip said. No network, or a proxy or mirror is needed? Set HTTPS_PROXY or PIP_INDEX_URL, and give the same command again." >&2
        exit 1
    fi
    rm -f "$said"
}

case $2 in
run)
    say "[1/2] 准备 Python 环境 $folder" "[1/2] a Python environment: $folder"
    make_folder
    say "[2/2] 安装运行所需的软件包（$("$folder/bin/python" --version)；第一次要下载，以后不用）" \
        "[2/2] the packages that running needs ($("$folder/bin/python" --version)); downloaded once"
    install "pip>=25.1" # twice as fast as the one of Python 3.11, and knows groups
    install --no-compile --editable . # what is used is compiled as it is first imported
    ;;
all)
    say "安装检查和测试所需的软件包" "the packages that checks and tests need"
    install --group dev
    "$folder/bin/python" -m compileall -q -j 0 "$folder/lib" >/dev/null 2>&1 || true # a template of some package is no Python
    # Of DingTalk's generated SDK only the models are used, which need none of the 20 packages that it makes calls with.
    install --no-deps --no-compile --group wire
    ;;
esac
