"""`find_actors`: the actors of a text, in four passes: forms, composites, what the text has told, descriptions."""

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date

from processors.coder.actors.compose import Composer
from processors.coder.actors.descriptions import resolved
from processors.coder.actors.model import ActorContext, ActorSpan
from processors.coder.actors.reading import Reading
from processors.coder.actors.scan import Hit, scan
from processors.coder.actors.table import ActorTable

_DEFINITE = {"de": re.compile(r"\b(?:der|die|das|den|dem|des)\s+$", re.I), "en": re.compile(r"\bthe\s+$", re.I)}
_NAME_BEHIND = re.compile(r" [A-ZÄÖÜ]\w+ [A-ZÄÖÜ]\w+")
_PRONOUNS = {"de": re.compile(r"\b[Ee]r\b"), "en": re.compile(r"\b(?:[Hh]e|[Ss]he)\b")}
# Words for the same: who wrote of "Sudan's army" means it by "the military".
_FORCES = ("army", "military", "armed forces", "armee", "militär", "streitkraft", "streitkräfte")
_SENTENCE_END = re.compile(r"[.!?:][\"“”’)]*\s|\n")


def find_actors(
    text: str, lang: str, date: date | None, table: ActorTable, context: ActorContext | None = None
) -> list[ActorSpan]:
    """The actors of a text in its order, none overlapping.

    `date` is the article's day: holders count only in office; None lets any holder match. Give the whole text at once,
    or its pieces in order with one `context`: persons and offices named anywhere in it resolve the bare surname and
    "the minister" in it. Never raises on text; linear in its length.
    """
    lang = "de" if lang[:2].lower() == "de" else "en"
    context = ActorContext() if context is None else context
    plain = text.replace("\xa0", " ").replace("\u202f", " ").replace("\t", " ")
    hits = scan(plain, lang, table)
    spans = Composer(Reading(plain, lang, date, table, context, hits, _enemy(hits, table), _sides(hits, table))).run()
    spans = [_by_office(span, plain, lang, context) for span in spans if not _is_verb(span, plain, table)]
    spans = sorted(spans + _by_surname(plain, lang, spans, context), key=lambda span: span.start)
    return resolved(plain, lang, spans, table)


def find_pronouns(text: str, lang: str, spans: list[ActorSpan]) -> list[ActorSpan]:
    """ "er", "he" and "she" where only one person can be meant: the only one of this and the last sentence.

    `spans` are those of `find_actors` for the same text. German "sie" is never resolved: it is too often a plural.
    """
    lang = "de" if lang[:2].lower() == "de" else "en"
    persons = [span for span in spans if span.kind in {"person", "office"} and span.ids]
    starts = [span.start for span in persons]
    breaks = [0, *(found.end() for found in _SENTENCE_END.finditer(text))]
    found = []
    for pronoun in _PRONOUNS[lang].finditer(text):
        sentence = bisect_left(breaks, pronoun.start() + 1) - 1
        since = breaks[max(0, sentence - 1)]
        near = persons[bisect_left(starts, since) : bisect_left(starts, pronoun.start())]
        if near and len({span.name or span.ids for span in near}) == 1:
            last = near[-1]
            found.append(ActorSpan(*pronoun.span(), last.ids, "pronoun", last.name, pronoun.start()))
    return found


def _enemy(hits: list[Hit], table: ActorTable) -> tuple[str, ...]:
    """Whom "the enemy" means: the foe of the side that the text is about; nobody where it is about neither."""
    named = {hit.entry.ids for hit in hits} | {p.ids_at(None) for hit in hits for p in hit.entry.persons[:1]}
    pairs = table.enemies.items()
    return next(((foe,) for side, foe in pairs if (side,) in named or (foe,) in named), ())


def _sides(hits: list[Hit], table: ActorTable) -> tuple[str, ...]:
    """Whom "the warring sides" means: the two of a war that the text names both, the first of such wars."""
    named = {name for hit in hits for name in hit.entry.ids}
    return next((sides for sides in table.wars if named.issuperset(sides)), ())


def _is_verb(span: ActorSpan, text: str, table: ActorTable) -> bool:
    """ "will chair a conference": an English word of the lists that is as often a verb, and has no owner here."""
    return not span.ids and text[span.start : span.end] in table.verbs


def _by_office(span: ActorSpan, text: str, lang: str, context: ActorContext) -> ActorSpan:
    """ "der Minister", "the government" for the one that the text named before."""
    if span.ids or span.kind not in {"title", "body"}:
        return span
    known = context.offices.get(span.office)
    if known is None and span.office in _FORCES:
        known = next((context.offices[word] for word in _FORCES if word in context.offices), None)
    named = _NAME_BEHIND.match(text, span.end) and span.kind == "title"
    if known is None or not (named or _DEFINITE[lang].search(text, max(0, span.start - 6), span.start)):
        return span
    return replace(span, ids=known[0], name=known[1], kind="office" if span.kind == "title" else "body")


def _by_surname(text: str, lang: str, spans: list[ActorSpan], context: ActorContext) -> list[ActorSpan]:
    """Further mentions, by surname alone, of people whom the text has introduced."""
    if not context.persons:
        return []
    names = "|".join(re.escape(name) for name in sorted(context.persons, key=len, reverse=True))
    genitive = "(s?)" if lang == "de" else "()"
    taken = [(span.start, span.end) for span in spans]
    found = []
    for match in re.finditer(rf"\b({names}){genitive}\b", text):
        at = bisect_left(taken, (match.end(), 0)) - 1
        if at >= 0 and taken[at][1] > match.start():
            continue
        ids, name = context.persons[match.group(1)]
        owned = bool(match.group(2)) or text[match.end() : match.end() + 1] in ("'", "’")
        found.append(ActorSpan(match.start(), match.end(), ids, "person", name, match.start(), genitive=owned))
    return found
