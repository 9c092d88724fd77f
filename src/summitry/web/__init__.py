"""The register as pages and as JSON, read-only. Pages are made on the server and need no scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitry.web.app import create_app

__all__ = ["HOSTS", "SETTINGS", "create_app"]

HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names under which the site may be called, so that a foreign page cannot reach it by a name of its own."""

SETTINGS = "SUMMITRY_SITE"
"""The variable by which processes that share the work learn what they serve (``app.from_settings``)."""


def __getattr__(name: str) -> Any:
    """``create_app``, imported when it is asked for: the process that finds mentions needs nothing of a web server."""
    if name != "create_app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from summitry.web.app import create_app

    return create_app
