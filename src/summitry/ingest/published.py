"""When a report appeared, as far as it or what came with it says so. Inference by arithmetic is for annotate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summitry.ingest.dates import DateWords, Stated, within
from summitry.ingest.values import read_day
from summitry.model.article import Dateline, Known, Published
from summitry.model.dates import DateRange, Unit
from summitry.model.spans import Span


@dataclass(frozen=True, slots=True)
class _Claim:
    unit: Unit
    how: Known
    reason: str
    span: Span | None = None


def published(
    given: str | None,
    url: str | None,
    page_date: str | None,
    stated: Sequence[Stated],
    datelines: Iterable[Dateline],
    words: DateWords,
) -> Published:
    """Settle the publication date from what claims to tell it; unknown if nothing does.

    In order: the ``published`` key, the page's metadata, the date in the address, a date that the text states as that
    of publication or alone in a line, the dateline with its year, a date of an update. A month or year gives way to a
    day inside it that a later claim tells. The reasons name all that was weighed.
    """
    claims = list(_claims(given, url, page_date, stated, datelines, words))
    if not claims:
        return Published()
    best = claims[0]
    if best.unit.precision != "day":
        best = next((c for c in claims[1:] if c.unit.precision == "day" and within(c.unit, best.unit)), best)
    others = [f"{c.reason} says {c.unit}" for c in claims if c is not best and c.unit != best.unit]
    reasons = (best.reason, *dict.fromkeys(others))
    return Published(DateRange.unit(best.unit), best.how, reasons, best.span)


def _claims(
    given: str | None,
    url: str | None,
    page_date: str | None,
    stated: Sequence[Stated],
    datelines: Iterable[Dateline],
    words: DateWords,
) -> Iterable[_Claim]:
    unit = read_day(given) if given else None
    if unit:
        yield _Claim(unit, Known.METADATA, "given with the report")
    unit = read_day(page_date) if page_date else None
    if unit:
        yield _Claim(unit, Known.METADATA, "metadata of the page")
    address = words.in_url(url) if url else None
    if address and address.unit.precision == "day":
        yield _Claim(address.unit, Known.METADATA, f"the address ({address.form})")
    for label in ("published", ""):
        for one in stated:
            if one.label == label:
                how = "stated as published" if label else "stated in a line of its own"
                yield _Claim(one.unit, Known.STATED, f"{how} ({one.form})", one.span)
    for line in datelines:
        if line.date and line.date.start:
            yield _Claim(line.date.start, Known.STATED, "the dateline", line.span)
    for one in stated:
        if one.label == "updated":
            yield _Claim(one.unit, Known.STATED, f"stated as updated ({one.form})", one.span)
    if address and address.unit.precision != "day":
        yield _Claim(address.unit, Known.METADATA, f"the address ({address.form})")
