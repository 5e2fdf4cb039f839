#!/bin/sh
# One `spacy train` run: train.sh de|en CONFIG RUN [--training.max_steps N ...]; the result: WORK/LANG/RUN.
set -eu
lang=$1 config=$2 run=$3
shift 3
work=${EVENTWIRE_TRAINING_WORK:-$(dirname "$0")/work}/$lang
exec python -m spacy train "$(dirname "$0")/$config.cfg" --output "$work/$run" --nlp.lang "$lang" \
    --code "$(dirname "$0")/matrices.py" --paths.train "$work/train.spacy" --paths.dev "$work/dev.spacy" \
    --paths.vectors "$work/vectors" "$@"
