"""The edge of the coder: texts and articles in, events and mentions out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from typing import Any
from unicodedata import normalize

from processors.coder.analysis import Candidate, Sentence
from processors.coder.attribution import VERBAL, attribution
from processors.coder.codes import codes_of, family_of
from processors.coder.coding import Tools, judge_texts, read, tools
from processors.coder.dates import find_date
from processors.coder.days import UNKNOWN, When
from processors.coder.lexicon import Lexicon, lexicon_languages
from processors.coder.merge import Coded
from processors.coder.model import Models, for_length, load_models
from processors.coder.places import place_of
from processors.coder.rules.clause_dates import dated_text
from processors.coder.rules.rivals import coded_events
from processors.coder.topics import topics
from processors.errors import CoderError
from processors.records import UNSEEN, Article, DatePrecision, Mention, Status, hashed_id
from processors.settings import Settings

BATCH = 32
# Signs that join letters or keep them apart: to be kept in Persian, Hindi or emoji, nothing in German or English words.
_HIDDEN = f"{UNSEEN}\u200c\u200d"
_UNSEEN = re.compile(f"[{_HIDDEN}]+")
# A letter with its marks beside it, as decomposed text (NFD) has it.
_MARKED = re.compile(r"[^\W\d_][\u0300-\u036f]+")


def visible(text: str) -> str:
    """The text without signs that nobody sees, within words too ("Waffen\u00adlieferung"), and with each letter and its
    marks as one sign ("u" with two dots over it as "ü")."""
    return _MARKED.sub(_composed, _UNSEEN.sub("", text))


def _composed(hit: re.Match[str]) -> str:
    return normalize("NFC", hit.group())


@dataclass(frozen=True, slots=True)
class Text:
    """What is coded: a text, with its headline apart where it has one, in a language, of a day (None: any)."""

    text: str
    language: str
    title: str = ""
    day: date | None = None

    @property
    def full(self) -> str:
        """What spans count in."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class TextEvent:
    """A coded event of one text, with the fields of the contract and the rule that made it."""

    type: str
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    trigger: str
    attribution: str | None
    topics: tuple[str, ...]
    sentence: str
    spans: tuple[tuple[int, int], ...]
    event_date: date | None
    date_precision: DatePrecision
    place: str | None
    confidence: float
    quad_class: int
    plover: str
    cameo: str
    goldstein: float
    persons: tuple[str, ...]
    rule: str

    def as_json(self) -> dict[str, Any]:
        """The event as `eventwire extract` writes it."""
        out = asdict(self)
        out["event_date"] = self.event_date.isoformat() if self.event_date else None
        return out


def code_texts(texts: Iterable[Text], settings: Settings | None = None) -> Iterator[list[TextEvent]]:
    """The events of each text, in order; parsed in batches. Raises CoderError for a language that it does not know."""
    queue = iter(texts)
    while batch := list(islice(queue, BATCH)):
        by_language: dict[str, list[int]] = {}
        for number, text in enumerate(batch):
            by_language.setdefault(text.language, []).append(number)
        out: dict[int, list[TextEvent]] = {}
        for language, numbers in by_language.items():
            for number, events in zip(
                numbers, _code_batch([batch[n] for n in numbers], language, settings), strict=True
            ):
                out[number] = events
        yield from (out[number] for number in range(len(batch)))


def _code_batch(texts: Sequence[Text], language: str, settings: Settings | None) -> Iterator[list[TextEvent]]:
    kit, models = known_tools(language, settings), load_models(language)
    pipeline = settings.coder.pipelines.get(language) if settings else None
    plain = [visible(text.full) for text in texts]
    sentences = [read(one, text.day, kit) for one, text in zip(plain, texts, strict=True)]
    judged = judge_texts(sentences, kit, models, pipeline)
    for text, one, found in zip(texts, plain, judged, strict=True):
        chosen = for_length(models.settings, len(one))
        events = [finished(event, one, text.day, kit, models) for event in coded_events(found, chosen)]
        yield events if one == text.full else _with_places_in(text.full, events)


def _with_places_in(text: str, events: list[TextEvent]) -> list[TextEvent]:
    """The events of `visible(text)`, with spans that count in `text` itself."""
    places = _places(text)
    return [
        replace(event, spans=tuple((places[begin][0], places[end - 1][1]) for begin, end in event.spans))
        for event in events
    ]


def _places(text: str) -> list[tuple[int, int]]:
    """Where each sign of `visible(text)` begins and ends in `text`."""
    kept = [place for place, sign in enumerate(text) if sign not in _HIDDEN]
    out: list[tuple[int, int]] = []
    at = 0
    for hit in _MARKED.finditer("".join(text[place] for place in kept)):
        out += ((place, place + 1) for place in kept[at : hit.start()])
        out += [(kept[hit.start()], kept[hit.end() - 1] + 1)] * len(_composed(hit))
        at = hit.end()
    return [*out, *((place, place + 1) for place in kept[at:])]


def known_tools(language: str, settings: Settings | None = None) -> Tools:
    """The compiled lexicon of a language. Raises CoderError for a language without one."""
    config_dir = settings.config_dir if settings else None
    if language not in lexicon_languages(config_dir):
        raise CoderError(f"language {language!r} has no lexicon; known: {', '.join(lexicon_languages(config_dir))}")
    return tools(language, config_dir)


def finished(event: Coded, text: str, day: date | None, kit: Tools, models: Models) -> TextEvent:
    """A merged event of a `text`, as it was read, of a `day`, with everything that the contract asks for."""
    best = event.best.candidate
    sentence, rule = best.sentence, best.found.rule
    when = _date(event, kit.language, day)
    sides = {*event.actors, *event.recipients}
    said = [one.candidate for one in event.sources]
    family = family_of(event.type, said, kit.language, kit.config_dir)
    codes = codes_of(event.type, event.status, family, kit.config_dir)
    source = attribution(said, kit.lexicon, event.actors, event.recipients, text, event.type)
    return TextEvent(
        type=event.type, status=event.status, actors=event.actors, recipients=event.recipients,
        trigger=" … ".join(_runs(best, text)), attribution=source,
        topics=topics(said, kit.matcher, sorted(sides), text), sentence=text[sentence.start : sentence.end],
        spans=_spans(event),
        event_date=when.day, date_precision=when.precision, place=_place(event, kit.lexicon),
        confidence=round(calibrated(event.chance, models.settings), 3),
        quad_class=codes.quad_class, plover=codes.plover,
        cameo=codes.cameo, goldstein=codes.goldstein,
        persons=tuple(sorted({p.name for p in sentence.parties if p.name and sides & set(p.ids)})), rule=rule.id,
    )  # fmt: skip


def _date(event: Coded, language: str, day: date | None) -> When:
    """The date that the surest of the event's sentences gives it which names one, or the day within that week from
    another. Of what has happened a month or a year counts in the very surest only: elsewhere it is background."""
    best = UNKNOWN
    for one in event.sources:
        sentence = one.candidate.sentence
        near = sentence.words[one.candidate.head].start - sentence.start
        part = one.apart.get(event.partner)
        text = dated_text(sentence, one.candidate.found.words)
        texts = [_part(sentence, text, part)] if part else [_part(sentence, text, _own(one.candidate)), text]
        dates = (find_date(text, near, language, day, event.status, event.type in VERBAL) for text in texts)
        when = next((date for date in dates if date.day), UNKNOWN)
        counts = when.precision in {"day", "week"} or one is event.best or event.status == "planned"
        if (best.day is None and counts) or when.is_in(best):
            best = when
    return best


def _own(candidate: Candidate) -> range:
    """The words of a sentence that tell of a trigger, where "and" joins its verb with another."""
    sentence = candidate.sentence
    begin, end = 0, len(sentence.words)
    if not sentence.parsed:
        return range(begin, end)
    verb = sentence.governor(candidate.head)
    for place, label in enumerate(sentence.deps):
        if label != "conj" or sentence.tags[place] != "VERB" or verb not in {place, sentence.heads[place]}:
            continue
        joint = next((at for at, up in enumerate(sentence.heads) if up == place and sentence.deps[at] == "cc"), None)
        if joint is not None and place == verb:
            begin = max(begin, joint)
        elif joint is not None:
            end = min(end, joint)
    return range(begin, end) or range(len(sentence.words))


def _part(sentence: Sentence, text: str, part: range) -> str:
    """The text of a sentence with nothing but blanks where none of a part of its words stand."""
    begin, end = (sentence.words[place].start - sentence.start for place in (part[0], part[-1]))
    end += len(sentence.words[part[-1]].text)
    return " " * begin + text[begin:end] + " " * (len(text) - end)


def _place(event: Coded, lexicon: Lexicon) -> str | None:
    """Where it happened, by the surest of its sentences that says so."""
    said = (place_of(one.candidate, lexicon, one.apart.get(event.partner)) for one in event.sources)
    return next((place for place in said if place), None)


def calibrated(chance: float, settings: dict[str, Any]) -> float:
    """The model's chance as the share of events right at that chance on held-out texts."""
    points = settings.get("calibration")
    if not points:
        return chance
    import numpy as np

    return float(np.interp(chance, points[0], points[1]))


def _runs(candidate: Candidate, text: str) -> list[str]:
    """The trigger's words as the text has them, neighbours together."""
    runs: list[list[int]] = []
    for place in candidate.found.words:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    words = candidate.sentence.words
    return [text[words[run[0]].start : words[run[-1]].end] for run in runs]


def _spans(event: Coded) -> tuple[tuple[int, int], ...]:
    spans = {
        (one.candidate.sentence.words[place].start, one.candidate.sentence.words[place].end)
        for one in event.sources
        for place in one.candidate.found.words
    }
    first = [
        (event.best.candidate.sentence.words[p].start, event.best.candidate.sentence.words[p].end)
        for p in event.best.candidate.found.words
    ]
    return (*first, *sorted(spans.difference(first)))


def code_article(article: Article, settings: Settings | None = None) -> list[Mention]:
    """The event mentions of an article; none where its language has no lexicon."""
    if article.language not in lexicon_languages(settings.config_dir if settings else None):
        return []
    text = Text(article.text, article.language, article.title, article.day)
    return mentions(article, next(code_texts([text], settings)), settings.coder.min_confidence if settings else 0.0)


def mentions(article: Article, events: Sequence[TextEvent], min_confidence: float = 0.0) -> list[Mention]:
    """Coded events as the records that are stored and resolved."""
    out = []
    for event in events:
        if event.confidence >= min_confidence:
            values = {name: getattr(event, name) for name in TextEvent.__dataclass_fields__}
            identity = hashed_id(article.id, event.type, event.status, event.actors, event.recipients, event.spans[0])
            out.append(Mention(id=identity, article_id=article.id, **values))
    return out
