#!/bin/sh
# Grows the forests of the learned opinion on likeness from labelled streams, with Debian's xgboost.
#   tests/train/grow.sh TRAIN-PROGRAM WORK-FOLDER OUT.trees STREAM...
set -eu
train=$1 folder=$2 out=$3 conf=$(dirname "$0")/likeness.conf
shift 3

command -v xgboost >/dev/null || { echo "the forests are grown by xgboost, which apt-get install xgboost brings" >&2; exit 1; }
rm -rf "$folder"
mkdir -p "$folder"
"$train" "$folder" "$@"
for question in matter repeat incident; do
	xgboost "$conf" data="$folder/$question.libsvm?format=libsvm" model_out="$folder/$question.model" >/dev/null
	xgboost "$conf" task=dump model_in="$folder/$question.model" fmap="$folder/figures.names" name_dump="$folder/$question.trees" >/dev/null
	{ echo "# $question"; cat "$folder/$question.trees"; } >>"$folder/whole.trees"
done
mv "$folder/whole.trees" "$out"
rm -rf "$folder"
