"""A ceasefire or sanctions that are only the background of what a sentence tells."""

import pytest

from tests.coder.coded import coded


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Israel greift trotz Waffenruhe Ziele im Libanon an", "ceasefire"),
        ("de", "Israel bombardiert trotz Waffenruhe Gaza", "ceasefire"),
        ("de", "Trotz Sanktionen: Indien kauft russisches Öl", "sanctions"),
        ("en", "Israel bombs Gaza despite ceasefire", "ceasefire"),
        ("en", "Hezbollah rearms despite ceasefire", "ceasefire"),
    ],
)
def test_who_is_named_beside_it_only_takes_no_part_in_it(language: str, text: str, kind: str) -> None:
    assert [one for one in coded(language, text) if one[0] == kind and (one[2] or one[3])] == []


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Facing US tariffs, Brazil turns to China", "BRA"),
        ("Hit by US tariffs, India turns to China", "IND"),
    ],
)
def test_tariffs_that_somebody_faces_are_on_him(text: str, recipient: str) -> None:
    assert coded("en", text) == [("sanctions", "occurred", ("USA",), (recipient,))]


def test_whose_ceasefire_it_is_keeps_it() -> None:
    text = "Despite the ceasefire between Israel and Hamas, Egypt keeps the border shut"
    assert ("ceasefire", "occurred", ("HAMAS", "ISR"), ()) in coded("en", text)


def test_sanctions_with_a_verb_of_their_own_are_news() -> None:
    text = "Despite US sanctions imposed on Monday, Iran sells oil to China"
    assert ("sanctions", "occurred", ("USA",), ("IRN",)) in coded("en", text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thailand and Cambodia trade fire despite truce"),
        ("de", "Thailand und Kambodscha liefern sich trotz Waffenruhe Gefechte"),
    ],
)
def test_the_truce_of_two_who_fight_each_other_is_theirs(language: str, text: str) -> None:
    assert ("ceasefire", "occurred", ("KHM", "THA"), ()) in coded(language, text)
