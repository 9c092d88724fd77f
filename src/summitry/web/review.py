"""Review: one visit after another, the sentence in front of the reader; each decision is one request, saved at once."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from summitry import __version__
from summitry.link.merge import FIELDS, parse_value
from summitry.model.errors import RegisterError, UsageError
from summitry.model.register import Decision, Ref, Verb
from summitry.register.browsing import Browser
from summitry.register.decisions import ref_of, standing, undoing
from summitry.register.reader import Full
from summitry.register.rows import Row
from summitry.register.writer import Writer
from summitry.web.access import Register, Shared, visit_page
from summitry.web.guard import Checked
from summitry.web.templating import render

QUEUE = 5_000
"""Visits that wait in the queue; when they are decided, it is filled again."""

LATEST = 12
"""Decisions listed beside the queue."""

router = APIRouter(prefix="/review", include_in_schema=False)
Name = Annotated[str, Path(max_length=64)]


class Desk:
    """The queue and the one who writes decisions down. Safe to use from several threads.

    The writer stays open, so that readers see the register as a file that is being written.
    """

    def __init__(self, place: str, now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)) -> None:
        self.now = now
        self.writer = Writer(place, started=now(), version=__version__)
        self._lock = threading.Lock()
        self._queue: list[str] = []

    def close(self) -> None:
        """Fold what was written into the register's file and let go of it."""
        self.writer.close()

    def queue(self, browser: Browser, after: str = "") -> tuple[str | None, int]:
        """The next visit that nobody decided on, after this one, and how many wait; None where none does."""
        with self._lock:
            queue = self._queue
        left = browser.undecided(queue)
        if not left:
            queue = left = browser.doubtful(QUEUE)
            with self._lock:
                self._queue = queue
        waiting = set(left)
        start = queue.index(after) + 1 if after in queue else 0
        following = next((v for v in (*queue[start:], *queue[:start]) if v in waiting and v != after), None)
        return following, len(left)

    def write(self, decisions: Sequence[Decision]) -> int:
        """Write decisions down and link what they touch; the number of the last."""
        with self._lock:
            numbers = [self.writer.decide(decision) for decision in decisions]
            self.writer.link()
        return max(numbers)


@dataclass(frozen=True, slots=True)
class Latest:
    """Decisions taken together: the number of the last, and one of them."""

    number: int
    decision: Decision


def latest(browser: Browser, limit: int = LATEST) -> tuple[Latest, ...]:
    """The newest decisions that stand, those taken together as one, the newest first."""
    found: dict[tuple[str, dt.datetime, Verb], Latest] = {}
    for number, d in reversed(standing(browser.numbered())):
        found.setdefault((d.by, d.on, d.verb), Latest(number, d))
        if len(found) == limit:
            break
    return tuple(found.values())


def _desk(request: Request) -> Desk:
    desk: Desk | None = request.app.state.desk
    if desk is None:
        raise HTTPException(404)
    return desk


@router.get("")
def first(
    request: Request, register: Register, after: Annotated[str, Query(max_length=64)] = "", done: str = ""
) -> Response:
    """The next visit to look at; a page that says so where there is none."""
    following, waiting = _desk(request).queue(register, after)
    if following is None:
        return render(request, "reviewed.html", latest=latest(register), waiting=waiting)
    return RedirectResponse(f"/review/{following}" + (f"?done={int(done)}" if done.isdecimal() else ""), 303)


@router.get("/{visit_id}")
def one(
    request: Request,
    site: Shared,
    register: Register,
    visit_id: Name,
    part: Annotated[int, Query(ge=1)] = 1,
    done: str = "",
) -> Response:
    """One visit with everything that can be decided on it."""
    desk = _desk(request)
    page = visit_page(register, visit_id, part)
    if page.visit.id != visit_id:
        return RedirectResponse(f"/review/{page.visit.id}", 303)
    row: Row = register.rows_of([page.visit.id])[page.visit.id]
    following, waiting = desk.queue(register, page.visit.id)
    last = latest(register)
    return render(
        request,
        "review.html",
        page=page,
        visit=page.visit,
        near=register.neighbours(row),
        following=following,
        waiting=waiting,
        latest=last,
        done=next((x for x in last if done.isdecimal() and x.number == int(done)), None),
        fields=FIELDS,
    )


@router.post("/{visit_id}")
def decide(request: Request, register: Register, visit_id: Name, form: Checked) -> Response:
    """Write one decision down and go on: to the next visit, or back to this one if it was corrected."""
    desk = _desk(request)
    try:
        full = register.full(visit_id)
    except RegisterError as error:
        raise HTTPException(404, "This visit is gone: it was joined with another, or rejected.") from error
    decisions = _decisions(register, full, form, request.state.person, desk.now())
    number = desk.write(decisions)
    stay = decisions[0].verb in (Verb.CORRECT, Verb.NOTE, Verb.APART)
    there = f"/review/{full.visit.id}?done={number}" if stay else f"/review?after={full.visit.id}&done={number}"
    return RedirectResponse(there, 303)


def _decisions(browser: Browser, full: Full, form: dict[str, str], by: str, on: dt.datetime) -> list[Decision]:
    """What the form decides, on each account that it is about. Raises UsageError."""
    try:
        verb = Verb(form.get("verb", ""))
    except ValueError as error:
        raise UsageError(f"a decision is one of {', '.join(v for v in Verb if v is not Verb.UNDO)}") from error
    refs = [ref_of(a.told) for a in full.accounts]
    field = value = None
    about: list[Ref] = refs[:1]
    seconds: list[Ref | None] = [None]
    if verb in (Verb.CONFIRM, Verb.REJECT):
        about = refs
    elif verb is Verb.CORRECT:
        field, value = form.get("field", ""), form.get("value", "").strip() or None
        try:
            parse_value(field, value)
        except ValueError as error:
            raise UsageError(f"{field or 'the field'} cannot be {value or 'empty'}: {error}") from error
    elif verb is Verb.MERGE:
        seconds = [_other(browser, full, form.get("other", ""))]
    elif verb is Verb.APART:
        report = form.get("report", "")
        about = [ref for ref in refs if ref[0] == report]
        seconds = [*(ref for ref in refs if ref[0] != report)]
        if not about or not seconds:
            raise UsageError("keep apart takes one of several reports, whose account is of another visit")
        about = about[:1]
    elif verb is Verb.UNDO:
        raise UsageError("undo is a form of its own")
    note = form.get("note", "").strip()[:1000]
    if verb is Verb.NOTE and not note:
        raise UsageError("a note needs words")
    return [
        Decision(verb, *ref, by=by, on=on, field=field, value=value, other=second, note=note)
        for ref in about
        for second in seconds
    ]


def _other(browser: Browser, full: Full, given: str) -> Ref:
    try:
        other = browser.full(given)
    except RegisterError as error:
        raise UsageError("the other visit is gone; load the page again") from error
    if other.visit.id == full.visit.id or other.visit.host_country != full.visit.host_country:
        raise UsageError("two visits can be one only if both are to the same country")
    return ref_of(other.accounts[0].told)


@router.post("/undo/{number}")
def undo(request: Request, register: Register, number: Annotated[int, Path(ge=1)], form: Checked) -> Response:
    """Take back a decision and all that was taken with it, and go to the visit it was about."""
    desk = _desk(request)
    every = register.numbered()
    which = next((d for n, d in standing(every) if n == number), None)
    if which is None:
        raise HTTPException(404, "This decision was taken back already.")
    together = [(n, d) for n, d in standing(every) if (d.by, d.on, d.verb) == (which.by, which.on, which.verb)]
    desk.write(undoing(together, request.state.person, desk.now()))
    fresh = request.app.state.site.store.browser()
    back = fresh.visit_at(which.about)
    return RedirectResponse(f"/review/{back}" if back else "/review", 303)
