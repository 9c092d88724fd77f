"""The register as pages and as JSON, read-only. Pages are made on the server and need no scripts."""

from summitry.web.app import create_app

__all__ = ["create_app"]
