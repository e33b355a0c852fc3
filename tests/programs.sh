#!/bin/sh
# Runs test programs, as many at once as JOBS says (processors, unless told): each one's output comes whole when it has ended, and one that
# fails makes the run fail.
#   TEST_DATA=tests/data TEST_BUILD=build tests/programs.sh PROGRAM...
set -u
screen=$(mktemp)
trap 'rm -f "$screen"' EXIT
export screen

printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -n 1 sh -c '
	log=$(mktemp)
	"$1" >"$log" 2>&1 </dev/null
	status=$?
	flock "$screen" cat "$log"
	rm -f "$log"
	if [ "$status" -ne 0 ]; then
		echo "$1: failed with status $status" >&2
		exit 1
	fi' program
