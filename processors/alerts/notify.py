"""Other ways out than mail: webhooks, Slack, Teams, Telegram, ntfy and what else apprise knows."""

import logging
from typing import Any

from processors.errors import MailError, mask_secrets


def notify(url: str, title: str, text: str) -> str:
    """Sends a text to an apprise address and returns what came of it. Raises MailError: for good where apprise does
    not know such an address, retryable where the service did not take it."""
    import apprise

    service: Any = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    if service is None:
        raise MailError("apprise does not know such an address; see its list of services", retryable=False)
    shown = mask_secrets(service.url(privacy=True))
    capture: Any = apprise.LogCapture
    with capture(level=logging.WARNING, fmt="%(message)s") as log:
        sent = service.notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT)
        reason = " ".join(log.getvalue().split())[:300]
    if not sent:
        raise MailError(f"{shown}: {reason or 'not taken'}")
    return f"taken by {shown}"


def problem_with(url: str) -> str | None:
    """Why apprise cannot use an address; None where it can. Nothing is sent."""
    import apprise

    if apprise.Apprise.instantiate(url, suppress_exceptions=True) is None:
        return "apprise does not know such an address; see its list of services"
    return None
