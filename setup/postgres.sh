#!/usr/bin/env bash
# A throw-away PostgreSQL 15 for tests: its own folder, a Unix socket and nothing else, gone with the process that asked for it.
#   setup/postgres.sh install          installs Debian's package when it is absent and we are root
#   setup/postgres.sh start FOLDER PID prints the connection text; the server ends and FOLDER goes when process PID has ended
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
bin=/usr/lib/postgresql/15/bin

find_it() { [ -x "$bin/postgres" ] || bin="$(dirname "$(command -v initdb || echo /none/initdb)")"; [ -x "$bin/postgres" ] && "$bin/postgres" --version | grep -q ' 1[5-9]\.'; }

# PostgreSQL refuses to run as root: then the user of Debian's package runs it, or nobody.
user="$(id -un)"
if [ "$user" = root ]; then user="$(id -un postgres 2>/dev/null || echo nobody)"; fi
as_user() { if [ "$(id -un)" = "$user" ]; then "$@"; else setpriv --reuid="$user" --regid="$(id -gn "$user")" --clear-groups "$@"; fi; }

case "${1:-}" in
  install)
    . "$here/common.sh"
    find_it && exit 0
    # Debian makes a cluster at once unless it is told not to.
    if [ "$(id -u)" = 0 ]; then mkdir -p /etc/postgresql-common; [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf; fi
    need_debian /usr/lib/postgresql/15/bin/postgres postgresql-15
    ;;
  start)
    folder="$2" owner="$3"
    find_it || { echo "PostgreSQL 15 is not here: apt-get install postgresql-15" >&2; exit 1; }
    mkdir -p "$folder"
    [ "$(id -un)" = "$user" ] || chown "$user" "$folder"
    chmod 700 "$folder"
    cd "$folder"
    # Dutch is the server's order of texts, so that a room that leans on the order of bytes is caught.
    as_user env -u LC_ALL "$bin/initdb" -D "$folder/data" -U groeilijn -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=nl --no-sync >/dev/null
    as_user "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 60 -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=200 -c shared_buffers=64MB" start >/dev/null
    # Whoever asked may be killed at any moment, so the server is ended by somebody who looks.
    setsid bash -c 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; kill -QUIT "$(head -n 1 "$2/data/postmaster.pid")" 2>/dev/null || true; sleep 1; rm -rf "$2"' watch "$owner" "$folder" </dev/null >/dev/null 2>&1 &
    echo "Host=$folder;Database=postgres;Username=groeilijn"
    ;;
  *) sed -n '2,4p' "$0" | cut -c3- ; exit 2 ;;
esac
