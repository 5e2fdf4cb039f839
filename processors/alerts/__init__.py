"""Alerts: rules matched against what changed, hits, mails and other ways out, each told once."""

from processors.alerts.matching import match_alerts
from processors.alerts.operations import report_operations, send_operations_mail
from processors.alerts.rules import load_rules
from processors.alerts.sending import send_alerts

__all__ = ["load_rules", "match_alerts", "report_operations", "send_alerts", "send_operations_mail"]
