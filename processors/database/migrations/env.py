"""Run by Alembic: uses the connection, and so the transaction, that `migrate` opened."""

from alembic import context

from processors.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
