"""Sentence boundaries by rule, fast enough to run over every article before anything is parsed.

The rules follow what punctuation means in news text: a full stop ends a sentence unless it belongs to an abbreviation,
an initial or a German ordinal; a line break always ends one (headlines and paragraphs have no other mark).
"""

import re

_STOP = re.compile(r"[.!?…]+[\"'”“’»«)\]]*(?=\s)|\n+")
_OPENER = re.compile(r"[\s\"'„“”‚‘’»«(\[–—-]*")
_WORD_BEFORE = re.compile(r"[^\s\"'„“”»«(\[/]+$")

_ENGLISH = """
    dr prof st co inc ltd jr sr vs etc no nr vol fig mr mrs ms mt gen col lt sgt cpl capt cmdr adm maj brig rev hon sen
    rep gov amb pres op cf ed eds approx dept est jan feb mar apr jun jul aug sep sept oct nov dec
"""
_GERMAN = """
    dr prof dipl ing st hl sog bzw ca vgl usw etc evtl ggf inkl exkl mind max min abs art nr tel str bd hrsg jh jhd co
    mio mrd tsd ff frhr geb gest verh red anm aufl allg bes bspw dgl einschl entspr ehem gegr insb jew kath ev med phil
    jur lt gen adm brig mag mr mrs ms jr sr vs rd gem lfd zzgl jan feb mär apr jun jul aug sep sept okt nov dez
    mo di mi do fr z.b u.a d.h v.a z.t u.u i.d.r o.g n.chr v.chr
"""
_ABBREVIATIONS = {"de": frozenset(_GERMAN.split()), "en": frozenset(_ENGLISH.split())}
_ORDINAL_FOLLOWERS = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert|"
    r"(?:Jan|Jän|Feb|Mär|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez)\.|"
    r"Jahrestag|Geburtstag|Mal|Tag|Woche|Monat|Runde|Platz|Stock|Etage|Bundestag|Sitzung|Weltkrieg|Paket|"
    r"Sanktionspaket|Brigade|Armee|Division|Präsident)"
)
# Before an ordinal ("Das 20. EU-Sanktionspaket", "am 3. Nov."), and what begins a sentence rather than goes on with it.
_BEFORE_ORDINAL = re.compile(
    r"\b(?:der|die|das|den|dem|des|am|im|zum|zur|beim|vom|ein|eine[mnrs]?|ihre[mnrs]?|seine[mnrs]?|jede[mnrs])\s$", re.I
)
_WEEKDAY = re.compile(r"(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri)$")
_ROMAN = re.compile(r"[IVX]{2,5}$|V$")
_NAME_BEFORE = re.compile(r"\b[A-ZÄÖÜ][\w'’-]+\s$")
_STARTS = {
    "de": re.compile(
        r"(?:Das|Die|Der|Den|Dem|Des|Ein|Eine[mnrs]?|Er|Sie|Es|Ihre?|Seine?|Diese[mnrs]?|Dies|Beide|Wir|In|Im|Am|Auf|Bei|Nach|"
        r"Nun|Zuvor|Zudem|Auch|Dabei|Damit|Dazu|Danach|Doch|Aber|Und|Für|Mit|Von|Vor|Seit|Laut|Wie|Als|Wenn|Dort|Man)\b"
    ),
    "en": re.compile(
        r"(?:The|An?|It|Its|He|His|She|Her|They|Their|We|This|That|These|Those|But|And|In|On|At|As|After|Before|When|"
        r"While|If|However|Meanwhile|Both|There)(?=[\s,])"
    ),
}


def split_sentences(text: str, lang: str) -> list[tuple[int, int]]:
    """Character offsets (start, end) of the sentences of `text`, without the white space around them.

    `lang` chooses the abbreviations; a language without a list of its own gets the English one.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop.group()[0] == "\n" or _ends_sentence(text, start, stop, lang):
            _add(spans, text, start, stop.end())
            start = stop.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        spans.append((begin, begin + len(stripped)))


def _ends_sentence(text: str, start: int, stop: re.Match[str], lang: str) -> bool:
    opener = _OPENER.match(text, stop.end())
    follows = text[opener.end() : opener.end() + 20] if opener else ""
    if follows and follows[0].islower():
        return False
    if stop.group()[0] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(start, stop.start() - 40), stop.start())
    if before is None:
        return True
    lead = text[max(start, before.start() - 20) : before.start()]
    return not _belongs_to_word(before.group(), lead, follows, lang)


def _belongs_to_word(word: str, lead: str, follows: str, lang: str) -> bool:
    """Whether the full stop after `word` marks an abbreviation, an initial or an ordinal."""
    bare = word.lower().rstrip(".")
    if bare in _ABBREVIATIONS.get(lang, _ABBREVIATIONS["en"]):
        return True
    if len(bare) == 1 and bare.isalpha():
        return True
    goes_on = not _STARTS.get(lang, _STARTS["en"]).match(follows)
    if "." in word and all(len(part) <= 2 for part in word.split(".")) and not word[0].isdigit():
        return follows[:1].isupper() and lang != "de" and goes_on
    if lang == "en":
        return _WEEKDAY.match(word) is not None
    if lang == "de" and word.isdigit() and len(word) <= 2:
        return goes_on and (_ORDINAL_FOLLOWERS.match(follows) or _BEFORE_ORDINAL.search(lead)) is not None
    return lang == "de" and goes_on and bool(_ROMAN.match(word) and _NAME_BEFORE.search(lead))
