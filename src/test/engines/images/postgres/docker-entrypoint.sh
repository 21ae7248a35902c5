#!/usr/bin/env bash
# Does what users of the official postgres image rely on: creates the cluster, the user and the database at the first
# start, runs the scripts of /docker-entrypoint-initdb.d, then becomes the server.
set -euo pipefail

die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# NAME may be given as NAME_FILE, the path of a file that holds it (a secret).
from_file() {
  local name=$1 file=$1_FILE
  [[ -z ${!file:-} ]] || { [[ -z ${!name:-} ]] || die "both $name and $file are set"; export "$name=$(<"${!file}")"; }
  unset "$file"
}

be_postgres() {
  mkdir -p "$PGDATA"
  chmod 0700 "$PGDATA"
  find "$PGDATA" \! -user postgres -exec chown postgres {} +
  find /var/run/postgresql \! -user postgres -exec chown postgres {} +
  # Where standard output is a terminal's or a pipe of root's, the server must still be able to open it.
  chown postgres /dev/stdout /dev/stderr 2>/dev/null || true
  exec setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/var/lib/postgresql "$0" "$@"
}

refuse_old_mount() {
  # From 18 on the volume is /var/lib/postgresql; one at the old place would silently stay empty.
  [[ $PG_MAJOR -ge 18 ]] || return 0
  ! grep -q ' /var/lib/postgresql/data ' /proc/self/mountinfo ||
    die "there is a volume at /var/lib/postgresql/data; from PostgreSQL 18 on mount /var/lib/postgresql"
}

create_cluster() {
  local method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256} file
  [[ -n $POSTGRES_PASSWORD || $method = trust ]] ||
    die "the database is not initialised and no superuser password is given; set POSTGRES_PASSWORD"
  # shellcheck disable=SC2086
  initdb --username="$POSTGRES_USER" ${POSTGRES_PASSWORD:+--pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD")} ${POSTGRES_INITDB_ARGS:-}
  printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"
  # A server that only this script can reach, while the set-up is not finished.
  PGUSER=$POSTGRES_USER pg_ctl -w -o "$(printf '%q ' "${@:2}" -c listen_addresses=)" start
  if [[ $POSTGRES_DB != postgres ]]; then
    printf 'CREATE DATABASE :"db";\n' | query --dbname=postgres --set=db="$POSTGRES_DB"
  fi
  for file in /docker-entrypoint-initdb.d/*; do
    # shellcheck disable=SC1090
    case $file in
      *.sh)     printf 'running %s\n' "$file"; if [[ -x $file ]]; then "$file"; else . "$file"; fi ;;
      *.sql)    printf 'running %s\n' "$file"; query --file="$file" ;;
      *.sql.gz) printf 'running %s\n' "$file"; gunzip --stdout "$file" | query ;;
    esac
  done
  pg_ctl -w -m fast stop
  printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

query() { PGHOST='' psql -v ON_ERROR_STOP=1 --no-psqlrc --no-password --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" "$@"; }

[[ ${1:-} != -* ]] || set -- postgres "$@"
if [[ ${1:-} = postgres && ! " $* " =~ \ (--help|-\?|--version|-V|--describe-config)\  ]]; then
  # Before the change of user: a secret may be readable by root alone.
  from_file POSTGRES_USER
  from_file POSTGRES_PASSWORD
  from_file POSTGRES_DB
  [[ $(id -u) -ne 0 ]] || be_postgres "$@"
  : "${POSTGRES_USER:=postgres}" "${POSTGRES_PASSWORD:=}"
  : "${POSTGRES_DB:=$POSTGRES_USER}"
  if [[ -s $PGDATA/PG_VERSION ]]; then
    printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
  else
    refuse_old_mount
    create_cluster "$@"
  fi
  unset POSTGRES_PASSWORD
fi
exec "$@"
