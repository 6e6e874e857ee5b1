#!/usr/bin/env bash
# Seals 1 GB and opens it again, file to file: each at most 60 s and 200 MB. ./bench/envelope.sh [FOLDER]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
dotnet build "$root/src/Cli" -c Release -v quiet --nologo
folder="$(mktemp -d -p "${1:-${TMPDIR:-/tmp}}")"
trap 'rm -rf "$folder"' EXIT
groeilijn() { dotnet "$root/artifacts/bin/Cli/release/groeilijn.dll" "$@"; }

head -c 1000000000 /dev/urandom >"$folder/plain"
recipient="$(groeilijn envelope keygen --out "$folder/key")"
for verb in seal open; do
  words=(envelope seal "$folder/plain" --to "$recipient" --out "$folder/sealed")
  [ "$verb" = seal ] || words=(envelope open "$folder/sealed" --identity "$folder/key" --out "$folder/opened")
  python3 - "$verb" dotnet "$root/artifacts/bin/Cli/release/groeilijn.dll" "${words[@]}" <<'PY' | tee "$folder/figures"
import resource, subprocess, sys, time
begun = time.monotonic()
code = subprocess.run(sys.argv[2:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{sys.argv[1]} 1 GB: {time.monotonic() - begun:.1f} s, {used.ru_utime + used.ru_stime:.1f} CPU seconds, peak {used.ru_maxrss / 1024:.0f} MB")
sys.exit(code or used.ru_maxrss / 1024 > 200 or time.monotonic() - begun > 60)
PY
done
cmp "$folder/plain" "$folder/opened"
