# Shared by the launchers: what is needed, is it here, how to get it. Sourced, not run.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

say() { printf '%s\n' "$*" >&2; }
fail() { printf 'error: %s\nhint: %s\n' "$1" "$2" >&2; exit 1; }

need_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET SDK 10 is not on the PATH" "install it (https://dot.net) and try again"
  case "$(dotnet --version 2>/dev/null || true)" in
    10.*|11.*) ;;
    *) fail "the .NET SDK found is not version 10" "install .NET SDK 10 (https://dot.net) and try again" ;;
  esac
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

# Debian packages: installed when we are root, named with their command when we are not.
need_debian() { # command package...
  command -v "$1" >/dev/null && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "setup: installing Debian's package ${*:2}"
    { apt-get install -y -qq --no-install-recommends "${@:2}" || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${@:2}"; }; } >/dev/null 2>&1 || true
  fi
  command -v "$1" >/dev/null || { say "setup: $1 is missing; what needs it is skipped by name"; say "hint: apt-get install ${*:2}"; }
}

# Builds once, and again only when a source is newer than the last build.
build() { # project configuration-stamp
  local project="$1" stamp="$root/.setup/built-$2"
  mkdir -p "$root/.setup"
  if [ ! -f "$stamp" ] || [ -n "$(find "$root/src" "$root"/*.props "$root/BannedSymbols.txt" -type f -newer "$stamp" -print -quit 2>/dev/null)" ]; then
    say "setup: building (the first time takes about a minute)"
    local begun; begun="$(mktemp)"
    dotnet build "$root/$project" -c Release -v quiet --nologo >"$root/.setup/build.log" 2>&1 || { tail -n 25 "$root/.setup/build.log" >&2; rm -f "$begun"; fail "the build failed" "the lines above say where; the whole log is .setup/build.log"; }
    mv "$begun" "$stamp"
  fi
}
