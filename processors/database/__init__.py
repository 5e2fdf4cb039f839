"""The record: tables, migrations, claims, and one module of functions for each stage's rows. SQLAlchemy stays here.

Functions that write take the `Connection` of a `Database.transaction()`, so that a stage stores its result and
moves its work on in one commit.
"""

from sqlalchemy import Connection

from processors.database.connection import Database, open_database
from processors.database.work import (
    Claim,
    add_work,
    claim,
    fail,
    finish,
    give_back,
    now,
    parked,
    pending,
    returned_if_stopped,
    unpark,
)

__all__ = [
    "Claim",
    "Connection",
    "Database",
    "add_work",
    "claim",
    "fail",
    "finish",
    "give_back",
    "now",
    "open_database",
    "parked",
    "pending",
    "returned_if_stopped",
    "unpark",
]
