"""What Alembic runs: the migrations, inside the transaction that is already open."""

from alembic import context

from readmodel.desks import desk_message

context.configure(
    connection=context.config.attributes["connection"], target_metadata=desk_message.metadata
)
with context.begin_transaction():
    context.run_migrations()
