#!/bin/sh
# A PostgreSQL of one's own for a shared warehouse's catalogue: sh deploy/postgres.sh start|stop FOLDER [options of the server]
# It listens on no network, only on a socket in FOLDER, which nobody but its owner can enter. Started by root it runs as postgres.
set -eu
what=$1 folder=$2
shift 2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
as=""
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
cd /
case $what in
    start)
        [ -e "$folder/data/PG_VERSION" ] || $as "$bin/initdb" -D "$folder/data" -U force --auth=trust -E UTF8 >/dev/null
        $as chmod 700 "$folder" "$folder/data"
        $as "$bin/pg_ctl" -D "$folder/data" status >/dev/null 2>&1 || $as "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
            -o "-c listen_addresses='' -k '$folder' $*" start >/dev/null
        $as "$bin/createdb" -h "$folder" -U force force 2>/dev/null || true # it is there since the first start
        echo "ducklake:postgres:host=$folder user=force dbname=force"
        ;;
    stop) $as "$bin/pg_ctl" -D "$folder/data" -m fast -w stop >/dev/null ;;
    *) echo "start or stop" >&2; exit 2 ;;
esac
