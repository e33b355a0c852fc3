#!/bin/sh
# Runs one fuzz target for a while on its seeds: run.sh TARGET SECONDS. What it finds new is kept under build/corpus; a crash ends the run
# with its file's name, which belongs into tests/data as a seed once the cause is mended.
set -eu
target=$1
seconds=$2
name=$(basename "$target" | sed 's/^fuzz_//')
corpus=build/corpus/$name
mkdir -p "$corpus"
seeds=$corpus
for folder in "tests/fuzz/seeds/$name" "tests/data/$name"; do
	if [ -d "$folder" ]; then seeds="$seeds $folder"; fi
done
echo "== $name: $seconds s"
# shellcheck disable=SC2086
exec "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 -verbosity=0 $seeds
