"""The tables of a register. The migrations in ``migrations/versions`` make them; a test holds the two together."""

from __future__ import annotations

import sqlalchemy as sa

HEAD = "0010"
"""The newest revision of the schema that this program knows."""

KNOWN = frozenset({"0001", "0002", "0010"})
"""All revisions that this program can read."""

WORDS = "visits_words", "visits_fts"
"""The tables of the index of words, and how their names begin: SQLite only, kept by triggers (migration 0010)."""

metadata = sa.MetaData()
ID = sa.String(16)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("started", sa.DateTime(timezone=True), nullable=False),
    sa.Column("finished", sa.DateTime(timezone=True)),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("knowledge", sa.String(16), nullable=False),
    sa.Column("reports_read", sa.Integer),
    sa.Column("reports_failed", sa.Integer),
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("given_id", sa.Text, index=True),
    sa.Column("url", sa.Text, index=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("language", sa.String(12)),
    sa.Column("outlet", sa.Text),
    sa.Column("agency", sa.Text),
    sa.Column("published", sa.String(40)),
    sa.Column("published_first", sa.Date, index=True),
    sa.Column("published_how", sa.String(12), nullable=False),
    sa.Column("published_reasons", sa.JSON, nullable=False),
    sa.Column("published_start", sa.Integer),
    sa.Column("published_end", sa.Integer),
    sa.Column("text_hash", ID, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("blocks", sa.JSON, nullable=False),
    sa.Column("anchors", sa.JSON, nullable=False),
    sa.Column("reading", sa.String(16), nullable=False),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("superseded_by", ID),
    sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("country", sa.String(8)),
    sa.Column("official", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("sketch", sa.LargeBinary),
    sa.Column("told", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_articles_by_day", "published_first", "country", "outlet", "published", "told", "superseded_by"),
    sa.Index("ix_articles_coverage", "country", "outlet", "published", "told", "superseded_by"),
)
"""Reports, whole. ``country`` is whose press it is, ``sketch`` its fingerprint, ``told`` how many visits it tells of."""

visit_reports = sa.Table(
    "visit_reports",
    metadata,
    sa.Column("key", sa.String(24), primary_key=True),
    sa.Column("id", ID, nullable=False),
    sa.Column("article", ID, sa.ForeignKey("articles.id"), nullable=False, index=True),
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
    sa.Column("visit_key", ID, nullable=False, index=True),
    sa.Column("visit", ID, index=True),
    sa.Column("why", sa.String(12)),
    sa.Column("credited", sa.String(8)),
    sa.Column("credited_official", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_visit_reports_host_visitor", "host_country", "visitor", "visitor_country"),
    sa.Index("ix_visit_reports_confidence", "visit", "confidence"),
)
"""Accounts: what one report says of one visit. ``credited`` is the country of the voice it names as its source."""

evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("article", ID, sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("owner", sa.String(24), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("field", sa.String(24), nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Spans of a report's text, for each value of an account or an encounter (``owner`` is its key)."""

encounters = sa.Table(
    "encounters",
    metadata,
    sa.Column("key", sa.String(24), primary_key=True),
    sa.Column("id", ID, nullable=False),
    sa.Column("article", ID, sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("participants", sa.JSON, nullable=False),
    sa.Column("place", sa.Text),
    sa.Column("host_country", sa.String(8)),
    sa.Column("date", sa.String(40)),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("sentence", sa.Text, nullable=False),
)

visits = sa.Table(
    "visits",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("visitor", sa.Text, nullable=False, index=True),
    sa.Column("visitor_country", sa.String(8), nullable=False, index=True),
    sa.Column("host_country", sa.String(8), nullable=False, index=True),
    sa.Column("places", sa.JSON, nullable=False),
    sa.Column("dates", sa.String(40)),
    sa.Column("first_day", sa.Date, index=True),
    sa.Column("last_day", sa.Date),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("trip", ID, nullable=False, index=True),
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
    sa.Column("voices", sa.Integer, nullable=False, server_default="0"),
    sa.Column("voices_visitor", sa.Integer, nullable=False, server_default="0"),
    sa.Column("voices_host", sa.Integer, nullable=False, server_default="0"),
    sa.Column("voices_third", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_visits_by_day", "first_day", "id"),
    sa.Index("ix_visits_by_visitor", "visitor", "visitor_country"),
    sa.Index("ix_visits_by_pair", "visitor_country", "host_country", "first_day"),
    sa.Index("ix_visits_by_sender", "visitor_country", "first_day"),
    sa.Index("ix_visits_by_host", "host_country", "first_day"),
    sa.Index("ix_visits_by_status", "status", "first_day"),
    sa.Index("ix_visits_by_told", "last_told", "id"),
    sa.Index("ix_visits_by_reports", "reports", "id"),
)
"""Records. ``voices`` counts independent accounts: of the visitor's side, the host's, third countries, and (the rest) unknown."""

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("visit", ID, sa.ForeignKey("visits.id"), primary_key=True),
    sa.Column("field", sa.String(24), primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("chosen", sa.Boolean, nullable=False),
    sa.Column("voices", sa.Integer, nullable=False),
    sa.Column("official", sa.Integer, nullable=False),
    sa.Column("reports", sa.JSON, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for each value that reports give a field; ``reports`` are the keys of their accounts."""

disputes = sa.Table(
    "disputes",
    metadata,
    sa.Column("visit", ID, sa.ForeignKey("visits.id"), primary_key=True),
    sa.Column("field", sa.String(24), primary_key=True),
    sa.Column("side", sa.String(8), primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("chosen", sa.Boolean, nullable=False),
    sa.Column("voices", sa.Integer, nullable=False),
    sa.Column("between_sides", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Fields on which reports differ: who says what, by side."""

history = sa.Table(
    "history",
    metadata,
    sa.Column("visit", ID, sa.ForeignKey("visits.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("told", sa.String(40)),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("dates", sa.String(40)),
    sa.Column("change", sa.String(8), nullable=False),
    sa.Column("report", sa.String(24), nullable=False),
    sa.Column("side", sa.String(8), nullable=False),
    sqlite_with_rowid=False,
)

problems = sa.Table(
    "problems",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("stage", sa.String(40), nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("report", sa.Text),
    sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("solved", sa.Integer, sa.ForeignKey("runs.id")),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("verb", sa.String(12), nullable=False),
    sa.Column("article", ID, nullable=False),
    sa.Column("visitor", sa.Text, nullable=False),
    sa.Column("host_country", sa.String(8), nullable=False, index=True),
    sa.Column("sentence", sa.Text, nullable=False),
    sa.Column("field", sa.String(24)),
    sa.Column("value", sa.Text),
    sa.Column("other", sa.JSON),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("on", sa.DateTime(timezone=True), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)

pending = sa.Table(
    "pending",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("host_country", sa.String(8), nullable=False, index=True),
    sa.Column("visitor", sa.Text, nullable=False),
    sa.Column("visitor_country", sa.String(8), nullable=False),
)
"""Visitors whose visits are to be linked anew: written with the report, cleared with the linking.

Each report has notes of its own, so that linking clears only what it has seen, while others write.
"""

names = sa.Table(
    "names",
    metadata,
    sa.Column("host_country", sa.String(8), primary_key=True),
    sa.Column("token", sa.String(120), primary_key=True),
    sa.Column("visitor", sa.Text, primary_key=True),
    sa.Column("visitor_country", sa.String(8), primary_key=True),
    sqlite_with_rowid=False,
)
"""Who is told of in a host country, by what a name may be found under in another spelling (``link.names.tokens``)."""

former = sa.Table(
    "former_ids",
    metadata,
    sa.Column("id", ID, primary_key=True),
    sa.Column("account", sa.String(24), nullable=False, index=True),
)
"""Ids of visits whose earliest report was forgotten, each with an account of the same visit that is left."""

seen = sa.Table(
    "seen",
    metadata,
    sa.Column("part", sa.String(64), primary_key=True),
    sa.Column("when", sa.String(10), primary_key=True),
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("country", sa.String(8)),
    sa.Column("reports", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Reports that were looked at and not kept, by a crawl: how many of which outlet and day; ``part`` is the crawl's."""

settings = sa.Table(
    "settings",
    metadata,
    sa.Column("name", sa.String(24), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""What the register must know of the program that wrote it."""

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
"""Views with plain names, for people who open the register with their own tools."""
