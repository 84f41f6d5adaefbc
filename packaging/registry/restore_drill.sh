#!/usr/bin/env bash
# The drill: a registry on PostgreSQL is lost and brought back to a moment before the disaster.
#
#   bash packaging/registry/restore_drill.sh [WEAPONS] [files|pgbackrest]
#
# Backups are plain files (pg_basebackup, cp), or those of pgBackRest: encrypted, one full and one
# incremental. It makes a server of its own in a temporary folder and touches nothing else: archiving of the
# write-ahead log, two nodes that write, a base backup, more writing, a moment that is noted, more
# writing and an enrolment, a disaster, the restore to that moment. Then the registry takes its own
# chain back from a node; each node notices that the registry holds less than it signed for, sends
# it what was lost, and all are equal again.
# Run it before you need it, and after each change of your backups. PYTHON names the program's
# Python (default: python3), PGBIN the folder of PostgreSQL's programs (default: the newest).
# shellcheck disable=SC2016 # what eval is given is meant to be read by eval
set -Eeuo pipefail

weapons=${1:-200}
by=${2:-files}
case $by in files | pgbackrest) ;; *)
  echo "backups are files or pgbackrest, not $by" >&2
  exit 2
  ;;
esac
[ "$by" = files ] || command -v pgbackrest >/dev/null || { echo "no pgBackRest here" >&2; exit 2; }
python=${PYTHON:-python3}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
pgbin=${PGBIN:-$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)}
[ -x "$pgbin/initdb" ] || { echo "no PostgreSQL here: set PGBIN" >&2; exit 2; }

work=$(mktemp -d /tmp/drillXXXXXX) # short: the path of a socket may not be long
chmod 711 "$work"
mkdir "$work/pg"
serving=
as_server=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses root
  chown nobody:nogroup "$work/pg"
  as_server=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi

clean_up() {
  stop_registry
  server "$work/pg/now" -m immediate stop >/dev/null 2>&1 || true
  rm -rf -- "$work"
}
trap clean_up EXIT

step() { # step WHAT COMMAND...: do it, and say how many seconds it took
  local what=$1 began
  shift
  began=$(date +%s%N)
  "$@"
  awk -v what="$what" -v ns="$(($(date +%s%N) - began))" \
    'BEGIN { printf "%-62s %6.1f s\n", what, ns / 1e9 }'
}

pg() { (cd "$work/pg" && HOME=$work/pg ${as_server[@]+"${as_server[@]}"} "$pgbin/$1" "${@:2}"); }
server() { pg pg_ctl -D "$1" -w -l "$work/pg/log" -o "-k $work/pg -c listen_addresses=''" "${@:2}" >/dev/null; }
sql() { pg psql -h "$work/pg" -U postgres -d "${DATABASE:-registry}" -qtAX -c "$1"; }

rest() { (cd "$work/pg" && ${as_server[@]+"${as_server[@]}"} pgbackrest --config="$work/pgbackrest.conf" --stanza=registry "$@"); }

owned_by_server() { [ "$(id -u)" != 0 ] || chown nobody:nogroup "$@"; }

prepare_backups() { # where archive and backups lie, and what PostgreSQL archives with
  mkdir "$work/archive"
  owned_by_server "$work/archive"
  archive="test ! -f $work/archive/%f && cp %p $work/archive/%f"
  [ "$by" = pgbackrest ] || return 0
  archive="pgbackrest --config=$work/pgbackrest.conf --stanza=registry archive-push %p"
  (umask 077 && cat >"$work/pgbackrest.conf") <<EOF
[global]
repo1-path=$work/archive
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=$(head -c 36 /dev/urandom | base64)
repo1-retention-full=2
repo1-bundle=y
compress-type=zst
start-fast=y
log-path=$work/pg
lock-path=$work/pg
spool-path=$work/pg
log-level-console=error
[registry]
pg1-path=$work/pg/now
pg1-socket-path=$work/pg
pg1-user=postgres
EOF
  owned_by_server "$work/pgbackrest.conf"
}

back_up() { # back_up full|incr
  if [ "$by" = pgbackrest ]; then
    [ "$1" != full ] || rest stanza-create
    rest check
    rest --type="$1" backup
  elif [ "$1" = full ]; then
    pg pg_basebackup -h "$work/pg" -U postgres -D "$work/pg/base" -c fast
  fi
}

make_server() {
  prepare_backups
  pg initdb -D "$work/pg/now" -U postgres -A trust -E UTF8 >/dev/null
  cat >>"$work/pg/now/postgresql.conf" <<EOF
archive_mode = on
archive_command = '$archive'
wal_level = replica
EOF
  server "$work/pg/now" start
  DATABASE=postgres sql "CREATE DATABASE registry"
}

url="postgresql://postgres@/registry?host=$work/pg"
port=0

start_registry() {
  rm -f "$work/says"
  (cd "$root" && exec "$python" -m stockpile.registry --database "$url" \
    --listen "127.0.0.1:$port" >"$work/says" 2>>"$work/registry.log") &
  serving=$!
  until [ -s "$work/says" ]; do
    kill -0 "$serving" || { cat "$work/registry.log" >&2; exit 1; }
    sleep 0.1
  done
  port=$(sed 's/.*:\([0-9]*\)".*"registry".*/\1/' "$work/says")
}

stop_registry() {
  [ -n "$serving" ] || return 0
  kill "$serving" 2>/dev/null || true
  wait "$serving" 2>/dev/null || true
  serving=
}

export STOCKPILE_PASSPHRASE="a passphrase of the drill" STOCKPILE_PIN=2580
export PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring LANGUAGE=en
node() { (cd "$root" && "$python" -m stockpile.cli --json --home "$work/$1" "${@:2}"); }
value() { "$python" -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

make_node() { # make_node FOLDER SITE
  node "$1" init --country UG --site "$2" --name "$2" --officer "A. Drill" >/dev/null
  node "$1" registry enrol --registry "http://127.0.0.1:$port" --database "$url" --name "$2" \
    >/dev/null
}

write() { # write FOLDER SERIAL COUNT: put weapons on record and send them
  node "$1" register --type ASR --make Izhmash --model AKM --calibre 7.62x39 \
    --serial "$2" --count "$3" >/dev/null
  node "$1" sync >/dev/null
}

must_notice() { # the node says that the registry holds less than it signed for, or otherwise
  local said
  said=$(node "$1" sync 2>&1 >/dev/null) && { echo "$1 noticed nothing" >&2; return 1; }
  case $said in
    *RegistryRolledBack*) echo "  $1: holds less than it signed for; sent what it lacked" ;;
    *RegistryRewritten*)
      # the log grew past what this node saw signed, in another order: a person decides to go on
      echo "  $1: shows another history than it signed; enrolled again by a new code"
      node "$1" registry enrol --registry "http://127.0.0.1:$port" --database "$url" --name "$1" \
        >/dev/null
      must_notice "$1"
      ;;
    *) echo "$1: $said" >&2; return 1 ;;
  esac
}

held() { # every fact that the registry holds of nodes, as one digest
  sql "SELECT count(*) || ' facts, ' || md5(string_agg(md5(payload), '' ORDER BY n.node, seq))
         FROM ev JOIN node n ON n.id = ev.node WHERE n.id > 1"
}

restore() { # put the base backup in place, play the log up to the moment, and open
  server "$work/pg/now" -m immediate stop
  mv "$work/pg/now" "$work/pg/lost"
  if [ "$by" = pgbackrest ]; then
    ${as_server[@]+"${as_server[@]}"} mkdir -m 700 "$work/pg/now"
    rest --type=time --target="$moment" --target-action=promote restore
  else
    cp -a "$work/pg/base" "$work/pg/now"
    cat >>"$work/pg/now/postgresql.conf" <<EOF
restore_command = 'cp $work/archive/%f %p'
recovery_target_time = '$moment'
recovery_target_action = promote
EOF
    ${as_server[@]+"${as_server[@]}"} touch "$work/pg/now/recovery.signal"
  fi
  server "$work/pg/now" start
  until [ "$(sql 'SELECT pg_is_in_recovery()')" = f ]; do sleep 0.1; done
}

take_back() { # the registry's own chain, before it answers again
  node one export chain "$work/one.chains.gz" >/dev/null
  node one registry take-back "$work/one.chains.gz" --database "$url" >/dev/null
}

step "a server that archives its log" make_server
begin_registry() { # only this command makes a registry where there is none
  node one registry found --database "$url" >/dev/null
  start_registry
}

step "the registry is founded" begin_registry
step "two nodes are founded and enrolled" eval 'make_node one KLA && make_node two GUL'
step "both write ($weapons weapons each) and send" \
  eval 'write one A00001 "$weapons" && write two B00001 "$weapons"'
step "base backup" back_up full
step "both write more and send" eval 'write one C00001 "$weapons" && write two D00001 "$weapons"'
[ "$by" = files ] || step "incremental backup" back_up incr
at_moment=$(held)
moment=$(sql "SELECT clock_timestamp()")
step "after that moment a third node is enrolled, and all go on" \
  eval 'make_node three LIR && write three E00001 "$weapons" && write one F00001 "$weapons" &&
        write two G00001 "$weapons"'
before=$(held)
sql "SELECT pg_switch_wal()" >/dev/null
until [ "$(sql "SELECT last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 1)
                  FROM pg_stat_archiver")" = t ]; do sleep 0.1; done
sql "DELETE FROM ev; DELETE FROM weapon; UPDATE node SET tip_no = 0" # the disaster
stop_registry
step "restored to $moment" restore
[ "$(held)" = "$at_moment" ] || { echo "not what was held at that moment" >&2; exit 1; }
echo "held before the disaster: ${before%%,*}; after the restore: ${at_moment%%,*}"
step "what it wrote itself, the third enrolment, comes back from a node" take_back
step "the registry opens on it" start_registry
step "every node notices and sends again what was lost" \
  eval 'for one in one two three; do must_notice "$one"; done'
step "after that all is quiet" eval 'for one in one two three; do node "$one" sync >/dev/null; done'
after=$(held)
[ "$after" = "$before" ] || { printf '%s\n%s\n' "$before" "$after" >&2; exit 1; }
step "each node proves its whole record" \
  eval 'for one in one two three; do node "$one" check >/dev/null; done'
echo "nothing is lost: ${after%%,*} held, the same as before the disaster"
