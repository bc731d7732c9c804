#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a daemon and starts it again when it ends: restarter FOLDER PROGRAM ARGUMENT…
# A daemon that ends within two seconds is started again at once, for another one may just have let go of its address, and
# then after a pause that doubles up to a minute. What it said on stderr is in FOLDER/failure once it has failed twice;
# vnetc reads that. SIGTERM ends both.
folder=$1
shift
umask 022
exec </dev/null >/dev/null 2>"$folder/said"
echo $$ >"$folder/restarter.pid"
child=
pause=0
trap '[ -n "$child" ] && kill "$child" 2>/dev/null; wait "$child" 2>/dev/null; exit 0' TERM
while :; do
    begin=$(date +%s)
    "$@" &
    child=$!
    wait "$child"
    if [ $(($(date +%s) - begin)) -lt 2 ]; then
        [ "$pause" = 0 ] || mv "$folder/said" "$folder/failure"
        exec 2>"$folder/said"
        sleep "$((pause)).2" &
        child=$!
        wait "$child"
        pause=$((pause == 0 ? 1 : pause < 32 ? pause * 2 : 60))
    else
        pause=0
        rm -f "$folder/failure"
    fi
done
