"""What the users of ``bench/site.py`` do, for Locust: look at lists, search, open visits; one request, then a second."""

from __future__ import annotations

import os
import random
import re

from locust import HttpUser, constant, task

from summitry.register.browsing import Browser, Wanted

with Browser(os.environ["SUMMITRY_BENCH_REGISTER"]) as browser:
    _people = [str(name) for name, _ in browser.most(Wanted(), ("visitor",), 300)]
    _pairs = [(str(a), str(b)) for a, b, _ in browser.most(Wanted(), ("visitor_country", "host_country"), 300)]
    _codes = sorted({code for pair in _pairs for code in pair})
    _visits = [row["id"] for row in browser.cut(Wanted(), limit=1500).rows]
    _reports = [a.told.visit.article for v in _visits[:60] for a in browser.full(v).accounts]

STATUSES = ("completed", "planned", "ongoing", "proposed", "postponed", "cancelled", "ruled_out")
WORDS = ("gas", "trade", "grain", "railways", "drones", "visas")


class Reader(HttpUser):
    """One user: a request, a second of thought."""

    wait_time = constant(1)

    def _ask(self, address: str, name: str) -> str:
        return self.client.get(address, name=name).text

    @task(4)
    def _newest(self) -> None:
        page = self._ask("/", "list")
        found = re.search(r'rel="next" href="([^"]+)"', page)
        if found and random.random() < 0.5:
            self._ask(found[1].replace("&amp;", "&"), "list, next page")

    @task(4)
    def _filtered(self) -> None:
        year, host, status = random.randint(1991, 2024), random.choice(_codes), random.choice(STATUSES)
        few_days = f"from={year}-03-05&to={year}-03-09"
        all_three = f"host={host}&status={status}&from={year}"
        filters = (
            f"host={host}",
            f"status={status}",
            f"from={year}&to={year}",
            few_days,
            all_three,
            "conflicts=1",
            "review=1",
        )
        self._ask(f"/?{random.choice(filters)}", "list, filtered")

    @task(2)
    def _sorted(self) -> None:
        order, way = random.choice(("visitor", "host", "told", "reports", "days")), random.choice(("up", "down"))
        self._ask(f"/?sort={order}&way={way}", "list, sorted")

    @task(5)
    def _search(self) -> None:
        name = random.choice(_people)
        part = name.split()[0][: random.randint(2, 6)]
        word = random.choice(WORDS)
        asked = random.choice((part, name, f"{word} {random.choice(_codes)}", word, f"{part} planned"))
        self._ask(f"/?q={asked}", "search")

    @task(1)
    def _by_name(self) -> None:
        self._ask(f"/?visitor={random.choice(_people)}", "list, by visitor")

    @task(6)
    def _visit(self) -> None:
        self._ask(f"/visits/{random.choice(_visits)}", "visit")

    @task(2)
    def _report(self) -> None:
        self._ask(f"/reports/{random.choice(_reports)}", "report")

    @task(1)
    def _person(self) -> None:
        self._ask(f"/person?name={random.choice(_people)}", "person")

    @task(1)
    def _country(self) -> None:
        self._ask(f"/countries/{random.choice(_codes)}", "country")

    @task(1)
    def _pair(self) -> None:
        one, two = random.choice(_pairs)
        self._ask(f"/pairs/{one}/{two}", "pair")

    @task(1)
    def _calendar(self) -> None:
        self._ask(f"/calendar?month={random.randint(1991, 2024)}-{random.randint(1, 12):02d}", "calendar")

    @task(1)
    def _timeline(self) -> None:
        year = random.randint(1991, 2024)
        self._ask(f"/timeline?from={year}-01&to={year}-02&by={random.choice(('visitor', 'host'))}", "timeline")

    @task(1)
    def _overview(self) -> None:
        self._ask(random.choice(("/map", "/people", "/countries", "/coverage", "/about", "/problems")), "overviews")
