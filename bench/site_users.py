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

    def ask(self, address: str, name: str) -> str:
        return self.client.get(address, name=name).text

    @task(4)
    def newest(self) -> None:
        page = self.ask("/", "list")
        found = re.search(r'rel="next" href="([^"]+)"', page)
        if found and random.random() < 0.5:
            self.ask(found[1].replace("&amp;", "&"), "list, next page")

    @task(4)
    def filtered(self) -> None:
        year, host, status = random.randint(1991, 2024), random.choice(_codes), random.choice(STATUSES)
        self.ask(random.choice((f"/?host={host}", f"/?status={status}", f"/?from={year}&to={year}", f"/?from={year}-03-05&to={year}-03-09",
                                f"/?host={host}&status={status}&from={year}", "/?conflicts=1", "/?review=1")), "list, filtered")  # fmt: skip

    @task(2)
    def sorted(self) -> None:
        order, way = random.choice(("visitor", "host", "told", "reports", "days")), random.choice(("up", "down"))
        self.ask(f"/?sort={order}&way={way}", "list, sorted")

    @task(5)
    def search(self) -> None:
        name = random.choice(_people)
        part = name.split()[0][: random.randint(2, 6)]
        asked = random.choice((part, name, f"{random.choice(WORDS)} {random.choice(_codes)}", random.choice(WORDS), f"{part} planned"))
        self.ask(f"/?q={asked}", "search")

    @task(1)
    def by_name(self) -> None:
        self.ask(f"/?visitor={random.choice(_people)}", "list, by visitor")

    @task(6)
    def visit(self) -> None:
        self.ask(f"/visits/{random.choice(_visits)}", "visit")

    @task(2)
    def report(self) -> None:
        self.ask(f"/reports/{random.choice(_reports)}", "report")

    @task(1)
    def person(self) -> None:
        self.ask(f"/person?name={random.choice(_people)}", "person")

    @task(1)
    def country(self) -> None:
        self.ask(f"/countries/{random.choice(_codes)}", "country")

    @task(1)
    def pair(self) -> None:
        one, two = random.choice(_pairs)
        self.ask(f"/pairs/{one}/{two}", "pair")

    @task(1)
    def calendar(self) -> None:
        self.ask(f"/calendar?month={random.randint(1991, 2024)}-{random.randint(1, 12):02d}", "calendar")

    @task(1)
    def timeline(self) -> None:
        year = random.randint(1991, 2024)
        self.ask(f"/timeline?from={year}-01&to={year}-02&by={random.choice(('visitor', 'host'))}", "timeline")

    @task(1)
    def overview(self) -> None:
        self.ask(random.choice(("/map", "/people", "/countries", "/coverage", "/about", "/problems")), "overviews")
