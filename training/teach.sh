#!/bin/sh
# Parses and names of the teacher for one language: teach.sh de|en. Needs Java 11+ and Maven; the teacher comes from
# Maven Central (Stanford CoreNLP, GPL: a tool of the training, no part of what ships).
set -eu
lang=$1
work=${EVENTWIRE_TRAINING_WORK:-$(dirname "$0")/work}
version=4.5.10
[ "$lang" = de ] && models=models-german || models=models
for artifact in "edu.stanford.nlp:stanford-corenlp:$version" "edu.stanford.nlp:stanford-corenlp:$version:jar:$models"; do
    mvn -q -o dependency:get -Dtransitive=false -Dartifact="$artifact" 2>/dev/null ||
        mvn -q dependency:get -Dtransitive=false -Dartifact="$artifact"
done
jars=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
jars=$jars/edu/stanford/nlp/stanford-corenlp/$version/stanford-corenlp-$version
chunks=$work/silver/$lang
rm -rf "$chunks" && mkdir -p "$chunks/in" "$chunks/out"
split -l 2000 -d -a 3 "$work/silver/$lang.txt" "$chunks/in/"
ls "$chunks"/in/* > "$chunks/list"
base=edu/stanford/nlp/models
if [ "$lang" = de ]; then
    set -- -tokenize.language de -pos.model $base/pos-tagger/german-ud.tagger \
        -ner.model $base/ner/german.distsim.crf.ser.gz -depparse.model $base/parser/nndep/UD_German.gz
else
    set -- -pos.model $base/pos-tagger/english-left3words-distsim.tagger \
        -ner.model $base/ner/english.conll.4class.distsim.crf.ser.gz -depparse.model $base/parser/nndep/english_UD.gz
fi
exec java -Xmx5g -cp "$jars.jar:$jars-$models.jar" edu.stanford.nlp.pipeline.StanfordCoreNLP "$@" \
    -annotators tokenize,pos,ner,depparse -tokenize.whitespace true -ssplit.eolonly true -threads 1 \
    -ner.applyNumericClassifiers false -ner.applyFineGrained false -ner.useSUTime false -ner.buildEntityMentions false \
    -outputFormat conll -output.columns idx,word,tag,ner,headidx,deprel -output.prettyPrint false \
    -filelist "$chunks/list" -outputDirectory "$chunks/out"
