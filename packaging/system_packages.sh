#!/bin/sh
# Usage: system_packages.sh PURPOSE...    (the purposes stand in system-packages.txt)
#
# Installs the packages of Debian or Ubuntu that are missing for these purposes when run by root, else prints the
# line to type. It never stops the caller: what cannot run without a package says so itself.
set -eu
list=$(dirname "$0")/system-packages.txt

command -v dpkg-query >/dev/null 2>&1 || {
    echo "This is not Debian or Ubuntu: the libraries to have are named in packaging/system-packages.txt."
    exit 0
}

is_installed() {
    [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# The name under which the distribution knows the package, of all the names on one line of the list. Without
# package lists (a fresh container, not root) the last one is taken: newer releases provide it as a virtual name.
known_name() {
    for name in "$@"; do
        if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    echo "$name"
}

missing_packages() {
    while read -r purpose names; do
        case " $purposes " in *" $purpose "*) ;; *) continue ;; esac
        found=no
        for name in $names; do
            if is_installed "$name"; then found=yes; fi
        done
        # shellcheck disable=SC2086  # several names are several words
        if [ $found = no ]; then known_name $names; fi
    done <"$list"
}

purposes=$*
missing=$(missing_packages)
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    apt-get -qq update || true
    missing=$(missing_packages | tr '\n' ' ')
    echo "Installing system packages: $missing"
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends $missing >/dev/null && exit 0
    echo "These system packages could not be installed. Type when the package server can be reached:"
    echo "    apt-get install $missing"
else
    echo "Some system packages are missing. Type:"
    echo "    sudo apt-get install $(echo "$missing" | tr '\n' ' ')"
fi
