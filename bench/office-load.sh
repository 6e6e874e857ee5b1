#!/usr/bin/env bash
# 6,500 schools deliver at once to the program as it is run, while a steward looks at the console. ./bench/office-load.sh [SCHOOLS]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
dotnet build "$root/bench/Benchmarks" -c Release -v quiet --nologo
bin="$root/artifacts/bin/Benchmarks/release"
folder="$(mktemp -d)"
server=""
trap '[ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" || true; }; rm -rf "$folder"' EXIT
dotnet "$bin/Groeilijn.Benchmarks.dll" office-load files "$folder" "${1:-6500}"
export DOTNET_EnableDiagnostics=0
dotnet "$bin/groeilijn.dll" office serve --home "$folder/office" --intake-urls http://127.0.0.1:0 --intake-rate 100000000 >"$folder/said" &
server=$!
for _ in $(seq 300); do grep -q "^Schools upload to" "$folder/said" && break; sleep 0.2; done
console="$(grep -o 'http://[^ ]*open?token=[^ ]*' "$folder/said")"
intake="$(sed -n 's/^Schools upload to \(.*\)\/EDITION$/\1/p' "$folder/said")/2025-1"
dotnet "$bin/Groeilijn.Benchmarks.dll" office-load run "$folder" "$intake" "$console" "$server"
