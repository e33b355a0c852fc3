#!/bin/sh
# Lower folders never include higher ones: base < text, net, store < mail, policy < pipeline, outbox, worker, sinks < web < daemon, ctl.
# Plugins under channels/ and src/sinks/ stand on base, net and the public headers alone. Exits 1 and names each include that runs up.
set -eu
rank() {
	case $1 in
	base) echo 0 ;; text | net | store) echo 1 ;; mail | policy) echo 2 ;; pipeline | outbox | worker | sinks) echo 3 ;;
	web) echo 4 ;; daemon | ctl) echo 5 ;; *) echo 9 ;;
	esac
}
bad=0
for file in src/*/*.[ch]; do
	folder=$(basename "$(dirname "$file")")
	own=$(rank "$folder")
	for other in $(sed -n 's/^#include "\([a-z_]*\)\/.*/\1/p' "$file" | sort -u); do
		[ "$other" = "$folder" ] && continue
		above=$(rank "$other")
		if [ "$above" -gt "$own" ]; then
			echo "$file includes $other/, which is above $folder/"
			bad=1
		fi
		if [ "$folder" = sinks ] && [ "$above" -gt 1 ]; then
			echo "$file is a plugin and includes $other/"
			bad=1
		fi
	done
done
for file in channels/*.c; do
	for other in $(sed -n 's/^#include "\([a-z_]*\)\/.*/\1/p' "$file" | sort -u); do
		case $other in base | net) ;; *) echo "$file is a plugin and includes $other/"; bad=1 ;; esac
	done
done
# SQL lives in src/store only; the shell and unbounded string functions nowhere.
if grep -nE '\bsqlite3_' src/*/*.[ch] channels/*.c | grep -v '^src/store/'; then echo "SQLite outside src/store"; bad=1; fi
if grep -nE '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|system|popen|alloca|rand|srand|tmpnam)\(' src/*/*.[ch] channels/*.c include/intaked/*.h; then
	echo "a function that has no place here; use the ones of src/base"
	bad=1
fi
exit $bad
