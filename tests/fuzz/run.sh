#!/bin/sh
# Runs one fuzz target for a while on its seeds: run.sh TARGET SECONDS. What it finds new is kept under build/corpus; a crash ends the run
# with its file's name, which belongs into tests/data as a seed once the cause is mended.
set -eu
target=$1
seconds=$2
name=$(basename "$target" | sed 's/^fuzz_//')
corpus=build/corpus/$name
written=build/corpus-seeds
mkdir -p "$corpus"
[ -d "$written" ] || /usr/bin/python3 tests/fuzz/seeds.py "$written"
seeds=$corpus
for folder in "tests/fuzz/seeds/$name" "$written/$name"; do
	if [ -d "$folder" ]; then seeds="$seeds $folder"; fi
done
if [ "$name" != mail ] && [ -d "tests/data/$name" ]; then seeds="$seeds tests/data/$name"; fi     # the mails lie in tables there: seeds.py
echo "== $name: $seconds s"
# shellcheck disable=SC2086
exec "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=0 -verbosity=0 -artifact_prefix=build/ $seeds
