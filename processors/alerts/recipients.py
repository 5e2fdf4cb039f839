"""Whom a rule tells: subscribers by mail, and the addresses of its `notify`; who of them is muted; unsubscribing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from processors.database import Database, now
from processors.database.alerts import withdraw_mails
from processors.database.notes import add_note, delete_note, get_note, get_notes, set_note
from processors.records import AlertRule, hashed_id
from processors.settings import Settings

_NOTIFY = "notify:"
_SALT = "eventwire-unsubscribe"
FOR_EVER = "for ever"
UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One way out. `key` is a mail address, or a hash of a notify address, which may hold a secret."""

    key: str
    language: str
    zone: ZoneInfo
    is_mail: bool = True


def recipients_of(rule: AlertRule) -> list[Recipient]:
    """All whom `rule` tells. What goes out by `notify` is in the first subscriber's language."""
    found = [Recipient(one.address, one.language, ZoneInfo(one.time_zone)) for one in rule.subscribers]
    language, zone = (found[0].language, found[0].zone) if found else ("en", ZoneInfo("UTC"))
    return found + [Recipient(notify_key(url), language, zone, is_mail=False) for url in rule.notify]


def notify_key(url: str) -> str:
    """What stands for a notify address in the database."""
    return _NOTIFY + hashed_id("notify", url)


def notify_url(rule: AlertRule, key: str) -> str:
    """The notify address behind the key of one of the rule's recipients."""
    return next(url for url in rule.notify if notify_key(url) == key)


def is_notify(key: str) -> bool:
    """Whether a recipient is a notify address."""
    return key.startswith(_NOTIFY)


def _note(rule: str, recipient: str) -> str:
    return f"mute:{hashed_id(rule, recipient.lower())}"


EVERYBODY = "*"


def mute(connection: Any, rule: str, recipient: str = EVERYBODY, until: datetime | None = None, *, by: str = "") -> int:
    """Sends this recipient (or nobody) mails of this rule until a moment, for ever with None. What is not sent yet
    is withdrawn where it is for ever. Returns how many mails that were."""
    data = {"rule": rule, "recipient": recipient, "until": until.isoformat() if until else FOR_EVER, "by": by}
    set_note(connection, _note(rule, recipient), data)
    return withdraw_mails(connection, rule, recipient) if until is None and recipient != EVERYBODY else 0


def unmute(connection: Any, rule: str, recipient: str = EVERYBODY) -> bool:
    """Ends a mute; False where there was none."""
    there = get_note(connection, _note(rule, recipient)) is not None
    delete_note(connection, _note(rule, recipient))
    return there


def is_unsubscribed(connection: Any, rule: str, recipient: str) -> bool:
    """Whether the recipient has stopped this rule's mails by their own link."""
    note = get_note(connection, _note(rule, recipient))
    return note is not None and note["by"] == UNSUBSCRIBED


class Mutes:
    """The mutes that hold now."""

    def __init__(self, notes: Mapping[str, Any]) -> None:
        self.held = [note for note in notes.values() if _holds(note)]
        self._held = {(note["rule"], note["recipient"].lower()) for note in self.held}

    def hold(self, rule: str, recipient: str) -> bool:
        """Whether this recipient is to get nothing of this rule."""
        return (rule, recipient.lower()) in self._held or (rule, EVERYBODY) in self._held


def _holds(note: Mapping[str, Any]) -> bool:
    return note["until"] == FOR_EVER or datetime.fromisoformat(note["until"]) > now()


def mutes(connection: Any) -> Mutes:
    """Who is muted now."""
    return Mutes(get_notes(connection, "mute:"))


class Unsubscribing:
    """Signed addresses by which a subscriber stops a rule's mails (RFC 8058), without a login."""

    def __init__(self, secret: str) -> None:
        from itsdangerous import URLSafeSerializer

        self._signer = URLSafeSerializer(secret, salt=_SALT)

    def token(self, rule: str, recipient: str) -> str:
        """What stands in the address for one subscriber of one rule."""
        return str(self._signer.dumps([rule, recipient]))

    def read(self, token: str) -> tuple[str, str] | None:
        """Rule and recipient of a token; None where it is not one of ours."""
        from itsdangerous import BadData

        try:
            rule, recipient = self._signer.loads(token)
        except (BadData, ValueError, TypeError):
            return None
        return str(rule), str(recipient)

    def url(self, base_url: str, rule: str, recipient: str) -> str:
        """The address for a mail; "" where there is no web page to answer it."""
        return f"{base_url.rstrip('/')}/unsubscribe/{self.token(rule, recipient)}" if base_url else ""


def unsubscribing(database: Database, settings: Settings) -> Unsubscribing:
    """Signs with the setting mail.secret, else with a secret made once and kept in the database, so that all
    machines of one Eventwire know it."""
    if settings.mail.secret:
        return Unsubscribing(settings.mail.secret)
    import secrets

    name = "unsubscribe-secret"
    with database.reading() as connection:
        known = get_note(connection, name)
    if known is None:
        with database.transaction() as connection:
            add_note(connection, name, secrets.token_urlsafe(32))
            known = get_note(connection, name)
    return Unsubscribing(str(known))
