"""What goes on, is taken up again or comes to its end; dates of relative clauses; who is ready to do something."""

from datetime import date

import pytest

from processors.coder.code import Text, code_texts

DAY = date(2025, 11, 10)
Told = set[tuple[str, str, tuple[str, ...], tuple[str, ...]]]


def told(language: str, text: str) -> Told:
    (events,) = code_texts([Text(text, language, day=DAY)])
    return {(event.type, event.status, event.actors, event.recipients) for event in events}


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "A fragile truce between Congo and M23 unravelled on Monday.", "negated"),
        ("en", "Thailand and Cambodia trade fire again as truce collapses.", "negated"),
        ("en", "A ceasefire between Pakistan and Afghanistan expired on Friday.", "negated"),
        ("en", "The truce between Russia and Ukraine ended at midnight.", "negated"),
        ("de", "Die Feuerpause zwischen Thailand und Kambodscha endete am Montag.", "negated"),
        ("de", "Die Waffenruhe zwischen Israel und der Hamas ist zerbrochen.", "negated"),
        ("en", "A ceasefire between Russia and Ukraine expires on Sunday.", "occurred"),
        ("de", "Die Waffenruhe zwischen Israel und der Hamas läuft am Sonntag aus.", "occurred"),
        ("en", "The truce ended two years of fighting between Israel and Hamas.", "occurred"),
        ("en", "The first phase of the ceasefire between Israel and Hamas ended on Saturday.", "occurred"),
        ("en", "Fears grew that the truce between Israel and Hamas would collapse.", "hypothetical"),
    ],
)
def test_a_truce_that_is_over_is_none(language: str, text: str, status: str) -> None:
    assert {event[1] for event in told(language, text) if event[0] == "ceasefire"} == {status}


def test_a_waiver_that_has_expired_is_no_longer_granted() -> None:
    assert told("en", "A U.S. waiver for Russian oil expired.") == {("concession", "negated", ("USA",), ("RUS",))}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A U.N. arms embargo on Iran expired in October."),
        ("de", "Das UN-Waffenembargo gegen den Iran lief im Oktober aus."),
        ("en", "A grain deal between Russia and Ukraine expired."),
        ("de", "Der letzte Atomvertrag zwischen den USA und Russland ist ausgelaufen."),
    ],
)
def test_that_pacts_and_embargoes_run_out_is_no_event(language: str, text: str) -> None:
    assert told(language, text) == set()


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        (
            "en",
            "The Netherlands continues to supply Ukraine with drones.",
            ("arms_delivery", "occurred", ("NLD",), ("UKR",)),
        ),
        (
            "en",
            "Germany will continue to supply Ukraine with weapons.",
            ("arms_delivery", "planned", ("DEU",), ("UKR",)),
        ),
        ("en", "Russia plans to continue to supply Iran with jets.", ("arms_delivery", "planned", ("RUS",), ("IRN",))),
        (
            "de",
            "Die Regierung in Prag führt die Munitionsinitiative für die Ukraine fort.",
            ("arms_delivery", "occurred", ("CZE",), ("UKR",)),
        ),
        (
            "de",
            "Polen und die Ukraine einigten sich auf den Austausch von Gefangenen.",
            ("prisoner_exchange", "planned", ("POL", "UKR"), ()),
        ),
        (
            "de",
            "Trump und Xi haben vereinbart, sich im Dezember zu treffen.",
            ("leader_meeting", "planned", ("CHN", "USA"), ()),
        ),
        (
            "de",
            "Serbien und Kosovo konnten sich nicht auf eine Grenze einigen.",
            ("agreement", "negated", ("SRB", "XKX"), ()),
        ),
        (
            "en",
            "EU leaders failed to agree on using frozen Russian assets for a loan to Ukraine.",
            ("agreement", "negated", ("EU",), ()),
        ),
    ],
)
def test_what_goes_on_happens_and_what_is_agreed_on_is_to_come(
    language: str, text: str, event: tuple[str, str, tuple[str, ...], tuple[str, ...]]
) -> None:
    assert told(language, text) == {event}


@pytest.mark.parametrize(
    ("language", "text", "giver", "receiver"),
    [
        (
            "en",
            "Germany resumed arms exports to Israel, three months after Berlin suspended some of them.",
            "DEU",
            "ISR",
        ),
        (
            "en",
            "The U.S. has resumed sending rockets to Ukraine, a week after the Pentagon paused some deliveries.",
            "USA",
            "UKR",
        ),
        (
            "de",
            "Die USA haben die Waffenlieferungen an die Ukraine wieder aufgenommen, eine Woche nachdem das Pentagon "
            "sie gestoppt hatte.",
            "USA",
            "UKR",
        ),
        ("en", "Washington resumed military aid to Ukraine after a pause of one week.", "USA", "UKR"),
    ],
)
def test_deliveries_that_are_taken_up_again_stand_beside_their_pause(
    language: str, text: str, giver: str, receiver: str
) -> None:
    assert told(language, text) == {
        ("arms_delivery", "occurred", (giver,), (receiver,)),
        ("arms_delivery_pause", "occurred", (giver,), (receiver,)),
    }


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        ("en", "Kosovo reopened the Merdare crossing it had shut in 2023.", ("concession", "occurred")),
        (
            "de",
            "Polen hat die Grenze zu Belarus wieder geöffnet, die es 2024 geschlossen hatte.",
            ("concession", "occurred"),
        ),
        ("en", "Trump lifted the sanctions on Syria that Obama imposed in 2011.", ("concession", "occurred")),
        ("en", "The attack, which killed 20 people in 2024, was carried out by Israel.", ("attack", "historical")),
    ],
)
def test_a_relative_clause_has_its_own_date(language: str, text: str, event: tuple[str, str]) -> None:
    (events,) = code_texts([Text(text, language, day=DAY)])
    (found,) = [one for one in events if one.type == event[0]]
    assert found.status == event[1]
    assert (found.event_date is None) == (event[1] == "occurred")


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        (
            "en",
            "The United States said it was ready to share intelligence with Mali.",
            ("arms_delivery", "planned", ("USA",), ("MLI",)),
        ),
        (
            "en",
            "The United States said it was ready to lift sanctions on Syria.",
            ("concession", "planned", ("USA",), ("SYR",)),
        ),
        (
            "de",
            "Die USA sind bereit, die Sanktionen gegen Syrien aufzuheben.",
            ("concession", "planned", ("USA",), ("SYR",)),
        ),
        ("en", "France is ready to deploy troops to Ukraine.", ("mobilization", "planned", ("FRA",), ())),
        (
            "en",
            "Iran said it was ready to negotiate with the United States.",
            ("negotiation_offer", "occurred", ("IRN",), ("USA",)),
        ),
    ],
)
def test_who_is_ready_to_do_something_else_offers_no_talks(
    language: str, text: str, event: tuple[str, str, tuple[str, ...], tuple[str, ...]]
) -> None:
    assert told(language, text) == {event}


def test_the_mediator_breaks_off_no_talks() -> None:
    text = "Die von Peru vermittelten Gespräche zwischen Kolumbien und Ecuador wurden abgebrochen."
    (broken,) = [event for event in told("de", text) if event[0] == "diplomatic_break"]
    assert "PER" not in broken[2] + broken[3]
