"""Runs migrations on the connection that the caller gives (`iom.core.migrate`); there is no alembic.ini."""

from alembic import context

connection = context.config.attributes["connection"]
target = context.config.attributes.get("metadata")
context.configure(connection=connection, target_metadata=target, compare_type=True, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
