#!/usr/bin/env bash
# Puts npm's age-encryption (BSD-3) with what it needs in .setup/age-encryption, once: another's reader and writer of age files, for the
# tests alone. Where npm or the registry is absent nothing is done, and the tests that need it are skipped by name.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
. "$here/npm-packages.sh"

packages="
5a318d61f29bafc02810feef65dcf9d82b17a44d9c777eed658d2abea5f74bc5 age-encryption@0.3.1
1704cc39be04737a17f17c37b8556b195e2b6ed442ecc2b7be6230b2e26f0d82 @noble/ciphers@2.1.1
1271ac0dfa27c93e464e64b65ff2a255eea52c449ca86c149cfb0b9786dd9029 @noble/curves@2.0.1
638ffb3053a7e7478c9e54a6e297f3601299ee570a41112e501af7050d086a0a @noble/hashes@2.0.1
30efd5f906fb181552a0ade106bb6d004725303360f6c041346fd578fff3438e @noble/post-quantum@0.5.3
758d9a74d504922c21f12afbb832a8da13634657fa842c1aee1ec3eac82c8902 @scure/base@2.0.0
"
folder="$(dirname "$here")/.setup/age-encryption"

fetch_packages "$folder" "$packages" "what needs it is skipped by name"

keep_packages "$folder" "$packages" "$temporary/node_modules"
