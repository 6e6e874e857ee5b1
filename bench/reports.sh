#!/usr/bin/env bash
# The report run of an edition: two pages with drawings, two prints and the numbers of every school, checked and sealed. Bars for 6,500: 20 minutes on two cores, 2 GB. ./bench/reports.sh [SCHOOLS]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
bash "$root/setup/typst.sh"
dotnet build "$root/bench/Benchmarks" -c Release -v quiet --nologo
reports() { dotnet "$root/artifacts/bin/Benchmarks/release/Groeilijn.Benchmarks.dll" report-load "$@"; }
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
reports files "$folder" "${1:-650}"
uptime
reports run "$folder"
uptime
