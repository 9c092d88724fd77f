"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

VIEWS: dict[str, str] = {
    "accounts": """
        SELECT r.visit, a.published, a.outlet, a.agency, r.visitor, r.visitor_country, r.host_country, r.dates,
               r.status, r.kind, r.sentence, a.title, a.url, a.name AS article
        FROM visit_reports r JOIN articles a ON a.id = r.article WHERE r.visit IS NOT NULL""",
    "timeline": """
        SELECT h.visit, h.position, v.visitor, v.host_country, h.told, h.status, h.dates, h.change, a.outlet, r.sentence
        FROM history h JOIN visits v ON v.id = h.visit JOIN visit_reports r ON r.key = h.report
        JOIN articles a ON a.id = r.article""",
    "disputed": """
        SELECT c.visit, v.visitor, v.host_country, c.field, c.value, c.chosen, a.outlet, a.published, r.sentence
        FROM claims c JOIN visits v ON v.id = c.visit JOIN visit_reports r ON r.key = c.report
        JOIN articles a ON a.id = r.article
        WHERE c.field IN ('dates', 'kind', 'invited_by', 'visitor_country')
        AND 1 < (SELECT count(DISTINCT d.value) FROM claims d WHERE d.visit = c.visit AND d.field = c.field)""",
    "aliases": """
        SELECT visit_key AS alias, visit FROM visit_reports WHERE visit IS NOT NULL AND visit_key <> visit""",
}


def upgrade() -> None:
    """Make the tables and the views."""
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True)),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("knowledge", sa.String(16), nullable=False),
        sa.Column("reports_read", sa.Integer),
        sa.Column("reports_failed", sa.Integer),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("given_id", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("language", sa.String(12)),
        sa.Column("outlet", sa.Text),
        sa.Column("agency", sa.Text),
        sa.Column("published", sa.String(40)),
        sa.Column("published_first", sa.Date),
        sa.Column("published_how", sa.String(12), nullable=False),
        sa.Column("published_reasons", sa.JSON, nullable=False),
        sa.Column("published_start", sa.Integer),
        sa.Column("published_end", sa.Integer),
        sa.Column("text_hash", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("blocks", sa.JSON, nullable=False),
        sa.Column("anchors", sa.JSON, nullable=False),
        sa.Column("reading", sa.String(16), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("superseded_by", sa.String(16)),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
    )
    op.create_index("ix_articles_given_id", "articles", ["given_id"])
    op.create_index("ix_articles_url", "articles", ["url"])
    op.create_index("ix_articles_published_first", "articles", ["published_first"])
    op.create_index("ix_articles_text_hash", "articles", ["text_hash"])
    op.create_index("ix_articles_superseded_by", "articles", ["superseded_by"])
    op.create_table(
        "visit_reports",
        sa.Column("key", sa.String(24), primary_key=True),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("article", sa.String(16), sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("visitor", sa.Text, nullable=False),
        sa.Column("visitor_country", sa.String(8), nullable=False),
        sa.Column("host_country", sa.String(8), nullable=False),
        sa.Column("dates", sa.String(40)),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("places", sa.JSON, nullable=False),
        sa.Column("trip", sa.Integer, nullable=False),
        sa.Column("meets", sa.JSON, nullable=False),
        sa.Column("delegation", sa.JSON, nullable=False),
        sa.Column("invited_by", sa.Text),
        sa.Column("announced_by", sa.Text),
        sa.Column("occasion", sa.Text),
        sa.Column("agenda", sa.JSON, nullable=False),
        sa.Column("documents", sa.JSON, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("visit_key", sa.String(16), nullable=False),
        sa.Column("visit", sa.String(16)),
        sa.Column("why", sa.String(12)),
    )
    op.create_index("ix_visit_reports_article", "visit_reports", ["article"])
    op.create_index("ix_visit_reports_visit_key", "visit_reports", ["visit_key"])
    op.create_index("ix_visit_reports_visit", "visit_reports", ["visit"])
    op.create_index("ix_visit_reports_host_visitor", "visit_reports", ["host_country", "visitor"])
    op.create_table(
        "evidence",
        sa.Column("owner", sa.String(24), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("article", sa.String(16), sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("field", sa.String(24), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
    )
    op.create_index("ix_evidence_article", "evidence", ["article"])
    op.create_table(
        "encounters",
        sa.Column("key", sa.String(24), primary_key=True),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("article", sa.String(16), sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("participants", sa.JSON, nullable=False),
        sa.Column("place", sa.Text),
        sa.Column("host_country", sa.String(8)),
        sa.Column("date", sa.String(40)),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
    )
    op.create_index("ix_encounters_article", "encounters", ["article"])
    op.create_table(
        "visits",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("visitor", sa.Text, nullable=False),
        sa.Column("visitor_country", sa.String(8), nullable=False),
        sa.Column("host_country", sa.String(8), nullable=False),
        sa.Column("places", sa.JSON, nullable=False),
        sa.Column("dates", sa.String(40)),
        sa.Column("first_day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("trip", sa.String(16), nullable=False),
        sa.Column("meets", sa.JSON, nullable=False),
        sa.Column("delegation", sa.JSON, nullable=False),
        sa.Column("invited_by", sa.Text),
        sa.Column("announced_by", sa.JSON, nullable=False),
        sa.Column("occasion", sa.Text),
        sa.Column("agenda", sa.JSON, nullable=False),
        sa.Column("documents", sa.JSON, nullable=False),
        sa.Column("first_told", sa.String(40)),
        sa.Column("last_told", sa.String(40)),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("outlets", sa.JSON, nullable=False),
        sa.Column("conflicts", sa.JSON, nullable=False),
    )
    op.create_index("ix_visits_visitor", "visits", ["visitor"])
    op.create_index("ix_visits_visitor_country", "visits", ["visitor_country"])
    op.create_index("ix_visits_host_country", "visits", ["host_country"])
    op.create_index("ix_visits_first_day", "visits", ["first_day"])
    op.create_index("ix_visits_trip", "visits", ["trip"])
    op.create_table(
        "claims",
        sa.Column("visit", sa.String(16), sa.ForeignKey("visits.id"), primary_key=True),
        sa.Column("field", sa.String(24), primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("report", sa.String(24), sa.ForeignKey("visit_reports.key"), primary_key=True),
        sa.Column("chosen", sa.Boolean, nullable=False),
    )
    op.create_table(
        "history",
        sa.Column("visit", sa.String(16), sa.ForeignKey("visits.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("told", sa.String(40)),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("dates", sa.String(40)),
        sa.Column("change", sa.String(8), nullable=False),
        sa.Column("report", sa.String(24), sa.ForeignKey("visit_reports.key"), nullable=False),
    )
    op.create_table(
        "problems",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("report", sa.Text),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("solved", sa.Integer, sa.ForeignKey("runs.id")),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("verb", sa.String(12), nullable=False),
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("visitor", sa.Text, nullable=False),
        sa.Column("host_country", sa.String(8), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("field", sa.String(24)),
        sa.Column("value", sa.Text),
        sa.Column("other", sa.JSON),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("on", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_decisions_host_country", "decisions", ["host_country"])
    op.create_table(
        "pending",
        sa.Column("host_country", sa.String(8), primary_key=True),
        sa.Column("visitor", sa.Text, primary_key=True),
        sa.Column("visitor_country", sa.String(8), primary_key=True),
    )
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")


def downgrade() -> None:
    """Remove them."""
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    for name in (
        "pending",
        "decisions",
        "problems",
        "history",
        "claims",
        "visits",
        "encounters",
        "evidence",
        "visit_reports",
        "articles",
        "runs",
    ):
        op.drop_table(name)
