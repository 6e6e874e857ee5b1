#!/usr/bin/env bash
# Puts Typst (Apache-2.0) as npm's native compiler, and Fira Sans (OFL-1.1), in .setup/typst, once: the reports as PDF/UA. Where npm, node or the
# registry is absent nothing is done, and reports are made as page and numbers only.
set -euo pipefail

packages="
6a903c625dbd2a34f0e447da5d3d1ada6f4e0b88b0ab7c94607d359433ecf213 @myriaddreamin/typst-ts-node-compiler@0.7.0
1e3c71d5c9360311e4ec0418099b844e81151fe484a468b5f38272d25478f75b @myriaddreamin/typst-ts-node-compiler-linux-x64-gnu@0.7.0
89eaf2db7774f47fb5854c8193386ca5cccd591454555443439e49553d44a710 @expo-google-fonts/fira-sans@0.4.1
"
folder="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.setup/typst"

[[ "$(cat "$folder/version" 2>/dev/null)" == "$(echo "$packages")" ]] && exit 0

pass() { printf 'setup: %s; reports have no PDF\n' "$1" >&2; exit 0; }
[[ "$(uname -s)-$(uname -m)" == "Linux-x86_64" ]] || pass "no Typst compiler is named here for $(uname -s) $(uname -m)"
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

mkdir -p "$temporary/fonts"
for weight in 400Regular/FiraSans_400Regular 700Bold/FiraSans_700Bold 400Regular_Italic/FiraSans_400Regular_Italic; do
  mv "$temporary/node_modules/@expo-google-fonts/fira-sans/$weight.ttf" "$temporary/fonts/"
done
rm -r "$temporary/node_modules/@expo-google-fonts"

# The version file comes last: a broken run leaves no folder that looks complete.
rm -rf "$folder"
mkdir -p "$folder"
mv "$temporary/node_modules" "$temporary/fonts" "$folder/"
printf '%s' "$packages" >"$folder/version"
