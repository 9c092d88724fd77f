"""What somebody asks of the list of visits: the query of an address, read and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from urllib.parse import urlencode

from summitry.lexicon.countries import Countries
from summitry.model.dates import Unit
from summitry.model.errors import UsageError
from summitry.model.visits import Kind, Status
from summitry.register.browsing import Order, Wanted, tokens

_CODE = re.compile(r"[A-Z]{2,5}")
_OTHER_NAMES = {"first": "from", "last": "to"}
LONGEST = 200
"""Characters of one filter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters and the order of the list as the address gives them; empty strings where nothing is asked.

    ``way`` is "up" or "down"; ``after`` and ``before`` are keys of paging.
    """

    q: str = ""
    visitor: str = ""
    host: str = ""
    person: str = ""
    first: str = ""
    last: str = ""
    status: str = ""
    kind: str = ""
    conflicts: str = ""
    review: str = ""
    sort: str = ""
    way: str = ""
    after: str = ""
    before: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """From the query of an address, in which the days are called "from" and "to"; unknown names are passed over.

        Raises UsageError for a filter that is too long.
        """
        found = cls(**{f.name: query.get(_OTHER_NAMES.get(f.name, f.name), "").strip() for f in fields(cls)})
        if any(len(getattr(found, f.name)) > LONGEST * 4 ** (f.name in ("after", "before")) for f in fields(cls)):
            raise UsageError(f"a filter takes {LONGEST} characters")
        return found

    def address(self, path: str = "/", **changes: str) -> str:
        """The address of the same list with these changes; one that asks for no page begins at the first."""
        changed = replace(self, **({"after": "", "before": ""} | changes))
        held = {_OTHER_NAMES.get(f.name, f.name): getattr(changed, f.name) for f in fields(changed)}
        query = urlencode({name: value for name, value in held.items() if value})
        return f"{path}?{query}" if query else path

    @property
    def order(self) -> Order:
        """The order asked for. Raises UsageError."""
        try:
            return Order(self.sort) if self.sort else Order.DAYS
        except ValueError as error:
            raise UsageError(f"sort is one of {', '.join(Order)}") from error

    @property
    def falling(self) -> bool:
        """Whether the greatest comes first: asked for, or the newest and the most told of themselves. Raises UsageError."""
        if self.way not in ("", "up", "down"):
            raise UsageError("way is up or down")
        return self.way == "down" or (not self.way and self.order not in (Order.VISITOR, Order.HOST))

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return replace(self, sort="", way="", after="", before="") != Asked()

    def wanted(self, countries: Countries) -> Wanted:
        """What it asks of the register. Raises UsageError, in words for the user, for a day, country or code that is none."""
        sender = country_code(self.visitor, countries)
        host = country_code(self.host, countries)
        if self.host and host is None:
            raise UsageError("host is a country, by its name or its code of three letters")
        first, last = (_unit(self.first, "from"), _unit(self.last, "to"))
        return Wanted(
            words=_words(self.q, countries),
            visitor=self.visitor or None if sender is None else None,
            visitor_country=sender,
            host=host,
            first=first.first if first else None,
            last=last.last if last else None,
            status=_code(self.status, Status, "status"),
            kind=_code(self.kind, Kind, "kind"),
            person=self.person or None,
            conflicts=bool(self.conflicts),
            review=bool(self.review),
        )


def country_code(text: str, countries: Countries) -> str | None:
    """The code of a country or body that is given by its code or by any form of its name; None where it is neither."""
    if _CODE.fullmatch(text):
        return text
    codes = _forms(countries).get(text.casefold(), ())
    return codes[0] if codes else None


@lru_cache(maxsize=4)
def _forms(countries: Countries) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for c in countries:
        for form in (c.code, c.name, *(f.text for f in c.forms)):
            found.setdefault(form.casefold(), {})[c.code] = None
    return {form: tuple(codes) for form, codes in found.items()}


def _words(text: str, countries: Countries) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words of a search, several together where they are a country's name, as in "New Zealand"."""
    given, forms = [w for w in text.split() if tokens(w)], _forms(countries)
    found: list[tuple[str, tuple[str, ...]]] = []
    n = 0
    while n < len(given):
        size = next((k for k in range(min(5, len(given) - n), 1, -1) if _joined(given[n : n + k]) in forms), 1)
        found.append((" ".join(given[n : n + size]), forms.get(_joined(given[n : n + size]), ())))
        n += size
    return tuple(found)


def _joined(given: list[str]) -> str:
    return " ".join(given).casefold()


def _unit(value: str, name: str) -> Unit | None:
    try:
        return Unit.parse(value) if value else None
    except ValueError as error:
        raise UsageError(f"{name} is a day, month or year, such as 2024-05-16, 2024-05 or 2024") from error


def _code(value: str, codes: type[Status] | type[Kind], name: str) -> str | None:
    if value and value not in list(codes):
        raise UsageError(f"{name} is one of {', '.join(codes)}")
    return value or None
