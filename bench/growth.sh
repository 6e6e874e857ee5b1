#!/usr/bin/env bash
# What growth costs with size, each in a process of its own:  bench/growth.sh [--nation]
# Cohorts of 12,500 to 200,000 pupils x 6 scores with 5% movers to any school; with --nation also 8.9 million scores of 1.4 million pupils in
# 6,500 schools with 64,000 movers (once near, once to any school; about a quarter of a minute of processor each), crossed ratings and growth percentiles.
# Fails when a cohort of 200,000 takes more than 3 CPU seconds, the ratings 1, percentiles 2, or the nation 2 GB; seconds on the clock are shown, not judged.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
dotnet build "$here/bench/Benchmarks" -c Release -v quiet --nologo
bench="$here/artifacts/bin/Benchmarks/release/Groeilijn.Benchmarks"
model="y ~ t + (t | pupil) + (t | school)"
failed=0
judge() { # name measured most
  awk -v name="$1" -v m="$2" -v most="$3" 'BEGIN { if (m > most) { printf "FAILED: %s: %s, at most %s\n", name, m, most; exit 1 } }' || failed=1
}
echo "rows,wall,cpu,megabytes" > "$work/table.csv"
cost() { # file formula: sets cpu, mb, wall
  local line; line="$("$bench" growth "$1" "$2")"
  echo "$line"
  read -r _ cpu _ _ mb _ wall _ <<< "$line"
  rows=$(($(wc -l < "$1") - 1))
}
for pupils in 12500 25000 50000 100000 200000; do
  "$bench" growth-sample "$work/c.csv" "$pupils" $((pupils / 200))
  echo "$pupils pupils x 6 scores, $((pupils / 200)) schools"
  cost "$work/c.csv" "$model"
  echo "$rows,$wall,$cpu,$mb" >> "$work/table.csv"
done
judge "cohort of 200,000" "$cpu" 3
if [[ "${1:-}" == --nation ]]; then
  for how in near any; do
    "$bench" nation-sample "$work/n.csv" "$how"
    echo "nation, movers to $how school"
    cost "$work/n.csv" "$model"
    judge "memory of the nation" "$mb" 2048
  done
  echo "$rows,$wall,$cpu,$mb" >> "$work/table.csv"
fi
rm -f "$work/c.csv" "$work/n.csv"
echo "73,421 ratings x 2,972 x 1,128 x 14"
"$bench" ratings-sample "$work/r.csv"
cost "$work/r.csv" "y ~ 1 + (1 | s) + (1 | d) + (1 | dept)"
judge "ratings" "$cpu" 1
for priors in 1 2 3; do
  line="$("$bench" growth-percentiles 100000 "$priors")"
  echo "$line"
  read -r _ cpu _ <<< "$line"
  judge "percentiles with $priors priors" "$cpu" 2
done
"$bench" growth-plot "$work/table.csv" "$here/artifacts/growth-cost.svg"
cat "$work/table.csv"
exit $failed
