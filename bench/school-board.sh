#!/usr/bin/env bash
# A board of 10,000 pupils and 120,000 results: import, check and preview in at most 10 CPU seconds and 500 MB. ./bench/school-board.sh
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
dotnet build "$root/bench/Benchmarks" -c Release -v quiet --nologo
board() { dotnet "$root/artifacts/bin/Benchmarks/release/Groeilijn.Benchmarks.dll" school-board "$@"; }
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
for schools in 1 30; do
  board files "$folder/$schools" "$schools"
  echo "schools: $schools"
  board run "$folder/$schools"
done
