#!/usr/bin/env bash
# Puts npm's tus-js-client (MIT) in .setup/tus, once, with what it needs: exactly the versions and hashes of setup/tus/package-lock.json.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="$root/.setup/tus"

cmp --silent "$root/setup/tus/package-lock.json" "$folder/whole" && exit 0

refuse() { printf 'error: %s\nhint: %s\n' "$1" "$2" >&2; exit 1; }

command -v npm >/dev/null || refuse "npm is needed to fetch tus-js-client" "install npm (Debian: apt-get install npm); without it the test that needs it is skipped by name"
mkdir -p "$folder"
rm -f "$folder/whole"
cp "$root/setup/tus/package.json" "$root/setup/tus/package-lock.json" "$folder/"
(cd "$folder" && npm ci --silent --ignore-scripts --no-audit --no-fund >/dev/null) ||
    refuse "npm could not fetch tus-js-client as it is locked" "check the connection to the npm registry and run setup/tus.sh again"

# This file comes last: a broken run leaves no folder that looks complete.
cp "$root/setup/tus/package-lock.json" "$folder/whole"
