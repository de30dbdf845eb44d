#!/bin/sh
# Usage: run_demo.sh FOLDER
#
# Builds the fictitious city in FOLDER. A demo of a former run is replaced; any other folder is left alone.
set -eu
demo=$1
marker=.mingcha-demo

is_empty_folder() {
    [ -d "$1" ] && [ -z "$(ls -A "$1")" ]
}

if [ -e "$demo" ] && [ ! -f "$demo/$marker" ] && ! is_empty_folder "$demo"; then
    echo "“$demo” exists and is not a demo of a former run, so it is left alone. Name another folder: make run DEMO=…" >&2
    exit 1
fi
rm -rf -- "$demo"

status=0
"$(dirname "$0")/../.venv/bin/mingcha" demo "$demo" || status=$?
# Also after a failure: what this run began, the next run may replace.
if [ -d "$demo" ]; then : >"$demo/$marker"; fi
exit $status
