#!/bin/sh
# One `spacy train` run: train.sh de|en parse|names|refine RUN [--training.max_steps N ...]; the result: WORK/LANG/RUN.
set -eu
lang=$1 config=$2 run=$3
shift 3
work=${EVENTWIRE_TRAINING_WORK:-$(dirname "$0")/work}/$lang
[ "$config" = names ] && data=names || data=parse
exec python -m spacy train "$(dirname "$0")/$config.cfg" --output "$work/$run" --nlp.lang "$lang" \
    --paths.train "$work/${data}_train.spacy" --paths.dev "$work/${data}_dev.spacy" --paths.vectors "$work/vectors" "$@"
