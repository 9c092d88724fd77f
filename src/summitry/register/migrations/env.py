"""Run migrations on a connection that is handed over; there is no configuration file."""

from __future__ import annotations

from alembic import context

from summitry.register.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
