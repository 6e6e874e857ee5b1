# Packages of npm at exact versions and hashes, without their scripts. Sourced, not run.

# Leaves with 0 when the packages are there already; otherwise fetches them into $temporary/node_modules. Where npm, node or the registry is absent it leaves
# with 0 and says what is lost.
fetch_packages() { # folder packages what-is-lost
  local folder="$1" packages="$2" lost="$3" sha256 package name file
  [[ "$(cat "$folder/version" 2>/dev/null)" == "$(echo "$packages")" ]] && exit 0
  pass() { printf 'setup: %s; %s\n' "$1" "$lost" >&2; exit 0; }
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
}

# Puts what was fetched in its folder. The version file comes last: a broken run leaves no folder that looks complete.
keep_packages() { # folder packages what...
  local folder="$1" packages="$2"
  rm -rf "$folder"
  mkdir -p "$folder"
  mv "${@:3}" "$folder/"
  printf '%s' "$packages" >"$folder/version"
}
