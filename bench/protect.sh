#!/usr/bin/env bash
# Public tables through the whole of `groeilijn protect`: cells, sensitive, hidden beside, value hidden beside, CPU seconds.
# Usage: bench/protect.sh FOLDER_WITH_THE_PUBLIC_FILES [NAME…]; the files d1.csv … d4.csv, z1.csv, z2.csv, example1.csv, magnitude1.csv and mun_accidents.csv come with SSBtools (MIT).
# industry-* are invented: 285 codes of industry in 143 groups, 8 size classes, 16 regions, as large as the tables of tau_testW on which others were measured.
set -euo pipefail
export LC_ALL=C
data=${1:?the folder with d1.csv and the others}; shift
groeilijn=${GROEILIJN:-$(dirname "$0")/../artifacts/bin/Cli/release/groeilijn}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

# A code and its parent, from two columns of a file; parents get a letter before them, so that no parent is a code.
under() { tail -n +2 "$1" | tr -d '"\r' | awk -F, -v c="$2" -v p="$3" -v l="$4" '{print $c "," l $p}' | sort -u; }

spec() { # name, data file, count column, dimensions, hierarchies, rules, protection
  printf '{"data":{"file":"%s"},"count":"%s","tables":[{"name":"t","dimensions":[%s]}],"hierarchies":{%s},"rules":{%s},"protection":{%s}}' "$2" "$3" "$4" "$5" "$6" "$7" > "$work/$1.json"
}

run() {
  "$groeilijn" protect "$work/$1.json" --out "$work/out-$1" --json > "$work/$1.answer" || [ $? = 3 ] || { echo "$1: refused"; return; }
  awk -v name="$1" -F'[:,]' '/"cells"/&&!c{c=$2} /"primary"/&&!p{p=$2} /"secondary"/&&!s{s=$2} /"unprotected"/{u=$2} /"secondaryValue"/{v=$2} /"share"/{h=$2} /"cpuSeconds"/{t=$2}
    END{printf "%-26s %6d cells %6d sensitive %6d beside, value %s (%.2f %%), %d unprotected, %s CPU s\n",name,c,p,s,v+0,100*h,u,t}' "$work/$1.answer"
}

cp "$data"/*.csv "$work"
four='"minCount":4,"zeros":true'
spec mun_accidents mun_accidents.csv freq '"mun","inj"' '' "$four" '"method":"exact"'
for f in d1:main_income:freq z1:hovedint:ant; do IFS=: read -r n by count <<< "$f"; spec "$n" "$n.csv" "$count" "\"region\",\"$by\"" '' "$four" '"method":"exact"'; done
for f in d2:main_income:freq z2:hovedint:ant; do IFS=: read -r n by count <<< "$f"
  under "$work/$n.csv" 1 2 C > "$work/$n-county.csv"; under "$work/$n.csv" 1 3 G > "$work/$n-group.csv"
  spec "$n" "$n.csv" "$count" "\"region\",\"$by\"" "\"region\":[\"$n-county.csv\",\"$n-group.csv\"]" "$four" '"method":"exact"'; done
for n in d3 d4; do
  under "$work/$n.csv" 1 2 C > "$work/$n-county.csv"; under "$work/$n.csv" 1 3 G > "$work/$n-group.csv"; under "$work/$n.csv" 5 6 H > "$work/$n-half.csv"
  for zeros in true false; do
    spec "$n-zeros-$zeros" "$n.csv" freq '"region","main_income","months"' "\"region\":[\"$n-county.csv\",\"$n-group.csv\"],\"months\":[\"$n-half.csv\"]" "\"minCount\":4,\"zeros\":$zeros" '"method":"exact"'
  done
done
under "$work/example1.csv" 2 3 E > "$work/eu.csv"
spec example1 example1.csv freq '"age","geo","year"' '"geo":["eu.csv"]' "$four" '"method":"exact"'
under "$work/magnitude1.csv" 3 4 E > "$work/geo.csv"; under "$work/magnitude1.csv" 1 2 S > "$work/sector.csv"
printf '{"data":{"file":"magnitude1.csv"},"unit":"company","tables":[{"name":"t","dimensions":["sector4","geo"],"response":"value"}],"hierarchies":{"geo":["geo.csv"],"sector4":["sector.csv"]},"rules":{"pPercent":[10,1]}}' > "$work/magnitude1.json"

# Invented: few industries hold most units, and each stands in some regions and sizes only.
units() { # how many, sizes, regions, skews of industry, size, region
  awk -v n="$1" -v sizes="$2" -v least="$3" -v regions="$4" -v pa="$5" -v ps="$6" -v pr="$7" 'function u(){x=(x*16807)%2147483647; return x/2147483647}
    BEGIN{x=20260101; print "industry,size,region"
      for(i=0;i<n;i++){a=int(285*u()^pa); s=int((2+a%sizes)*u()^ps); r=(int((least+int(a/2)%regions)*u()^pr)+int(a/2)*7)%16; printf "I%03d,S%d,R%02d\n",a,s,r}}'
}
units 100000 4 3 13 4 1.5 2.2 > "$work/industry.csv"
units 40000 6 4 16 4 2 3 > "$work/industry2.csv"
awk 'BEGIN{for(a=0;a<285;a++) printf "I%03d,J%03d\n",a,a/2}' > "$work/industry-group.csv"
awk -F, 'NR==1{print;next}{printf "J%03d,%s,%s\n",substr($1,2)/2,$2,$3}' "$work/industry2.csv" > "$work/industry3.csv"
spec industry-three industry.csv "" '"industry","size","region"' '"industry":["industry-group.csv"]' '"minCount":4' '"method":"exact"'
spec industry-interval industry3.csv "" '"industry","region"' '' "$four" '"method":"exact","interval":4'
sed -i 's/"count":"",//' "$work"/industry-*.json

names=("$@"); [ $# -gt 0 ] || names=(mun_accidents d1 z1 d2 z2 example1 magnitude1 d3-zeros-true d3-zeros-false d4-zeros-true d4-zeros-false industry-interval industry-three)
for name in "${names[@]}"; do run "$name"; done
