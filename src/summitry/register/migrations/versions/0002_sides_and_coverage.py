"""Whose account it is, coverage, one row a claim, former ids, notes of their own for each report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD_VIEWS = ("accounts", "timeline", "disputed", "aliases")

VIEWS: dict[str, str] = {
    "accounts": """
        SELECT r.visit, a.published, a.outlet, a.agency, r.visitor, r.visitor_country, r.host_country, r.dates,
               r.status, r.kind,
               CASE WHEN coalesce(r.credited, a.country) IS NULL THEN 'unknown'
                    WHEN coalesce(r.credited, a.country) = r.visitor_country THEN 'visitor'
                    WHEN coalesce(r.credited, a.country) = r.host_country THEN 'host' ELSE 'third' END AS side,
               r.announced_by, r.sentence, a.title, a.url, a.name AS article, r.key
        FROM visit_reports r JOIN articles a ON a.id = r.article WHERE r.visit IS NOT NULL""",
    "timeline": """
        SELECT h.visit, h.position, v.visitor, v.host_country, h.told, h.status, h.dates, h.change, h.side, a.outlet,
               r.sentence
        FROM history h JOIN visits v ON v.id = h.visit JOIN visit_reports r ON r.key = h.report
        JOIN articles a ON a.id = r.article""",
    "disputed": """
        SELECT d.visit, v.visitor, v.visitor_country, v.host_country, d.field, d.side, d.value, d.chosen, d.voices,
               d.between_sides
        FROM disputes d JOIN visits v ON v.id = d.visit""",
    "aliases": """
        SELECT visit_key AS alias, visit FROM visit_reports WHERE visit IS NOT NULL AND visit_key <> visit
        UNION SELECT f.id, r.visit FROM former_ids f JOIN visit_reports r ON r.key = f.account
        WHERE r.visit IS NOT NULL""",
    "coverage": """
        SELECT published AS "when", country, outlet, count(*) AS reports,
               sum(CASE WHEN told > 0 THEN 1 ELSE 0 END) AS telling
        FROM articles WHERE superseded_by IS NULL GROUP BY published, country, outlet
        UNION ALL SELECT "when", country, outlet, sum(reports), 0 FROM seen GROUP BY "when", country, outlet""",
    "versions": """
        SELECT o.name AS article, o.title, o.published, o.outlet, o.id AS superseded, n.id AS by, n.published AS by_published
        FROM articles o JOIN articles n ON n.id = o.superseded_by""",
}


def upgrade() -> None:
    """Add and rebuild tables; what is worked out from reports is worked out anew by the next writer."""
    for name in OLD_VIEWS:
        op.execute(f"DROP VIEW {name}")
    for name in ("claims", "history", "pending"):
        op.drop_table(name)
    for column in (
        sa.Column("country", sa.String(8)),
        sa.Column("official", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("sketch", sa.LargeBinary),
        sa.Column("told", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("articles", column)
    op.create_index("ix_articles_coverage", "articles", ["country", "outlet", "published", "told", "superseded_by"])
    op.execute(
        "UPDATE articles SET told = (SELECT count(*) FROM visit_reports r WHERE r.article = articles.id AND r.position >= 0)"
    )
    op.add_column("visit_reports", sa.Column("credited", sa.String(8)))
    op.add_column(
        "visit_reports", sa.Column("credited_official", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.drop_index("ix_visit_reports_host_visitor", "visit_reports")
    op.create_index("ix_visit_reports_host_visitor", "visit_reports", ["host_country", "visitor", "visitor_country"])
    for name in ("voices", "voices_visitor", "voices_host", "voices_third"):
        op.add_column("visits", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.drop_index("ix_articles_text_hash", "articles")
    op.drop_index("ix_articles_superseded_by", "articles")
    _evidence()
    _tables()
    op.execute("UPDATE visit_reports SET why = NULL")
    op.execute(
        "INSERT INTO pending (host_country, visitor, visitor_country) "
        "SELECT DISTINCT host_country, visitor, visitor_country FROM visit_reports"
    )
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")


def _evidence() -> None:
    """One tree by report, where there were a table and two indexes."""
    op.rename_table("evidence", "old_evidence")
    op.create_table(
        "evidence",
        sa.Column("article", sa.String(16), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("owner", sa.String(24), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("field", sa.String(24), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    columns = 'article, owner, position, field, start, "end", rule'
    op.execute(f"INSERT INTO evidence ({columns}) SELECT {columns} FROM old_evidence")  # noqa: S608
    op.drop_table("old_evidence")


def _tables() -> None:
    op.create_table(
        "claims",
        sa.Column("visit", sa.String(16), sa.ForeignKey("visits.id"), primary_key=True),
        sa.Column("field", sa.String(24), primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("chosen", sa.Boolean, nullable=False),
        sa.Column("voices", sa.Integer, nullable=False),
        sa.Column("official", sa.Integer, nullable=False),
        sa.Column("reports", sa.JSON, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "disputes",
        sa.Column("visit", sa.String(16), sa.ForeignKey("visits.id"), primary_key=True),
        sa.Column("field", sa.String(24), primary_key=True),
        sa.Column("side", sa.String(8), primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("chosen", sa.Boolean, nullable=False),
        sa.Column("voices", sa.Integer, nullable=False),
        sa.Column("between_sides", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "history",
        sa.Column("visit", sa.String(16), sa.ForeignKey("visits.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("told", sa.String(40)),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("dates", sa.String(40)),
        sa.Column("change", sa.String(8), nullable=False),
        sa.Column("report", sa.String(24), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pending",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("host_country", sa.String(8), nullable=False),
        sa.Column("visitor", sa.Text, nullable=False),
        sa.Column("visitor_country", sa.String(8), nullable=False),
    )
    op.create_index("ix_pending_host_country", "pending", ["host_country"])
    op.create_table(
        "names",
        sa.Column("host_country", sa.String(8), primary_key=True),
        sa.Column("token", sa.String(120), primary_key=True),
        sa.Column("visitor", sa.Text, primary_key=True),
        sa.Column("visitor_country", sa.String(8), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "former_ids",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("account", sa.String(24), nullable=False),
    )
    op.create_index("ix_former_ids_account", "former_ids", ["account"])
    op.create_table(
        "seen",
        sa.Column("part", sa.String(64), primary_key=True),
        sa.Column("when", sa.String(10), primary_key=True),
        sa.Column("outlet", sa.Text, primary_key=True),
        sa.Column("country", sa.String(8)),
        sa.Column("reports", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(24), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """There is no way down: keep a backup."""
    raise NotImplementedError("a register goes back to an older schema only from a backup")
