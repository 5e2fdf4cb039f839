"""What somebody says of another's words or step, and what another than the one before does for himself."""

import pytest

from tests.coder.coded import coded as told


@pytest.mark.parametrize(
    ("text", "kind", "not_by"),
    [
        ("Kremlin says Putin ready to meet Zelenskyy only in Moscow. Kyiv calls the invitation unserious.",
         "negotiation_offer", "UKR"),
        ("Putin invited Zelensky to Moscow. Kyiv called the invitation a trick.", "negotiation_offer", "UKR"),
        ("The US offered Iran talks. Tehran called the offer an insult.", "negotiation_offer", "IRN"),
        ("Trump urged Zelensky to accept the plan. Starmer endorsed the demand.", "demand", "GBR"),
        ("Trump threatens Iran. Tehran shrugged off the threat.", "threat", "IRN"),
    ],
)  # fmt: skip
def test_who_takes_up_what_another_said_does_not_say_it(text: str, kind: str, not_by: str) -> None:
    actors = [event[2] for event in told("en", text) if event[0] == kind]
    assert actors
    assert (not_by,) not in actors


def test_who_backs_a_demand_supports_whose_it_is() -> None:
    assert told("en", "Macron backs Zelensky's demand for more air defence.") == [
        ("support", "occurred", ("FRA",), ("UKR",))
    ]


def test_who_echoes_a_call_calls_too() -> None:
    assert told("en", "China echoed the call for restraint.") == [("peace_call", "occurred", ("CHN",), ())]


@pytest.mark.parametrize(
    "text",
    [
        "The Pentagon will withdraw a brigade from Romania. NATO called it a normal adjustment.",
        "Israel approved the plan for Gaza. The White House played it down, calling it an internal matter.",
        "Russia closed the border. Finland called it a temporary measure.",
        "Egypt and Jordan called for an immediate halt to the fighting in Sudan. In Bahrain, the German foreign "
        "minister described the situation as apocalyptic.",
        "Dmitry Peskov says a summit makes no sense; Kyiv waits. Russia claims capture of two villages near Pokrovsk.",
        "Turkey says Israel is a threat to the region.",
    ],
)
def test_what_is_only_named_is_no_accusation(text: str) -> None:
    assert not {"accusation", "threat"} & {event[0] for event in told("en", text)}


def test_what_is_named_badly_stays_one() -> None:
    assert ("accusation", "occurred", ("DEU",), ("IRN",)) in told("en", "Iran attacked Israel. Merz called it a crime.")


def test_a_letter_of_intent_is_no_letter() -> None:
    assert told("en", "Zelensky and Macron sign letter of intent on Rafale jets.") == [
        ("agreement", "occurred", ("FRA", "UKR"), ())
    ]


def test_what_has_to_be_respected_is_not_supported() -> None:
    events = told(
        "en",
        "President Bola Tinubu's spokesman said any American role in the fight against jihadists had to respect the "
        "country's territorial integrity.",
    )
    assert "support" not in {event[0] for event in events}


def test_by_whom_it_was_done_is_condemned() -> None:
    events = told(
        "en", "The UN rights council met. The UN council adopted a resolution condemning atrocities by the RSF."
    )
    assert [event[3] for event in events if event[0] == "accusation"] == [("RSF",)]


@pytest.mark.parametrize(
    ("text", "refuses"),
    [
        ("Estonia is prepared to send troops. Poland, by contrast, has ruled out sending soldiers.", "POL"),
        ("Norway pledges 300 million euros for Kyiv. Hungary refused to contribute.", "HUN"),
        ("Japan approved new sanctions on Russia. India again refused to join them.", "IND"),
        ("France recognised the state of Palestine on Monday. Germany rejected such a step for now.", "DEU"),
    ],
)
def test_who_does_not_follow_refuses_nobody_anything(text: str, refuses: str) -> None:
    assert ("rejection", "occurred", (refuses,), ()) in told("en", text)


@pytest.mark.parametrize(
    ("text", "refuses", "asks"),
    [
        ("Ukraine asked for long-range missiles. Germany again refused to send them.", "DEU", "UKR"),
        ("Trump demanded that Hamas disarm. The group refused.", "HAMAS", "USA"),
        ("Trump proposed a summit in Budapest. Putin turned it down.", "RUS", "USA"),
    ],
)
def test_who_asked_is_refused(text: str, refuses: str, asks: str) -> None:
    assert ("rejection", "occurred", (refuses,), (asks,)) in told("en", text)


def test_an_answer_that_tells_more_is_only_that() -> None:
    events = told(
        "en", "Merz presses Orbán to give up Russian oil. Orbán retorted that Hungary would take the EU to court."
    )
    assert [event[2:] for event in events if event[0] == "accusation"] == [(("HUN",), ("EU",))]


def test_what_somebody_is_asked_to_do_next_is_asked_by_the_same() -> None:
    assert told(
        "en",
        "Egypt, Saudi Arabia and Jordan on Saturday appealed to Sudan's army and the RSF to lay down arms and return "
        "to the negotiating table.",
    ) == [("peace_call", "occurred", ("EGY", "JOR", "SAU"), ("RSF", "SDN"))]


@pytest.mark.parametrize(
    ("language", "text", "actors"),
    [
        ("en", "European leaders condemn Russian strike on Kyiv. Macron, Merz and Starmer condemned the attack.",
         ("DEU", "FRA", "GBR")),
        ("de", "Europäer verurteilen russischen Angriff auf Kiew. Macron, Merz und Starmer verurteilten den Angriff.",
         ("DEU", "FRA", "GBR")),
    ],
)  # fmt: skip
def test_leaders_of_a_headline_are_those_whom_the_text_names(language: str, text: str, actors: tuple[str, ...]) -> None:
    accusing = [event[2] for event in told(language, text) if event[0] == "accusation"]
    assert accusing == [actors]
