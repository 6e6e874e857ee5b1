#!/usr/bin/env bash
# Mixed models side by side with R's lme4 on the same file in one run:  bench/peers/growth.sh [PUPILS SCHOOLS]
# Needs Debian's r-cran-lme4. lme4 takes about 20 CPU seconds for 20,000 pupils and 330 for 200,000.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
pupils="${1:-20000}" schools="${2:-200}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
dotnet build "$here/bench/Benchmarks" -c Release -v quiet --nologo
bench="$here/artifacts/bin/Benchmarks/release/Groeilijn.Benchmarks"
command -v Rscript >/dev/null || echo "lme4 is left out: apt-get install r-cran-lme4" >&2

side_by_side() { # file formula
  "$bench" growth "$1" "$2"
  if command -v Rscript >/dev/null; then Rscript --vanilla "$here/bench/peers/lme4.R" "$1" "$2"; fi
}
echo "A cohort of $pupils pupils x 6 scores in $schools schools, 5% movers"
"$bench" growth-sample "$work/cohort.csv" "$pupils" "$schools"
side_by_side "$work/cohort.csv" "y ~ t + (t | pupil) + (t | school)"
echo "73,421 ratings x 2,972 x 1,128 x 14"
"$bench" ratings-sample "$work/ratings.csv"
side_by_side "$work/ratings.csv" "y ~ 1 + (1 | s) + (1 | d) + (1 | dept)"
