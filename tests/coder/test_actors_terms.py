"""Whom people of the tables act for on a day: earlier terms, second offices and spellings in both languages."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from processors.coder.actors import find_actors, load_actors

CONFIG = Path(__file__).parents[2] / "config"
TABLE = load_actors(CONFIG)


def ids_of(text: str, lang: str, day: str) -> list[tuple[str, ...]]:
    return [span.ids for span in find_actors(text, lang, date.fromisoformat(day), TABLE)]


# A day within each term: the full name names whom the person acts for, a day outside of every term nobody.
@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Lars Løkke Rasmussen", "2017-03-01", "DNK"),
        ("Michelle Bachelet", "2016-03-01", "CHL"),
        ("Michelle Bachelet", "2020-03-01", "UN"),
        ("Sebastián Piñera", "2012-03-01", "CHL"),
        ("Sebastián Piñera", "2015-03-01", "OTHER"),
        ("Fumio Kishida", "2015-03-01", "JPN"),
        ("Taro Aso", "2006-03-01", "JPN"),
        ("Taro Aso", "2015-03-01", "JPN"),
        ("Mohammed bin Salman", "2015-03-01", "SAU"),
        ("Hassan Sheikh Mohamud", "2014-03-01", "SOM"),
        ("John Mahama", "2014-03-01", "GHA"),
        ("John Mahama", "2020-03-01", "OTHER"),
        ("Andry Rajoelina", "2011-03-01", "MDG"),
        ("Peter Pellegrini", "2019-03-01", "SVK"),
        ("Borut Pahor", "2010-03-01", "SVN"),
        ("Janez Jansa", "2006-03-01", "SVN"),
        ("Janez Jansa", "2012-06-01", "SVN"),
        ("Janez Jansa", "2015-06-01", "OTHER"),
        ("Marjan Sarec", "2019-03-01", "SVN"),
        ("Zoran Milanovic", "2014-03-01", "HRV"),
        ("Milo Djukanovic", "2009-03-01", "MNE"),
        ("Milo Djukanovic", "2014-03-01", "MNE"),
        ("Alexander Stubb", "2009-03-01", "FIN"),
        ("Alexander Stubb", "2014-10-01", "FIN"),
        ("Alexander Stubb", "2020-10-01", "OTHER"),
        ("Jonas Gahr Støre", "2008-03-01", "NOR"),
        ("Espen Barth Eide", "2013-03-01", "NOR"),
        ("Radek Sikorski", "2006-03-01", "POL"),
        ("Sebastian Kurz", "2015-03-01", "AUT"),
        ("Irakli Garibashvili", "2014-03-01", "GEO"),
        ("Sophie Wilmes", "2020-03-01", "BEL"),
        ("Herman Van Rompuy", "2009-03-01", "BEL"),
        ("Herman Van Rompuy", "2012-03-01", "EU"),
        ("Charles Michel", "2016-03-01", "BEL"),
        ("Charles Michel", "2022-03-01", "EU"),
        ("Najib Mikati", "2012-03-01", "LBN"),
        ("Ibrahim al-Jaafari", "2016-03-01", "IRQ"),
        ("Albin Kurti", "2020-03-01", "XKX"),
        ("K.P. Sharma Oli", "2016-03-01", "NPL"),
        ("KP Sharma Oli", "2019-03-01", "NPL"),
        ("Winston Peters", "2018-03-01", "NZL"),
        ("Mauro Vieira", "2015-06-01", "BRA"),
        ("Khawaja Asif", "2015-03-01", "PAK"),
        ("Khawaja Asif", "2018-03-01", "PAK"),
        ("Ban Ki-moon", "2005-03-01", "KOR"),
        ("Ban Ki-moon", "2008-03-01", "UN"),
        ("Abdullah Abdullah", "2005-03-01", "AFG"),
        ("Philip Hammond", "2013-03-01", "GBR"),
        ("Philip Hammond", "2018-03-01", "GBR"),
        ("Dominic Raab", "2022-03-01", "GBR"),
        ("Jeremy Hunt", "2023-03-01", "GBR"),
        ("Eli Cohen", "2025-03-01", "ISR"),
        ("Tzipi Livni", "2014-03-01", "ISR"),
        ("Naftali Bennett", "2020-01-01", "ISR"),
        ("Gen Nakatani", "2015-03-01", "JPN"),
        ("John Kerry", "2022-03-01", "USA"),
        ("Mike Pompeo", "2017-06-01", "USA"),
        ("John Bolton", "2006-03-01", "USA"),
        ("Sergei Ivanov", "2010-03-01", "RUS"),
        ("Josep Borrell", "2019-03-01", "ESP"),
        ("Wopke Hoekstra", "2024-03-01", "EU"),
        ("Sigrid Kaag", "2023-03-01", "NLD"),
        ("Sigrid Kaag", "2024-03-01", "UN"),
        ("António Guterres", "2010-03-01", "UN"),
        ("Antonio Tajani", "2012-03-01", "EU"),
        ("Antonio Tajani", "2018-03-01", "EU"),
        ("Luigi Di Maio", "2024-03-01", "EU"),
        ("Michel Barnier", "2012-03-01", "EU"),
        ("Michel Barnier", "2019-03-01", "EU"),
        ("Peter Mandelson", "2006-03-01", "EU"),
        ("Barham Salih", "2026-02-01", "UN"),
    ],
)
@pytest.mark.parametrize(("lang", "says"), [("de", "sagte"), ("en", "said")])
def test_every_term_of_a_person_counts(name: str, day: str, expected: str, lang: str, says: str) -> None:
    assert ids_of(f"{name} {says} so.", lang, day) == [(expected,)]


@pytest.mark.parametrize(
    ("lang", "text", "day", "expected"),
    [
        ("en", "Liam Fox arrived. Fox spoke.", "2011-03-01", ["GBR", "GBR"]),
        ("en", "Fox spoke.", "2011-03-01", []),
        ("en", "Penny Mordaunt and Gavin Williamson resigned.", "2018-03-01", ["GBR", "GBR"]),
        ("de", "Werner Faymann traf Brian Cowen.", "2010-03-01", ["AUT", "IRL"]),
        ("de", "Außenminister Fischer sprach.", "2005-05-01", ["DEU"]),
        ("de", "Bundespräsident Heinz Fischer sprach.", "2010-05-01", ["AUT"]),
        ("de", "Kern sprach.", "2017-05-01", []),
        ("de", "Sommaruga und Burkhalter berieten.", "2015-05-01", ["CHE", "CHE"]),
        ("de", "Di Rupo empfing Didier Reynders.", "2013-05-01", ["BEL", "BEL"]),
        ("en", "Frans Timmermans spoke.", "2013-05-01", ["NLD"]),
        ("en", "Frans Timmermans spoke.", "2020-05-01", ["EU"]),
        ("en", "Jose Socrates met Thorning-Schmidt.", "2010-05-01", ["PRT", "OTHER"]),
        ("de", "Passos Coelho traf Thorning-Schmidt.", "2013-05-01", ["PRT", "DNK"]),
        ("de", "König Juan Carlos sprach.", "2010-05-01", ["ESP"]),
        ("de", "Börge Brende traf Margot Wallström und Sipilä.", "2016-05-01", ["NOR", "SWE", "FIN"]),
        ("en", "Borge Brende met Margot Wallstrom and Sipila.", "2016-05-01", ["NOR", "SWE", "FIN"]),
        ("de", "Topolánek und Karel Schwarzenberg kamen.", "2008-05-01", ["CZE", "CZE"]),
        ("de", "Stanischew traf Sanader.", "2008-05-01", ["BGR", "HRV"]),
        ("en", "Grabar-Kitarovic met Gruevski.", "2015-05-01", ["HRV", "MKD"]),
        ("de", "Subkow traf Kotscharjan.", "2008-01-15", ["RUS", "ARM"]),
        ("de", "Iwanischwili sprach.", "2013-05-01", ["GEO"]),
        ("en", "Macedonian President Ivanov spoke.", "2014-05-01", ["MKD"]),
        ("en", "Gillard met John Key.", "2012-05-01", ["AUS", "NZL"]),
        ("en", "H.R. McMaster and Nikki Haley left.", "2018-03-01", ["USA", "USA"]),
        ("en", "Susan Rice met Samantha Power.", "2014-03-01", ["USA", "USA"]),
        ("de", "Lenin Moreno traf Vizcarra.", "2019-05-01", ["ECU", "PER"]),
        ("de", "Sultan Kabus empfing Humala.", "2012-05-01", ["OMN", "PER"]),
        ("en", "Adel Abdul Mahdi resigned.", "2019-11-30", ["IRQ"]),
        ("de", "Mosche Katzav traf Schaul Mofas.", "2005-05-01", ["ISR", "ISR"]),
        ("de", "Hamdallah und Sajeb Erekat kamen.", "2015-05-01", ["PSE", "PSE"]),
        ("de", "Teodoro Obiang Nguema sprach.", "2024-05-01", ["GNQ"]),
        ("en", "Umaru Yar'Adua met Compaore.", "2009-05-01", ["NGA", "BFA"]),
        ("de", "Magufuli traf Nkurunziza.", "2018-05-01", ["TZA", "BDI"]),
        ("en", "Eduardo dos Santos met Abdoulaye Wade.", "2010-05-01", ["AGO", "SEN"]),
        ("en", "Condé Nast is a publisher.", "2015-05-01", []),
        ("en", "Amit Shah met Deuba.", "2022-05-01", ["IND", "NPL"]),
        ("en", "Najib Razak met Sirisena.", "2016-05-01", ["MYS", "LKA"]),
        ("en", "Najib Mikati met Najib.", "2012-05-01", ["LBN", "MYS"]),
        ("en", "Muizzu succeeded Solih.", "2024-05-01", ["MDV", "OTHER"]),
        ("en", "Taro Kono met Julie Bishop.", "2018-05-01", ["JPN", "AUS"]),
        ("en", "Marape met Ramos-Horta and Xanana Gusmao.", "2024-05-01", ["PNG", "TLS", "TLS"]),
        ("de", "Siradschuddin Hakkani und Mullah Jakub kamen.", "2023-05-01", ["TALIBAN", "TALIBAN"]),
        ("de", "Murat Karayilan sprach.", "2023-05-01", ["PKK"]),
    ],
)
def test_holders_are_found_by_the_names_of_both_languages(lang: str, text: str, day: str, expected: list[str]) -> None:
    assert ids_of(text, lang, day) == [(code,) for code in expected]


@pytest.mark.parametrize(
    ("lang", "text", "day", "expected"),
    [
        ("en", "Jordan's King Abdullah spoke.", "2025-11-13", "JOR"),
        ("en", "Jordan's King Abdullah spoke.", "2010-05-01", "JOR"),
        ("de", "Jordaniens König Abdullah sprach.", "2010-05-01", "JOR"),
        ("en", "King Abdullah spoke.", "2025-11-13", "JOR"),
        ("de", "König Abdullah sprach.", "2025-11-13", "JOR"),
        ("en", "King Abdullah spoke.", "2010-05-01", "SAU"),
        ("de", "König Abdullah sprach.", "2005-03-01", "JOR"),
        ("de", "Kronprinz Abdullah sprach.", "2005-03-01", "SAU"),
    ],
)
def test_king_abdullah_is_the_one_who_reigns(lang: str, text: str, day: str, expected: str) -> None:
    assert ids_of(text, lang, day) == [(expected,)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "the High Representative in Bosnia and Herzegovina", "OTHER"),
        ("en", "Bosnia's High Representative", "OTHER"),
        ("en", "the EU's High Representative", "EU"),
        ("de", "den Hohen Repräsentanten für Bosnien", "OTHER"),
    ],
)
def test_the_high_representative_in_bosnia_is_not_the_union(lang: str, text: str, expected: str) -> None:
    assert set(ids_of(text, lang, "2026-03-01")) == {(expected,)}


@pytest.mark.parametrize("path", sorted((CONFIG / "actors" / "holders").glob("*.yaml")), ids=lambda path: path.stem)
def test_no_key_stands_twice_in_a_table(path: Path) -> None:
    """YAML would keep the last one without a word."""

    def keys(node: yaml.Node) -> list[str]:
        if not isinstance(node, yaml.MappingNode):
            return []
        return [key.value for key, _ in node.value]

    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert isinstance(root, yaml.MappingNode)
    for node in (root, *(value for _, value in root.value)):
        assert len(keys(node)) == len(set(keys(node)))
