"""Mails to the operators: what has changed in Eventwire's running, on change of state only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from processors.alerts.messages import compose, message_id
from processors.alerts.plain import plain, web_address
from processors.alerts.render import SENTENCE, SUBJECT, TITLE, Reader, Rendered, filled
from processors.alerts.transport import MailServerAway, open_transport
from processors.alerts.wording import wording
from processors.database import Connection, Database, add_work, now, pending
from processors.database.alerts import Mail, add_mail, feed_states
from processors.database.notes import get_notes, set_note
from processors.database.work import oldest_pending
from processors.errors import MailError, mask_secrets
from processors.records import Summary, hashed_id
from processors.settings import Settings

BEHIND = timedelta(hours=1)  # a backlog whose oldest piece waits longer than this grows
CAUGHT_UP = timedelta(minutes=15)  # and is well again when none waits longer than this
_GOOD = frozenset({"ok", "new"})
_PREFIX = "operations:"
_REPORTED = "operations.reported"
RULE = "operations"
_LINES = 60  # of a notice


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of state. `kind` is feed, backlog or index; `was` is the state that the operators know of."""

    kind: str
    key: str
    title: str
    state: str
    was: str
    reason: str
    url: str = ""

    @property
    def bad(self) -> bool:
        """Whether it is one for the worse."""
        return self.state not in _GOOD


def report_operations(database: Database, settings: Settings, *, index_problem: str | None = None) -> Summary:
    """Writes the operators one mail on all that has changed its state since the last one: feeds, backlogs, and the
    index (`index_problem` says why it is away; None: it is there). Counts turns and mails.

    The mails and the states that they told are stored in one transaction; without operators only the states are.
    Of two reports at once the second one waits, and tells only what the first has not.
    """
    at, index = now(), _index(settings, index_problem)
    with database.reading() as connection:
        if not _turns(database, connection, index, at):
            return Summary("send", {"turns": 0, "mails": 0})
    mails = 0
    with database.transaction() as connection:
        set_note(connection, _REPORTED, at.isoformat())  # whose row is ours until the end
        turns = _turns(database, connection, index, at)
        for turn in turns:
            set_note(connection, _note(turn), turn.state)
        worth_telling = [turn for turn in turns if turn.bad or turn.was not in {"", "new"}]
        if worth_telling:
            for mail in _mails(worth_telling, settings, at):
                mails += add_mail(connection, mail)
                add_work(connection, "send", [mail.id])
    return Summary("send", {"turns": len(turns), "mails": mails})


def _turns(database: Database, connection: Connection, index: Turn, at: datetime) -> list[Turn]:
    known = {name: str(state) for name, state in get_notes(connection, _PREFIX).items()}
    feeds = [Turn("feed", f.id, f.name, f.state, "", f.reason, f.url) for f in feed_states(connection)]
    return list(_turned([*feeds, *_backlogs(database, known, at), index], known))


def _note(turn: Turn) -> str:
    return f"{_PREFIX}{turn.kind}:{turn.key}"


def _turned(states: Iterable[Turn], known: dict[str, str]) -> Iterable[Turn]:
    for state in states:
        was = known.get(_note(state), "")
        if was != state.state and state.state != "new":
            yield Turn(state.kind, state.key, state.title, state.state, was, state.reason, state.url)


def _index(settings: Settings, problem: str | None) -> Turn:
    address = mask_secrets(settings.index_url)
    return Turn("index", "index", address, "away" if problem else "ok", "", problem or "")


def _backlogs(database: Database, known: dict[str, str], at: datetime) -> list[Turn]:
    oldest, waiting = oldest_pending(database), pending(database, due_only=True)
    found = []
    for stage in ("read", "code", "resolve", "index", "match", "send"):
        age = at - oldest.get(stage, at)
        was_growing = known.get(f"{_PREFIX}backlog:{stage}") == "growing"
        growing = age > (CAUGHT_UP if was_growing else BEHIND)
        minutes = int(age.total_seconds() // 60)
        reason = f"{waiting.get(stage, 0)} pieces wait, the oldest for {minutes} minutes" if growing else ""
        found.append(Turn("backlog", stage, stage, "growing" if growing else "ok", "", reason))
    return found


def _mails(turns: list[Turn], settings: Settings, at: datetime) -> Iterable[Mail]:
    rendered = operations_mail(turns, Reader("en", base_url=settings.mail.base_url))
    told = [(turn.kind, turn.key, turn.state, turn.was) for turn in turns]
    for operator in settings.mail.operators:
        mail_id = hashed_id("operations", told, at.isoformat(), operator)
        body = compose(mail_id, rendered, operator, settings.mail, at)
        yield Mail(
            mail_id, message_id(mail_id, settings.mail), RULE, operator, "operations", rendered.subject, body, None,
            {"turns": len(turns)}, "pending", at,
        )  # fmt: skip


def send_operations_mail(settings: Settings, subject: str, text: str) -> int:
    """Sends the operators a notice at once and past the database, which may be what has failed. Returns to how many.
    Raises MailError, after it has tried all of them where only some are refused."""
    sender, sent = parseaddr(settings.mail.sender)[1], 0
    refused: MailError | None = None
    rendered = notice_mail(subject, text)
    transport = open_transport(settings.smtp_url)
    try:
        for operator in settings.mail.operators:
            mail_id = hashed_id("notice", subject, text, now().isoformat(), operator)
            message = compose(mail_id, rendered, operator, settings.mail, now())
            try:
                transport.send(mail_id, sender, operator, message.encode("ascii"))
                sent += 1
            except MailServerAway:
                raise
            except MailError as error:
                refused = error
    finally:
        transport.close()
    if refused:
        raise refused
    return sent


def notice_mail(subject: str, text: str, language: str = "en") -> Rendered:
    """The mail of a notice; its lines are shown as they are."""
    lines = [plain(line, SENTENCE) for line in text.splitlines()[:_LINES]]
    words = wording(language)
    context = {"words": words, "t": words.mail, "headline": plain(subject, TITLE), "lines": lines}
    return filled("notice", f"Eventwire: {plain(subject, SUBJECT)}", plain(text, TITLE), context)


def operations_mail(turns: list[Turn], reader: Reader) -> Rendered:
    """The mail on changes of state, the bad ones first."""
    words = wording(reader.language)
    lines = [
        {
            "title": f"{words.operations['kinds'][turn.kind]} {plain(mask_secrets(turn.title), 120)}",
            "state": words.operations["states"].get(turn.state, turn.state),
            "was": words.operations["states"].get(turn.was, turn.was or "–"),
            "reason": plain(mask_secrets(turn.reason), TITLE) or words.operations["reasons"].get(turn.state, ""),
            "url": _shown(turn.url),
            "bad": turn.bad,
        }
        for turn in sorted(turns, key=lambda one: (not one.bad, one.kind, one.title))
    ]
    what = f"{lines[0]['title']}: {lines[0]['state']}"
    headline = words.count("operations", len(lines), what=what)
    context = {"words": words, "t": words.mail, "headline": headline, "turns": lines}
    return filled("operations", plain(headline, SUBJECT), what, context | {"unsubscribe_url": ""})


def _shown(url: str) -> str:
    """Where a feed is, without the user and password that it is asked with."""
    address = web_address(url)
    parts = urlsplit(address)
    return mask_secrets(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()) if address else ""
