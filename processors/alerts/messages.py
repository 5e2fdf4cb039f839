"""Internet messages (RFC 5322) from rendered mails, with ids that depend on what they tell and to whom alone."""

import re
from collections.abc import Sequence
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import quote, urlsplit

from processors.alerts.render import Rendered
from processors.errors import ConfigError
from processors.records import hashed_id
from processors.settings import MailSettings

_REFERENCES = 20  # of a long thread the root and the latest


def message_id(mail_id: str, settings: MailSettings) -> str:
    """The Message-ID of a mail: the same whenever and wherever it is made."""
    return f"<{mail_id}@{_domain(settings)}>"


def thread_root(thread: str, settings: MailSettings) -> str:
    """An id that all mails on one event refer to, so that they thread together whatever rule they came by."""
    return f"<event.{thread}@{_domain(settings)}>"


def _domain(settings: MailSettings) -> str:
    domain = parseaddr(settings.sender)[1].rpartition("@")[2]
    return domain if re.fullmatch(r"[A-Za-z0-9.-]+", domain) else "localhost"


def list_id(rule: str, settings: MailSettings) -> str:
    """What mail programs file a rule's mails by (RFC 2919): a domain name, so the rule's is hashed."""
    return f"<{hashed_id('rule', rule)}.eventwire.{_domain(settings)}>"


def compose(
    mail_id: str,
    rendered: Rendered,
    recipient: str,
    settings: MailSettings,
    at: datetime,
    *,
    rule: str | None = None,
    references: Sequence[str] = (),
    unsubscribe_url: str = "",
) -> str:
    """The whole message, ASCII with CRLF lines, ready to be sent as it is. `references` are the Message-IDs of its
    thread, the root first. The same arguments give the same message, to the byte."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _sender(settings)
    message["To"] = recipient
    message["Subject"] = rendered.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(mail_id, settings)
    message["Reply-To"] = _reply_to(settings)
    if len(references) > 1:  # the root alone is no mail: the first one of a thread replies to nothing
        message["In-Reply-To"] = references[-1]
    if references:
        message["References"] = " ".join([*references[:1], *references[1:][-_REFERENCES:]])
    message["Auto-Submitted"] = "auto-generated"
    if rule is not None:
        message["List-Id"] = list_id(rule, settings)
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{mail_id}")
    return _unsubscribe_lines(rule, unsubscribe_url, settings) + message.as_string()


def _unsubscribe_lines(rule: str | None, url: str, settings: MailSettings) -> str:
    # Written by hand: Python would fold a long address into encoded words, which no mail program follows.
    if rule is None:
        return ""
    if url:
        # RFC 8058 wants HTTPS; the loopback, where one tries things out, needs none.
        safe = url.startswith("https://") or urlsplit(url).hostname in {"127.0.0.1", "localhost"}
        one_click = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" if safe else ""
        return f"List-Unsubscribe: <{url}>\r\n{one_click}"
    address = parseaddr(_reply_to(settings))[1]
    return f"List-Unsubscribe: <mailto:{address}?subject=unsubscribe%20{quote(rule, safe='')}>\r\n"


def _reply_to(settings: MailSettings) -> str:
    return next(filter(None, (settings.reply_to, *settings.operators)), parseaddr(settings.sender)[1])


def _sender(settings: MailSettings) -> Address:
    name, address = parseaddr(settings.sender)
    try:
        return Address(display_name=name or "Eventwire", addr_spec=address)
    except (MessageError, ValueError, IndexError) as error:  # what Python's parser happens to raise
        told = f"mail.sender {settings.sender!r} is no address such as Eventwire <eventwire@example.org>"
        raise ConfigError(told) from error
