"""`eventwire lexicon check`: is the lexicon valid, and does every rule do what its examples say?"""

from pathlib import Path

from processors.coder.lexicon import Lexicon, lexicon_languages, lexicon_path, read_lexicon
from processors.coder.triggers import Matcher
from processors.errors import ConfigError
from processors.settings import line_of


def check_lexicons(config_dir: Path) -> tuple[int, int, list[str]]:
    """The numbers of rules and examples, and a line for each problem with its file and line."""
    rules = examples = 0
    problems: list[str] = []
    for language in lexicon_languages(config_dir):
        path = lexicon_path(language, config_dir)
        try:
            lexicon = read_lexicon(path)
        except ConfigError as error:
            problems += str(error).splitlines()
            continue
        rules += len(lexicon.rules)
        examples += sum(len(rule.match) + len(rule.no_match) for rule in lexicon.rules)
        problems += broken_examples(path, lexicon)
    return rules, examples, problems


def broken_examples(path: Path, lexicon: Lexicon) -> list[str]:
    """A line for each example that its rule does not do as it says."""
    matcher, out = Matcher(lexicon), []
    for position, rule in enumerate(lexicon.rules):
        for key, sentences, wanted in (("match", rule.match, True), ("not", rule.no_match, False)):
            for number, sentence in enumerate(sentences):
                found = matcher.find(matcher.words(sentence, 0, len(sentence)))
                if any(one.rule is rule for one in found) != wanted:
                    line = line_of(path, ["rules", position, key, number])
                    verb = "is not matched" if wanted else "is matched"
                    out.append(f"{path}:{line}: rules.{position}.{key} ({rule.id}): {sentence!r} {verb}")
    return out
