"""Resolution: many mentions, in many articles, sources and languages, become one event.

    changed mentions -> timelines -> clusters -> events with history

See docs/resolution.md.
"""

from processors.events.stage import resolve_events

__all__ = ["resolve_events"]
