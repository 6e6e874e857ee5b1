#!/usr/bin/env bash
# Puts Typst (Apache-2.0) as npm's native compiler, and Fira Sans (OFL-1.1), in .setup/typst, once: the reports as PDF/UA. Where npm, node or the
# registry is absent nothing is done, and reports are made as page and numbers only.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
. "$here/npm-packages.sh"

packages="
6a903c625dbd2a34f0e447da5d3d1ada6f4e0b88b0ab7c94607d359433ecf213 @myriaddreamin/typst-ts-node-compiler@0.7.0
1e3c71d5c9360311e4ec0418099b844e81151fe484a468b5f38272d25478f75b @myriaddreamin/typst-ts-node-compiler-linux-x64-gnu@0.7.0
89eaf2db7774f47fb5854c8193386ca5cccd591454555443439e49553d44a710 @expo-google-fonts/fira-sans@0.4.1
"
folder="$(dirname "$here")/.setup/typst"

if [[ "$(uname -s)-$(uname -m)" != "Linux-x86_64" ]]; then
  printf 'setup: no Typst compiler is named here for %s %s; reports have no PDF\n' "$(uname -s)" "$(uname -m)" >&2
  exit 0
fi
fetch_packages "$folder" "$packages" "reports have no PDF"

mkdir -p "$temporary/fonts"
for weight in 400Regular/FiraSans_400Regular 700Bold/FiraSans_700Bold 400Regular_Italic/FiraSans_400Regular_Italic; do
  mv "$temporary/node_modules/@expo-google-fonts/fira-sans/$weight.ttf" "$temporary/fonts/"
done
rm -r "$temporary/node_modules/@expo-google-fonts"

keep_packages "$folder" "$packages" "$temporary/node_modules" "$temporary/fonts"
