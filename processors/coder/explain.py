"""`eventwire explain`: what the coder saw in a text, and why each event is as it is."""

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from processors.coder.analysis import Sentence
from processors.coder.code import Text, TextEvent, calibrated, finished, known_tools, visible
from processors.coder.coding import judge_texts, read
from processors.coder.judged import Judged
from processors.coder.languages import language_of
from processors.coder.lexicon import lexicon_languages
from processors.coder.merge import Coded
from processors.coder.model import for_length, load_models, threshold
from processors.coder.rules.rivals import coded_events
from processors.errors import ConfigError
from processors.settings import Settings

_COLORS = {"trigger": "33;1", "actor": "32", "recipient": "35", "party": "36", "dim": "2"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text and what it is: trigger, actor, recipient or party (named, but without a role)."""

    start: int
    end: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A text with its marks, its events with the reasons for each, and the triggers that came to nothing."""

    text: str
    language: str
    marks: tuple[Mark, ...]
    events: tuple[tuple[TextEvent, tuple[str, ...]], ...]
    dropped: tuple[str, ...]
    sentences: int
    parsed: int


def explained(text: str, language: str, day: str, settings: Settings) -> Explained:
    """Codes a text and keeps the reasons. Raises ConfigError for a wrong date, CoderError for an unknown language."""
    try:
        when = date.fromisoformat(day) if day else None
    except ValueError:
        raise ConfigError(f"--date {day!r}: not a date such as 2025-11-10") from None
    language = language or language_of(text, tuple(lexicon_languages(settings.config_dir)))
    one = Text(visible(text).strip(), language, "", when)
    kit, models = known_tools(one.language, settings), load_models(one.language)
    thresholds = for_length(models.settings, len(one.full))
    sentences = read(one.full, one.day, kit)
    judged = judge_texts([sentences], kit, models, settings.coder.pipelines.get(one.language), everything=True)[0]
    kept = [one for one in judged if one.chance >= threshold(one.candidate.found.rule.type, thresholds)]
    events = coded_events(kept, thresholds)
    return Explained(
        text=one.full,
        language=one.language,
        marks=_marks(sentences, events),
        events=tuple(
            (finished(event, one.full, one.day, kit, models), _reasons(event, thresholds)) for event in events
        ),
        dropped=tuple(
            _dropped(found, thresholds)
            for found in judged
            if found.chance < threshold(found.candidate.found.rule.type, thresholds)
        ),
        sentences=len(sentences),
        parsed=len({one.candidate.sentence.index for event in events for one in event.sources}),
    )


def _marks(sentences: list[Sentence], events: list[Coded]) -> tuple[Mark, ...]:
    marks: dict[int, Mark] = {}
    for event in events:
        for source in event.sources:
            words = source.candidate.sentence.words
            for place in source.candidate.found.words:
                marks[words[place].start] = Mark(words[place].start, words[place].end, "trigger", event.type)
    for sentence in sentences:
        mine = [event for event in events if any(one.candidate.sentence is sentence for one in event.sources)]
        actors = {name for event in mine for name in event.actors}
        recipients = {name for event in mine for name in event.recipients}
        for party in sentence.parties:
            ids = set(party.ids)
            kind = "actor" if ids & actors else "recipient" if ids & recipients else "party"
            marks.setdefault(party.start, Mark(party.start, party.end, kind, "/".join(party.ids)))
    return _apart(sorted(marks.values(), key=lambda mark: (mark.start, -mark.end)))


def _apart(marks: list[Mark]) -> tuple[Mark, ...]:
    out: list[Mark] = []
    for mark in marks:
        if not out or mark.start >= out[-1].end:
            out.append(mark)
    return tuple(out)


def _reasons(event: Coded, settings: dict[str, Any]) -> tuple[str, ...]:
    """The rule that made the event, what changed it, and what spoke for its status and roles."""
    best = event.best
    rule = best.candidate.found.rule
    lines = [
        f"rule {rule.id} by trigger {best.candidate.found.trigger!r}, frame {rule.frame}",
        f"learned layer: {best.chance:.2f}, kept from {threshold(event.type, settings):.2f} on; "
        f"shown as confidence {calibrated(event.chance, settings):.2f}",
    ]
    lines += [f"cue {hit.words!r}: {hit.status}, {_away(hit.distance)}" for hit in best.hits]
    shares = sorted(best.status.items(), key=lambda pair: -pair[1])
    lines.append("status " + ", ".join(f"{name} {share:.2f}" for name, share in shares if share >= 0.05))
    for name, odds in sorted(best.roles.items(), key=lambda pair: -max(pair[1]["actor"], pair[1]["recipient"])):
        lines.append(f"role {name}: actor {odds['actor']:.2f}, recipient {odds['recipient']:.2f}")
    if best.must:
        lines.append(f"{best.must!r}: its subject is asked, who says so asks")
    if best.passive:
        lines.append(f"{best.passive!r} is passive: it is done to its subject")
    if best.condition:
        words = best.candidate.sentence.words
        lines.append(f"on condition: {' '.join(words[place].text for place in best.condition)!r}")
    if best.mutual:
        lines.append(f"{best.mutual!r}: done both ways, if two take part")
    if event.turned:
        lines.append("sides exchanged: who turns an offer down has not made it")
    lines += event.changes
    lines += [
        f"merged with {other.candidate.found.rule.id} by {other.candidate.found.trigger!r} "
        f"in sentence {other.candidate.sentence.index + 1}"
        for other in event.sources[1:]
    ]
    return tuple(lines)


def _away(distance: int) -> str:
    if distance == 0:
        return "in the trigger"
    return f"{abs(distance)} {'word' if abs(distance) == 1 else 'words'} {'before' if distance < 0 else 'after'}"


def _dropped(found: Judged, settings: dict[str, Any]) -> str:
    rule, sentence = found.candidate.found.rule, found.candidate.sentence
    trigger = " … ".join(sentence.words[place].text for place in found.candidate.found.words)
    chance = f"{found.chance:.2f}, under {threshold(rule.type, settings):.2f}"
    return f"sentence {sentence.index + 1}: {trigger!r} ({rule.id}): {chance}"


def as_text(found: Explained, *, color: bool = False) -> str:
    """The explanation for a terminal; marks in brackets where colours are off."""
    lines = [_marked(found, color), ""]
    for number, (event, reasons) in enumerate(found.events, 1):
        lines.append(_headline(number, event))
        lines += [f"     {name}: {value}" for name, value in _details(event)]
        lines += [f"     - {reason}" for reason in reasons]
    if not found.events:
        lines.append("no events")
    if found.dropped:
        lines += ["", "triggers that came to nothing:", *(f"  {line}" for line in found.dropped)]
    lines += ["", f"{found.parsed} of {found.sentences} sentences parsed, language {found.language}"]
    return "\n".join(lines)


def _marked(found: Explained, color: bool) -> str:
    out, at = [], 0
    for mark in found.marks:
        out.append(found.text[at : mark.start])
        piece = found.text[mark.start : mark.end]
        out.append(f"\x1b[{_COLORS[mark.kind]}m{piece}\x1b[0m" if color else f"[{piece}|{mark.kind} {mark.label}]")
        at = mark.end
    return "".join([*out, found.text[at:]])


def _headline(number: int, event: TextEvent) -> str:
    sides = " + ".join(event.actors) or "?"
    if event.recipients:
        sides += " -> " + " + ".join(event.recipients)
    return f"{number:3}. {event.type} ({event.status}) {sides}  [{event.trigger}]"


def _details(event: TextEvent) -> list[tuple[str, str]]:
    rows = [
        ("said by", event.attribution or ""),
        ("about", ", ".join(event.topics)),
        ("when", f"{event.event_date} ({event.date_precision})" if event.event_date else ""),
        ("where", event.place or ""),
        ("codes", f"PLOVER {event.plover}, CAMEO {event.cameo}, quad class {event.quad_class}"),
    ]
    return [(name, value) for name, value in rows if value]


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "mark{padding:0 .15em;border-radius:.2em}mark.trigger{background:#ffd54a}mark.actor{background:#b7e4c7}"
    "mark.recipient{background:#f3c4fb}mark.party{background:#dbe7f3}.text{white-space:pre-wrap}"
    "h2{font-size:1.05rem;margin:1.5rem 0 .3rem}ul{margin:.2rem 0}"
)


def as_html(found: Explained) -> str:
    """The explanation as a page of its own, without scripts or anything from elsewhere."""
    body = [f"<p class=text>{_marked_html(found)}</p>"]
    for number, (event, reasons) in enumerate(found.events, 1):
        body.append(f"<h2>{escape(_headline(number, event))}</h2><ul>")
        body += [f"<li>{escape(name)}: {escape(value)}</li>" for name, value in _details(event)]
        body += [f"<li>{escape(reason)}</li>" for reason in reasons]
        body.append("</ul>")
    if found.dropped:
        body.append("<h2>Triggers that came to nothing</h2><ul>")
        body += [f"<li>{escape(line)}</li>" for line in found.dropped] + ["</ul>"]
    return (
        f'<!doctype html><html lang="{escape(found.language)}"><head><meta charset="utf-8">'
        "<title>How the text is coded</title>"
        f"<style>{_STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )


def _marked_html(found: Explained) -> str:
    out, at = [], 0
    for mark in found.marks:
        out.append(escape(found.text[at : mark.start]))
        piece = escape(found.text[mark.start : mark.end])
        out.append(f'<mark class="{mark.kind}" title="{escape(mark.kind)} {escape(mark.label)}">{piece}</mark>')
        at = mark.end
    return "".join([*out, escape(found.text[at:])])
