"""Codes of other schemes: each row of config/events.yaml is reached by the words that name its family."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from processors.coder.code import Text, TextEvent, code_texts
from processors.coder.codes import codes_of
from processors.errors import ConfigError
from processors.settings import ROOT

CONFIG = ROOT / "config" / "events.yaml"
TYPES = yaml.safe_load(CONFIG.read_text("utf-8"))["types"]

# Type, family and CAMEO code, and a sentence of it in German and one in English.
FAMILIES = [
    ("leader_call", "letter", "040",
     "Macron schrieb Xi einen Brief über Taiwan.",
     "Macron wrote a letter to Xi about Taiwan."),
    ("leader_meeting", "multilateral", "044",
     "Meloni und Starmer trafen sich beim G7-Gipfel in Kananaskis.",
     "Meloni and Starmer met at the G7 summit in Kananaskis."),
    ("leader_meeting", "third_party", "044",
     "Trump und Kim trafen sich auf neutralem Boden in Singapur.",
     "Trump and Kim met on neutral ground in Singapore."),
    ("leader_meeting", "host", "043",
     "Modi empfing Starmer in Mumbai.",
     "Modi hosted Starmer in Mumbai."),
    ("leader_meeting", "visit", "042",
     "Der Besuch von Meloni in Tunesien endete am Dienstag.",
     "Meloni paid a visit to Tunisia on Tuesday."),
    ("negotiation", "mediation", "045",
     "Katar vermittelte zwischen Ruanda und dem Kongo.",
     "Qatar mediated between Rwanda and Congo."),
    ("negotiation_offer", "accept", "038",
     "Sudan erklärte sich bereit, die Vermittlung der Türkei zu akzeptieren.",
     "Sudan is ready to accept mediation by Turkey."),
    ("negotiation_offer", "mediation", "039",
     "Norwegen bot an, zwischen Venezuela und Kolumbien zu vermitteln.",
     "Norway offered to mediate between Venezuela and Colombia."),
    ("negotiation_offer", "peace_plan", "037",
     "China legte einen Friedensplan für die Ukraine vor.",
     "China presented a peace plan for Ukraine."),
    ("agreement", "intent", "030",
     "Japan und Indien unterzeichneten eine Absichtserklärung über Kernkraft.",
     "Japan and India signed a letter of intent on nuclear power."),
    ("agreement", "signed", "057",
     "Japan und Indien unterzeichneten ein Abkommen über Kernkraft.",
     "Japan and India signed an agreement on nuclear power."),
    ("support", "praise", "051",
     "Erdogan lobte Ungarn für seine Haltung.",
     "Erdogan praised Hungary for its stance."),
    ("support", "defend", "052",
     "Merz verteidigte Israel gegen die Vorwürfe.",
     "Merz defended Israel against the charges."),
    ("support", "rally", "053",
     "Die EU stellt sich geschlossen hinter Dänemark.",
     "The EU rallied behind Denmark over Greenland."),
    ("support", "recognition", "054",
     "Spanien hat Palästina als Staat anerkannt.",
     "Spain recognised Palestine as a state."),
    ("concession", "sanctions_eased", "085",
     "Die EU hat ihre Sanktionen gegen Syrien gelockert.",
     "The EU eased its sanctions on Syria."),
    ("concession", "apology", "055",
     "Israel entschuldigte sich bei Katar für den Angriff.",
     "Israel apologised to Qatar for the attack."),
    ("concession", "restrictions_eased", "081",
     "China hat das Einfuhrverbot für japanischen Fisch aufgehoben.",
     "China lifted its ban on Japanese fish."),
    ("concession", "yields", "083",
     "Kolumbien gab gegenüber den USA nach und nahm die Migranten auf.",
     "Colombia backed down and took in migrants from the United States."),
    ("aid", "humanitarian", "073",
     "Jordanien schickte Lebensmittel und Zelte nach Gaza.",
     "Jordan sent food and tents to Gaza."),
    ("ceasefire", "declared", "0871",
     "Russland hat eine Waffenruhe über Ostern erklärt.",
     "Russia declared a truce over Easter."),
    ("prisoner_exchange", "persons", "0841",
     "Die Hamas hat vier Geiseln an Israel übergeben.",
     "Hamas released four hostages to Israel."),
    ("prisoner_exchange", "property", "0842",
     "Iran und Griechenland vereinbarten den Austausch zweier Tanker.",
     "Iran and Greece exchanged two seized tankers."),
    ("peace_call", "meet", "026",
     "Lula rief Russland und die Ukraine zu Gesprächen auf.",
     "Lula urged Russia and Ukraine to hold talks."),
    ("peace_call", "demand_meet", "106",
     "Frankreich forderte von Israel Verhandlungen mit den Palästinensern.",
     "France demanded that Israel return to talks with Hamas."),
    ("peace_call", "settle", "027",
     "Der Papst drängte Indien und Pakistan zu einer Verhandlungslösung.",
     "China called on Thailand and Cambodia to find a peaceful solution."),
    ("peace_call", "mediation", "028",
     "Guterres rief Sudan auf, die Vermittlung der Türkei anzunehmen und die Kämpfe einzustellen.",
     "Guterres urged Sudan to accept mediation and stop the fighting."),
    ("peace_call", "demand_yield", "1056",
     "Die UN forderten von Israel eine sofortige Waffenruhe in Gaza.",
     "The UN demanded an immediate ceasefire from Israel in Gaza."),
    ("demand", "appeal_military_aid", "0232",
     "Kiew bat Schweden um Kampfjets.",
     "Kyiv asked Sweden for fighter jets."),
    ("demand", "appeal_economic_aid", "0231",
     "Pakistan bat China um einen Kredit.",
     "Pakistan asked China for a loan."),
    ("demand", "appeal_humanitarian_aid", "0233",
     "Afghanistan bat die Vereinten Nationen um humanitäre Hilfe.",
     "Afghanistan appealed to the United Nations for food."),
    ("demand", "appeal", "020",
     "Spanien bat Marokko um Auskunft.",
     "Spain asked Morocco for information."),
    ("demand", "demand_military_aid", "1032",
     "Kiew forderte von Deutschland mehr Panzer.",
     "Kyiv demanded more tanks from Germany."),
    ("accusation", "criticise", "111",
     "Peking kritisierte Japan scharf.",
     "Beijing criticised Japan."),
    ("accusation", "rally_against", "113",
     "Iran hetzt die Nachbarn gegen Israel auf.",
     "Iran's accusations rallied the Arab states against Israel."),
    ("accusation", "complain", "114",
     "Polen bestellte den ungarischen Botschafter ein.",
     "Poland summoned the Hungarian ambassador."),
    ("accusation", "sue", "115",
     "Gambia verklagte Myanmar vor dem Internationalen Gerichtshof.",
     "Gambia sued Myanmar at the International Court of Justice."),
    ("rejection", "refuse_military_aid", "1222",
     "Ungarn weigert sich, der Ukraine Waffen zu liefern.",
     "Hungary refused to send weapons to Ukraine."),
    ("rejection", "reject_talks", "125",
     "Nordkorea lehnte Gespräche mit Südkorea ab.",
     "North Korea rejected talks with South Korea."),
    ("rejection", "reject_mediation", "126",
     "Indien lehnte eine Vermittlung der USA ab.",
     "India rejected mediation by the United States."),
    ("rejection", "reject_plan", "127",
     "Moskau lehnte den amerikanischen Friedensplan ab.",
     "Moscow rejected the American peace plan."),
    ("rejection", "veto", "129",
     "Die USA legten im Sicherheitsrat ihr Veto gegen die Resolution ein.",
     "The United States vetoed the resolution."),
    ("threat", "force", "138",
     "Trump drohte Venezuela mit Luftangriffen.",
     "Trump threatened Venezuela with air strikes."),
    ("threat", "sanctions", "1312",
     "Die EU drohte Georgien mit Sanktionen.",
     "The EU threatened to impose sanctions on Georgia."),
    ("threat", "break_talks", "134",
     "Iran drohte den USA damit, die Verhandlungen abzubrechen.",
     "Iran threatened to break off talks with the United States."),
    ("threat", "ultimatum", "139",
     "Niger stellte Frankreich ein Ultimatum.",
     "Niger issued an ultimatum to France, threatening to expel its troops."),
    ("diplomatic_break", "expel", "166",
     "Tschechien hat zwei russische Diplomaten ausgewiesen.",
     "Czechia expelled two Russian diplomats."),
    ("diplomatic_break", "halt_talks", "164",
     "Serbien hat die Gespräche mit dem Kosovo abgebrochen.",
     "Serbia broke off talks with Kosovo."),
    ("diplomatic_break", "halt_mediation", "165",
     "Katar brach seine Vermittlung zwischen Israel und der Hamas ab.",
     "Qatar suspended its role as mediator between Israel and Hamas."),
    ("mobilization", "joint_exercise", "062",
     "China und Russland begannen ein gemeinsames Manöver im Pazifik.",
     "China and Russia began joint military exercises in the Pacific."),
    ("mobilization", "alert", "152",
     "Indien hat seine Streitkräfte in Alarmbereitschaft versetzt.",
     "India put its army on high alert."),
    ("mobilization", "troops", "154",
     "Litauen verlegte Soldaten an die Grenze zu Belarus.",
     "Lithuania deployed soldiers to the border with Belarus."),
    ("mobilization", "cyber", "155",
     "Estland verlegte Cybersoldaten nach Litauen.",
     "Estonia mobilised its cyber forces against Russia."),
    ("attack", "cyber", "176",
     "Nordkorea verübte einen Hackerangriff auf Südkorea.",
     "Russian hackers attacked Estonian banks."),
    ("attack", "small_arms", "193",
     "Pakistanische Soldaten eröffneten an der Grenze das Feuer auf Afghanistan.",
     "Pakistani troops opened fire on Afghan soldiers."),
    ("attack", "artillery", "194",
     "Thailand beschoss Kambodscha mit Artillerie.",
     "Thailand shelled Cambodia with artillery."),
    ("attack", "aerial", "195",
     "Die Türkei flog Luftangriffe auf Syrien.",
     "Turkey carried out air strikes in Syria."),
    ("attack", "ceasefire_broken", "196",
     "Der Angriff Israels auf den Libanon verletzt die Waffenruhe.",
     "Azerbaijan violated the ceasefire with Armenia."),
    ("attack", "bombing", "183",
     "Die Taliban verübten in Pakistan einen Bombenanschlag.",
     "The Taliban carried out a suicide bombing in Pakistan."),
    ("attack", "assassination", "186",
     "Israel ermordete einen Kommandeur der Hisbollah im Libanon.",
     "Israel assassinated a Hezbollah commander in Lebanon."),
    ("attack", "torture", "1822",
     "Russland folterte ukrainische Gefangene.",
     "Russia tortured Ukrainian prisoners."),
    ("attack", "mass_violence", "200",
     "Die RSF verübten im Sudan ein Massaker.",
     "The RSF massacred civilians in Sudan."),
    ("coercion", "arrest", "173",
     "Venezuela nahm drei US-Bürger fest.",
     "Venezuela arrested three Americans."),
    ("coercion", "seizure", "171",
     "Die USA beschlagnahmten einen venezolanischen Tanker.",
     "The United States seized a Venezuelan tanker."),
    ("coercion", "deportation", "174",
     "Pakistan schob Tausende Afghanen ab.",
     "Pakistan deported thousands of Afghans."),
    ("coercion", "blockade", "191",
     "China verhängte eine Seeblockade gegen Taiwan.",
     "China blockaded the ports of Taiwan."),
    ("coercion", "occupation", "192",
     "Ruanda besetzte die kongolesische Stadt Goma.",
     "Rwandan troops captured the Congolese city of Goma."),
    ("coercion", "ban", "172",
     "Die Ukraine hat russische Musik verboten.",
     "Russia outlawed a German broadcaster."),
    ("protest", "strike", "143",
     "Mit einem Generalstreik protestierten die Italiener gegen den Krieg Israels in Gaza.",
     "Italians held a general strike against the war of Israel in Gaza."),
    ("protest", "blockade", "144",
     "Demonstranten blockierten aus Protest gegen Israel die Botschaft in Dublin.",
     "Protesters blocked the Israeli embassy in Dublin."),
    ("protest", "riot", "145",
     "Demonstranten bewarfen die französische Botschaft in Niger mit Steinen.",
     "A mob rioted outside the Rwandan embassy in Kinshasa."),
    ("demand", "no_arms", "100",
     "Kiew forderte von Deutschland den Stopp der Waffenlieferungen an Israel.",
     "Egypt demanded that Israel stop arms deliveries to Ethiopia."),
    ("demand", "demand", "100",
     "Spanien forderte von Marokko eine Erklärung.",
     "Spain demanded an explanation from Morocco."),
    ("accusation", "accuse", "112",
     "Warschau warf Russland Sabotage vor.",
     "Warsaw accused Russia of sabotage."),
    ("peace_call", "yield", "0256",
     "Lula rief Russland und die Ukraine zu einer Waffenruhe auf.",
     "Lula urged Russia and Ukraine to accept a truce."),
    ("aid", "humanitarian", "0333",
     "Deutschland will humanitäre Hilfe nach Gaza schicken.",
     "Jordan will send humanitarian aid to Gaza."),
    ("concession", "sanctions_eased", "085",
     "Die EU will ihre Sanktionen gegen Syrien lockern.",
     "The EU plans to lift its sanctions on Syria."),
]  # fmt: skip


@cache
def coded(language: str) -> list[list[TextEvent]]:
    """The events of all sentences of a language, parsed together."""
    number = {"de": 3, "en": 4}[language]
    return list(code_texts(Text(row[number], language, "", date(2025, 11, 13)) for row in FAMILIES))


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("number", range(len(FAMILIES)), ids=[f"{row[0]}-{row[1]}-{row[2]}" for row in FAMILIES])
def test_the_words_of_an_event_choose_its_codes(number: int, language: str) -> None:
    kind, _, cameo, *_ = FAMILIES[number]
    assert (kind, cameo) in [(event.type, event.cameo) for event in coded(language)[number]]


def test_each_family_has_a_sentence_above() -> None:
    rows = {(kind, row["family"]) for kind, of in TYPES.items() for row in of["codes"] if "family" in row}
    assert rows == {(kind, family) for kind, family, *_ in FAMILIES}


@pytest.mark.parametrize(
    ("language", "text", "type_", "plover", "cameo", "quad_class"),
    [
        ("en", "Russian hackers attacked Estonian banks.", "attack", "COERCE", "176", 4),
        ("de", "Russland und Belarus haben ein gemeinsames Manöver begonnen.", "mobilization", "COOPERATE", "062", 2),
        ("en", "The EU eased its sanctions on Syria.", "concession", "RETREAT-access", "085", 2),
        ("en", "The EU plans to lift its sanctions on Syria.", "concession", "CONCEDE", "085", 1),
        # What is only the occasion of it is not what it is.
        ("de", "Trump drohte Kolumbien wegen des Krieges im Nachbarland mit Folgen.", "threat", "THREATEN", "130", 3),
        ("en", "Trump threatened Colombia over the war in Venezuela.", "threat", "THREATEN", "130", 3),
        # No rifle in it, and no talks that were broken off for want of a mediator.
        ("de", "Die Ukraine hat in der Nacht einen Angriff Russlands abgewehrt.", "attack", "ASSAULT", "190", 4),
        ("de", "Ägypten brach die Gespräche unter Vermittlung der USA ab.", "diplomatic_break", "SANCTION-withdraw",
         "164", 4),
        ("en", "Russia attacked Kharkiv.", "attack", "ASSAULT", "190", 4),
    ],
)  # fmt: skip
def test_all_codes_of_an_event_go_together(
    language: str, text: str, type_: str, plover: str, cameo: str, quad_class: int
) -> None:
    events = next(code_texts([Text(text, language, "", date(2025, 11, 13))]))
    assert (type_, plover, cameo, quad_class) in [(e.type, e.plover, e.cameo, e.quad_class) for e in events]


def test_what_the_surest_sentence_does_not_tell_another_one_may() -> None:
    text = "Russia attacked Kharkiv on Wednesday night. Russia attacked the city of Kharkiv with drones."
    attacks = [event for event in next(code_texts([Text(text, "en")])) if event.type == "attack"]
    assert [event.cameo for event in attacks] == ["195"]


def test_every_code_has_a_score() -> None:
    loaded = yaml.safe_load(CONFIG.read_text("utf-8"))
    used = {row["cameo"] for of in loaded["types"].values() for row in of["codes"]}
    assert used <= set(loaded["goldstein"])
    assert codes_of("threat", "occurred", "sanctions").goldstein == -5.8


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- family: cyber\n      near:", "- family: cyber\n      nearby:", "there is no such key"),
        ('"*cyber*"', '"*"', "a pattern without letters"),
        ("    - family: torture\n", "    - family: tortur\n", "'torture' of codes has no words"),
        ("{plover: ASSAULT,", "{family: cyber, plover: ASSAULT,", "the last row of codes must fit every event"),
        ('cameo: "190", quad_class: 4', 'cameo: "190", quad_class: 5', "quad_class"),
        ("  attack:", "  atack:", "'atack' is no event type"),
    ],
)
def test_errors_name_the_file_and_the_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = CONFIG.read_text("utf-8")
    at = text.index("  attack:")
    (tmp_path / "events.yaml").write_text(text[:at] + text[at:].replace(old, new), "utf-8")
    with pytest.raises(ConfigError, match=rf"events\.yaml(:\d+)?: types.*{said}"):
        codes_of("attack", "occurred", "", tmp_path)
