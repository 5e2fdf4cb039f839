"""The project's own pages: search, events, articles, alert rules with their feeds, and unsubscribing."""
