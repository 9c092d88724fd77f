"""People and countries told in one sentence for which no pattern gave a visit: which of them are one all the same.

The patterns of the other readers are sure where they apply and silent elsewhere: "all that leads up to Wednesday, when the
two sit down in Riga". This last look at a sentence adds up what speaks for and against each pair of a person of rank and a
foreign country in it, by named features with weights that were fitted on coded reports (the scale ``pairs``,
``make weights``). No feature is a word of the text; those that name one name a closed class of English.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from summitry.extract.hosts import Host, may_visit
from summitry.extract.moments import Moment
from summitry.extract.records import Sighting
from summitry.extract.sightings import SentenceReader
from summitry.extract.telling import TENSES
from summitry.extract.verbs import Group, verb_before
from summitry.lexicon.scales import Scale, flags
from summitry.model.annotated import Annotated
from summitry.model.article import READ
from summitry.model.entities import PlaceMention

RULE = "pair"
"""The rule of a sighting that no pattern but the scale gave."""

NEAR = (6, 4)
"""Units before and after a place whose nouns may be those of its phrase."""


@dataclass
class Pair:
    """A person and a foreign country: the tellings that name both, and all that speaks for and against."""

    visitor: str
    host: str
    tellings: list[tuple[SentenceReader, int, int]] = field(default_factory=list)
    features: set[str] = field(default_factory=set)


def sightings_of_pairs(annotated: Annotated, found: Iterable[Pair], scale: Scale) -> list[Sighting]:
    """A sighting for each pair that the scale takes for a visit, in the sentence that speaks most for it."""
    taken = []
    for pair in found:
        if scale.probability(flags(pair.features)) >= scale.least:
            best = max(pair.tellings, key=lambda t: scale.probability(flags(_telling(annotated, *t))))
            taken.append(_sighting(pair, *best))
    return taken


def pairs(
    annotated: Annotated,
    readers: Sequence[SentenceReader],
    sightings: Sequence[Sighting],
    given: Iterable[tuple[str, str]],
    here: PlaceMention | None,
) -> list[Pair]:
    """The pairs of a report of which nothing is told yet, in the order of their first telling.

    ``given`` are the visitors and hosts of the visits that were put together.
    """
    known = {*given, *((s.visitor, s.host) for s in sightings)}
    found: dict[tuple[str, str], Pair] = {}
    order = [r for r in readers if r.view.role in READ]
    for number, reader in enumerate(order):
        for visitor, k, host, m in _together(annotated, reader, here):
            if (visitor, host) in known:
                continue
            pair = found.setdefault((visitor, host), Pair(visitor, host))
            pair.tellings.append((reader, k, m))
            pair.features |= _telling(annotated, reader, k, m) | _beside(annotated, reader, visitor, host)
            pair.features.add(f"sentence {step(number, 1, 3, 8, 20)}")
    _around(annotated, order, sightings, found.values(), here)
    return list(found.values())


def _together(
    annotated: Annotated, reader: SentenceReader, here: PlaceMention | None
) -> Iterator[tuple[str, int, str, int]]:
    """The people of rank and the foreign countries of a sentence: key, unit, code, unit."""
    view, words = reader.view, reader.words
    if any(view.tells(words.of("meeting", kind)) for kind in ("call", "video")):
        return  # who telephones is not there
    # "after their meeting, X went on to Riga": who went there is X alone
    named = ((k, p) for k, p in view.people.items() if not (p.form == "plural" and p.possessive))
    there = [(k, key) for k, mention in named if not _missing(reader, k) for key in mention.people]
    for m, place in view.places.items():
        host = place.country
        if place.adjective or host is None or (here is not None and place.span == here.span):
            continue
        for k, key in there:
            if may_visit(annotated.people[key], host, words):
                yield key, k, host, m


def _missing(reader: SentenceReader, k: int) -> bool:
    """Whether the sentence tells that a person is not there: is represented, stays away, or another comes instead."""
    view = reader.view
    if view.lower(k - 1) == "of" and view.lower(k - 2) in reader.words.of("edge", "instead"):
        return True
    if view.lower(k - 1) == "for" and f"{view.lemma(k - 3)} {view.lower(k - 2)}" in reader.words.of("edge", "deputise"):
        return True
    return any(reader.absent(g) and k in reader.arguments.subject(g) for g in reader.groups.values())


def step(n: int, *bounds: int) -> str:
    """A number as the step it falls on: ``step(3, 2, 4)`` is "to 4", ``step(9, 2, 4)`` "over 4"."""
    return next((f"to {b}" for b in bounds if n <= b), f"over {bounds[-1]}")


def _telling(annotated: Annotated, reader: SentenceReader, k: int, m: int) -> set[str]:
    """What one sentence says of the person of unit ``k`` and the place of unit ``m``."""
    view = reader.view
    return {
        *_of_place(reader, m),
        *_of_person(reader, annotated, k),
        *_between(reader, min(k, m), max(k, m)),
        *_of_verb(reader, k, m),
        *_of_nouns(reader, m),
        "the person first" if k < m else "the place first",
        *(["told in a headline"] if view.headline else []),
    }


def _lead(reader: SentenceReader, m: int) -> int:
    """The unit before a place or noun and its modifiers."""
    view, j = reader.view, m - 1
    while j >= 0 and m - j < 4 and view.tag(j) in {"DT", "JJ", "PRP$", "NNP", "NN", "HYPH", "RB"}:
        j -= 1
    return j


def _led_by(reader: SentenceReader, m: int) -> str:
    """The preposition before a place and its modifiers, or the tag of what stands there."""
    view, j = reader.view, _lead(reader, m)
    if view.tag(j) in {"IN", "TO"}:
        return view.lower(j)
    return view.tag(j) or view.kind(j) or "nothing"


def _of_place(reader: SentenceReader, m: int) -> Iterator[str]:
    view, place = reader.view, reader.view.places[m]
    yield f"a {place.kind}{' or its government' if place.metonym else ''}"
    yield f"led by {_led_by(reader, m)}"
    noun = _lead(reader, m) - 1
    if view.is_noun(noun):
        yield f"its noun led by {_led_by(reader, noun)}"
    if view.possessive(m):
        yield "a place that owns"
    if view.is_noun(m + 1):
        yield "a place before a noun"
    if view.quoted[m]:
        yield "a place in a quotation"


def _of_person(reader: SentenceReader, annotated: Annotated, k: int) -> Iterator[str]:
    view, mention = reader.view, reader.view.people[k]
    joined = view.lower(k - 1) == "," or view.lower(k - 1) in reader.words.of("function", "and")
    before = view.lower(k - 1) if joined or view.tag(k - 1) in {"IN", "TO"} else ""
    yield f"the person after {before or 'another word'}" if k else "the person at the start"
    if before and view.is_noun(k - 2):
        yield f"the person's noun led by {_led_by(reader, k - 2)}"
    homes = {annotated.people[key].country for key in mention.people}
    if any(p.country in homes and not p.adjective for p in view.places.values()):
        yield "the person's own country told"
    if view.possessive(k):
        yield f"the person owns a {_owned(reader, k)}"


def _owned(reader: SentenceReader, k: int) -> str:
    """What noun a person owns: that of an act ("trip": "visit"), or "thing"."""
    view, nouns = reader.view, reader.words.nouns
    for x in range(k + 1, min(k + 7, len(view))):
        if x in reader.groups or not view.is_word(x):
            break
        if view.is_noun(x) and view.lemma(x) in nouns:
            return nouns[view.lemma(x)][0].act
    return "thing"


def _between(reader: SentenceReader, low: int, high: int) -> Iterator[str]:
    view = reader.view
    yield f"apart {step(high - low, 2, 4, 8, 14, 22)}"
    yield f"verbs between {min(3, sum(low < h < high for h in reader.groups))}"
    yield f"places between {min(2, sum(low < h < high for h in view.places))}"
    clause = reader.words.of("function", "clause")
    yield from (
        f"between them {view.lower(x)}" for x in range(low + 1, high) if view.is_word(x) and view.lower(x) in clause
    )


def _governor(reader: SentenceReader, m: int) -> Group | None:
    """The last verb before a place."""
    return verb_before(reader.groups, m)


def _of_verb(reader: SentenceReader, k: int, m: int) -> Iterator[str]:
    """The verb before the place: what it tells, and whether the person is its subject."""
    group = _governor(reader, m)
    if group is None:
        yield "no verb before the place"
        return
    subject = reader.arguments.subject(group)
    acts = [t.act for t in reader.words.verbs.get(reader.view.lemma(group.head), ())]
    if k in subject:
        yield "the verb is the person's"
        yield from (f"the verb tells {act}" for act in acts)
        yield from (f"the verb is {cue}" for cue in group.cues)
        yield f"after the verb {step(m - group.head, 2, 4, 8, 14)}"
        return
    yield "the verb is another's" if subject else "the verb is nobody's"
    yield from (f"a verb not the person's tells {act}" for act in acts)


def _nouns_near(reader: SentenceReader, m: int) -> list[int]:
    """The nouns around a place that may be of its phrase."""
    view = reader.view
    return [x for x in range(max(0, m - NEAR[0]), min(len(view), m + NEAR[1])) if view.is_noun(x)]


def _of_nouns(reader: SentenceReader, m: int) -> Iterator[str]:
    """The nouns around a place that tell an act or a gathering."""
    words, near = reader.words, [reader.view.lemma(x) for x in _nouns_near(reader, m)]
    yield from (f"near a noun of {t.act}" for lemma in near for t in words.nouns.get(lemma, ()))
    if not words.of("events", "multilateral").isdisjoint(near):
        yield "near a gathering"


def _beside(annotated: Annotated, reader: SentenceReader, visitor: str, host: str) -> set[str]:
    """What else the sentence tells of the person, the country and both."""
    told = {s.host for s in reader.sightings if s.visitor == visitor}
    found = set()
    if reader.view.times:
        found.add("a time in the sentence")
    if told:
        found.add("something told of the person there")
    if None in told:
        found.add("a journey of the person there, its place untold")
    if told - {None, host}:
        found.add("elsewhere by the same sentence")
    if any(s.visitor != visitor and s.host == host for s in reader.sightings):
        found.add("others in the country by the same sentence")
    if any(visitor in t.people and t.host not in {None, host} for t in reader.talks):
        found.add("talks elsewhere by the same sentence")
    if host in {annotated.people[key].country for key in reader.view.keys}:
        found.add("somebody of the country in the sentence")
    return found


def _around(
    annotated: Annotated,
    readers: Sequence[SentenceReader],
    sightings: Sequence[Sighting],
    found: Iterable[Pair],
    here: PlaceMention | None,
) -> None:
    """Add what the whole report tells of each pair."""
    there: dict[str | None, set[str]] = defaultdict(set)
    hosts: dict[str, set[str | None]] = defaultdict(set)
    for s in sightings:
        there[s.host].add(s.visitor)
        hosts[s.visitor].add(s.host)
    filed = here.country if here is not None else None
    named = Counter(key for m in annotated.mentions for key in m.people)
    placed = Counter(p.country for p in annotated.places)
    homes = {annotated.people[key].country for key in named}
    talks = {(key, t.host) for r in readers for t in r.talks for key in t.people}
    for pair in found:
        person = annotated.people[pair.visitor]
        features = pair.features
        features.add(f"the person told {step(named[pair.visitor], 1, 3, 8)}")
        features.add(f"the country told {step(placed[pair.host], 1, 3, 8)}")
        features.add(f"others in the country {min(3, len(there[pair.host] - {pair.visitor}))}")
        features.add(f"the person elsewhere {min(3, len(hosts[pair.visitor] - {None, pair.host}))}")
        if filed is not None and filed in {pair.host, person.country}:
            features.add("filed there" if filed == pair.host else "filed at home")
        if pair.host in homes:
            features.add("the country of somebody told")
        if person.former:
            features.add("a former holder")
        if (pair.visitor, pair.host) in talks:
            features.add("talks there")


def _sighting(pair: Pair, reader: SentenceReader, k: int, m: int) -> Sighting:
    """The sighting of a pair in the sentence that tells it best: an arrival or presence at the place, as its verb stands."""
    view = reader.view
    mention, place = view.people[k], view.places[m]
    group = _governor(reader, m) or next(iter(reader.groups.values()), None)
    head, cues = (group.head, group.cues & TENSES) if group is not None else (m, frozenset[str]())
    nouns = _nouns_near(reader, m)
    # "thanked her on Monday for the talks in Oslo on Sunday": the day of the talks
    near = tuple(t for t in reader.times if t.governor in nouns)
    times = near or tuple(t for t in reader.times if t.governor == head) or _only_time(reader)
    host = Host(pair.host, place, place.span, RULE)
    landed = any(t.act == "arrive" for t in reader.words.verbs.get(view.lemma(head), ()))
    told = (view.number, "arrive" if landed else "present", RULE, cues, view.units[head].span, mention.span)
    return Sighting(pair.visitor, pair.host, *told, host, times, group=head)


def _only_time(reader: SentenceReader) -> tuple[Moment, ...]:
    """The one time of a sentence that is not the day on which something was said; () where there are several."""
    said = reader.words.of("announce", "verbs")
    times = [t for t in reader.times if t.timex.range is not None and reader.view.lemma(t.governor) not in said]
    return (times[0],) if len(times) == 1 else ()
