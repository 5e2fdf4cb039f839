"""The day that a sentence says an event happened on, read against the article's date."""

import re
from datetime import date, timedelta

from processors.coder.analysis import VERBS, Sentence
from processors.coder.day_patterns import days_of
from processors.coder.days import GERMAN_DAYS, UNKNOWN, When, plain
from processors.records import Status

# Whether dates lie ahead of the article; of what is told as having happened months may.
_WAYS: dict[Status, bool | None] = {"planned": True, "hypothetical": True, "historical": False}
# Of what does not happen: it is called off before its day, or has failed on it.
_TO_COME = re.compile(
    r"\b(?:für|will|wird|werden|würden?|soll\w*|hätten?|woll\w*|geplant\w*|abgesagt\w*|verschoben\w*|ab|for|would|due|scheduled"
    r"|(?:was|were|had been) to|planned|cancel\w*"
    r"|call(?:ed|s)? off|postpone\w*|scrap\w*|skip\w*)\b"
)
_MONTH = r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zä]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}}\.? {_MONTH})(?:,? \d{{4}})?"
# When a text was put online, and a dateline: "30. Oktober, 8:54 DIE ZEIT", "PARIS, April 14 (Reuters) - ...".
_WRITTEN = re.compile(
    rf"(?<!am )(?<!on )\b(?:(?:vor)?gestern,|heute,|{_DAY},?|\d{{1,2}}\.\d{{1,2}}\.\d{{4}},?)"
    rf" \d{{1,2}}[:.]\d\d\b(?! ?uhr)|\b{_DAY}(?= \([a-z/. ]{{2,30}}\)\s*[-–—])|(?<=, ){_DAY}(?= [-–—] |\.? /)"
)
# What something lasts until, or is counted up to, is not when it happened.
_END = re.compile(
    r"(?:\b(?:bis|until|till|through|as of(?: [^,;]{1,15} on)?|stand|compared with)|\bfrom [^;:]{3,60} to):?"
    r"(?: (?:zum|late|early|mid|anfang|mitte|ende|the|the \w+ of))?(?: [a-z]+day,)? $"
)
# Since when somebody was held is not when he is let go.
_HELD = re.compile(
    r"\b(?:held|detained|jailed|imprisoned|captive)(?: \w+){0,3} since [^,;:]{0,12}$|\bseit [^,;:]{0,12}$"
)
_IN_HANDS = re.compile(r"^.{0,40}\b(?:festgehalten|inhaftiert|gefangen)")
_SAY_EN = r"(?:said|says|told|stated|reported|confirmed|claimed|announced|wrote|showed|agreed|decided|approved|voted)"
# "said in a statement on Tuesday", "told a court on Tuesday"; "on Tuesday said".
_SAID_BEFORE = re.compile(
    rf"\b(?:{_SAY_EN}(?: to reporters)?(?: (?:in|at|during|via) [^,;:]{{2,40}})?"
    r"|told(?: (?!(?:that|to|it|he|she|they) )\w+){1,4})"
    r"(?: late| early)?(?: on)? $"
)
_SAID_AFTER = re.compile(rf"\w+(?: \d+)?(?: \w+ly)? {_SAY_EN}\b")
_SAY_DE = re.compile(
    r"\b(?:sag(?:te?n?|t)|gesagt|teilten?|mitteilten?|mitgeteilt|erklär(?:te?n?|t)|berichte(?:te?n?|t)|melde(?:te?n?|t)"
    r"|gemeldet|bestätig(?:te?n?|t)|verkünde(?:te?n?|t)|schrieb|(?:an)?kündigten?|angekündigt|beschlossen?|beschloss"
    r"|einigten?|geeinigt)\b"
)
# What somebody is accused of, or asked for, has days of its own: "accused Rome of shelling a port on Monday".
_CONTENT_EN = re.compile(
    r"\b(?:of|for|over|from|with|by) \w{2,}ing\b|\b(?:that|which) "
    r"|\bto (?:meet|hold|host|talk|negotiate|mediate|visit|attend|resume|begin|start|travel)\b"
)
_CONTENT_DE = re.compile(
    r"\b(?:dass|weil|wonach|habe[n]?|hätten?|sei(?:en)?|werden?|würden?|müssten?|müsse|zu \w+n|\w{2,}zu\w+en)\b"
)
_SINCE = re.compile(r"\b(?:since|seit)\b[^,;:]{0,12}$")
_CLAUSE = re.compile(r"[,;:–]")
_BETWEEN = re.compile(
    # "Before dawn on Thursday" is Thursday.
    r"\b(?:(?:after|before)(?! dawn| midnight| dark| noon| sunrise| sunset)|following|ahead of|despite|while)\b"
    r"|\b(?:nachdem|bevor|während|obwohl|trotz)\b"
    r"|\band that\b|\bund dass\b|\bnach (?:de[mrn]|eine[mr])\b|, as (?!a result|part|well)| as the "
)
_ASIDE = re.compile(r", (?:which|who|whose|der|die|das|dem|den|deren|dessen) [^,]*$")
_WHICH = re.compile(r"\b(?:which|who)\b")
# What is news since it is the first or the worst of its kind for so long: "erstmals seit", "the heaviest attack since".
_FIRST = re.compile(
    r"\b(?:erstmals|(?:erste|zweite|dritte)[nrsm]?|größte[nrsm]?"
    r"|\w*(?:schwer|heftig|höch|tödlich|läng|stärk|reich|massiv|blutig|schlimm|tief|schärf|klein|niedrig)ste[nrsm]?"
    r"|first|worst|(?:bigg|larg|heavi|deadli|long|strong|fierc|high|sharp|bloodi|broad|tough|low)est|most \w+)\b"
    r"[^,;:.]{0,50}?\b(?P<since>seit|since|in (?:(?:a|\w+|more than \w+|almost \w+) )?(?:years?|decades?|months))\b"
)
# What a date right behind is the date of: "zwei Tage nach dem Gipfel vom Montag".
_OCCASION = re.compile(r"\b(?:after|before|following|nach|vor) [^,;:]{3,40} $")


def find_date(sentence: str, near: int, language: str, today: date | None, status: Status, said: bool = False) -> When:
    """When the event whose trigger stands at character `near` of a sentence happened or is to happen.

    Of several dates the nearest to the trigger counts, one in its clause before others. The day on which somebody
    tells of it counts only where the event is what he says (`said`). A weekday is the last one before `today`, for
    events that are planned or called off the next one. Without `today` only dates with a year can be read; UNKNOWN
    where none is said.
    """
    text = _read(sentence, language)
    dates = _dates(text, near, language, today, _WAYS.get(status))
    if status == "negated":
        # "Three days" may be a date one way only.
        ahead = dict(_dates(text, near, language, today, True))
        dates = [
            (place, _due(last, ahead.get(place, last), today) if _TO_COME.search(text, *_clause(text, place)) else last)
            for place, last in dates
        ]
    fitting = [
        (place, when)
        for place, when in dates
        if not (_END.search(text[:place]) or _out_of_time(when, today, status) or _apart(text, place, near))
        and not _is_captivity(text, place)
        and not (
            _is_content(text, place, near, language)
            if said
            else _TOLD[language](text, place, near, _WAYS.get(status) is True)
        )
    ]
    return _nearest(text, fitting, near)[1] if fitting else UNKNOWN


def _due(last: When, coming: When, today: date | None) -> When:
    """The day that something was to be on: of what is called off on its very day the next day's texts tell."""
    return last if today and last.day == today - timedelta(1) else coming


def _read(sentence: str, language: str) -> str:
    return _WRITTEN.sub(lambda hit: "_" * len(hit.group()), plain(sentence, language))


def _dates(text: str, near: int, language: str, today: date | None, ahead: bool | None) -> list[tuple[int, When]]:
    """The dates of a text, but for the years of other clauses, and of other nouns than the trigger: "the 2015 deal", "a
    September deal", "eine im September geschlossene Vereinbarung"."""
    try:
        dates = days_of(text, language, today, ahead)
    except OverflowError:  # an article said to be of the year 1 or 9999
        return []
    before = _before_firsts(text, dates, near)
    return [
        (place, when)
        for place, when in dates
        if place not in before
        and not _is_attribute(text, place, near)
        and (
            not text[place : place + 4].isdigit()
            or (_is_own(text, place, near) if _is_anothers(text, place) else not _is_far(text, place, near))
        )
    ]


def _is_attribute(text: str, place: int, near: int) -> bool:
    """Whether the month at a place only tells which noun is meant, and the trigger is another."""
    month = _OF_NOUN.match(text, place) if _is_anothers(text, place) else None
    done = _DONE_IN.match(text, place) if text[:place].endswith(_IN) else None
    hit = month or done
    return hit is not None and not hit.start() <= near < hit.end()


def firsts(text: str) -> list[tuple[int, int]]:
    """Where a `plain` text says that something is the first or worst for so long, with the place of its "since"."""
    return [(hit.start(), hit.start("since")) for hit in _FIRST.finditer(text)]


def _before_firsts(text: str, dates: list[tuple[int, When]], near: int) -> set[int]:
    """Where the dates stand on which something was last before: "erstmals seit der Wahl 2024" dates the election, and
    nothing but what stands between the two."""
    places = sorted(place for place, _ in dates)
    out = set()
    for _, since in firsts(text):
        place = next((place for place in places if place > since), None)
        if place is not None and not since < near < place and not _CLAUSE.search(text, since, place):
            out.add(place)
    return out


def _is_far(text: str, place: int, near: int) -> bool:
    return _apart(text, place, near) or ";" in text[min(place, near) : max(place, near)]


def _nearest(text: str, dates: list[tuple[int, When]], near: int) -> tuple[int, When]:
    """The date nearest to a trigger, the first choice one in its clause that no occasion before it has."""
    begin, end = _clause(text, near)

    def distance(hit: tuple[int, When]) -> tuple[bool, int]:
        place = hit[0]
        occasion = _OCCASION.search(text, begin, place) if begin <= place < end else None
        return not begin <= place < end or (occasion is not None and near > place), abs(place - near)

    return min(dates, key=distance)


def _out_of_time(when: When, today: date | None, status: Status) -> bool:
    """Whether a date is another event's: what is planned is not for the time before yesterday, it was decided then, and
    what has happened has not done so after tomorrow."""
    if today is None or when.day is None:
        return False
    if status == "planned":
        return (today - when.day).days > when.length
    return status in {"occurred", "historical"} and (when.day - today).days > 1


def _apart(text: str, place: int, near: int) -> bool:
    """Whether another clause, or "after" and the like, begins between a date and the trigger."""
    if _BETWEEN.search(text, min(place, near), max(place, near)):
        return True
    # "Algeria, which left in April, offered": what stands between two commas may be over before the trigger.
    if place < near and _ASIDE.search(text[:place]) and "," in text[place:near]:
        return True
    aside = _ASIDE.search(text[near:place]) if near < place else None
    if aside and " " in text[near : near + aside.start()]:  # "The strikes, which began on Monday" tells of the strikes
        return True
    # "The war, which began in February": what follows may tell of the trigger.
    return place < near and _WHICH.search(text, place, near) is not None


def _clause(text: str, place: int) -> tuple[int, int]:
    """Where the clause around a place begins and ends."""
    end = _CLAUSE.search(text, place)
    return max((hit.end() for hit in _CLAUSE.finditer(text, 0, place)), default=0), end.start() if end else len(text)


def _told_en(text: str, place: int, near: int, _ahead: bool) -> bool:
    """Whether the date at `place` is the day of a saying, and the trigger no part of that."""
    if before := _SAID_BEFORE.search(text[:place]):
        return not before.start() <= near < place
    after = _SAID_AFTER.match(text, place)
    return after is not None and not place <= near < after.end()


def _is_captivity(text: str, place: int) -> bool:
    """Whether the date at `place` says since when somebody was held: "staff held since June"."""
    hit = _HELD.search(text[:place])
    return hit is not None and ("since" in hit.group() or _IN_HANDS.search(text[place:]) is not None)


def _told_de(text: str, place: int, near: int, ahead: bool) -> bool:
    """The same in German, where a clause of saying ends with a comma; the day of what is to come stands behind it."""
    begin, end = _clause(text, place)
    if not _SAY_DE.search(text, begin, end) or text[:place].endswith("für "):
        return False
    return not begin <= near < end or (ahead and place < near)


_TOLD = {"de": _told_de, "en": _told_en}


def _is_content(text: str, place: int, near: int, language: str) -> bool:
    """Whether the date at `place` belongs to what the words at `near` are about rather than to their saying."""
    if _SINCE.search(text[:place]):
        return True
    if place < near:
        return False
    if language == "en":
        return _CONTENT_EN.search(text, near, place) is not None
    begin, end = _clause(text, place)
    inside = begin > near and _CONTENT_DE.search(text, begin, end) and not _SAY_DE.search(text, begin, end)
    return bool(inside)


# Whose year or month a noun is of, and what may stand between them: "Trump's 2018 meeting", "the 2022 Russian attack".
_WHOSE = re.compile(r"(?:['’]s?|\b(?:the|a|his|her|its|their)) $")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
# What is still there when something is done with it later.
_LASTING = "agreement|accord|deal|treaty|pact|memorandum|resolution|declaration|decree|law|ruling"
_OF_NOUN = re.compile(rf"(?:{_MONTHS}) (?:\w+ )?(?:{_LASTING})\b")
# Of a German participle before its noun: "im September geschlossene Vereinbarung".
_IN = ("im ", "am ", "vom ", "seit ")
_DONE_IN = re.compile(r"\w+(?: \d{4})? (?!vergangen)\w*ge\w+(?:t|en)e[nrsm]? [a-zäöüß]\w{3,}")
_HIS = re.compile(r"[\w-]+(?: [\w-]+){0,2} ")
# What is older than this is background and no news of the article, unless something has gone on since.
_OLD = {"day": timedelta(days=30), "month": timedelta(days=60), "year": timedelta(days=366)}
_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b|jahr|year|monat|\bago\b|last|letzt|vergangen|vorig")
# A German verb in the present, and what makes another tense of it.
_PRESENT = re.compile(
    r"(?:[a-zäöüß]+t|treffen|beraten|verhandeln|tagen|reisen|empfangen|besuchen|sprechen|kommen|unterzeichnen)\b"
)
_HELPER_DE = re.compile(
    r"\b(?:hat(?:te)?n?|haben|habe|hätten?|ist|sind|sei(?:en)?|wurden?|worden|war(?:en)?|wäre[n]?|würden?|nach|seit|laut)\b"
)
_GERMAN_DAY = re.compile("|".join(GERMAN_DAYS))
_LAST = re.compile(r"\b(?:vergangene|letzte|vorige|seit)[mnrs]? $")
_AHEAD = re.compile(r"\b(?:wird|werden|will|won't)\b")
# Beside a verb these tell of the past; the latter only beside a participle, as "was to host" does not.
_PERFECT = frozenset("hat haben hatte hatten wurde wurden has have had".split())
_WANTED = frozenset({"wollen", "sollen"})  # "hatten zusammenkommen wollen"
_DONE = frozenset("ist sind war waren was were".split())
# What these were done to is to come all the same.
_ARRANGED = frozenset(
    "geplant vorgesehen angesetzt anberaumt vereinbart vereinbarten verabredet angekündigt planned scheduled agreed "
    "announced arranged".split()
)
_BOUNDS = "seit since until till bis before vor between zwischen by from von nach after".split()
_BOUND = re.compile(rf"\b(?:{'|'.join(_BOUNDS)})\b[^,;:]{{0,12}}$")


def standing(sentence: str, near: int, language: str, today: date | None, past: bool = False) -> Status | None:
    """The status that the date nearest to a trigger gives what is told as having happened: "historical" where it lies
    far before `today` (another month, an earlier year), "planned" where it is to come, None else. With `past` its verb
    is one of the past: a day or month without a year is then the last one.

    "seit 2022" and "until July" bound something that goes on, and do not count.
    """
    text = _read(sentence, language)
    place, status, when = _standing(text, near, language, today, past)
    coming = status is None and not past and _is_coming(sentence, text, place, near, when.day, today)
    return "planned" if coming else status


def settled(
    sentence: str, near: int, language: str, today: date | None, past: bool, verb: bool
) -> tuple[Status, int] | None:
    """The same where the date is plainly the trigger's own, and "occurred" where it lies a little back, a day within a
    month or the month that runs; with the place of the date. Of a trigger that is no `verb` only a year or month right
    before it is its own."""
    text = _read(sentence, language)
    place, status, when = _standing(text, near, language, today, past)
    if when.day is None or today is None or _apart(text, place, near) or _TOLD[language](text, place, near, False):
        return None
    begin, end = _clause(text, near)
    if verb:
        own = begin <= place < end and not (place < near and _OCCASION.search(text, begin, place))
    else:
        own = _is_anothers(text, place) and _is_own(text, place, near)
    if not own:
        return None
    if status is None and timedelta(0) <= today - when.day:
        month = when.precision == "month" and (when.day.year, when.day.month) == (today.year, today.month)
        if month or (when.precision == "day" and today - when.day <= _OLD["day"]):
            status = "occurred"
    return (status, place) if status else None


def _is_coming(sentence: str, text: str, place: int, near: int, day: date | None, today: date | None) -> bool:
    """Whether a weekday lies ahead, as in German it does where a verb in the present stands within its clause: "trifft
    am Freitag den Kanzler". Yesterday's and today's are those days."""
    if day is None or today is None or today - day < timedelta(days=2):
        return False
    trigger, weekday = _PRESENT.match(sentence, near), _GERMAN_DAY.match(text, place)
    if trigger is None or weekday is None or _LAST.search(text[:place]):
        return False
    begin, end = _clause(text, near)
    if not begin <= place < end:
        return False
    return not _HELPER_DE.search(text, begin, end) and bool(re.search(r"\w", text[trigger.end() : end]))


def _is_anothers(text: str, place: int) -> bool:
    """Whether the year or month at a place may be that of a noun behind it: "the 2015 deal"."""
    return _WHOSE.search(text[:place]) is not None


def _is_own(text: str, place: int, near: int) -> bool:
    """Whether the trigger is that noun."""
    return place < near and _HIS.fullmatch(text, place, near) is not None


def _standing(text: str, near: int, language: str, today: date | None, past: bool) -> tuple[int, Status | None, When]:
    """Where the date nearest to a trigger stands, the status that it gives, and the date; UNKNOWN if it is a bound."""
    nothing = -1, None, UNKNOWN
    if today is None:
        return nothing
    dates = _dates(text, near, language, today, False if past else None)
    if not dates:
        return nothing
    place, when = _nearest(text, dates, near)
    if when.day is None or _BOUND.search(text[: place + 6]) or _END.search(text[:place]):
        return nothing
    return place, _aged(text, place, when, today, past), when


def _aged(text: str, place: int, when: When, today: date, past: bool) -> Status | None:
    if when.day is None:
        return None
    least, age = _OLD.get(when.precision), today - when.day
    if least is None:
        return "planned" if age < timedelta(0) else None
    if age > timedelta(0) and not _A_YEAR.search(text[place : place + 30]):
        # A month without a year is the nearer one: "im Dezember", said in November, is to come; "ab März wird" is too.
        ahead = when.precision == "month" and _AHEAD.search(text, *_clause(text, place))
        if (age > timedelta(days=183) and not past) or ahead:
            return "planned"
    return "historical" if age > least else "planned" if age < timedelta(0) else None


def is_past(sentence: Sentence, trigger: int) -> bool:
    """Whether the verb of the trigger at word `trigger`, or the one that a noun hangs on, tells of the past; False
    without a parse. "To host" and "sollte empfangen" tell of nothing done, "agreed on talks" of no talks."""
    if not sentence.parsed:
        return False
    verb = next((one for one in (trigger, *sentence.above(trigger)) if sentence.tags[one] in VERBS), trigger)
    if verb != trigger and sentence.words[verb].lower in _ARRANGED:
        return False
    helpers = {
        sentence.words[place].lower
        for place, head in enumerate(sentence.heads)
        if head == verb and sentence.tags[place] == "AUX"
    }
    if helpers & _WANTED:
        return False
    if helpers & _PERFECT:
        return True
    if "VerbForm=Part" in sentence.morphs[verb]:
        reduced = sentence.deps[verb] == "acl" and "Tense=Past" in sentence.morphs[verb]  # "tariffs imposed in April"
        return bool(helpers & _DONE) or (reduced and not helpers and sentence.words[verb].lower not in _ARRANGED)
    return _in_past(sentence, verb)


def _in_past(sentence: Sentence, verb: int) -> bool:
    """Whether a finite verb stands in the past; parsers take "tauschten" for the present, "beraten" for the past."""
    word, morphs = sentence.words[verb], set(sentence.morphs[verb].split("|"))
    if word.lower == word.lemma and word.lower.endswith("en"):
        return False
    if "VerbForm=Fin" not in morphs or "Mood=Sub" in morphs:
        return False
    weak = word.lower.endswith(("te", "ten")) and word.lemma.endswith("en") and not word.lemma.endswith(word.lower)
    return weak or "Tense=Past" in morphs
