#!/bin/bash
# What stands in for systemd where it does not run (a container): reads the unit that was installed, as far as ours go, and starts
# its command as its user. `systemctl daemon-reload | enable --now UNIT… | restart UNIT… | reload nginx`.
set -euo pipefail
run=/run/rehearsal
mkdir -p "$run"

unit_of() { # dashboard@8501 is made from dashboard@.service
    case $1 in
        *@*) echo "/etc/systemd/system/${1%@*}@.service" ;;
        *.timer | *.service) echo "/etc/systemd/system/$1" ;;
        *) echo "/etc/systemd/system/$1.service" ;;
    esac
}

value() { sed -n "s/^$2=//p" "$1" | sed "s/%i/$3/g"; } # unit, key, instance

stop() {
    local pid=$run/$1.pid
    [ -e "$pid" ] || return 0
    kill -- "-$(cat "$pid")" 2>/dev/null || true
    while kill -0 -- "-$(cat "$pid")" 2>/dev/null; do sleep 0.1; done
    rm "$pid"
}

start() {
    local unit instance settings=() command after
    unit=$(unit_of "$1")
    [ -e "$unit" ] || { echo "Unit $1 not found." >&2; exit 5; }
    case $1 in *.timer) return 0 ;; esac
    instance=${1#*@}
    while IFS= read -r setting; do settings+=("$setting"); done < <(value "$unit" Environment "$instance")
    while IFS= read -r file; do mapfile -t -O ${#settings[@]} settings < "$file"; done < <(value "$unit" EnvironmentFile "$instance")
    command=$(value "$unit" ExecStart "$instance")
    after=$(value "$unit" ExecStartPost "$instance")
    cd "$(value "$unit" WorkingDirectory "$instance")"
    setsid runuser -u "$(value "$unit" User "$instance")" -- env "${settings[@]}" sh -c "$command" >"$run/$1.log" 2>&1 &
    echo $! > "$run/$1.pid"
    [ -z "$after" ] || sh -c "${after#-}" || [ "${after:0:1}" = - ]
}

action=$1
shift
case $action in
    daemon-reload) ;;
    enable) shift; for unit in "$@"; do stop "$unit"; start "$unit"; done ;;
    restart) for unit in "$@"; do stop "$unit"; start "$unit"; done ;;
    stop) for unit in "$@"; do stop "$unit"; done ;;
    reload) if [ -e /run/nginx.pid ] && kill -0 "$(cat /run/nginx.pid)"; then nginx -s reload; else nginx; fi ;;
    *) echo "$action is not played here" >&2; exit 2 ;;
esac
