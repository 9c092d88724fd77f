"""How sure a record is: what speaks for and against visitor, host, days and status all being right."""

from __future__ import annotations

from summitry.extract.journeys import Cluster
from summitry.extract.judgement import EARLY, shape
from summitry.lexicon.scales import Flags, flags
from summitry.model.annotated import Annotated


def features(annotated: Annotated, cluster: Cluster, clusters: list[Cluster]) -> Flags:
    """Named features of a visit for the scale ``confidence``: how often and how it is told, its days, its rivals."""
    sightings = cluster.sightings
    tellings = len({s.span for s in sightings})
    forms = {m.form for m in annotated.mentions for s in sightings if m.span == s.who}
    held = {
        f"told {'once' if tellings == 1 else 'twice' if tellings == 2 else 'often'}",
        f"status {cluster.status}",
        f"days {shape(cluster.dates)}",
        f"days by {cluster.rule or 'nothing'}",
        f"visits {min(len(clusters), 6)}",
    }
    held |= {f"act {s.act}" for s in sightings}
    held |= {f"place by {s.place.how}" for s in sightings if s.place is not None}
    if all(s.rule == sightings[0].rule for s in sightings):
        held.add(f"only by {sightings[0].rule}")
    if "full" not in forms:
        held.add("visitor not told by name there")
    if min(s.sentence for s in sightings) < EARLY:
        held.add("told in the lead")
    if sum(c.visitor == cluster.visitor and c.host == cluster.host for c in clusters) > 1:
        held.add("another visit of the same to the same")
    if sum(c.visitor == cluster.visitor for c in clusters) > 1:
        held.add("other visits of the same")
    if not cluster.spans and cluster.dates is not None:
        held.add("days not in words")
    if annotated.published.day is None:
        held.add("day of the report not known")
    if any("headline" in s.cues for s in sightings):
        held.add("told in a headline")
    return flags(held)
