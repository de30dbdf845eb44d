#!/bin/sh
# Usage: make_portable.sh DIR
#
# Puts the program for this system, both launchers and the marker of portable mode into DIR, which may be a stick.
# What lies in DIR/mingcha-data, and any workspace in DIR, stays as it is.
set -eu
cd "$(dirname "$0")/../.."
[ $# = 1 ] && [ -n "$1" ] || {
    echo "Name the folder: make portable DIR=/media/…" >&2
    exit 2
}
mkdir -p "$1"
target=$(cd "$1" && pwd)
root=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "Installing PyInstaller for this build only."
.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check \
    --target "$work/site" --requirement packaging/portable/requirements.txt
echo "Putting program and libraries together; this takes some minutes."
PYTHONPATH="$work/site:$root" .venv/bin/python -m PyInstaller --noconfirm --log-level ERROR --name mingcha \
    --distpath "$work/dist" --workpath "$work/build" --specpath "$work" \
    --paths "$root" --collect-submodules desktop \
    --add-data "$root/db_schema.sql:." --add-data "$root/resources:resources" \
    --add-data "$root/docs/manual:docs/manual" --add-data "$root/docs/pictures:docs/pictures" \
    packaging/portable/start.py >"$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }

# Sticks know no links.
rm -rf "$target/program-linux"
cp -RL "$work/dist/mingcha" "$target/program-linux"
cp packaging/portable/documents.sh packaging/portable/documents.cmd packaging/portable/mingcha-portable.txt "$target/"
chmod +x "$target/documents.sh"
sync "$target"
"$target/documents.sh" --version
echo "Ready in $target: start it there with documents.sh."
