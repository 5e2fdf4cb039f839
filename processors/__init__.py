"""Eventwire: from news feeds to coded political events, search and alert mails."""
