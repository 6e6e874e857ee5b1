#!/usr/bin/env bash
# Puts DuckDB's C library (MIT) in .setup/duckdb, once. Its source is the public npm package that carries it prebuilt.
set -euo pipefail

package="@duckdb/node-bindings-linux-x64@1.5.6-r.1"
sha256="3f4962cdd266eab2b479a5b5a4a6d063d279b2954ae814ed00385d553b747633"
folder="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.setup/duckdb"

[[ -f "$folder/libduckdb.so" && "$(cat "$folder/version" 2>/dev/null)" == "$package" ]] && exit 0

refuse() { printf 'error: %s\nhint: %s\n' "$1" "$2" >&2; exit 1; }

[[ "$(uname -s)-$(uname -m)" == "Linux-x86_64" ]] ||
    refuse "no prebuilt DuckDB library is named here for $(uname -s) $(uname -m)" "set GROEILIJN_DUCKDB to DuckDB's shared library, version 1.5.6"
command -v npm >/dev/null ||
    refuse "npm is needed to fetch $package" "install npm (Debian: apt-get install npm), or set GROEILIJN_DUCKDB to DuckDB's shared library, version 1.5.6"

temporary="$(mktemp -d)"
trap 'rm -rf "$temporary"' EXIT
(cd "$temporary" && npm pack --silent "$package" >/dev/null) ||
    refuse "npm could not fetch $package" "check the connection to the npm registry and run setup/duckdb.sh again"
tar -xzf "$temporary"/*.tgz -C "$temporary" package/libduckdb.so package/LICENSE
echo "$sha256  $temporary/package/libduckdb.so" | sha256sum --check --status ||
    refuse "the library in $package is not the one this version was tested with" "do not use it; tell the maintainers"

# The version file comes last: a broken run leaves no folder that looks complete.
mkdir -p "$folder"
rm -f "$folder/version"
mv "$temporary/package/libduckdb.so" "$temporary/package/LICENSE" "$folder/"
echo "$package" >"$folder/version"
