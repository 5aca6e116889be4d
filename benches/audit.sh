#!/bin/sh
# How time and memory of `auditor verify` grow with ballots and with cells (benches/README.md).
# Usage: benches/audit.sh FOLDER [BALLOTSxPROJECTS...]; ledgers stay in FOLDER and are used again.
set -eu
folder=$1
shift
programs=${PROGRAMS:-target/release}
mkdir -p "$folder"
for shape in "${@:-1000x20 10000x20 100000x20 2000x20 2000x50 2000x100 2000x200}"; do
    for one in $shape; do
        ledger=$folder/$one
        [ -e "$ledger/checkpoint" ] || {
            rm -rf "$ledger"
            "$programs/psephos" generate "$ledger" --ballots "${one%x*}" --projects "${one#*x}" >"$ledger.log"
        }
        echo "$one: $(/usr/bin/time -f '%e s by the clock, %U + %S s of processor time, %M KiB at most' \
            "$programs/auditor" verify "$ledger" 2>&1 >/dev/null | tail -1)"
    done
done
