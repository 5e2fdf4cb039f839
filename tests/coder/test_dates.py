"""The day that a sentence gives an event: which of its dates, which way, how exactly."""

from datetime import UTC, date, datetime

import pytest

from processors.coder.analysis import take_apart
from processors.coder.coding import parse_sentences, tools
from processors.coder.dates import find_date, is_past, settled, standing
from processors.coder.days import UNKNOWN, When
from processors.records import Article

FRIDAY = date(2025, 7, 4)


def found(language: str, sentence: str, trigger: str, status: str = "occurred", said: bool = False) -> str:
    """The date of a trigger, as "2025-07-03" for a day and "2025-07-01 month" for what is longer."""
    when = find_date(sentence, sentence.index(trigger), language, FRIDAY, status, said)  # type: ignore[arg-type]
    return f"{when.day} {when.precision}".replace(" day", "") if when.day else ""


@pytest.mark.parametrize(
    ("language", "sentence", "trigger", "status", "day"),
    [
        ("de", "Oslo und Rom verhandelten am Donnerstag.", "verhandelten", "occurred", "2025-07-03"),
        ("de", "Oslo und Rom verhandeln am Donnerstag.", "verhandeln", "planned", "2025-07-10"),
        ("de", "Oslo griff den Hafen in der Nacht zum Sonnabend an.", "griff", "occurred", "2025-06-28"),
        ("de", "Oslo griff den Hafen in der Nacht an.", "griff", "occurred", "2025-07-04"),
        ("de", "Oslo und Rom verhandeln seit vorgestern.", "verhandeln", "occurred", "2025-07-02"),
        ("de", "Rom berät heute Morgen mit Oslo.", "berät", "occurred", "2025-07-04"),
        ("de", "Rom empfängt morgen den König.", "empfängt", "planned", "2025-07-05"),
        ("de", "Vor zwei Tagen griff Oslo den Hafen an.", "griff", "occurred", "2025-07-02"),
        ("de", "Rom und Oslo treffen sich in drei Wochen.", "treffen", "planned", "2025-07-21 week"),
        ("de", "Rom hat in drei Tagen 40 Schiffe versenkt.", "versenkt", "occurred", ""),
        ("de", "Am Wochenende griff Oslo den Hafen an.", "griff", "occurred", "2025-06-23 week"),
        ("de", "Die Gespräche gab es in den vergangenen Wochen oft.", "Gespräche", "occurred", ""),
        ("de", "Ab 1. August gelten die Zölle.", "Zölle", "planned", "2025-08-01"),
        ("de", "Der Gipfel beginnt vom 3. bis zum 5. September.", "Gipfel", "planned", "2025-09-03"),
        ("de", "Im vergangenen Juli trafen sie sich.", "trafen", "occurred", "2024-07-01 month"),
        ("de", "Sie trafen sich im März 2022.", "trafen", "historical", "2022-03-01 month"),
        ("de", "Sie trafen sich im Herbst 2022.", "trafen", "historical", "2022-01-01 year"),
        ("en", "Oslo and Rome met on Sunday.", "met", "occurred", "2025-06-29"),
        ("en", "Oslo and Rome meet on Sunday.", "meet", "planned", "2025-07-06"),
        ("en", "Oslo shelled the port overnight.", "shelled", "occurred", "2025-07-04"),
        ("en", "Oslo shelled the port last night.", "shelled", "occurred", "2025-07-03"),
        ("en", "Oslo shelled the port three days ago.", "shelled", "occurred", "2025-07-01"),
        ("en", "Rome will host talks in two months.", "talks", "planned", "2025-09-01 month"),
        ("en", "Weekend talks ended without a result.", "talks", "occurred", "2025-06-23 week"),
        ("en", "The visit took place over the past week.", "visit", "occurred", "2025-06-23 week"),
        ("en", "The king goes to Oslo on his August trip.", "trip", "planned", "2025-08-01 month"),
        ("en", "The visit is due later this month.", "visit", "planned", "2025-07-01 month"),
        ("en", "They met last July.", "met", "occurred", "2024-07-01 month"),
        ("en", "They met on Feb. 3 in Rome.", "met", "occurred", "2025-02-03"),
        ("en", "They met on the 3rd of March 2022.", "met", "historical", "2022-03-03"),
        ("en", "2014 - Rome leases five ships to Oslo.", "leases", "historical", "2014-01-01 year"),
        ("en", "The strikes on Oslo began in late May, when talks on June 2 were far.", "strikes", "occurred",
         "2025-05-01 month"),
        ("en", "Rome may strike and its troops march.", "strike", "hypothetical", ""),
        ("en", "The Sunday Times saw the letter.", "letter", "occurred", ""),
        ("de", "Sie trafen sich am 3.6. in Rom.", "trafen", "occurred", "2025-06-03"),
        ("de", "Sie trafen sich am 12.11.24 in Rom.", "trafen", "occurred", "2024-11-12"),
        ("de", "Sie trafen sich am 3. Okt. in Rom.", "trafen", "occurred", "2024-10-03"),
        ("de", "Sie trafen sich in den frühen Stunden des Mittwochs.", "trafen", "occurred", "2025-07-02"),
        ("de", "Sie treffen sich mittwochs in Rom.", "treffen", "occurred", ""),
        ("de", "Sie trafen sich zu Wochenbeginn in Rom.", "trafen", "occurred", "2025-06-30 week"),
        ("de", "Sie wollen sich zu Wochenbeginn in Rom treffen.", "treffen", "planned", "2025-07-07 week"),
        ("de", "Sie wollen sich Ende des Monats in Rom treffen.", "treffen", "planned", "2025-07-01 month"),
        ("de", "Sie trafen sich Ende des Monats in Rom.", "trafen", "occurred", ""),
        ("de", "Sie trafen sich Anfang des Jahres in Rom.", "trafen", "occurred", "2025-01-01 year"),
        ("de", "Oslo hat über Nacht den Hafen angegriffen.", "angegriffen", "occurred", "2025-07-04"),
        ("de", "Am Morgen griff Oslo den Hafen an.", "griff", "occurred", "2025-07-04"),
        ("de", "Am Morgen des 1. Juli griff Oslo den Hafen an.", "griff", "occurred", "2025-07-01"),
        ("de", "Oslo griff den Hafen am Silvesterabend an.", "griff", "occurred", "2024-12-31"),
        ("de", "2022 griff Oslo den Hafen an.", "griff", "historical", "2022-01-01 year"),
        ("de", "2022 weitere Schiffe griff Oslo an.", "griff", "historical", ""),
        ("de", "2022 Schiffe griff Oslo an.", "griff", "historical", ""),
        ("de", "Oslo griff 2022 den Hafen an.", "griff", "historical", "2022-01-01 year"),
        ("de", "Rom hat 2014 Sanktionen gegen Oslo verhängt.", "verhängt", "historical", "2014-01-01 year"),
        ("de", "Oslo besetzte die Insel 2014.", "besetzte", "historical", "2014-01-01 year"),
        ("de", "Oslo griff am 3. Mai 2022 den Hafen an.", "griff", "historical", "2022-05-03"),
        ("de", "Oslo entsandte 2012 Soldaten nach Rom.", "entsandte", "occurred", ""),
        ("de", "Oslo versenkte 2000 Schiffe.", "versenkte", "occurred", ""),
        ("de", "Oslo entsandte rund 2024 Kämpfer nach Rom.", "entsandte", "occurred", ""),
        ("de", "Rom hebt die 2014 verhängten Sanktionen auf.", "hebt", "occurred", ""),
        ("en", "Rome's 2018 meeting with Oslo achieved little.", "meeting", "historical", "2018-01-01 year"),
        ("en", "The 2022 Norwegian attack on Rome failed.", "attack", "historical", "2022-01-01 year"),
        ("en", "Oslo violated the 2015 fishing deal.", "violated", "occurred", ""),
        ("de", "Am Dienstag vergangener Woche trafen sie sich.", "trafen", "occurred", "2025-06-24"),
        ("de", "Letzte Woche Dienstag trafen sie sich.", "trafen", "occurred", "2025-06-24"),
        ("de", "Sie treffen sich am Mittwoch nächster Woche.", "treffen", "planned", "2025-07-09"),
        ("de", "Am Dienstag vor einer Woche trafen sie sich.", "trafen", "occurred", "2025-06-24"),
        ("de", "Im Mai des vergangenen Jahres trafen sie sich.", "trafen", "historical", "2024-05-01 month"),
        ("de", "Sie trafen sich am 3. Mai vergangenen Jahres.", "trafen", "historical", "2024-05-03"),
        ("de", "Sie treffen sich im März nächsten Jahres.", "treffen", "planned", "2026-03-01 month"),
        ("de", "Sie treffen sich am Sonntag, dem 20. Juli, in Rom.", "treffen", "planned", "2025-07-20"),
        ("de", "Sie treffen sich am Sonntag (20.7.) in Rom.", "treffen", "planned", "2025-07-20"),
        ("en", "They met in Rome on Tuesday, June 24.", "met", "occurred", "2025-06-24"),
        ("en", "They will meet in Rome on Tuesday, January 13, 2026.", "meet", "planned", "2026-01-13"),
        ("en", "They will meet in Rome on Sunday (July 20).", "meet", "planned", "2025-07-20"),
        ("en", "They met in Rome on 2025-06-03.", "met", "occurred", "2025-06-03"),
        ("en", "They met on Tuesday of last week.", "met", "occurred", "2025-06-24"),
        ("en", "They will meet next week on Wednesday.", "meet", "planned", "2025-07-09"),
        ("en", "They will meet a week from Monday.", "meet", "planned", "2025-07-14"),
        ("en", "They met in May last year.", "met", "historical", "2024-05-01 month"),
        ("en", "They met on May 3 of last year.", "met", "historical", "2024-05-03"),
        ("en", "They met at the beginning of the week.", "met", "occurred", "2025-06-30 week"),
        ("en", "They will meet at the end of the month.", "meet", "planned", "2025-07-01 month"),
        ("en", "They met at the start of the year.", "met", "occurred", "2025-01-01 year"),
        ("en", "Oslo shelled the port during the night.", "shelled", "occurred", "2025-07-04"),
        ("en", "Oslo shelled the port on New Year's Eve.", "shelled", "occurred", "2024-12-31"),
        ("en", "Oslo shelled the port before dawn on Thursday.", "shelled", "occurred", "2025-07-03"),
        ("en", "Oslo shelled the port shortly after midnight on Wednesday.", "shelled", "occurred", "2025-07-02"),
        ("de", "Oslo griff den Hafen in der Nacht von Dienstag auf Mittwoch an.", "griff", "occurred", "2025-07-02"),
        ("en", "Oslo shelled the port overnight from Tuesday to Wednesday.", "shelled", "occurred", "2025-07-02"),
        ("en", "Oslo shelled the port overnight on Wednesday.", "shelled", "occurred", "2025-07-02"),
        ("de", "Sie wollen sich am Samstag und Sonntag in Rom treffen.", "treffen", "planned", "2025-07-05"),
        ("de", "Am Montag und Dienstag griff Oslo den Hafen an.", "griff", "occurred", "2025-06-30"),
        ("en", "Oslo on Monday and Tuesday shelled the port.", "shelled", "occurred", "2025-06-30"),
        ("de", "Vor rund zwei Wochen griff Oslo den Hafen an.", "griff", "occurred", "2025-06-16 week"),
        ("de", "Sie wollen sich übernächste Woche in Rom treffen.", "treffen", "planned", "2025-07-14 week"),
        ("de", "Sie wollen sich im Laufe des Monats in Rom treffen.", "treffen", "planned", "2025-07-01 month"),
        ("de", "Rom will in diesem Herbst Schiffe liefern.", "liefern", "planned", "2025-01-01 year"),
        ("de", "Rom will im Frühjahr Schiffe liefern.", "liefern", "planned", "2026-01-01 year"),
        ("en", "Rome delivered ships last autumn.", "delivered", "occurred", "2024-01-01 year"),
        ("en", "Rome has delivered ships this summer.", "delivered", "occurred", ""),
        ("en", "Rome will deliver the ships by year's end.", "deliver", "planned", "2025-01-01 year"),
        ("de", "Rom will zu Weihnachten Schiffe liefern.", "liefern", "planned", "2025-12-25"),
        ("en", "Oslo shelled the port on Christmas Day.", "shelled", "occurred", "2024-12-25"),
        ("de", "Oslo griff den Hafen letzte Nacht an.", "griff", "occurred", "2025-07-04"),
        ("en", "Oslo shelled the port the day before yesterday.", "shelled", "occurred", "2025-07-02"),
        ("en", "They will meet in Rome the day after tomorrow.", "meet", "planned", "2025-07-06"),
    ],
)  # fmt: skip
def test_dates_are_read_in_every_form(language: str, sentence: str, trigger: str, status: str, day: str) -> None:
    assert found(language, sentence, trigger, status) == day


@pytest.mark.parametrize(
    ("language", "sentence", "trigger"),
    [
        ("de", "Rom lehnt die Forderung ab Gestern, 05:48 Abendblatt", "lehnt"),
        ("de", "Rom lehnt die Forderung ab 2. Juli, 8:54 ABENDBLATT", "lehnt"),
        ("de", "Rom lehnt die Forderung ab 02.07.2025 08:54", "lehnt"),
        ("en", "ROME, July 3 (Wire) - Italy has turned the offer down.", "turned"),
        ("en", "ROME, July 3 - Italy has turned the offer down.", "turned"),
        ("en", "ROME, July 3. /WIRE/. Italy has turned the offer down.", "turned"),
    ],
)
def test_when_a_text_was_written_is_not_when_it_happened(language: str, sentence: str, trigger: str) -> None:
    assert found(language, sentence, trigger) == ""


def test_an_hour_may_belong_to_an_event() -> None:
    assert found("de", "Sie treffen sich am 8. Juli, 14:30 Uhr, in Rom.", "treffen", "planned") == "2025-07-08"


@pytest.mark.parametrize(
    ("language", "sentence", "trigger"),
    [
        ("de", "Wie das Heer am Montag mitteilte, wurde der Hafen beschossen.", "beschossen"),
        ("de", "Der Hafen sei beschossen worden, teilte das Heer am Montag mit.", "beschossen"),
        ("en", "The army said on Tuesday it had shelled the port.", "shelled"),
        ("en", "The army on Tuesday said it had shelled the port.", "shelled"),
        ("en", "The port was shelled, the army said in a statement on Tuesday.", "shelled"),
        ("en", "The port was shelled, a witness told a Rome court late on Tuesday.", "shelled"),
    ],
)
def test_the_day_of_a_saying_is_not_the_day_of_what_is_told(language: str, sentence: str, trigger: str) -> None:
    assert found(language, sentence, trigger) == ""


@pytest.mark.parametrize(
    ("language", "sentence", "trigger", "day"),
    [
        ("en", "Rome accused Oslo of shelling a port on June 28.", "accused", ""),
        ("en", "Rome on Monday accused Oslo of shelling a port on June 28.", "accused", "2025-06-30"),
        ("en", "Rome accused Oslo on Monday of shelling a port.", "accused", "2025-06-30"),
        ("en", "Rome called on Oslo to lift a ban that has been in force since May 3.", "called", ""),
        ("de", "Rom wirft Oslo vor, am 28. Juni einen Hafen beschossen zu haben.", "wirft", ""),
        ("de", "Rom warf Oslo am Montag vor, es habe am 28. Juni einen Hafen beschossen.", "warf", "2025-06-30"),
        ("de", "Rom wirft Oslo Verrat vor, wie der König am Montag sagte.", "wirft", "2025-06-30"),
    ],
)
def test_what_somebody_is_accused_of_or_asked_for_has_a_day_of_its_own(
    language: str, sentence: str, trigger: str, day: str
) -> None:
    assert found(language, sentence, trigger, said=True) == day


@pytest.mark.parametrize(
    ("language", "sentence", "trigger", "day"),
    [
        ("de", "Sie trafen sich am Vortag in Rom, wie es am Donnerstag hieß.", "trafen", "2025-07-02"),
        ("de", "Am Montag griff Oslo den Hafen an, zwei Tage später griff Rom an.", "griff Rom", "2025-07-02"),
        ("de", "Rom setzt die zwei Tage zuvor verhängten Zölle am Donnerstag aus.", "setzt", "2025-07-03"),
        ("de", "Sie trafen sich am Vortag in Rom.", "trafen", ""),
        ("en", "Rome, which recalled its envoy in April, offered to mediate.", "offered", ""),
        ("en", "Rome ended a March agreement with Oslo.", "ended", ""),
        ("de", "Rom hat die im März geschlossene Vereinbarung mit Oslo gekündigt.", "gekündigt", ""),
        ("en", "Rome lifted the ban on trade with Oslo, which brokered a deal in March.", "lifted", ""),
        ("en", "He said Rome had called Oslo, and that a summit would follow on Friday.", "called", ""),
        ("en", "They met in Rome a day earlier, the ministry said on Thursday.", "met", "2025-07-02"),
        ("en", "They met in Rome the previous day.", "met", ""),
    ],
)
def test_a_day_may_be_counted_from_another_of_the_sentence(
    language: str, sentence: str, trigger: str, day: str
) -> None:
    assert found(language, sentence, trigger) == day


@pytest.mark.parametrize(
    ("language", "sentence", "trigger", "status", "said", "day"),
    [
        ("en", "Rome said on Tuesday that Oslo was to blame.", "blame", "occurred", True, "2025-07-01"),
        ("en", "Rome and Oslo agreed on Tuesday to share a port.", "agreed", "occurred", False, "2025-07-01"),
        ("en", "Rome said on Tuesday it would send tanks on Sunday.", "send", "planned", False, "2025-07-06"),
        ("en", "Rome agreed to send tanks on Sunday.", "send", "planned", False, "2025-07-06"),
        ("en", "Rome agreed on Tuesday to send tanks.", "send", "planned", False, ""),
        ("de", "Rom meldete am Dienstag Angriffe auf den Hafen.", "Angriffe", "occurred", False, "2025-07-01"),
        ("de", "Rom beschloss am Dienstag neue Sanktionen.", "Sanktionen", "planned", False, ""),
        ("de", "Sie einigten sich auf ein Treffen am Dienstag.", "Treffen", "planned", False, "2025-07-08"),
        ("de", "Rom kündigte für Dienstag Gespräche an.", "Gespräche", "planned", False, "2025-07-08"),
    ],
)
def test_acts_of_words_and_what_is_announced_have_days_of_their_own(
    language: str, sentence: str, trigger: str, status: str, said: bool, day: str
) -> None:
    assert found(language, sentence, trigger, status, said) == day


@pytest.mark.parametrize(
    ("language", "sentence", "trigger", "status", "day"),
    [
        ("de", "Sie verlängern die Waffenruhe bis Mittwoch.", "Waffenruhe", "occurred", ""),
        ("en", "As of the morning of July 3, 40 ships were hit.", "hit", "occurred", ""),
        (
            "en",
            "From June 24, when Rome attacked, to July 2 the port was closed.",
            "attacked",
            "occurred",
            "2025-06-24",
        ),
        ("en", "Prices rose on Monday after Rome blockaded the port.", "blockaded", "occurred", ""),
        ("en", "On Tuesday, as a result of shelling, 12 people died.", "shelling", "occurred", "2025-07-01"),
        ("en", "Rome shelled the port for the first time since May 2024.", "shelled", "occurred", ""),
        (
            "en",
            "Rome shelled the port for the first time since the raid of May 2024.",
            "raid",
            "historical",
            "2024-05-01 month",
        ),
        (
            "en",
            "On Monday Rome shelled the port for the first time since May 2024.",
            "shelled",
            "occurred",
            "2025-06-30",
        ),
        (
            "de",
            "Rom hat erstmals seit Mai 2024 am Montag den Hafen beschossen.",
            "beschossen",
            "occurred",
            "2025-06-30",
        ),
        ("de", "Es war der schwerste Angriff auf den Hafen seit Mai 2024.", "Angriff", "occurred", ""),
        ("de", "Rom beschießt die Küste seit Mai 2024.", "beschießt", "occurred", "2024-05-01 month"),
        ("en", "The strikes, which began on Monday, go on.", "strikes", "occurred", "2025-06-30"),
        ("de", "Rom hatte die Zölle verhängt; Oslo hatte sie 2015 gelockert.", "verhängt", "historical", ""),
        ("en", "Rome welcomed on Monday a vote which frees the loan.", "loan", "planned", ""),
        ("en", "Rome thanked Oslo for its plan to stop from July 21.", "thanked", "occurred", ""),
        ("en", "The tanks that were pledged on May 3 will arrive.", "arrive", "planned", ""),
        ("en", "After meeting Bern on Tuesday, Rome called Oslo on Wednesday.", "called", "occurred", "2025-07-02"),
        ("en", "Two days after talks on Monday, Rome shelled Oslo on Wednesday.", "shelled", "occurred", "2025-07-02"),
        ("en", "Rome, which met Bern on Monday, called Oslo on Wednesday.", "called", "occurred", "2025-07-02"),
        (
            "de",
            "Zwei Tage nach dem Gipfel vom Montag griff Rom am Mittwoch Oslo an.",
            "griff",
            "occurred",
            "2025-07-02",
        ),
    ],
)
def test_the_dates_of_other_things_do_not_count(
    language: str, sentence: str, trigger: str, status: str, day: str
) -> None:
    assert found(language, sentence, trigger, status) == day


@pytest.mark.parametrize(
    ("language", "sentence", "trigger", "day"),
    [
        ("de", "Das für Sonntag geplante Treffen fällt aus.", "Treffen", "2025-07-06"),
        ("de", "Sie hatten am Sonntag in Rom zusammenkommen wollen.", "zusammenkommen", "2025-07-06"),
        ("de", "Das Treffen sollte am Sonntag stattfinden.", "Treffen", "2025-07-06"),
        ("de", "Am Sonntag scheiterten die Gespräche.", "Gespräche", "2025-06-29"),
        ("de", "Das für Donnerstag geplante Treffen fällt aus.", "Treffen", "2025-07-03"),
        ("en", "The meeting scheduled for Thursday was called off.", "meeting", "2025-07-03"),
        ("en", "The meeting planned for next Thursday was called off.", "meeting", "2025-07-10"),
        ("en", "Rome cancelled Sunday's meeting.", "meeting", "2025-07-06"),
        ("en", "The meeting was to take place on Sunday.", "meeting", "2025-07-06"),
        ("en", "Talks on Sunday ended without a deal.", "deal", "2025-06-29"),
    ],
)
def test_what_does_not_happen_was_called_off_or_has_failed(
    language: str, sentence: str, trigger: str, day: str
) -> None:
    assert found(language, sentence, trigger, "negated") == day


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Oslo attacked Rome eight months ago.", "historical"),
        ("Oslo attacked Rome last August.", "historical"),
        ("Oslo attacked Rome two days ago.", None),
        ("Oslo and Rome talk in October.", "planned"),
        ("Oslo talks with Rome since 2019.", None),
    ],
)
def test_what_lies_far_back_is_history(sentence: str, status: str | None) -> None:
    assert standing(sentence, 5, "en", FRIDAY) == status


@pytest.mark.parametrize(
    ("sentence", "past", "status"),
    [
        ("Oslo hosted Rome on December 3.", True, "historical"),
        ("Oslo hosted Rome in August.", True, "historical"),
        ("Oslo hosted Rome on July 1.", True, None),
        ("Oslo hosts Rome on January 1.", False, "planned"),
        ("Oslo hosts Rome in August.", False, "planned"),
        ("Oslo bans trade with Rome until the end of July.", False, None),
    ],
)
def test_what_is_told_in_the_past_is_not_to_come(sentence: str, past: bool, status: str | None) -> None:
    assert standing(sentence, 5, "en", FRIDAY, past) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("Rom trifft Oslo am Dienstag in Bern.", "trifft", "planned"),
        ("Beide Seiten beraten am Dienstag in Bern.", "beraten", "planned"),
        ("Rom trifft Oslo am Donnerstag in Bern.", "trifft", None),  # yesterday
        ("Rom hat Oslo am Dienstag in Bern besucht.", "besucht", None),
        ("Rom tagt seit Dienstag in Bern.", "tagt", None),
        ("Der Krieg am Dienstag: Rom trifft ein Lager in Bern.", "trifft", None),
    ],
)
def test_in_german_a_weekday_beside_a_verb_in_the_present_is_to_come(
    sentence: str, trigger: str, status: str | None
) -> None:
    assert standing(sentence, sentence.index(trigger), "de", FRIDAY) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "verb", "status"),
    [
        ("Oslo shelled the port on June 30.", "shelled", True, "occurred"),
        ("Oslo shelled the port in July.", "shelled", True, "occurred"),
        ("Oslo shelled the port on May 12.", "shelled", True, "historical"),
        ("Oslo shelled the port in June.", "shelled", True, None),
        ("After the raid on June 30 Oslo closed the port.", "closed", True, None),
        ("Oslo closed the port, the army said on June 30.", "closed", True, None),
        ("Oslo shelled the port after it had met Rome on June 30.", "shelled", True, None),
        ("Oslo defended its raid on June 30.", "raid", False, None),
        ("Oslo's April raid on Rome failed.", "raid", False, "historical"),
        ("Oslo's 2018 raid on Rome failed.", "raid", False, "historical"),
    ],
)
def test_a_date_of_its_own_settles_when_something_was(
    sentence: str, trigger: str, verb: bool, status: str | None
) -> None:
    found = settled(sentence, sentence.index(trigger), "en", FRIDAY, past=True, verb=verb)
    assert (found[0] if found else None) == status


@pytest.mark.parametrize(
    ("language", "sentence", "trigger", "past"),
    [
        ("de", "Macron empfing Merz in Paris.", "empfing", True),
        ("de", "Kiew und Moskau tauschten Gefangene aus.", "tauschten", True),
        ("de", "Merz wurde von Macron empfangen.", "empfangen", True),
        ("de", "Macron trifft Merz in Paris.", "trifft", False),
        ("de", "Macron und Merz beraten am Dienstag in Paris über Zölle.", "beraten", False),
        ("de", "Macron sollte Merz in Paris empfangen.", "empfangen", False),
        ("de", "Macron und Merz hatten in Paris zusammenkommen wollen.", "zusammenkommen", False),
        ("de", "Macron und Merz haben ein Treffen vereinbart.", "Treffen", False),
        ("en", "Macron hosted Merz in Paris.", "hosted", True),
        ("en", "Macron has hosted Merz in Paris.", "hosted", True),
        ("en", "The talks between Iran and Israel ended.", "talks", True),
        ("en", "Macron was to host Merz in Paris.", "host", False),
        ("en", "Iran and Israel agreed on talks.", "talks", False),
    ],
)
def test_the_tense_is_that_of_the_verb_above_a_trigger(language: str, sentence: str, trigger: str, past: bool) -> None:
    parsed = take_apart(sentence, [(0, len(sentence))], tools(language).matcher)
    parse_sentences(parsed, language)
    words = [word.text for word in parsed[0].words]
    assert is_past(parsed[0], words.index(trigger)) is past


@pytest.mark.parametrize("today", [date(1, 1, 1), date(9999, 12, 31), None])
def test_days_at_the_ends_of_time_do_no_harm(today: date | None) -> None:
    for language, sentence in (
        ("de", "Treffen gestern, morgen, am Montag, vor 99 Jahren, nächstes Jahr, 31. Februar"),
        ("en", "Talks yesterday, tomorrow, on Monday, 99 years ago, next month, February 31"),
    ):
        assert find_date(sentence, 0, language, today, "occurred").precision in {"unknown", "day", "week"}


def test_a_day_lies_in_its_month_a_month_in_its_year_and_neither_in_itself() -> None:
    month, year = When(date(2025, 12, 1), "month"), When(date(2025, 1, 1), "year")
    assert When(date(2025, 12, 4), "day").is_in(month)
    assert month.is_in(year)
    assert not month.is_in(month)
    assert not year.is_in(month)
    assert not When(date(2026, 1, 1), "day").is_in(month)


def test_a_day_lies_in_its_week_only() -> None:
    week = When(date(2025, 6, 30), "week")
    assert When(date(2025, 7, 6), "day").is_in(week)
    assert not When(date(2025, 7, 7), "day").is_in(week)
    assert not UNKNOWN.is_in(week)


def test_a_number_of_days_that_is_a_date_one_way_only_ends_nothing() -> None:
    sentence = "Chad denied on Tuesday that it had supplied the weapons used in three days of attacks on the city."
    when = find_date(sentence, sentence.index("supplied"), "en", date(2025, 5, 6), "negated")
    assert when.day in {None, date(2025, 5, 6)}


@pytest.mark.parametrize(("language", "day"), [("de", date(2025, 11, 13)), ("en", date(2025, 11, 12))])
def test_a_german_article_of_shortly_after_midnight_is_of_the_new_day(language: str, day: date) -> None:
    at = datetime(2025, 11, 12, 23, 30, tzinfo=UTC)
    article = Article("a", "", "example.org", "f", language, None, at, at, "", "", "")
    assert article.day == day


@pytest.mark.parametrize(
    ("country", "hour", "day"),
    [("JP", 23, date(2025, 11, 13)), ("JP", 0, date(2025, 11, 12)), ("US", 23, date(2025, 11, 12))],
)
def test_a_paper_in_the_east_is_read_by_its_own_clock(country: str, hour: int, day: date) -> None:
    at = datetime(2025, 11, 12, hour, 0, tzinfo=UTC)
    assert Article("a", "", "example.org", "f", "en", country, at, at, "", "", "").day == day


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("en", "Houthis release UN staff held since June", "release"),
        ("de", "Die Huthi lassen UN-Mitarbeiter frei, die seit Juni festgehalten wurden.", "frei"),
        ("en", "Zelensky says he is ready to meet Putin in Istanbul on Thursday", "ready"),
    ],
)
def test_since_when_somebody_was_held_and_when_an_offered_meeting_is_to_be_dates_nothing_else(
    language: str, sentence: str, word: str
) -> None:
    verbal = word == "ready"
    when = find_date(sentence, sentence.index(word), language, date(2025, 11, 10), "occurred", verbal)
    assert when.day is None
