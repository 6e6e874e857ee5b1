#!/usr/bin/env bash
# What linking costs with size, from CSV files to a file of links, each in a process of its own:  bench/linkage.sh [--nation]
# Registers of 600,000, 1.8 million and 6 million people of all ages, each with a twelfth of it as pupils' records with errors; with --nation also 18 million.
# Fails when 150,000 against 1.8 million take more than 4 CPU seconds or 1 GB, the nation more than 60 seconds or 4 GB, or when more than 1 link in 10,000 is false.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
dotnet build "$here/bench/Benchmarks" -c Release -v quiet --nologo
dotnet build "$here/src/Cli" -c Release -v quiet --nologo
cat > "$work/model.json" <<'MODEL'
{"left":{"id":"id"},"right":{"id":"id"},"fields":[{"name":"number","compare":"number"},{"name":"sex","compare":"exact"},{"name":"born","compare":"date"},{"name":"postcode","compare":"postcode"},{"name":"house","compare":"housenumber"}],
"household":["postcode","house"],"deterministic":[["number","born"]],
"blocking":[["number"],["postcode","house"],["born.year","born.month","postcode.4"],["born.year","born.day","postcode.4"],["postcode","sex","born.year"],["born","number.3"]],"oneToOne":true}
MODEL
failed=0
judge() { # name measured most
  awk -v name="$1" -v m="$2" -v most="$3" 'BEGIN { if (m > most) { printf "FAILED: %s: %s, at most %s\n", name, m, most; exit 1 } }' || failed=1
}
echo "rows,wall,cpu,megabytes,left,right,pairs,links,false" > "$work/table.csv"
value() { sed -n "s/^  \"$1\": \([0-9.]*\),*$/\1/p" "$work/told.json"; }
for persons in 600000 1800000 6000000 ${1:+18000000}; do
  "$here/artifacts/bin/Benchmarks/release/Groeilijn.Benchmarks" link-sample "$work/left.csv" "$work/right.csv" "$persons"
  dotnet "$here/artifacts/bin/Cli/release/groeilijn.dll" link "$work/left.csv" "$work/right.csv" --model "$work/model.json" --out "$work/links.csv" --json > "$work/told.json" 2> /dev/null
  read -r links wrong <<< "$(awk -F, 'NR > 1 { n++; if (substr($1, 2) != substr($2, 2)) w++ } END { print n, w + 0 }' "$work/links.csv")"
  echo "$(($(value left) + $(value right))),$(value seconds),$(value cpuSeconds),$(value peakMegabytes),$(value left),$(value right),$(value candidates),$links,$wrong" | tee -a "$work/table.csv"
  judge "false links per 10,000" "$(awk -v n="$links" -v w="$wrong" 'BEGIN { print 10000 * w / n }')" 1
  if [[ $persons == 1800000 ]]; then judge "CPU seconds" "$(value cpuSeconds)" 4; judge "megabytes" "$(value peakMegabytes)" 1024; fi
  if [[ $persons == 18000000 ]]; then judge "seconds of the nation" "$(value seconds)" 60; judge "megabytes of the nation" "$(value peakMegabytes)" 4096; fi
done
"$here/artifacts/bin/Benchmarks/release/Groeilijn.Benchmarks" link-plot "$work/table.csv" "$here/artifacts/linkage-cost.svg"
cat "$work/table.csv"
exit $failed
