"""Talks between people that no trigger of visits tells: calls, a call on somebody, hours spent with somebody, a dinner given."""

from __future__ import annotations

from summitry.extract.records import Talk
from summitry.extract.sightings import SentenceReader
from summitry.extract.verbs import Group, verb_before


def calls(reader: SentenceReader) -> list[Talk]:
    """Calls and video talks that no trigger of visits tells: "had a phone conversation with X", "spoke by phone"."""
    view, words = reader.view, reader.words
    if not view.tells(words.of("gates", "calls")):
        return []
    known = {talk.span for talk in reader.talks}
    found = []
    for k in range(len(view)):
        if view.units[k].span in known or not view.is_word(k):
            continue
        before = {view.lower(m) for m in range(max(0, k - 2), k)}
        kind = next((kind for kind in ("video", "call") if before & words.of("calls", kind)), None)
        if kind is None or view.lemma(k) not in words.of("calls", "nouns"):
            kind = next(
                (kind for kind in ("video", "call") if view.lemma(k) in words.of("calls", f"{kind}_verbs")), None
            )
            if kind is None or k not in reader.groups:
                continue
        group = reader.groups.get(k) or verb_before(reader.groups, k)
        if group is None:
            continue
        stop = reader.arguments.clause_end(k)
        others = reader.arguments.led_people(k + 1, stop, frozenset({"with", "to", "between"}))
        if k in reader.groups:
            others = others or reader.arguments.objects(k, stop)
        keys = _sides(reader, group, others)
        if len(keys) > 1:
            times = tuple(m for m in reader.times if m.governor in {k, group.head})
            found.append(Talk(keys, kind, view.number, group.cues, view.units[k].span, moments=times))
    return found


def contacts(reader: SentenceReader) -> list[Talk]:
    """Talks told by verbs of other things: "called on X", "spoke with X", "discussed trade with X", "gave a dinner for X".

    They are by phone or video where the clause says so. Whose countries differ, and on what day, is for others to ask.
    """
    view, words = reader.view, reader.words
    if not view.tells(words.of("gates", "contacts")) or len(view.people) < 2:
        return []
    known = {talk.span for talk in reader.talks}
    found = []
    for k, group in reader.groups.items():
        if view.units[k].span in known or view.quoted[k]:
            continue
        end = reader.arguments.clause_end(k)
        kind = _by_wire(reader, k, end) or _rings(reader, k)
        others = _others(reader, k, end, kind)
        keys = _sides(reader, group, others)
        if (others or kind is not None) and len(keys) > 1:
            times = tuple(m for m in reader.times if k <= m.governor < end)
            found.append(Talk(keys, kind or "meeting", view.number, group.cues, view.units[k].span, moments=times))
    return found


def _sides(reader: SentenceReader, group: Group, others: list[int]) -> tuple[str, ...]:
    """The keys of the people who talk: the subject of a verb, and those with whom."""
    view = reader.view
    row = [*reader.arguments.subject(group), *others]
    return tuple(dict.fromkeys(key for p in row if (m := view.person(p)) is not None for key in m.people))


def _by_wire(reader: SentenceReader, k: int, end: int) -> str | None:
    """Whether a clause is of a call or a video talk: "by telephone", "over the phone", "via video link"."""
    view, words = reader.view, reader.words
    for m in range(k + 1, end):
        lead = view.lower(m - 2) if view.tag(m - 1) == "DT" else view.lower(m - 1)
        if view.is_word(m) and lead in words.of("contacts", "by"):
            if view.lower(m) in words.of("contacts", "phone"):
                return "call"
            if view.lower(m) in words.of("calls", "video"):
                return "video"
    return None


def _rings(reader: SentenceReader, k: int) -> str | None:
    """ "Called X on Monday": a call where a day or an aim stands behind the name, not what X was called."""
    view, m = reader.view, k + 1
    if view.lemma(k) not in reader.words.of("contacts", "on") or view.person(m) is None or view.possessive(m):
        return None
    after = m + 1 + (view.tag(m + 1) == "IN")
    return "call" if view.kind(after) == "time" or view.lower(m + 1) == "to" else None


def _others(reader: SentenceReader, k: int, end: int, kind: str | None) -> list[int]:
    """With whom the subject of the verb at ``k`` talks."""
    view, words, lemma = reader.view, reader.words, reader.view.lemma(k)
    led = reader.arguments.led_people
    if kind is not None:
        return led(k + 1, end, frozenset({"with", "to"})) or reader.arguments.objects(k, end)
    if lemma in words.of("contacts", "on") and view.lower(k + 1) == "on":
        return led(k + 1, min(end, k + 3), frozenset({"on"}))
    if lemma in words.of("contacts", "with"):
        return led(k + 1, end, frozenset({"with"}))
    feast = next((m for m in range(k + 1, end) if view.lemma(m) in words.of("contacts", "feasts")), None)
    if feast is None:
        return []
    if lemma in words.of("contacts", "have"):
        return led(feast + 1, end, frozenset({"with"}))
    return led(feast + 1, end, frozenset({"for"})) if lemma in words.of("contacts", "give") else []
