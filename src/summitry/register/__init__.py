"""The disk: tables, migrations, one writer, many readers, decisions. SQLite by default, other databases by URL."""
