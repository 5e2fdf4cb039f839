"""Tells the operators by mail that a DAG or a task has failed."""

from __future__ import annotations

from typing import Any

from airflow.sdk import BaseNotifier


class OperatorsNotifier(BaseNotifier):
    """Mails the operators of the settings (`mail.operators`) through Eventwire's own mail server. Without operators
    it does nothing."""

    template_fields = ()

    def notify(self, context: Any) -> None:
        """Sends one mail that names the DAG, the task, the run and the error."""
        from eventwire_hook import EventwireHook
        from processors.alerts import send_operations_mail

        task = context.get("task_instance")
        where = f"{task.dag_id}.{task.task_id}" if task else str(context.get("dag"))
        reason = context.get("exception") or context.get("reason") or "no reason was given"
        text = f"{where} failed in run {context.get('run_id')}.\n\n{type(reason).__name__}: {reason}\n"
        send_operations_mail(EventwireHook().settings(), f"{where} failed", text)
