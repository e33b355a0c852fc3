#!/bin/sh
# Runs test programs, as many at once as JOBS says (processors, unless told): each one's output comes whole when it has ended. One that fails, or
# has not ended in LIMIT seconds (600, unless told), makes the run fail; which ones did, and what tells why, are the last lines.
#   TEST_DATA=tests/data TEST_BUILD=build tests/programs.sh PROGRAM...
set -u
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
export logs

printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -n 1 sh -c '
	log=$logs/${1##*/}
	timeout -k 10 "${LIMIT:-600}" "$1" >"$log" 2>&1 </dev/null
	echo $? >"$log.status"
	flock "$logs" cat "$log"' program

failed=0
for program in "$@"; do
	log=$logs/${program##*/}
	status=$(cat "$log.status")
	[ "$status" != 0 ] || continue
	failed=1
	[ "$status" != 124 ] || status="124: no end in ${LIMIT:-600} s"
	printf '\nFAILED %s, status %s\n' "$program" "$status"
	tail -c 1000000 "$log" | awk -f "${0%/*}/why.awk"
done
exit "$failed"
