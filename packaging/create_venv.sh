#!/bin/sh
# Creates .venv beside the Makefile and installs the program into it, editable, with the locked versions of
# its libraries and of the tools that check it.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

stop() {
    echo "$1" >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 ||
    stop "Mingcha needs Python 3.11 or later, and there is no $python here: install it and run make again."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "Mingcha needs Python 3.11 or later, and $python is $("$python" -V 2>&1): name a newer one with make PYTHON=…"

can_make_venvs() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null
}

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! can_make_venvs && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing python3-venv."
        apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install python3-venv >/dev/null || true
    fi
    can_make_venvs || stop "Python's venv module is missing. Type: sudo apt-get install python3-venv"
    "$python" -m venv --clear .venv
fi

echo "Installing the libraries named in packaging/requirements-dev.lock into .venv."
pip() {
    .venv/bin/python -m pip --quiet --quiet --disable-pip-version-check "$@"
}
pip install --requirement packaging/requirements-dev.lock
pip install --no-deps --no-build-isolation --editable .
