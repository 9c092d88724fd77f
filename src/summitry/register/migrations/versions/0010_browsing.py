"""What browsing a large register needs: indexes for its orders, and on SQLite an index of the words of the visits.

The words are kept by triggers, so that whatever writes a visit keeps them; on PostgreSQL the search reads the columns.
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEXES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ix_visits_by_day", "visits", ("first_day", "id")),
    ("ix_visits_by_visitor", "visits", ("visitor", "visitor_country")),
    ("ix_visits_by_pair", "visits", ("visitor_country", "host_country", "first_day")),
    ("ix_visits_by_sender", "visits", ("visitor_country", "first_day")),
    ("ix_visits_by_host", "visits", ("host_country", "first_day")),
    ("ix_visits_by_status", "visits", ("status", "first_day")),
    ("ix_visits_by_told", "visits", ("last_told", "id")),
    ("ix_visits_by_reports", "visits", ("reports", "id")),
    ("ix_articles_by_day", "articles", ("published_first", "country", "outlet", "published", "told", "superseded_by")),
    ("ix_visit_reports_confidence", "visit_reports", ("visit", "confidence")),
)

# Countries stand among the words as no word begins: qqvDNK for a visitor from Denmark, qqhCHL for a visit to Chile.
WORDS = """{0}.visitor || ' qqv' || {0}.visitor_country,
    {0}.meets || ' ' || {0}.delegation || ' ' || coalesce({0}.invited_by, ''),
    'qqh' || {0}.host_country || ' ' || {0}.places || ' ' || coalesce({0}.occasion, '') || ' ' || {0}.agenda || ' ' ||
    {0}.documents || ' ' || {0}.announced_by || ' ' || {0}.outlets"""
READ = "visitor, visitor_country, meets, delegation, invited_by, host_country, places, occasion, agenda, documents"
NUMBER = "(SELECT n FROM visits_words WHERE id = {0}.id)"
ADD = f"""
    INSERT INTO visits_words (id) VALUES (new.id);
    INSERT INTO visits_fts (rowid, visitor, people, rest)
    VALUES ({NUMBER.format("new")}, {WORDS.format("new")});"""  # noqa: S608 (constants only)
REMOVE = f"""
    INSERT INTO visits_fts (visits_fts, rowid, visitor, people, rest)
    VALUES ('delete', {NUMBER.format("old")}, {WORDS.format("old")});
    DELETE FROM visits_words WHERE id = old.id;"""  # noqa: S608
TRIGGERS = {
    "visits_added": f"AFTER INSERT ON visits BEGIN {ADD} END",
    "visits_removed": f"AFTER DELETE ON visits BEGIN {REMOVE} END",
    "visits_changed": f"AFTER UPDATE OF id, {READ}, announced_by, outlets ON visits BEGIN {REMOVE} {ADD} END",
}


def upgrade() -> None:
    """Make them, and take in the visits that are there."""
    for name, table, columns in INDEXES:
        op.create_index(name, table, list(columns))
    if op.get_bind().dialect.name != "sqlite":
        return
    # The index of words holds no text; its numbers are those of visits_words, which VACUUM leaves alone.
    op.execute("CREATE TABLE visits_words (n INTEGER PRIMARY KEY, id VARCHAR(16) NOT NULL UNIQUE)")
    op.execute(
        "CREATE VIRTUAL TABLE visits_fts USING fts5(visitor, people, rest, content='', prefix='2 3', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute("INSERT INTO visits_words (id) SELECT id FROM visits ORDER BY id")
    op.execute(
        "INSERT INTO visits_fts (rowid, visitor, people, rest) "  # noqa: S608 (constants only)
        f"SELECT w.n, {WORDS.format('v')} FROM visits v JOIN visits_words w ON w.id = v.id"
    )
    for name, does in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {does}")


def downgrade() -> None:
    """Remove them."""
    if op.get_bind().dialect.name == "sqlite":
        for name in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE visits_fts")
        op.execute("DROP TABLE visits_words")
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
