"""Articles that were changed after they had been coded: the events that they report, or no longer report, tell it."""

from collections.abc import Sequence

from processors.database import Connection, now
from processors.database.events import current_id, record_change
from processors.database.stored_mentions import StoredMention, mentions_of_articles
from processors.records import Change


def record_updates(connection: Connection, changed: Sequence[StoredMention]) -> None:
    """Adds "updated" to the history of each event of which an article no longer says what it said, with the article's
    present sentence, if it still reports the event. `changed` are mentions that were resolved just now."""
    gone = [one for one in changed if one.state == "gone" and one.event_id]
    present = mentions_of_articles(connection, {one.mention.article_id for one in gone})
    for one in gone:
        event_id = current_id(connection, one.event_id or "")
        told = [p for p in present if p.mention.article_id == one.mention.article_id and p.event_id == event_id]
        if event_id and _said(one) not in map(_said, told):
            sentence = told[0].mention.sentence if told else ""
            update = Change(now(), "updated", "", one.source, one.mention.article_id, sentence)
            record_change(connection, event_id, update)


def _said(stored: StoredMention) -> tuple[object, ...]:
    # A text that was only moved or dated anew says the same.
    said = stored.mention
    return said.type, said.status, said.actors, said.recipients, said.event_date
