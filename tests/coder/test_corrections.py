"""What the contract says of refusals, pauses and pledges, whatever their words look like."""

import json
from datetime import date

import pytest

from processors.coder.code import Text, code_texts
from processors.coder.explain import as_text, explained
from processors.settings import ROOT, load_settings

Seen = list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]


def coded(language: str, text: str) -> Seen:
    events = next(code_texts([Text(text, language, day=date(2025, 7, 4))]))
    return [(event.type, event.status, event.actors, event.recipients) for event in events]


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("de", "Moskau schließt ein Treffen mit Selenskyj aus.", (("RUS",), ("UKR",))),
        ("de", "Die Huthis zeigen keine Bereitschaft zu Gesprächen mit Saudi-Arabien.", (("HOUTHIS",), ("SAU",))),
        ("en", "The Taliban showed no willingness to talk to Pakistan.", (("TALIBAN",), ("PAK",))),
    ],
)
def test_a_refusal_is_the_only_event(language: str, text: str, sides: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    assert coded(language, text) == [("rejection", "occurred", *sides)]


def test_an_offer_that_was_not_made_stays_one() -> None:
    assert coded("de", "Kiew hat Moskau keine neue Gesprächsrunde in Istanbul angeboten.") == [
        ("negotiation_offer", "negated", ("UKR",), ("RUS",))
    ]


def test_the_explanation_says_why_a_readiness_is_a_refusal() -> None:
    text = "Nordkorea ist nicht gesprächsbereit gegenüber Südkorea."
    assert "who is not ready to talk refuses to" in as_text(explained(text, "de", "2025-07-04", load_settings()))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Polen hat der Ukraine Panzer versprochen.",
            "planned: what is pledged is not given yet",
        ),
        ("Tausende demonstrieren in Berlin gegen den Krieg.", "actor OTHER: who protests acts for nobody"),
    ],
)
def test_the_explanation_names_what_was_set_right(text: str, reason: str) -> None:
    assert reason in as_text(explained(text, "de", "2025-07-04", load_settings()))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Deutschland liefert bis auf Weiteres keine Waffen mehr an Israel.", "occurred"),
        ("Ab März wird Deutschland keine Munition mehr nach Israel liefern.", "planned"),
    ],
)
def test_what_is_no_longer_delivered_is_paused(text: str, status: str) -> None:
    assert coded("de", text) == [("arms_delivery_pause", status, ("DEU",), ("ISR",))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Merz hat dem ukrainischen Präsidenten bei einem Telefonat weitere Luftabwehrsysteme zugesagt."),
        ("de", "Deutschland sagte der Ukraine am Montag weitere Panzer zu."),
        ("en", "Germany has pledged more tanks to Ukraine."),
    ],
)
def test_arms_that_are_pledged_are_planned(language: str, text: str) -> None:
    assert ("arms_delivery", "planned", ("DEU",), ("UKR",)) in coded(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Deutschland unterstützt die Ukraine nicht nur militärisch."),
        ("de", "Russland greife nicht nur die Ukraine an, sondern die gesamte europäische Friedensordnung."),
    ],
)
def test_not_only_does_not_negate(language: str, text: str) -> None:
    assert [status for _, status, *_ in coded(language, text)] == ["occurred"]


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("de", "Der britische Premierminister rief Israel auf, die Kämpfe einzustellen.", (("GBR",), ("ISR",))),
        ("de", "Die UN riefen den Sudan auf, an den Verhandlungstisch zurückzukehren.", (("UN",), ("SDN",))),
        ("en", "Germany urged Greece and Turkey to step back from the brink.", (("DEU",), ("GRC", "TUR"))),
        ("en", "US Secretary of State Marco Rubio asked Azerbaijan to stop the offensive.", (("USA",), ("AZE",))),
    ],
)
def test_who_demands_peace_calls_for_it(
    language: str, text: str, sides: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert coded(language, text) == [("peace_call", "occurred", *sides)]


@pytest.mark.parametrize(
    ("language", "text", "type_"),
    [
        ("de", "Das Abkommen sieht den Abzug der ruandischen Truppen binnen 90 Tagen vor.", "troop_withdrawal"),
        ("en", "The agreement between Israel and Hezbollah provides for a ceasefire of 60 days.", "ceasefire"),
    ],
)
def test_what_a_text_provides_for_is_planned(language: str, text: str, type_: str) -> None:
    assert {status for name, status, *_ in coded(language, text) if name == type_} == {"planned"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Serbien und der Kosovo haben ein Abkommen unterzeichnet. Die Afrikanische Union begrüßte das Abkommen.",
        ),
        ("en", "Serbia and Kosovo have signed an accord on border crossings. The African Union hailed the accord."),
    ],
)
def test_who_welcomes_what_two_agreed_on_does_so_towards_both(language: str, text: str) -> None:
    assert ("support", "occurred", ("AU",), ("SRB", "XKX")) in coded(language, text)


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("de", "Indien und Pakistan haben sich auf eine Waffenruhe geeinigt.", ("ceasefire", ("IND", "PAK"))),
        ("en", "Russia has agreed to talks with Ukraine in Istanbul.", ("negotiation", ("RUS", "UKR"))),
    ],
)
def test_what_is_agreed_on_is_no_agreement_beside_it(
    language: str, text: str, event: tuple[str, tuple[str, ...]]
) -> None:
    assert [(name, actors) for name, _, actors, _ in coded(language, text)] == [event]


def test_talks_that_were_held_and_talks_to_come_are_two_events() -> None:
    text = (
        "Iran and the United States held talks in Muscat on Monday. A second round of talks will take place next week."
    )
    assert [event[:3] for event in coded("en", text)] == [
        ("negotiation", "occurred", ("IRN", "USA")),
        ("negotiation", "planned", ("IRN", "USA")),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Norway condemned Israel's raids on Hezbollah. China urged all sides to show restraint."),
        ("en", "The Brazilian government appealed to all parties to respect international law and avoid escalation."),
    ],
)
def test_who_asks_all_sides_asks_nobody_by_name(language: str, text: str) -> None:
    calls = [event for event in coded(language, text) if event[0] == "peace_call"]
    assert [event[3] for event in calls] == [("OTHER",)]


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("de", "Am 4. Juli griff Israel Damaskus an.", ("attack", "occurred")),
        ("de", "Indien hat am 30. Juni Ziele in Pakistan bombardiert.", ("attack", "occurred")),
        ("en", "Iran attacked Baghdad with drones on July 2, 2025.", ("attack", "occurred")),
        ("de", "Am 9. Juli trifft Macron Erdogan in Ankara.", ("leader_meeting", "planned")),
        ("en", "Macron meets Erdogan in August in Ankara.", ("leader_meeting", "planned")),
        ("de", "Erdogan empfing am 1. Juli Macron in Ankara.", ("leader_meeting", "occurred")),
        ("de", "Aserbaidschan griff 2020 die Armenier an.", ("attack", "historical")),
        ("de", "Macron traf 2018 Erdogan in Paris.", ("leader_meeting", "historical")),
        ("de", "Polen lieferte der Ukraine 2022 Krab-Haubitzen.", ("arms_delivery", "historical")),
        ("en", "Macron's 2018 meeting with Erdogan in Paris achieved little.", ("leader_meeting", "historical")),
        ("en", "Israel's April strikes on Syria killed dozens.", ("attack", "historical")),
    ],
)
def test_the_status_keeps_to_the_calendar(language: str, text: str, event: tuple[str, str]) -> None:
    assert [found[:2] for found in coded(language, text)] == [event]


def test_the_date_of_another_verb_settles_nothing() -> None:
    text = "Erdogan urged Israel and Syria to cease fire from 9 p.m. Macron threatened Israel in March with sanctions."
    assert ("peace_call", "occurred", ("TUR",), ("ISR", "SYR")) in coded("en", text)


def test_what_must_stop_is_asked_for_by_the_verb_that_must_hangs_on() -> None:
    lines = (ROOT / "config" / "demo" / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    (copy,) = [row for row in map(json.loads, lines) if row["id"] == "don-03"]  # "müssten die Kämpfe ... einstellen"
    events = next(code_texts([Text(copy["text"], "de", copy["title"], date(2025, 11, 14))]))
    assert [(event.type, event.actors) for event in events] == [("peace_call", ("UN",))]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Israeli jets nearly bombed the UN convoy in Gaza.", "attack"),
        ("en", "Iran came close to attacking Israel last week.", "attack"),
        ("en", "There is no evidence that China has supplied weapons to Russia.", "arms_delivery"),
        ("en", "NATO sees no sign of a Russian troop withdrawal from Ukraine.", "troop_withdrawal"),
        ("de", "Russland hätte beinahe Polen angegriffen.", "attack"),
        ("de", "Um ein Haar hätten russische Truppen einen US-Konvoi beschossen.", "attack"),
        ("de", "Es gibt keine Belege dafür, dass der Iran den Tanker angegriffen hat.", "attack"),
        ("de", "Für einen Angriff Russlands auf die Pipeline gibt es keine Hinweise.", "attack"),
        ("de", "Keine Anzeichen für russischen Angriff auf Litauen.", "attack"),
    ],
)
def test_what_almost_happened_or_nothing_tells_of_did_not_happen(language: str, text: str, kind: str) -> None:
    assert [event[:2] for event in coded(language, text)] == [(kind, "negated")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Almost 200 Russian drones attacked Kyiv overnight."),
        ("en", "Israel has attacked Gaza almost daily."),
        ("en", "Russian troops almost destroyed the city of Mariupol."),
        ("en", "There is no doubt that Russia attacked the convoy."),
        ("en", "The report found evidence that Russia attacked the convoy."),
        ("en", "Russia attacked Kyiv, and there was no evidence of a ceasefire."),
        ("de", "Fast 200 russische Drohnen greifen Kiew an."),
        ("de", "Russland greift Kiew fast täglich an."),
        ("de", "Es gibt keinen Zweifel, dass Russland den Konvoi angegriffen hat."),
    ],
)
def test_almost_and_evidence_of_something_else_deny_nothing(language: str, text: str) -> None:
    assert ("attack", "occurred") in [event[:2] for event in coded(language, text)]


@pytest.mark.parametrize(
    ("language", "text", "kind", "sides"),
    [
        ("de", "Trump telefonierte mit Putin und mit Selenskyj.", "leader_call", {"RUS", "UKR", "USA"}),
        ("de", "Israel griff Ziele im Libanon und in Syrien an.", "attack", {"ISR", "LBN", "SYR"}),
        ("en", "Trump spoke with Putin and with Zelensky.", "leader_call", {"RUS", "UKR", "USA"}),
        ("en", "Trump phoned both Putin and Zelensky.", "leader_call", {"RUS", "UKR", "USA"}),
        ("en", "Trump met Putin in Alaska and in Ukraine the fighting went on.", "leader_meeting", {"RUS", "USA"}),
    ],
)  # fmt: skip
def test_all_take_part_before_whom_the_preposition_is_said_again(
    language: str, text: str, kind: str, sides: set[str]
) -> None:
    found = [{*actors, *recipients} for type_, _, actors, recipients in coded(language, text) if type_ == kind]
    assert found == [sides]


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("de", "Nordkorea hat erstmals seit Oktober 2024 eine Rakete getestet.", ("mobilization", "occurred")),
        ("de", "Erstmals seit Jahren hat die Türkei Stellungen der PKK im Irak bombardiert.", ("attack", "occurred")),
        ("de", "Es war der schwerste russische Angriff auf Odessa seit Sommer 2023.", ("attack", "occurred")),
        ("en", "Israel bombed Damascus for the first time since the March 2025 accord.", ("attack", "occurred")),
        ("en", "North Korea tested a missile for the first time since October 2024.", ("mobilization", "occurred")),
        ("en", "It was the heaviest Russian attack on Odesa since the summer of 2023.", ("attack", "occurred")),
    ],
)
def test_what_has_not_been_for_so_long_is_news(language: str, text: str, event: tuple[str, str]) -> None:
    assert [found[:2] for found in coded(language, text)] == [event]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Putin besuchte Budapest erstmals seit dem Einmarsch in die Ukraine im Jahr 2022."),
        ("en", "Israel launched its heaviest strikes on Beirut since Russia invaded Ukraine in 2022."),
    ],
)
def test_what_was_when_it_was_last_so_is_history(language: str, text: str) -> None:
    found = {(kind, status) for kind, status, actors, _ in coded(language, text) if "RUS" in actors}
    assert ("attack", "historical") in found
    assert [status for _, status, actors, _ in coded(language, text) if actors != ("RUS",)] == ["occurred"]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Der Kreml schloss ein Treffen zwischen Putin und Trump nicht aus.", "leader_meeting"),
        ("de", "Washington schließt Angriffe auf Venezuela nicht aus.", "attack"),
        ("de", "Ein Treffen zwischen Macron und Erdogan ist nicht ausgeschlossen.", "leader_meeting"),
        ("en", "The White House did not rule out land strikes on Venezuela.", "attack"),
        ("en", "Turkey did not exclude a visit by Putin.", "leader_meeting"),
    ],
)
def test_what_is_not_ruled_out_may_be(language: str, text: str, kind: str) -> None:
    assert [event[:2] for event in coded(language, text)] == [(kind, "hypothetical")]


@pytest.mark.parametrize(
    "text", ["Brussels refused to rule out new sanctions on Georgia.", "NATO declined to rule out talks."]
)
def test_who_will_not_rule_out_refuses_nothing(text: str) -> None:
    assert "rejection" not in {event[0] for event in coded("en", text)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Trump sagte das Treffen mit Putin nicht ab."),
        ("de", "Teheran bestritt nicht, den Tanker angegriffen zu haben."),
        ("en", "Trump did not cancel the meeting with Putin."),
        ("en", "The soldiers could not prevent the attack by Hamas on Sderot."),
        ("en", "Russia did not deny reports that it had attacked Odesa."),
    ],
)
def test_what_is_not_cancelled_or_denied_is_not_negated(language: str, text: str) -> None:
    assert {event[1] for event in coded(language, text)} == {"occurred"}


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Der Kreml wies Berichte zurück, Putin habe Trump angerufen.", "leader_call"),
        ("de", "Peking wies Berichte zurück, es habe Drohnen an Russland geliefert.", "arms_delivery"),
        ("de", "Die Türkei wies Meldungen zurück, wonach sie Israel angegriffen habe.", "attack"),
        ("de", "Ägypten dementierte Gerüchte über ein Treffen mit Netanjahu.", "leader_meeting"),
        ("en", "Tehran denied a report that Abbas Araghchi would meet Marco Rubio.", "leader_meeting"),
        ("en", "Iran denied reports of an attack on an Israeli tanker.", "attack"),
    ],
)
def test_what_reports_tell_that_are_denied_is_all_that_is_negated(language: str, text: str, kind: str) -> None:
    assert [event[:2] for event in coded(language, text)] == [(kind, "negated")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Iran wies israelische Behauptungen zurück, er habe Raketen auf Haifa abgefeuert."),
        ("de", "Ruanda wies Angaben des Kongo zurück, seine Soldaten hätten Uvira eingenommen."),
        ("en", "Rwanda dismissed claims by Congo that its soldiers had captured Uvira."),
        ("en", "Iran rejected Israeli claims that it had fired missiles at Haifa."),
    ],
)
def test_a_claim_of_somebody_named_is_turned_down_and_what_it_tells_negated(language: str, text: str) -> None:
    found = {kind: status for kind, status, *_ in coded(language, text)}
    assert found.pop("rejection") == "occurred"
    assert set(found.values()) <= {"negated"}


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("de", "Moskau wies Berichte zurück und griff Kiew mit Drohnen an.", ("attack", "occurred")),
        ("de", "Israel wies den Vorwurf zurück, nachdem die Hamas Aschkelon beschossen hatte.", ("attack", "occurred")),
        ("en", "Israel dismissed the UN report, saying Hamas had attacked Sderot.", ("attack", "occurred")),
        ("en", "Israel rejected the report.", ("rejection", "occurred")),
    ],
)
def test_what_stands_beside_a_denied_report_is_not_denied(language: str, text: str, event: tuple[str, str]) -> None:
    assert event in [found[:2] for found in coded(language, text)]


@pytest.mark.parametrize(
    ("language", "text", "actors"),
    [
        ("de", "Großbritannien nannte die Weigerung Russlands inakzeptabel.", ("RUS",)),
        (
            "de",
            "Deutschland und Frankreich bedauerten die Ablehnung des Iran, Inspektoren ins Land zu lassen.",
            ("IRN",),
        ),
        ("en", "Britain called Russia's refusal to attend unacceptable.", ("RUS",)),
        ("en", "Japan called the refusal by China regrettable.", ("CHN",)),
    ],
)
def test_who_finds_fault_with_a_refusal_has_not_refused(language: str, text: str, actors: tuple[str, ...]) -> None:
    assert [event[2] for event in coded(language, text) if event[0] == "rejection"] == [actors]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Burundi beschuldigt Ruanda der Waffenhilfe für Rebellen. Burundis Präsident hat Kigali vorgeworfen, vom "
            "Kongo aus Kämpfer zu bewaffnen. Ruanda wies die Anschuldigung als absurd zurück.",
        ),
        (
            "en",
            "Burundi accuses Rwanda of arming rebels. Burundi's president said that Rwanda was supplying fighters with "
            "rifles. Kigali dismissed the allegation as absurd, and Dodoma summoned Burundi's envoy.",
        ),
    ],
)
def test_who_turns_an_accusation_down_has_not_made_it(language: str, text: str) -> None:
    found = {event[0] for event in coded(language, text) if "RWA" in event[2]}
    assert "rejection" in found
    assert "accusation" not in found


def test_a_refusal_of_nobody_named_is_not_the_critics() -> None:
    text = (
        "Iran has refused to let inspectors of the International Atomic Energy Agency enter the site. "
        "Britain, France and Germany called the refusal unacceptable."
    )
    assert {event[2] for event in coded("en", text) if event[0] == "rejection"} == {("IRN",)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Merz bleibt dem Gipfel mit China in Peking fern."),
        ("de", "Merz wird dem Gipfel mit China in Peking fernbleiben."),
        ("en", "Merz stayed away from the summit with China in Beijing."),
    ],
)
def test_who_stays_away_does_not_meet(language: str, text: str) -> None:
    assert coded(language, text) == [("leader_meeting", "negated", ("CHN", "DEU"), ())]


@pytest.mark.parametrize(
    ("language", "headline", "expected"),
    [
        ("de", "RUSSLAND GREIFT CHARKIW AN", ("attack", "occurred", ("RUS",), ("UKR",))),
        ("de", "PUTIN SAGT TREFFEN MIT SELENSKYJ AB", ("leader_meeting", "negated", ("RUS", "UKR"), ())),
        ("de", "USA SETZEN WAFFENLIEFERUNGEN AN UKRAINE AUS", ("arms_delivery_pause", "occurred", ("USA",), ("UKR",))),
        ("de", "CHINA WEIST VORWÜRFE DER USA ZURÜCK", ("rejection", "occurred", ("CHN",), ("USA",))),
        ("de", "SELENSKYJ RUFT PUTIN ZU VERHANDLUNGEN AUF", ("peace_call", "occurred", ("UKR",), ("RUS",))),
        ("en", "US STRIKES IRAN'S NUCLEAR SITES", ("attack", "occurred", ("USA",), ("IRN",))),
    ],
)
def test_headlines_in_capitals_are_read_as_others(language: str, headline: str, expected: object) -> None:
    assert coded(language, headline) == [expected]


def test_evidence_in_capitals_is_shown_as_it_stands() -> None:
    (event,) = next(code_texts([Text("RUSSLAND GREIFT CHARKIW AN", "de", day=date(2025, 7, 4))]))
    assert (event.trigger, event.sentence) == ("GREIFT … AN", "RUSSLAND GREIFT CHARKIW AN")
