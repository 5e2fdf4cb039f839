"""Tells the operators by mail that a DAG or a task has failed."""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import BaseNotifier, Variable, timezone

_log = logging.getLogger(__name__)
_QUIET = timedelta(hours=3)  # longer than any run takes, retries included
_NUMBER = re.compile(r"[0-9a-f]*\d[0-9a-f]*")  # ids, counts and times change from run to run, the error does not


class OperatorsNotifier(BaseNotifier):
    """Mails the operators of the settings (`mail.operators`) through Eventwire's own mail server. Without operators
    it does nothing. What fails like before is told again only after it has not failed for as long as `quiet`, which is
    to be longer than from one run to the next."""

    template_fields = ()

    def __init__(self, quiet: timedelta = _QUIET) -> None:
        super().__init__()
        self.quiet = quiet

    def notify(self, context: Any) -> None:
        """Sends one mail that names the DAG, the task, the run and the error; none where that is known already."""
        from eventwire_hook import EventwireHook
        from processors.alerts import send_operations_mail

        if context.get("reason") == "task_failure":
            return  # Airflow hands a DAG no error; the task that failed has told of itself, with its error
        settings = EventwireHook().settings()
        if not settings.mail.operators:
            return
        where, error = _where(context), _error(context)
        if not _is_known(where, error, self.quiet):
            hours = self.quiet // timedelta(hours=1)
            note = f"As long as it goes on, this is told once: again after {hours} hours without it."
            text = f"{where} failed in run {context.get('run_id')}.\n\n{error}\n\n{note}\n"
            send_operations_mail(settings, f"{where} failed", text)
        _remember(where, error)


def _where(context: Any) -> str:
    # With a reason it is the whole run that failed, and the task of the context just its last one.
    task = context.get("task_instance")
    if task and not context.get("reason"):
        return f"{task.dag_id}.{task.task_id}"
    return str(context["dag"].dag_id)


def _error(context: Any) -> str:
    from processors.errors import mask_secrets

    error = context.get("exception")
    if isinstance(error, BaseException):
        return mask_secrets(f"{type(error).__name__}: {error}")
    return str(error or context.get("reason") or "Its process ended without a word; the task's log may say more.")


def _variable(where: str) -> str:
    return f"eventwire_failed_{where}"


def _is_known(where: str, error: str, quiet: timedelta) -> bool:
    # Airflow's own database remembers: ours may be what has failed. Where it cannot say, one mail more is better than
    # none.
    try:
        last = Variable.get(_variable(where), default=None, deserialize_json=True)
    except Exception:
        _log.exception("no telling whether this was told before")
        return False
    if not last or _NUMBER.sub("", last["error"]) != _NUMBER.sub("", error):
        return False
    return timezone.utcnow() - datetime.fromisoformat(last["at"]) < quiet


def _remember(where: str, error: str) -> None:
    seen = {"error": error, "at": timezone.utcnow().isoformat()}
    try:
        Variable.set(_variable(where), seen, description="Failed, and told the operators", serialize_json=True)
    except Exception:
        _log.exception("what was told is not remembered")
