#!/usr/bin/env bash
# Puts npm's age-encryption (BSD-3) with what it needs in .setup/age-encryption, once: another's reader and writer of age files, for the
# tests alone. Where npm or the registry is absent nothing is done, and the tests that need it are skipped by name.
set -euo pipefail

packages="
5a318d61f29bafc02810feef65dcf9d82b17a44d9c777eed658d2abea5f74bc5 age-encryption@0.3.1
1704cc39be04737a17f17c37b8556b195e2b6ed442ecc2b7be6230b2e26f0d82 @noble/ciphers@2.1.1
1271ac0dfa27c93e464e64b65ff2a255eea52c449ca86c149cfb0b9786dd9029 @noble/curves@2.0.1
638ffb3053a7e7478c9e54a6e297f3601299ee570a41112e501af7050d086a0a @noble/hashes@2.0.1
30efd5f906fb181552a0ade106bb6d004725303360f6c041346fd578fff3438e @noble/post-quantum@0.5.3
758d9a74d504922c21f12afbb832a8da13634657fa842c1aee1ec3eac82c8902 @scure/base@2.0.0
"
folder="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.setup/age-encryption"

[[ "$(cat "$folder/version" 2>/dev/null)" == "$(echo "$packages")" ]] && exit 0

pass() { printf 'setup: %s; what needs it is skipped by name\n' "$1" >&2; exit 0; }
command -v npm >/dev/null && command -v node >/dev/null || pass "node and npm are not here"

temporary="$(mktemp -d)"
trap 'rm -rf "$temporary"' EXIT
while read -r sha256 package; do
  [[ -n "$package" ]] || continue
  name="${package%@*}"
  file="$(cd "$temporary" && npm pack --silent "$package" 2>/dev/null | tail -n 1)" && [[ -f "$temporary/$file" ]] || pass "npm could not fetch $package"
  echo "$sha256  $temporary/$file" | sha256sum --check --status || { printf 'error: %s\nhint: %s\n' "$package is not the one this version was tested with" "do not use it; tell the maintainers" >&2; exit 1; }
  mkdir -p "$temporary/node_modules/$name"
  tar -xzf "$temporary/$file" -C "$temporary/node_modules/$name" --strip-components 1
done <<<"$packages"

# The version file comes last: a broken run leaves no folder that looks complete.
rm -rf "$folder"
mkdir -p "$folder"
mv "$temporary/node_modules" "$folder/"
printf '%s' "$packages" >"$folder/version"
