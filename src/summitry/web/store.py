"""The register behind the site: opened once for each state it is in, with what was counted in that state kept."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from summitry.register.browsing import Browser
from summitry.register.engine import file_of

T = TypeVar("T")

KEPT = 256
"""How many counts and charts are kept for one state of the register."""

SECONDS = 10
"""How long they are kept where the register is no file, and its state cannot be seen from outside."""


class Store:
    """Gives a browser of the register as it is now. Safe to use from several threads.

    A file opened immutable shows one state: when the file or its write-ahead log has changed, it is opened anew, so that
    the site follows what is read into the register.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self._path = file_of(place)
        self._lock = threading.Lock()
        self._browser: Browser | None = None
        self._state: Hashable = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def browser(self) -> Browser:
        """A browser of the register's present state. Raises RegisterError."""
        with self._lock:
            state = self._look()
            if self._browser is None or state != self._state:
                self._kept.clear()
                if self._browser is None or self._path is not None:
                    self.close()
                    self._browser = Browser(self.place)
                self._state = state
            return self._browser

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, kept under ``key`` until the register changes."""
        with self._lock:
            state = self._state
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        value = make()
        with self._lock:
            if state == self._state:
                self._kept[key] = value
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return value

    def close(self) -> None:
        """Let go of the register; the next browser opens it again."""
        if self._browser is not None:
            self._browser.engine.dispose()
            self._browser = None

    def _look(self) -> Hashable:
        if self._path is None:
            return int(time.monotonic() // SECONDS)
        found = []
        for path in (self._path, self._path.with_name(self._path.name + "-wal")):
            try:
                seen = path.stat()
                found.append((seen.st_ino, seen.st_size, seen.st_mtime_ns))
            except OSError:
                found.append((0, 0, 0))
        return tuple(found)
