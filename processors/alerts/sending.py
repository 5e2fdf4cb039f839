"""Sending what is due: digests are put together, then each mail is sent and marked with the server's answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr

from processors.alerts.digests import compose_digests
from processors.alerts.notify import notify
from processors.alerts.recipients import Mutes, is_notify, mutes, notify_url, recipients_of
from processors.alerts.rules import load_rules, rules_path
from processors.alerts.transport import MailServerAway, Transport, open_transport
from processors.database import (
    Claim,
    Database,
    add_work,
    claim,
    fail,
    finish,
    give_back,
    now,
    parked,
    returned_if_stopped,
)
from processors.database.alerts import Mail, earlier_unsent, mails_by_id, park_exhausted, set_mails
from processors.database.failpoints import failpoint
from processors.errors import MailError
from processors.records import Summary
from processors.settings import Settings

RETRY_FOR = timedelta(days=2)  # how long a mail that is refused for now is tried
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=2)
_OUTAGE_PAUSE = timedelta(minutes=1)
_BATCH = 20  # mails leased at a time
_LEASE = timedelta(minutes=10)  # no mail is begun in its second half: the server may take minutes to answer
_TURN = timedelta(seconds=5)  # before a mail looks again whether the one before it in its thread has gone
_LOST_IN_A_ROW = 3  # connections lost one after the other: the server is away


def send_alerts(database: Database, settings: Settings, *, limit: int = 500) -> Summary:
    """Puts digests that are due together and sends up to `limit` mails. Counts done (sent), failed (given up),
    delayed, withdrawn, and digests.

    What the server refuses for now (4xx) is tried again, with growing pauses, for two days; what it refuses for good
    (5xx) is parked. Where the server is away the mails wait, however long, and what goes other ways does not. A mail
    goes only after the earlier ones of its thread to the same recipient. What is for somebody whom its rule does not
    tell any more is withdrawn, parked mails too. Raises ConfigError.
    """
    with database.transaction() as connection:
        park_exhausted(connection)
    digests = compose_digests(database, settings, now())
    summary = Summary("send", {"done": 0, "failed": 0, "digests": digests})
    sender = _Sender(database, settings)
    sender.take_up_unwanted()
    try:
        while limit > 0:
            until = now() + _LEASE / 2
            claims = claim(database, "send", min(limit, _BATCH), lease=_LEASE)
            if not claims:
                break
            limit -= len(claims)
            with returned_if_stopped(database, claims):
                summary = summary + sender.send(claims, until)
    finally:
        sender.transport.close()
    return summary + Summary("send", {}, (f"{sender.away}; the mails wait",) if sender.away else ())


class _Sender:
    """One run of sending, over one connection."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.transport: Transport = open_transport(settings.smtp_url)
        self.rules = {rule.name: rule for rule in load_rules(rules_path(settings))}
        self.address = parseaddr(settings.mail.sender)[1]
        self.away = ""
        self._lost = 0

    def take_up_unwanted(self) -> None:
        """Makes the work of parked mails that nobody is to get any more pending again, so that they are withdrawn."""
        keys = [one.key for one in parked(self.database, "send")]
        if not keys:
            return
        with self.database.transaction() as connection:
            mails, muted = mails_by_id(connection, keys), mutes(connection)
            unwanted = [key for key in keys if key not in mails or not self._is_wanted(mails[key], muted)]
            add_work(connection, "send", unwanted)

    def _is_wanted(self, mail: Mail, muted: Mutes) -> bool:
        """Whether the recipient is one whom the mail's rule tells, as the settings are now."""
        if mail.kind == "operations":
            return mail.recipient in self.settings.mail.operators
        rule = self.rules.get(mail.rule)
        is_told = rule is not None and mail.recipient in {one.key for one in recipients_of(rule)}
        return is_told and not muted.hold(mail.rule, mail.recipient)

    def send(self, claims: list[Claim], until: datetime) -> Summary:
        """Sends a batch in the order in which its mails were made. What it does not come to by `until` goes back, so
        that nobody else takes it up meanwhile."""
        with self.database.reading() as connection:
            mails = mails_by_id(connection, [one.key for one in claims])
            muted = mutes(connection)
        summary = Summary("send")
        oldest_first = sorted(claims, key=lambda one: (_made(mails, one), one.key))
        for number, work in enumerate(oldest_first):
            if now() > until:
                self._release(oldest_first[number:], timedelta(0))
                return summary
            if self.away and not (work.key in mails and is_notify(mails[work.key].recipient)):
                self._release([work])
                continue
            summary = summary + self._one(work, muted)
        return summary

    def _release(self, claims: Iterable[Claim], pause: timedelta = _OUTAGE_PAUSE) -> None:
        with self.database.transaction() as connection:
            give_back(connection, claims, not_before=now() + pause)

    def _one(self, work: Claim, muted: Mutes) -> Summary:
        with self.database.reading() as connection:  # as it is now: the mails before it may have taken minutes
            mail = mails_by_id(connection, [work.key]).get(work.key)
            must_wait = mail is not None and earlier_unsent(connection, mail)
        # A parked mail comes here when somebody made its work pending again.
        if mail is None or mail.state not in {"pending", "parked"} or not self._is_wanted(mail, muted):
            return self._withdraw(work, mail)
        if must_wait:
            return self._wait(work)
        failpoint("send.before-send")
        try:
            answer = self._deliver(mail)
        except MailServerAway as error:
            self.away = str(error)
            self._release([work])
            return Summary("send", {"delayed": 1})
        except MailError as error:
            return self._refused(work, mail, error)
        self._lost = 0
        failpoint("send.before-mark")
        with self.database.transaction() as connection:
            set_mails(connection, [mail.id], state="sent", sent_at=now(), server_answer=answer)
            finish(connection, [work])
        failpoint("send.after-mark")
        return Summary("send", {"done": 1})

    def _deliver(self, mail: Mail) -> str:
        if not is_notify(mail.recipient):
            return self.transport.send(mail.id, self.address, mail.recipient, mail.body.encode("ascii"))
        return notify(notify_url(self.rules[mail.rule], mail.recipient), mail.subject, mail.body)

    def _withdraw(self, work: Claim, mail: Mail | None) -> Summary:
        with self.database.transaction() as connection:
            if mail and mail.state in {"pending", "parked"}:
                set_mails(connection, [mail.id], state="withdrawn")
            finish(connection, [work])
        return Summary("send", {"withdrawn": 1} if mail and mail.state != "sent" else {})

    def _wait(self, work: Claim) -> Summary:
        with self.database.transaction() as connection:
            give_back(connection, [work], not_before=now() + _TURN)
        return Summary("send", {"delayed": 1})

    def _refused(self, work: Claim, mail: Mail, error: MailError) -> Summary:
        is_lost = error.code is None and error.retryable and not is_notify(mail.recipient)
        self._lost = self._lost + 1 if is_lost else 0
        if self._lost >= _LOST_IN_A_ROW:
            self.away = str(error)
        data, next_try = after_refusal(mail, now())
        give_up = not error.retryable or next_try is None
        with self.database.transaction() as connection:
            state = "parked" if give_up else "pending"
            set_mails(connection, [mail.id], data=data, server_answer=str(error), state=state)
            if give_up:
                fail(connection, work, f"to {mail.recipient} ({mail.rule}): {error}", retryable=False)
            else:
                give_back(connection, [work], not_before=next_try)
        told = (f"mail {mail.id} to {mail.recipient} ({mail.rule}): {error}",)
        return Summary("send", {"failed": 1} if give_up else {"delayed": 1}, told)


def _made(mails: dict[str, Mail], work: Claim) -> datetime:
    mail = mails.get(work.key)
    return mail.created_at if mail else now()


def after_refusal(mail: Mail, at: datetime) -> tuple[dict[str, object], datetime | None]:
    """What to note with a mail that was refused for now, and when to try again: after 1, 2, 4 ... minutes, two
    hours at the most; None when it has been tried for two days."""
    anew = mail.state == "parked"
    refused = 0 if anew else int(mail.data.get("refused", 0))
    first = at.isoformat() if anew else str(mail.data.get("refused_since") or at.isoformat())
    data = {**mail.data, "refused": refused + 1, "refused_since": first}
    if at - datetime.fromisoformat(first) >= RETRY_FOR:
        return data, None
    return data, at + min(_FIRST_PAUSE * 2 ** min(refused, 10), _LONGEST_PAUSE)
